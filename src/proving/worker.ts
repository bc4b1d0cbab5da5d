/** The thread in which a chart is checked. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Checkable, subjectOf } from './checkable.ts';
import { prove } from './prove.ts';

interface Task {
  readonly what: Checkable;
  readonly limits: { readonly states: number; readonly milliseconds: number };
}

const { what, limits } = workerData as Task;
const until = performance.now() + limits.milliseconds;
parentPort?.postMessage(prove(subjectOf(what), { states: limits.states, until }));
