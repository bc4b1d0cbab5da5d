/**
 * What a kind of stage is: the data that a route writes of it, and the part of the chart that it becomes. One file per
 * kind, gathered in `kinds.ts`.
 */
import type * as z from 'zod';
import type {
  Action,
  DeadlineRule,
  EventDeclaration,
  Guard,
  JsonObject,
  Named,
  StateData,
} from '../chart.ts';
import type { Label } from '../label.ts';
import { bodyOf, isSwedish, type Municipality } from '../municipalities/municipality.ts';
import type { Ending } from '../outcomes.ts';
import type { Regime } from '../point/regime.ts';
import type { PointTerms } from './matter/points.ts';

export { id as routeId, label as routeLabel } from '../municipalities/named.ts';

/** What a route says of every stage: its name on the route, and the kind that it is. */
export interface AnyStage {
  readonly id: string;
  readonly type: string;
}

/** A field of the route, as a JSON pointer into it, and what is wrong there. */
export interface Fault {
  readonly pointer: string;
  readonly detail: Label;
}

export const fault = (pointer: string, sv: string, en: string): Fault => ({ pointer, detail: { sv, en } });

/** Where a stage stands on its route. */
export interface Site {
  readonly municipality: Municipality;
  /** The whole route, in its order. */
  readonly stages: readonly AnyStage[];
  readonly index: number;
  /** Where points are decided on the route, in its order. */
  readonly deciders: readonly Decider[];
  /** The stages before it to which a matter can be referred back. */
  readonly earlier: readonly string[];
}

/** A stage at which a body decides points. */
export interface Decider {
  readonly stage: string;
  readonly index: number;
  readonly body: string;
}

/** The councils under the Swedish act that decide on the route. */
export const councilsAt = ({ deciders, municipality }: Pick<Site, 'deciders' | 'municipality'>): string[] =>
  isSwedish(municipality)
    ? deciders.flatMap(({ body }) => (bodyOf(municipality, body).kind === 'council' ? [body] : []))
    : [];

/** What the stage's states are made with, besides. */
export interface Surroundings extends Site {
  /** The state that follows the stage: that of the next one, or `after`. */
  readonly next: string;
  /** The state in which the matter is when every body has decided. */
  readonly end: string;
  /** The stages at which a matter is drafted: what is referred back to one of them is drafted again. */
  readonly drafting: readonly string[];
  /** Whether a point may come back to its body to be decided anew. */
  readonly returns: boolean;
  /** By what every point of the route is started. */
  readonly terms: PointTerms;
  /** What must hold besides for a question to be put where the matter is decided in the end. */
  readonly question: readonly Named[];
  /** What is done besides when one is confirmed there. */
  readonly confirmed: readonly Named[];
}

/** What the stages of a kind bring to the chart of a route that has them, all of them together. */
export interface Parts {
  readonly events?: Readonly<Record<string, EventDeclaration>>;
  readonly deadlines?: Readonly<Record<string, DeadlineRule>>;
  readonly guards?: Readonly<Record<string, Guard>>;
  readonly actions?: Readonly<Record<string, Action>>;
  /** Labels of states. */
  readonly states?: Readonly<Record<string, Label>>;
  /** What the matter remembers besides, before its input. */
  readonly context?: JsonObject;
  /** What is asked for besides when the matter is registered. */
  readonly input?: z.ZodRawShape;
  /** What is done besides when it is registered. */
  readonly entry?: readonly Named[];
  /** What the matter hears wherever it is, in place of what every matter does on hearing it. */
  readonly on?: NonNullable<StateData['on']>;
  /** What is done besides when it comes there; `ended` is every end without a decision. */
  readonly reaching?: { readonly [state in 'after' | 'dispatched' | 'ended']?: readonly Named[] };
  /** Ends without a decision that matters with such a stage have besides those of every matter. */
  readonly ends?: readonly Ending[];
  /** What must hold besides for the matter to be withdrawn, wherever it is. */
  readonly withdrawal?: Named;
  /** What must hold besides for a question to be put where the matter is decided in the end. */
  readonly question?: Named;
  /** What is done besides when one is confirmed there. */
  readonly confirmed?: Named;
}

export interface KindOf<S extends AnyStage> {
  label(stage: S, municipality: Municipality): Label;
  /** The stage as data of the chart, under its id. */
  state(stage: S, surroundings: Surroundings): StateData;
  /** `draft` are the fields of a decision point on the route. */
  parts(stages: readonly S[], municipality: Municipality, draft: z.ZodObject): Parts;
  /** What is wrong with the stage, as pointers into it. */
  faults?(stage: S, site: Site): readonly Fault[];
  /** The body that decides its points there; null or absent for a stage at which none is decided. */
  decides?(stage: S): string | null;
  /** The body whose decisions are not executed before they have passed the stage. */
  holds?(stage: S, municipality: Municipality): string;
  /** No point on its route holds on condition of another, and none comes back to be decided anew. */
  readonly unconditional?: true;
  /** The stages at which a matter is not withdrawn, for it has come to the council before them. */
  seizes?(stage: S, site: Site): readonly string[];
  /** In what order the decisions on its route are appealed, where they are not said to be otherwise. */
  readonly regime?: Regime;
  /** A matter may begin there. */
  readonly begins?: true;
  /** Whether the business of the route is done with the stage; absent for a kind on which it does not depend. */
  ends?(stage: S): boolean;
  /** A matter that is referred back to it is drafted anew, in its state `drafting`. */
  readonly drafts?: true;
  /** The state of the stage that is entered from the one before it, where it is not the stage itself. */
  readonly enters?: string;
  /** False for a stage that a matter has left for good when it comes to it: not referred back to, not withdrawn from. */
  readonly isOpen?: false;
}

type StageSchema = z.ZodObject<{ id: z.ZodString; type: z.ZodLiteral<string> }>;

export interface Kind<Schema extends StageSchema = StageSchema> extends KindOf<AnyStage> {
  readonly type: string;
  /** What a route writes of a stage of this kind. */
  readonly schema: Schema;
}

/** A kind whose functions take the stages that its schema describes. */
export function stageKind<Schema extends StageSchema>(
  schema: Schema,
  is: KindOf<z.infer<Schema>>,
): Kind<Schema> {
  return { ...(is as unknown as KindOf<AnyStage>), type: schema.shape.type.value, schema };
}
