/**
 * Several servers on one database: what one publishes the others take in soon after. Where it is missed before that, it
 * is taken in at once, and what was to be read is read once more.
 */
import type { ErrorHandler, Hono } from 'hono';
import { Unregistered } from '../../machines/registry.ts';
import type { Services } from '../services.ts';
import type { Numbered } from './request.ts';

/** @throws whatever `read` throws, the second time where the first was for what is not registered. */
export async function readAnew<T>(engine: Services['engine'], read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Unregistered)) throw error;
    await engine.keepUp();
    return read();
  }
}

/** Has a request that only reads answered anew, once; whatever else fails is answered by `failed`. */
export function answeredAnew(
  { engine, db }: Services,
  app: Hono<Numbered>,
  failed: ErrorHandler<Numbered>,
): ErrorHandler<Numbered> {
  const asked = new WeakSet<Request>();
  return async (error, c) => {
    const { raw } = c.req;
    const mayAsk = db.shared && ['GET', 'HEAD'].includes(raw.method) && !asked.has(raw);
    if (!mayAsk || !(error instanceof Unregistered)) return failed(error, c);
    asked.add(raw);
    await engine.keepUp();
    return app.fetch(raw, c.env);
  };
}
