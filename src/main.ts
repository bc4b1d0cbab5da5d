/** The process that `npm start` starts. */
import { keepCompiled } from './commands/compiled.ts';

keepCompiled();
const { carryOut } = await import('./commands/command.ts');
const { serve } = await import('./commands/serve.ts');

process.exitCode = await carryOut(serve, process.argv.slice(2), { out: process.stdout, err: process.stderr });
