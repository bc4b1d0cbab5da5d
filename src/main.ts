/** The process that `npm start` starts. */
import { carryOut } from './commands/command.ts';
import { serve } from './commands/serve.ts';

process.exitCode = await carryOut(serve, process.argv.slice(2), { out: process.stdout, err: process.stderr });
