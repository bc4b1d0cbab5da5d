/** Checks a chart in a thread of its own, so that whoever asks goes on meanwhile. */
import { Worker } from 'node:worker_threads';
import { type Checkable, nameOf } from './checkable.ts';
import type { CheckResult } from './result.ts';

export type { Checkable } from './checkable.ts';

export interface CheckLimits {
  /** States of one exploration. */
  readonly states: number;
  /** The thread's own work for the whole check. */
  readonly milliseconds: number;
  /** Memory of the thread. */
  readonly megabytes: number;
}

const LIMITS: CheckLimits = { states: 300_000, milliseconds: 60_000, megabytes: 1024 };

/** How much longer than it works a thread may take on a busy machine. */
const PATIENCE = 10;

/** It stands beside this file, and beside what the build makes of both. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/**
 * Explores a chart and runs the observers of the law over every path. A limit that is hit does not fail the check:
 * it is a line among the result's `bounds`, and nothing is `proved`.
 * @throws Error for a chart that is not registered, and for a route that cannot be composed.
 */
export function checkRoute(what: Checkable, limits: Partial<CheckLimits> = {}): Promise<CheckResult> {
  const { states, milliseconds, megabytes } = { ...LIMITS, ...limits };
  const worker = new Worker(PROGRAM, {
    workerData: { what, limits: { states, milliseconds } },
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
    execArgv: [],
  });
  const began = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<CheckResult>();
  const giveUp = (limit: string) => resolve(unproved(nameOf(what), limit, performance.now() - began));
  // The thread looks at its own time; this is for one that no longer does.
  const clock = setTimeout(() => giveUp('time'), PATIENCE * milliseconds);
  worker.once('message', resolve);
  worker.once('error', (error: NodeJS.ErrnoException) =>
    error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? giveUp('memory') : reject(error),
  );
  return promise.finally(() => {
    clearTimeout(clock);
    return worker.terminate();
  });
}

const unproved = (route: string, limit: string, milliseconds: number): CheckResult => ({
  route,
  states: 0,
  transitions: 0,
  explored: 0,
  milliseconds: Math.round(milliseconds),
  parts: [],
  violations: [],
  causes: [],
  unreached: [],
  dead: [],
  nondeterministic: [],
  unaccepted: [],
  trapped: [],
  failures: [],
  bounds: [`not proved: limit of ${limit}`],
  assumptions: [],
  proved: false,
});
