/** What falls due without anyone's doing. The loop only repeats `tick`. */
import type { Database } from '../../db/open.ts';
import type { Engine } from '../engine/engine.ts';
import { Refusal } from '../engine/refusal.ts';
import { type Deadline, dueDeadlines, nextDue } from '../store/deadlines.ts';
import { forgetReplies } from '../store/replies.ts';

/** Deadlines fired in one batch: requests are served between batches. */
const BATCH = 200;
/** The longest sleep: a live timer above 24.8 days would fire at once, and the clock may jump. */
const LONGEST_SLEEP = 60_000;
const SHORTEST_SLEEP = 1_000;
/** How long an idempotency key is known, in milliseconds: longer than anyone repeats a request. */
const KEEP_REPLIES = 30 * 24 * 3_600_000;

/**
 * Fires what is due now, the earliest first, in batches. What cannot be carried out is set aside by the engine;
 * what fails otherwise stays due. `failed` is told of all but refusals, which are shown with the deadline.
 * @returns how many deadlines were fired.
 */
export async function tick(
  engine: Engine,
  db: Database,
  failed: (error: unknown) => void = () => {},
): Promise<number> {
  let fired = 0;
  let last: Deadline | null = null;
  for (;;) {
    const due: Deadline[] = await dueDeadlines(db.reader, engine.now(), BATCH, last);
    const answers = await Promise.allSettled(
      due.map((deadline) => engine.submit({ kind: 'fire', deadline })),
    );
    const errors = answers.flatMap((it) => (it.status === 'rejected' ? [it.reason as unknown] : []));
    fired += answers.length - errors.length;
    errors.filter((it) => !isRefused(it)).forEach(failed);
    last = due.at(-1) ?? null;
    if (due.length < BATCH || errors.some(isUnavailable)) return fired;
  }
}

const isUnavailable = (error: unknown) => error instanceof Refusal && error.code === 'unavailable';
const isRefused = (error: unknown) => error instanceof Refusal && error.code !== 'unavailable';

/**
 * Lets time pass (epoch milliseconds): what falls due on the way is fired, each at its own due instant.
 * @throws Error when something that falls due stays due.
 */
export async function passTime(
  engine: Engine,
  db: Database,
  clock: { moveTo(instant: number): void },
  until: number,
): Promise<void> {
  for (let next = await nextDue(db.reader); next !== null && Date.parse(next) <= until; ) {
    clock.moveTo(Date.parse(next));
    const fired = await tick(engine, db);
    const after = await nextDue(db.reader);
    if (fired === 0 && after === next) throw new Error(`what fell due at ${next} could not be fired`);
    next = after;
  }
  clock.moveTo(until);
}

/** Ticks until stopped: at the next due instant, or after a minute at the latest. */
export function keepTicking(
  engine: Engine,
  db: Database,
  failed: (error: unknown) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await tick(engine, db, failed).catch(failed);
      await forgetReplies(db.writer, before(engine.now(), KEEP_REPLIES)).catch(failed);
      const next = await nextDue(db.reader).catch(() => null);
      const wait = next ? Date.parse(next) - Date.parse(engine.now()) : LONGEST_SLEEP;
      await sleep(Math.max(SHORTEST_SLEEP, Math.min(wait, LONGEST_SLEEP)), stopping.signal);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

const before = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) - milliseconds).toISOString();

/** Ends early, at once where it has happened already, when the signal is aborted. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
