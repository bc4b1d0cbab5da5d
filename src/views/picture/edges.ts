import type { ChartGraph, GraphTransition } from './graph.ts';
import { textWidth, wrapped } from './text.ts';

export const LABEL_SIZE = 11;
export const LABEL_LINE = 14;
/** The widest badge, "88 · 88", and the gap to the text beside it. */
export const BADGE_ROOM = 48;
const LABEL_PADDING = 6;
const ROW_GAP = 4;
const LABEL_WIDTH = 150;

/** The transitions of one edge that carry the same label. */
export interface Row {
  readonly lines: readonly string[];
  readonly transitions: readonly string[];
  /** Room for the text and a badge. */
  readonly width: number;
  readonly height: number;
}

/** One line of the picture: every transition from one state to another. */
export interface Edge {
  readonly source: string;
  readonly target: string;
  readonly rows: readonly Row[];
  readonly width: number;
  readonly height: number;
}

/**
 * The transitions that move, one edge per pair of states, in the order in which they are declared. Those that
 * start the whole chart again lead to its initial state.
 */
export function edgesOf(graph: ChartGraph): Edge[] {
  const start = graph.states[0]?.initial;
  const moves = graph.transitions
    .filter((it) => !it.internal && (it.target !== '' || start))
    .map((it) => (it.target === '' && start ? { ...it, target: start } : it));
  return [...Map.groupBy(moves, (it) => JSON.stringify([it.source, it.target])).values()].map(edge);
}

function edge(transitions: readonly GraphTransition[]): Edge {
  const [first] = transitions as [GraphTransition];
  const rows = [...Map.groupBy(transitions, (it) => it.label)].map(([label, those]) => row(label, those));
  return {
    source: first.source,
    target: first.target,
    rows,
    width: Math.max(...rows.map((it) => it.width)),
    height: rows.reduce((sum, it) => sum + it.height, 0),
  };
}

function row(label: string, transitions: readonly GraphTransition[]): Row {
  const lines = label === '' ? [] : wrapped(label, LABEL_SIZE, 'normal', LABEL_WIDTH);
  const text = Math.max(0, ...lines.map((line) => textWidth(line, LABEL_SIZE)));
  return {
    lines,
    transitions: transitions.map((it) => it.id),
    width: Math.ceil(text) + BADGE_ROOM + 2 * LABEL_PADDING,
    height: Math.max(1, lines.length) * LABEL_LINE + ROW_GAP,
  };
}
