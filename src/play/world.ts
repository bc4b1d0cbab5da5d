/** The real server without a network, with a clock that a story sets. */
import type { Logger } from 'pino';
import type { Database } from '../../db/open.ts';
import { createApp } from '../app.ts';
import { passTime } from '../background/tick.ts';
import { standingClock } from '../demo/clock.ts';
import { openDemo } from '../demo.ts';
import type { Services } from '../services.ts';

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
  const clock = standingClock(now);
  const services = await openDemo({ db, log, clock });
  const app = createApp(services);
  return {
    services,
    municipality,
    request: async (path, init) => app.request(path, init),
    moveTo: (instant) => passTime(services.engine, db, clock, instant),
  };
}
