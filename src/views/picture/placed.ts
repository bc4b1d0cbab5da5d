import type { GraphState } from './graph.ts';

/** Pixels, from the upper left corner of the picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedState extends Box {
  readonly id: string;
  readonly parent: string | null;
  readonly kind: GraphState['kind'];
  readonly initial: string | null;
  readonly label: string;
  readonly lines: readonly string[];
  /** Where the name of a state with inner states stands: clear of the edges that pass. */
  readonly header: Box | null;
  /** 1 for a stage. */
  readonly depth: number;
  /** True when it is one of the regions of a parallel state. */
  readonly region: boolean;
  /** The dot of an initial state, and the point of its arrow. */
  readonly dot: { readonly from: Point; readonly to: Point } | null;
}

export interface PlacedRow extends Box {
  readonly lines: readonly string[];
  readonly transitions: readonly string[];
}

export interface PlacedEdge {
  readonly source: string;
  readonly target: string;
  /** From the source to the target. */
  readonly points: readonly Point[];
  readonly rows: readonly PlacedRow[];
  /** The sign "from any state" where the edge starts at the root. */
  readonly origin: Box | null;
}

/** A picture of a chart in one language, before any path is laid over it. Plain JSON. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly states: readonly PlacedState[];
  readonly edges: readonly PlacedEdge[];
  /** The transitions without a line of their own: their badge stands at the state. */
  readonly internals: readonly { readonly id: string; readonly state: string; readonly label: string }[];
}
