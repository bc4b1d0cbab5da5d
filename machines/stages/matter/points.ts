/** A matter's decision points: each an actor of its own, and what the matter knows of it. */
import {
  type Action,
  assigning,
  causing,
  type Effect,
  type JsonObject,
  type Named,
  type Period,
} from '../../chart.ts';
import { tell } from '../../tell.ts';
import { dependentsOf, isJoint, type MatterContext, type PointEntry } from '../matter.ts';
import type { Draft } from './draft.ts';

/** What every point of a route is started with, by the municipality's data. */
export interface PointTerms {
  readonly appealPeriod?: Period;
  /** By body: the stages that its decisions must have passed before they are executed. */
  readonly held?: { readonly [body: string]: readonly string[] };
}

const entryOf = (draft: Draft, number: number, { held }: PointTerms): PointEntry => ({
  key: `p${number}`,
  body: draft.body,
  text: draft.text,
  standing: 'open',
  executing: false,
  conditionalOn: [...(draft.onCondition ?? []).map((n) => `p${n}`), ...(held?.[draft.body] ?? [])],
});

/** An action that starts or enters points, with their terms where there are any. */
export const withTerms = (type: string, terms: PointTerms): Named =>
  Object.keys(terms).length === 0 ? { type } : { type, params: { ...terms } as JsonObject };

/** Starts the actor of a point. */
export const startPoint = (
  context: MatterContext,
  draft: Draft,
  number: number,
  terms: PointTerms,
): Effect => {
  const { onCondition: _, ...rest } = draft;
  const { key, conditionalOn } = entryOf(draft, number, terms);
  const { appealPeriod } = terms;
  return {
    kind: 'start',
    chart: 'decision-point',
    key,
    // A draft was parsed from JSON and holds nothing else.
    input: {
      ...(rest as JsonObject),
      label: String(number),
      matter: context.self.id,
      title: context.title,
      conditionalOn,
      ...(appealPeriod && { appealPeriod: { ...appealPeriod } }),
    },
  };
};

const changePoint = (context: MatterContext, key: string, change: Partial<PointEntry>) =>
  context.points.map((point) => (point.key === key ? { ...point, ...change } : point));

/** The key of the point with that actor id. */
const keyOf = (actor: string): string => actor.slice(actor.lastIndexOf('.') + 1);

/** What is done with points on every route. */
export const pointActions: Readonly<Record<string, Action>> = {
  startPoints: causing<MatterContext, unknown, PointTerms>(1, (context, _, terms) =>
    context.proposals.map((draft, index) => startPoint(context, draft, index + 1, terms)),
  ),
  enterPoints: assigning<MatterContext, unknown, PointTerms>(1, (context, _, terms) => ({
    points: context.proposals.map((draft, index) => entryOf(draft, index + 1, terms)),
    proposals: [],
    unanswered: context.affected.map((_, index) => `${context.self.id}.affected${index + 1}`),
  })),
  startAddedPoint: causing<MatterContext, Draft, PointTerms>(1, (context, event, terms) => {
    const { type: _, meta: __, ...draft } = event;
    return [startPoint(context, draft, context.points.length + 1, terms)];
  }),
  addPoint: assigning<MatterContext, Draft, PointTerms>(1, (context, event, terms) => ({
    points: [...context.points, entryOf(event, context.points.length + 1, terms)],
  })),
  /** Reopened while its own body still has the matter, the point can be put again at once. */
  reopenPoint: assigning<MatterContext, { actor: string }>(1, (context, event) => ({
    points: changePoint(context, keyOf(event.actor), { standing: 'open', executing: false }),
    treated: context.treated.filter((key) => key !== keyOf(event.actor)),
  })),
  /** What becomes of a decision changes nothing for a point that has been reopened since. */
  pointStands: assigning<MatterContext, { actor: string }, { standing: PointEntry['standing'] }>(
    1,
    (context, event, { standing }) => {
      const key = keyOf(event.actor);
      const isOpen = context.points.some((point) => point.key === key && point.standing === 'open');
      return isOpen ? {} : { points: changePoint(context, key, { standing }) };
    },
  ),
  /** What becomes of a decision is told to those made on condition of it. */
  tellDependents: causing<MatterContext, { actor: string }, { event: string }>(
    1,
    (context, { actor }, { event }) => {
      const point = keyOf(actor);
      return tell(dependentsOf(context, point), event, { point });
    },
  ),
  tellJoint: causing<MatterContext, { actor: string }>(1, (context, event) =>
    tell(isJoint(context, keyOf(event.actor)) ? context.joint : null, 'member.annulled', {
      matter: context.self.id,
      municipality: context.self.tenant,
    }),
  ),
  pointExecutes: assigning<MatterContext, { actor: string }, { executing: boolean }>(
    1,
    (context, event, { executing }) => ({ points: changePoint(context, keyOf(event.actor), { executing }) }),
  ),
};
