import { type DirectedGraphNode, toDirectedGraph } from '@xstate/graph';
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { conjuncts, type Named } from '../../../machines/chart.ts';
import { transitionId } from '../../engine/transition-id.ts';

/**
 * The labels of one language. `state` gets a state's path joined by dots (`''` for the whole chart), `event` an
 * event type, `after:DEADLINE` for a delayed transition, or `done` when a state's own states are done.
 */
export interface Naming {
  state(path: string): string;
  event(type: string): string;
  guard?(type: string): string;
}

export interface GraphState {
  /** The path joined by dots, `''` for the root. */
  readonly id: string;
  readonly label: string;
  readonly parent: string | null;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  /** The child in which a compound state starts. */
  readonly initial: string | null;
  /** The place in the order of declaration, parents before children. */
  readonly order: number;
}

export interface GraphTransition {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly label: string;
  /** The event type, `after:DEADLINE`, `done` or `always`. */
  readonly event: string;
  /** True when it only causes effects: no state is left or entered, and the target is the source. */
  readonly internal: boolean;
}

/** A chart to be drawn: plain JSON, in one language. */
export interface ChartGraph {
  readonly states: readonly GraphState[];
  readonly transitions: readonly GraphTransition[];
}

/**
 * The states and transitions of a machine, in the order of declaration, the eventless ones included. A
 * transition to several targets gives several entries with one id. Transitions that neither move nor cause
 * anything are left out: they only say that a message is accepted and ignored.
 */
export function chartGraph(machine: AnyStateMachine, naming: Naming): ChartGraph {
  const nodes = [...withDescendants(toDirectedGraph(machine.root))];
  return {
    states: nodes.map((node, order) => graphState(node.stateNode, naming, order)),
    transitions: nodes.flatMap((node) => transitionsOf(node).flatMap((it) => graphTransitions(it, naming))),
  };
}

function* withDescendants(node: DirectedGraphNode): Generator<DirectedGraphNode> {
  yield node;
  for (const child of node.children) yield* withDescendants(child);
}

const pathOf = (node: AnyStateNode) => node.path.join('.');

/** Our charts mark an end with `meta.end`: such an actor still hears what is told to it. */
const isEnd = (node: AnyStateNode) => (node.meta as { end?: boolean } | undefined)?.end === true;

function graphState(node: AnyStateNode, naming: Naming, order: number): GraphState {
  const deep = node.history === 'deep' ? 'H*' : 'H';
  return {
    id: pathOf(node),
    label: node.type === 'history' ? deep : naming.state(pathOf(node)),
    parent: node.parent ? pathOf(node.parent) : null,
    kind: isEnd(node) ? 'final' : node.type,
    initial: node.type === 'compound' && node.initial.target[0] ? pathOf(node.initial.target[0]) : null,
    order,
  };
}

/** What `toDirectedGraph` finds, one entry per transition instead of one per target, and what it leaves out. */
function transitionsOf(node: DirectedGraphNode): AnyTransitionDefinition[] {
  return [...new Set(node.edges.map((edge) => edge.transition)), ...(node.stateNode.always ?? [])];
}

function graphTransitions(transition: AnyTransitionDefinition, naming: Naming): GraphTransition[] {
  const internal = !transition.target?.length;
  if (internal && transition.actions.length === 0) return [];
  const event = eventOf(transition);
  const id = transitionId(transition);
  const source = pathOf(transition.source);
  const label = labelOf(event, transition, naming);
  const targets = internal ? [source] : (transition.target ?? []).map(pathOf);
  return targets.map((target) => ({ id, source, target, label, event, internal }));
}

function eventOf(transition: AnyTransitionDefinition): string {
  if (transition.eventType === '') return 'always';
  if (transition.eventType.startsWith('xstate.done.state.')) return 'done';
  return 'delay' in transition ? `after:${transition.delay}` : transition.eventType;
}

function labelOf(event: string, { guard }: AnyTransitionDefinition, naming: Naming): string {
  const guards = guard && naming.guard ? guardNames(guard).map((name) => naming.guard?.(name) ?? '') : [];
  const condition = guards.some(Boolean) ? `[${guards.filter(Boolean).join(', ')}]` : '';
  return [event === 'always' ? '' : naming.event(event), condition].filter(Boolean).join(' ');
}

/** The names of the conditions of a guard; a function written in place has none. */
function guardNames(guard: unknown): string[] {
  if (typeof guard === 'string') return [guard];
  const named = typeof guard === 'object' ? (guard as Named) : null;
  return named ? conjuncts(named).map((it) => it.type) : [];
}
