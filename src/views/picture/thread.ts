import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { ElkNode } from 'elkjs/lib/elk-api.js';

/** The program of the thread: one ELK, which answers graph by graph. */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Elk = require(workerData);
  const elk = new Elk();
  parentPort.on('message', ({ id, graph }) =>
    elk.layout(graph).then(
      (layout) => parentPort.postMessage({ id, layout }),
      (error) => parentPort.postMessage({ id, error: String(error?.message ?? error) }),
    ),
  );
`;

type Answer = { readonly id: number } & ({ readonly layout: ElkNode } | { readonly error: string });

let thread: Worker | null = null;
let asked = 0;
const waiting = new Map<number, PromiseWithResolvers<ElkNode>>();

/**
 * Lays a graph out with the one ELK of the process. A layout takes some hundred milliseconds of pure
 * computing, so ELK has a thread of its own, which does not keep the process alive when it has nothing to do.
 *
 * @throws when ELK refuses the graph, or when its thread dies; the next call starts another.
 */
export function runElk(graph: ElkNode): Promise<ElkNode> {
  thread ??= start();
  const answer = Promise.withResolvers<ElkNode>();
  waiting.set(++asked, answer);
  thread.ref();
  thread.postMessage({ id: asked, graph });
  return answer.promise;
}

function start(): Worker {
  const elk = createRequire(import.meta.url).resolve('elkjs/lib/elk.bundled.js');
  const worker = new Worker(PROGRAM, { eval: true, workerData: elk });
  worker.on('message', (answer: Answer) => {
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ('error' in answer) call?.reject(new Error(`ELK: ${answer.error}`));
    else call?.resolve(answer.layout);
  });
  worker.on('error', (error) => {
    thread = null;
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  });
  return worker;
}
