/** What falls due without anyone's doing. The loop only repeats `tick`. */
import type { Database } from '../../db/open.ts';
import type { Engine } from '../engine/engine.ts';
import { Refusal } from '../engine/refusal.ts';
import { type Deadline, dueDeadlines, nextDue } from '../store/deadlines.ts';
import { forgetReplies } from '../store/replies.ts';
import { claimed, inTurn } from '../store/turn.ts';

/** Deadlines fired in one batch: requests are served between batches. */
const BATCH = 200;
/**
 * The longest sleep: a live timer above 24.8 days would fire at once, and the clock may jump. Where other servers set
 * deadlines too, it is the shortest.
 */
const LONGEST_SLEEP = 60_000;
const SHORTEST_SLEEP = 1_000;
/** How long an idempotency key is known, in milliseconds: longer than anyone repeats a request. */
const KEEP_REPLIES = 30 * 24 * 3_600_000;

/**
 * Fires what is due now, the earliest first, in batches. What cannot be carried out is set aside by the engine;
 * what fails otherwise stays due. `failed` is told of all but refusals, which are shown with the deadline. Where
 * several servers share the database one of them fires at a time; the others do nothing.
 * @param signal aborted when no batch is to follow that under way.
 * @returns how many deadlines were fired.
 */
export const tick = (
  engine: Engine,
  db: Database,
  failed: (error: unknown) => void = () => {},
  signal?: AbortSignal,
): Promise<number> =>
  fireDue(engine, db, failed, async (fire) =>
    signal?.aborted ? null : claimed(db.writer, 'deadlines', fire),
  );

type Batch = {
  readonly due: readonly Deadline[];
  readonly answers: readonly PromiseSettledResult<unknown>[];
};

/** @param claim fires a batch, or gives null where none is to be fired, as where another server is at it. */
async function fireDue(
  engine: Engine,
  db: Database,
  failed: (error: unknown) => void,
  claim: (fire: () => Promise<Batch>) => Promise<Batch | null>,
): Promise<number> {
  let fired = 0;
  let last: Deadline | null = null;
  for (;;) {
    const batch = await claim(() => fireBatch(engine, db, last));
    if (batch === null) return fired;
    const { due, answers } = batch;
    const errors = answers.flatMap((it) => (it.status === 'rejected' ? [it.reason as unknown] : []));
    fired += answers.length - errors.length;
    errors.filter((it) => !isRefused(it)).forEach(failed);
    last = due.at(-1) ?? null;
    if (due.length < BATCH || errors.some(isUnavailable)) return fired;
  }
}

async function fireBatch(engine: Engine, db: Database, last: Deadline | null): Promise<Batch> {
  const due = await dueDeadlines(db.reader, engine.now(), BATCH, last);
  const answers = await Promise.allSettled(due.map((deadline) => engine.submit({ kind: 'fire', deadline })));
  return { due, answers };
}

const isUnavailable = (error: unknown) => error instanceof Refusal && error.code === 'unavailable';
const isRefused = (error: unknown) => error instanceof Refusal && error.code !== 'unavailable';

interface Movable {
  moveTo(instant: number): void;
}

/** What has time pass last. Whoever waits for a turn holds a connection: one of each process does. */
const passing = new WeakMap<Database, Promise<void>>();

/**
 * Lets time pass (epoch milliseconds): what falls due on the way is fired, each at its own due instant.
 * @throws Error when something that falls due stays due.
 */
export function passTime(engine: Engine, db: Database, clock: Movable, until: number): Promise<void> {
  const passed = (passing.get(db) ?? Promise.resolve()).then(() => pass(engine, db, clock, until));
  passing.set(
    db,
    passed.catch(() => {}),
  );
  return passed;
}

async function pass(engine: Engine, db: Database, clock: Movable, until: number): Promise<void> {
  await inTurn(db.writer, 'deadlines', async () => {
    for (let next = await nextDue(db.reader); next !== null && Date.parse(next) <= until; ) {
      clock.moveTo(Date.parse(next));
      const fired = await fireDue(
        engine,
        db,
        () => {},
        (fire) => fire(),
      );
      const after = await nextDue(db.reader);
      if (fired === 0 && after === next) throw new Error(`what fell due at ${next} could not be fired`);
      next = after;
    }
  });
  clock.moveTo(until);
}

/**
 * Ticks until stopped: at the next due instant, or after a minute at the latest. What other servers publish is taken in
 * meanwhile, however much is due.
 */
export function keepTicking(
  engine: Engine,
  db: Database,
  failed: (error: unknown) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await tick(engine, db, failed, stopping.signal).catch(failed);
      await forgetReplies(db.writer, before(engine.now(), KEEP_REPLIES)).catch(failed);
      const next = await nextDue(db.reader).catch(() => null);
      const longest = db.shared ? SHORTEST_SLEEP : LONGEST_SLEEP;
      const wait = next ? Date.parse(next) - Date.parse(engine.now()) : longest;
      await sleep(Math.max(SHORTEST_SLEEP, Math.min(wait, longest)), stopping.signal);
    }
  };
  const keepingUp = async () => {
    while (!stopping.signal.aborted) {
      await engine.keepUp().catch(failed);
      await sleep(SHORTEST_SLEEP, stopping.signal);
    }
  };
  const running = Promise.all([loop(), db.shared && keepingUp()]);
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
    const wake = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    signal.addEventListener('abort', wake);
  });
}
