/** The real server without a network, with a clock that a story sets. */
import type { Logger } from 'pino';
import type { Database } from '../../db/open.ts';
import { createApp } from '../app.ts';
import { tick } from '../background/tick.ts';
import { openDemo } from '../demo.ts';
import type { Services } from '../services.ts';
import { nextDue } from '../store/deadlines.ts';

export interface World {
  readonly services: Services;
  /** In whose name matters and meetings are started where a request names no municipality. */
  readonly municipality: string;
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Sets the clock (epoch milliseconds). What falls due on the way is fired, each at its own due instant. */
  moveTo(instant: number): Promise<void>;
}

/** The server on a database, its clock at an instant (epoch milliseconds). */
export async function openWorld(
  db: Database,
  { municipality, now, log }: { municipality: string; now: number; log: Logger },
): Promise<World> {
  let clock = now;
  const services = await openDemo({ db, log, clock: () => clock });
  const app = createApp(services);
  return {
    services,
    municipality,
    request: async (path, init) => app.request(path, init),
    moveTo: async (instant) => {
      for (let next = await nextDue(db.reader); next !== null && Date.parse(next) <= instant; ) {
        clock = Math.max(clock, Date.parse(next));
        const fired = await tick(services.engine, db);
        const after = await nextDue(db.reader);
        if (fired === 0 && after === next) throw new Error(`what fell due at ${next} could not be fired`);
        next = after;
      }
      clock = Math.max(clock, instant);
    },
  };
}
