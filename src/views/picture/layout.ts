import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { edgesOf } from './edges.ts';
import { elkGraph } from './elk-graph.ts';
import type { ChartGraph } from './graph.ts';
import { placeHeaders } from './headers.ts';
import type { Layout } from './placed.ts';
import { placedEdges, placedStates } from './placing.ts';
import { runElk } from './thread.ts';

export type { Layout } from './placed.ts';

/** ELK's time grows with the square of the chart and more: 70 states take one second, 140 take four, 280 half a minute. */
export const MAX_STATES = 200;
const MAX_TRANSITIONS = 600;

/**
 * Places every state and edge of a chart. The same chart gives the same layout. Stages stand below one another
 * in the order of their declaration; edges that go back run upwards.
 *
 * @throws RangeError above `MAX_STATES` states or 600 transitions; Error when ELK refuses the graph.
 */
export async function layoutChart(graph: ChartGraph): Promise<Layout> {
  if (graph.states.length > MAX_STATES) throw new RangeError(`More than ${MAX_STATES} states to draw`);
  if (graph.transitions.length > MAX_TRANSITIONS)
    throw new RangeError(`More than ${MAX_TRANSITIONS} transitions`);
  const edges = edgesOf(graph);
  const elk: ElkNode = await runElk(elkGraph(graph, edges));
  const states = placedStates(elk, graph, edges);
  const placed = placedEdges(elk, graph, edges, states);
  const internals = graph.transitions.filter((it) => it.internal);
  return {
    width: Math.ceil(elk.width ?? 0),
    height: Math.ceil(elk.height ?? 0),
    states: placeHeaders(states, placed),
    edges: placed,
    internals: internals.map(({ id, source, label }) => ({ id, state: source, label })),
  };
}
