/** The thread in which a chart is checked. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Checkable, subjectOf } from './checkable.ts';
import { prove } from './prove.ts';
import { threadTime } from './thread-time.ts';

interface Task {
  readonly what: Checkable;
  readonly limits: { readonly states: number; readonly milliseconds: number };
}

const { what, limits } = workerData as Task;
const until = threadTime() + limits.milliseconds;
parentPort?.postMessage(prove(subjectOf(what), { states: limits.states, until }));
