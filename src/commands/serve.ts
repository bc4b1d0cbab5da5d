/** The server as one thing that starts and stops. */
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createAdaptorServer } from '@hono/node-server';
import { pino } from 'pino';
import { isAddress } from '../../db/location.ts';
import { openDatabase } from '../../db/open.ts';
import { createApp } from '../app.ts';
import { keepDelivering } from '../background/deliveries.ts';
import { keepTicking } from '../background/tick.ts';
import { assertLoopback, type Config, readConfig } from '../config.ts';
import { openFilled } from '../demo/load.ts';
import { openDemo } from '../demo.ts';
import { type Command, WrongUse } from './command.ts';

export interface Running {
  readonly url: string;
  /** Takes no more connections, answers what has been asked, and closes the database. */
  stop(): Promise<void>;
}

/** A connection that keeps being served is cut after this long. */
const GRACE_MS = 10_000;
/** `server.close` waits for connections that are kept alive but idle: they are closed as they fall idle. */
const IDLE_CHECK_MS = 50;

/**
 * How long Node waits for the headers of a request and for all of it, how often it looks, how long it keeps a
 * connection that asks for nothing, and how large headers may be, in milliseconds and bytes. Who is slower is cut
 * (408), larger headers are refused (431).
 */
const connectionLimits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 15_000,
  maxHeaderSize: 16_384,
};
/** Each costs memory. */
const MOST_CONNECTIONS = 10_000;
/** Then a client connects anew, so that no connection is for ever. */
const MOST_OF_ONE_CONNECTION = 100_000;

/** @throws Error when the address is taken or public, or the database held by another server. */
export async function startServer(config: Config, limits = connectionLimits): Promise<Running> {
  const { host, port, database, logLevel, empty, secretsKey, webhookNetworks: allow } = config;
  assertLoopback(host);
  const onServer = isAddress(database);
  if (!onServer && database !== ':memory:' && !existsSync(dirname(resolve(database))))
    throw new Error(
      `Mappen för ${database} finns inte. / The folder of ${database} does not exist. (DATABASE_PATH)`,
    );
  const log = pino({ level: logLevel });
  const db = await (empty || onServer ? openDatabase(database) : openFilled(database, log));
  try {
    const services = await openDemo({ db, log, webhooks: { secretsKey, ...(allow && { allow }) } });
    const app = createApp(services, config);
    let draining = false;
    const answer = async (request: Request, env: object) => {
      const response = await app.fetch(request, env);
      if (draining) response.headers.set('Connection', 'close');
      return response;
    };
    const server = createAdaptorServer({ fetch: answer, serverOptions: limits }) as Server;
    server.maxConnections = MOST_CONNECTIONS;
    server.maxRequestsPerSocket = MOST_OF_ONE_CONNECTION;
    await listening(server, host, port);
    const ticking = keepTicking(services.engine, db, (error) =>
      log.error({ err: error }, 'a deadline failed'),
    );
    const { courier, bell } = services.webhooks;
    const delivering = keepDelivering(courier, db, bell, (error) =>
      log.error({ err: error }, 'a webhook could not be sent'),
    );
    return {
      url: urlOf(server.address() as AddressInfo),
      stop: async () => {
        draining = true;
        services.feed.close();
        await closed(server);
        await ticking.stop();
        await delivering.stop();
        await services.engine.drain();
        await db.close();
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

const listening = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `${host}:${port} används redan. Välj en annan med PORT. / is taken. Choose another by PORT.`,
            )
          : error,
      ),
    );
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });

async function closed(server: Server): Promise<void> {
  const closing = new Promise<void>((resolve) => server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const impatient = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closing;
  clearInterval(idle);
  clearTimeout(impatient);
}

const urlOf = ({ address, port, family }: AddressInfo): string =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;

const help = `arendegang serve [--host HOST] [--port PORT] [--database FILE] [--empty]

Starts the server, until it is interrupted. A new file begins with the demonstration's matters. On PostgreSQL it begins
empty, and several servers may run on the same database.

  --host HOST      instead of HOST (127.0.0.1)
  --port PORT      instead of PORT (3000); 0 for any that is free
  --database FILE  instead of DATABASE_PATH and DATABASE_URL; :memory: keeps nothing; or postgres://…
  --empty          begin with an empty database, as EMPTY=true does
  --help           print this

Exit code 2 when the settings are wrong.
`;

/** Starts the server and waits until it is interrupted. */
export const serve: Command = {
  name: 'serve',
  summary: 'start the server',
  help,
  async run(args, { out }) {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { host: text, port: text, database: text, empty: { type: 'boolean' } },
    });
    const running = await startServer(settings(values));
    out.write(`Ärendegång: ${running.url} (Ctrl+C avslutar / stops)\n`);
    await interrupted();
    await running.stop();
    return 0;
  },
};

interface Flags {
  readonly host?: string;
  readonly port?: string;
  readonly database?: string;
  readonly empty?: boolean;
}

/** The environment, with the flags over it. */
function settings({ host, port, database, empty }: Flags): Config {
  const flags = { HOST: host, PORT: port, EMPTY: empty ? 'true' : undefined, ...placeOf(database) };
  const stated = Object.entries(flags).filter(([, value]) => value !== undefined);
  try {
    const config = readConfig({ ...process.env, ...Object.fromEntries(stated) });
    assertLoopback(config.host);
    return config;
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

/** A database that is named on the command line is meant, whatever else the environment says. */
const placeOf = (database: string | undefined) => ({
  DATABASE_PATH: database,
  DATABASE_URL: database === undefined || isAddress(database) ? database : '',
});

/** The first signal to stop. A second one does not wait: whoever asks twice does not want to. */
const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    const signals = ['SIGTERM', 'SIGINT'] as const;
    const stop = () => {
      for (const signal of signals) process.once(signal, () => process.exit(1));
      resolve();
    };
    for (const signal of signals) process.once(signal, stop);
  });
