/** The server as one thing that starts and stops. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { pino } from 'pino';
import { openDatabase } from '../../db/open.ts';
import { createApp } from '../app.ts';
import { keepTicking } from '../background/tick.ts';
import { assertLoopback, type Config } from '../config.ts';
import { openDemo } from '../demo.ts';

export interface Running {
  readonly url: string;
  /** Takes no more connections, answers what has been asked, and closes the database. */
  stop(): Promise<void>;
}

/** A connection that keeps being served is cut after this long. */
const GRACE_MS = 10_000;
/** `server.close` waits for connections that are kept alive but idle: they are closed as they fall idle. */
const IDLE_CHECK_MS = 50;

/** @throws Error when the address is taken or public, or the database held by another server. */
export async function startServer({ host, port, databasePath, logLevel }: Config): Promise<Running> {
  assertLoopback(host);
  const log = pino({ level: logLevel });
  const db = await openDatabase(databasePath);
  try {
    const services = await openDemo({ db, log });
    const app = createApp(services);
    let draining = false;
    const answer = async (request: Request, env: object) => {
      const response = await app.fetch(request, env);
      if (draining) response.headers.set('Connection', 'close');
      return response;
    };
    const server = createAdaptorServer({ fetch: answer }) as Server;
    await listening(server, host, port);
    const ticking = keepTicking(services.engine, db, (error) =>
      log.error({ err: error }, 'a deadline failed'),
    );
    return {
      url: urlOf(server.address() as AddressInfo),
      stop: async () => {
        draining = true;
        await closed(server);
        await ticking.stop();
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
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
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
