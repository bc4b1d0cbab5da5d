#!/usr/bin/env node
/** The command line's process. Nothing is imported before Node is known to be new enough for it. */

const OLDEST_NODE = 24;

// Whoever reads only the first lines closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `Node ${OLDEST_NODE} behövs, och det här är ${process.version}. ` +
      '"npx ." och npm-skripten går på den som "npm ci" hade med sig.\n' +
      `Node ${OLDEST_NODE} is needed, and this is ${process.version}. ` +
      '"npx ." and the npm scripts run on the one that "npm ci" brought along.\n',
  );
  process.exitCode = 2;
} else {
  const { keepCompiled } = await import('./commands/compiled.ts');
  const { tellSources } = await import('./commands/stacks.ts');
  tellSources();
  keepCompiled();
  const { arendegang } = await import('./commands/arendegang.ts');
  const { languageOf } = await import('./commands/command.ts');
  const streams = { out: process.stdout, err: process.stderr };
  process.exitCode = await arendegang(process.argv.slice(2), streams, languageOf(process.env));
}
