#!/usr/bin/env node
/** The command line. Exit codes: 0 done, 1 failed or found wanting, 2 wrongly used. */
import { type Command, carryOut } from './commands/command.ts';
import { play } from './commands/play.ts';
import { rules } from './commands/rules.ts';
import { serve } from './commands/serve.ts';
import { verify } from './commands/verify.ts';

const commands: readonly Command[] = [serve, play, verify, rules];

const usage = `arendegang COMMAND [OPTIONS]

${commands.map(({ name, summary }) => `  ${name.padEnd(8)}${summary}`).join('\n')}

arendegang COMMAND --help says more.
`;

const streams = { out: process.stdout, err: process.stderr };

async function main([name, ...args]: readonly string[]): Promise<number> {
  const command = commands.find((it) => it.name === name);
  if (command) return carryOut(command, args, streams);
  if (name === '--help') {
    streams.out.write(usage);
    return 0;
  }
  streams.err.write(
    `${name === undefined ? 'Name a command.' : `There is no command "${name}".`}\n\n${usage}`,
  );
  return 2;
}

// Whoever reads only the first lines closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await main(process.argv.slice(2));
