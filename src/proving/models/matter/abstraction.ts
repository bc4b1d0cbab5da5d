/** What of a matter's memory makes a difference to what it does next; the rest is forgotten, so that alike is one state. */
import type { JsonObject } from '../../../../machines/chart.ts';
import type { PointEntry } from '../../../../machines/stages/matter.ts';

const list = (value: unknown) => [...new Set(value as readonly string[])].sort();

interface Round {
  readonly number: number;
  readonly bodies: JsonObject;
}

/** Rounds are alike, and what has been answered in one that is over changes nothing. */
const asFirst = (rounds: Readonly<Record<string, Round>>, current: unknown): JsonObject =>
  Object.fromEntries(
    Object.entries(rounds).map(([stage, { number, bodies }]) => [
      stage,
      { number: Math.min(number, 1), bodies: stage === current ? bodies : {} },
    ]),
  );

/** A motion that is tried, taken back or refused for good only keeps its number. */
const spent = { kind: 'other', by: '', standing: 'tried' } as const;
const standingMotions = (motions: unknown): JsonObject[] =>
  (motions as readonly JsonObject[]).map((it) =>
    it.standing === 'made' || it.standing === 'unlawful' ? it : spent,
  );

/**
 * The wording of a point is of interest where points hear of it, as long as it may change under another that depends
 * on it.
 */
const worded = (points: readonly PointEntry[], areHeard: boolean): readonly PointEntry[] => {
  const asked = areHeard ? points.flatMap(({ conditionalOn }) => conditionalOn) : [];
  const isAsked = ({ standing, key }: PointEntry) => standing === 'open' && asked.includes(key);
  return points.map((it) => ({ ...it, text: isAsked(it) ? it.text : '–' }));
};

/** By how many votes a question was settled is told to its points; nothing depends on it. */
function unvoted(question: unknown): JsonObject | null {
  const { vote: _, ...rest } = (question ?? {}) as JsonObject;
  return question ? rest : null;
}

export const abstract = (context: JsonObject, areHeard: boolean): JsonObject => ({
  ...context,
  points: worded(context.points as unknown as readonly PointEntry[], areHeard) as unknown as JsonObject[],
  motions: standingMotions(context.motions),
  ...(context.rounds !== undefined && {
    rounds: asFirst(context.rounds as unknown as Readonly<Record<string, Round>>, context.body),
  }),
  // Missed days are for people to see: nothing depends on them.
  ...(context.missed !== undefined && { missed: [] }),
  preparedBy: list(context.preparedBy),
  unanswered: list(context.unanswered),
  outcomes: [],
  continues: null,
  absorbed: [],
  question: unvoted(context.question),
  awaited: list(context.awaited),
  undelivered: list(context.undelivered),
  dispatches: Math.min(context.dispatches as number, 1),
});
