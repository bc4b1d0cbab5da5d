/** The process that `npm start` starts. */
import { keepCompiled } from './commands/compiled.ts';
import { tellSources } from './commands/stacks.ts';

tellSources();
keepCompiled();
const { carryOut, languageOf } = await import('./commands/command.ts');
const { serve } = await import('./commands/serve.ts');

const streams = { out: process.stdout, err: process.stderr };
process.exitCode = await carryOut(serve, process.argv.slice(2), streams, languageOf(process.env));
