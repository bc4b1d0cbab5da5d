/** The server as one thing that starts and stops. */
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createAdaptorServer } from '@hono/node-server';
import { type Logger, pino } from 'pino';
import { isAddress } from '../../db/location.ts';
import { type Database, openDatabase } from '../../db/open.ts';
import { createApp } from '../app.ts';
import { keepDelivering } from '../background/deliveries.ts';
import { keepTicking } from '../background/tick.ts';
import { assertLoopback, type Config, readConfig, settingsIn } from '../config.ts';
import { openFilled } from '../demo/load.ts';
import { openDemo } from '../demo.ts';
import { claim } from '../purpose.ts';
import type { Services } from '../services.ts';
import { type Command, WrongUse } from './command.ts';

export interface Running {
  readonly url: string;
  /** The one-time code for the first administrator, where there is none yet who could sign in. */
  readonly firstCode: string | null;
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

/**
 * @throws Error when the address is taken, or public and this the demonstration; or when the database is held by another
 * server, or is for something else.
 */
export async function startServer(config: Config, limits = connectionLimits): Promise<Running> {
  const { host, port, database, logLevel, live, secretsKey, webhookNetworks: allow } = config;
  if (!live) assertLoopback(host);
  if (!isAddress(database) && database !== ':memory:' && !existsSync(dirname(resolve(database))))
    throw new Error(
      `Mappen för ${database} finns inte. / The folder of ${database} does not exist. (DATABASE_PATH)`,
    );
  const log = pino({ level: logLevel });
  const db = await openedFor(config, log);
  try {
    const setting = { db, log, webhooks: { secretsKey, ...(allow && { allow }) } };
    const services = live
      ? await (await import('../live.ts')).openLive({ ...setting, config: live })
      : await openDemo(setting);
    const firstCode = await firstCodeOf(services);
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
      firstCode,
      stop: async () => {
        draining = true;
        services.feed.close();
        await closed(server);
        await ticking.stop();
        await delivering.stop();
        await services.engine.drain();
        await services.tokens.settled();
        await services.people?.sessions.settled();
        await db.close();
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** @throws Error where the database is for something else than the server. */
async function openedFor({ database, empty, live }: Config, log: Logger): Promise<Database> {
  if (!live && !empty && !isAddress(database)) return openFilled(database, log);
  const db = await openDatabase(database);
  try {
    await claim(db, live ? 'live' : 'demo');
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

const firstCodeOf = async ({ people }: Services): Promise<string | null> =>
  people && 'accounts' in people.by ? people.by.accounts.firstCode() : null;

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

const help = {
  sv: `arendegang serve [--live] [--config FIL] [--host VÄRD] [--port PORT] [--database FIL] [--empty]

Startar servern, tills den avbryts: demonstrationen, där var och en väljer vem de är och en ny databas börjar med sina
ärenden; eller, med --live, en server för verkliga ärenden, dit människor kommer in med OpenID Connect (OIDC_ISSUER och
det som hör dit) eller annars med lösenord. Där ingen har något lösenord ännu skrivs en engångskod ut för den första
administratören. På PostgreSQL börjar också demonstrationen tom, och flera servrar kan gå på samma databas.
src/identity/README.md säger hur den ställs in.

  --live           för verkliga ärenden, som LIVE=true
  --config FIL     ett JSON-objekt med inställningar, med samma namn som i miljön, som går före
  --host VÄRD      i stället för HOST (127.0.0.1)
  --port PORT      i stället för PORT (3000); 0 för vilken som helst som är ledig
  --database FIL   i stället för DATABASE_PATH och DATABASE_URL; :memory: behåller inget; eller postgres://…
  --empty          börja med en tom databas, som EMPTY=true
  --lang sv|en     svarens språk (maskinens)
  --help           skriv detta

En databas från en äldre version förs upp till den här: stoppa först den versionens servrar, och ta en kopia.

Slutkod 2 när inställningarna är fel, en annan server går på filen eller databasen är från en nyare version.
`,
  en: `arendegang serve [--live] [--config FILE] [--host HOST] [--port PORT] [--database FILE] [--empty]

Starts the server, until it is interrupted: the demonstration, where everyone chooses whom to be and a new database
begins with its matters; or, with --live, a server for real matters, which people enter by OpenID Connect (OIDC_ISSUER
and what belongs to it) or else by passwords. Where nobody has a password yet, it prints a one-time code for the first
administrator. On PostgreSQL the demonstration begins empty too, and several servers may run on the same database.
src/identity/README.md says how it is set up.

  --live           for real matters, as LIVE=true does
  --config FILE    a JSON object of settings by their names in the environment, which goes before it
  --host HOST      instead of HOST (127.0.0.1)
  --port PORT      instead of PORT (3000); 0 for any that is free
  --database FILE  instead of DATABASE_PATH and DATABASE_URL; :memory: keeps nothing; or postgres://…
  --empty          begin with an empty database, as EMPTY=true does
  --lang sv|en     the language of the answers (the machine's)
  --help           print this

A database of an older version is brought up to date: stop the servers of that version first, and take a copy.

Exit code 2 when the settings are wrong, another server runs on the file or the database is of a newer version.
`,
};

/** Starts the server and waits until it is interrupted. */
export const serve: Command = {
  name: 'serve',
  summary: { sv: 'starta servern', en: 'start the server' },
  help,
  async run(args, { out }) {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args],
      options: {
        host: text,
        port: text,
        database: text,
        config: text,
        empty: { type: 'boolean' },
        live: { type: 'boolean' },
      },
    });
    const config = settings(values);
    const running = await startServer(config);
    out.write(`Ärendegång: ${running.url} (Ctrl+C avslutar / stops)\n`);
    if (running.firstCode !== null)
      out.write(welcome(config.live?.publicUrl?.origin ?? running.url, running.firstCode));
    await interrupted();
    await running.stop();
    return 0;
  },
};

/** How the first administrator comes in. */
const welcome = (url: string, code: string): string =>
  `\nIngen kan logga in ännu. Öppna ${url}/first-password inom ett dygn och ange engångskoden:\n` +
  `Nobody can sign in yet. Open ${url}/first-password within a day and state the one-time code:\n\n  ${code}\n\n`;

interface Flags {
  readonly host?: string;
  readonly port?: string;
  readonly database?: string;
  readonly config?: string;
  readonly empty?: boolean;
  readonly live?: boolean;
}

/** The environment, with the flags over it and the file under it. */
function settings({ host, port, database, config: file, empty, live }: Flags): Config {
  const flags = {
    HOST: host,
    PORT: port,
    EMPTY: empty ? 'true' : undefined,
    LIVE: live ? 'true' : undefined,
    ...placeOf(database),
  };
  const stated = Object.entries(flags).filter(([, value]) => value !== undefined);
  try {
    const under = file === undefined ? {} : settingsIn(file);
    const config = readConfig({ ...under, ...process.env, ...Object.fromEntries(stated) });
    if (!config.live) assertLoopback(config.host);
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
