/** What falls due without anyone's doing. The loop only repeats `tick`. */
import type { Database } from '../../db/open.ts';
import type { Engine } from '../engine/engine.ts';
import { dueDeadlines, nextDue } from '../store/deadlines.ts';

/** Deadlines fired in one batch: requests are served between batches. */
const BATCH = 200;
/** The longest sleep: a live timer above 24.8 days would fire at once, and the clock may jump. */
const LONGEST_SLEEP = 60_000;

/** Fires what is due now, the earliest first, in batches. @returns how many deadlines were fired. */
export async function tick(engine: Engine, db: Database): Promise<number> {
  let fired = 0;
  for (;;) {
    const due = await dueDeadlines(db.reader, engine.now(), BATCH);
    const results = await Promise.allSettled(due.map((deadline) => engine.submit({ kind: 'fire', deadline })));
    const succeeded = results.filter((it) => it.status === 'fulfilled').length;
    fired += succeeded;
    if (due.length < BATCH || succeeded === 0) return fired;
  }
}

/** Ticks until stopped: at the next due instant, or after a minute at the latest. */
export function keepTicking(engine: Engine, db: Database, failed: (error: unknown) => void): { stop(): Promise<void> } {
  let stopped = false;
  let wake = () => {};
  const loop = async () => {
    while (!stopped) {
      await tick(engine, db).catch(failed);
      const next = await nextDue(db.reader).catch(() => null);
      const wait = next ? Date.parse(next) - Date.parse(engine.now()) : LONGEST_SLEEP;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(1_000, Math.min(wait, LONGEST_SLEEP)));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}
