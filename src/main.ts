/** The process: starts the server, and stops it when it is asked to. */
import { startServer } from './commands/serve.ts';
import { readConfig } from './config.ts';

try {
  const running = await startServer(readConfig(process.env));
  process.stdout.write(`Ärendegång: ${running.url} (Ctrl+C avslutar / stops)\n`);
  let stopping = false;
  const stop = () => {
    // Whoever asks twice does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    running.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  fail(error);
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
