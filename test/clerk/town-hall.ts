/** The pages on an engine in memory, as a browser without JavaScript meets them. */
import { pino } from 'pino';
import { municipalities } from '../../machines/registry.ts';
import type { Role } from '../../machines/roles.ts';
import { pages } from '../../src/clerk/pages.tsx';
import { openDemo } from '../../src/demo.ts';
import type { Services } from '../../src/services.ts';
import { openTownHall, sourceOf } from '../fixtures/council-matter.ts';
import type { Bench } from '../fixtures/engine.ts';

export interface TownHall extends AsyncDisposable {
  readonly bench: Bench;
  readonly services: Services;
  /** A request as the person in that role. */
  request(path: string, init?: RequestInit & { as?: Role; cookie?: string }): Promise<Response>;
  /** The page at an address; fails unless it is there. */
  page(path: string, as?: Role): Promise<string>;
  post(path: string, fields: Iterable<readonly [string, string]>, as?: Role): Promise<Response>;
}

export const ORIGIN = 'http://localhost';

export async function openPages(): Promise<TownHall> {
  const bench = await openTownHall();
  const demo = await openDemo({ db: bench.db, log: pino({ level: 'silent' }) });
  const services: Services = { ...demo, engine: bench.engine, source: sourceOf(bench), municipalities };
  const app = pages(services);
  const request: TownHall['request'] = async (path, { as = 'clerk', cookie = '', ...init } = {}) =>
    app.request(path, { ...init, headers: { cookie: `identity=demo-${as}; ${cookie}`, ...init.headers } });
  return {
    bench,
    services,
    request,
    page: async (path, as) => {
      const response = await request(path, as && { as });
      if (response.status !== 200) throw new Error(`${path} answers ${response.status}`);
      return response.text();
    },
    post: (path, fields, as) =>
      request(path, {
        method: 'POST',
        body: new URLSearchParams([...fields].map(([name, value]): [string, string] => [name, value])),
        headers: { origin: ORIGIN },
        ...(as && { as }),
      }),
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  };
}
