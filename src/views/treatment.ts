/** What a body has before it in a matter, and what it has done with it at a meeting: what its minutes say. */
import type { Label } from '../../machines/label.ts';
import { type Outcome, outcomes } from '../../machines/outcomes.ts';
import { type PathStep, pathOf } from './path.ts';
import type { Source } from './source.ts';

/** What a body has found on points, or proposed to the next. */
export interface Finding {
  readonly body: string;
  readonly outcome: Label;
  /** What the points are called. */
  readonly points: readonly Label[];
  /** The wording that was decided, or that was proposed in the place of the one before. */
  readonly wording: string | null;
}

export interface Treatment {
  /** What the bodies before it have said last of each point. */
  readonly before: readonly Finding[];
  /** What people did at the meeting while the item was open, in order. */
  readonly acts: readonly PathStep[];
  /** What the body found there. */
  readonly found: readonly Finding[];
}

/** The treatment of a matter at a meeting; null where the matter was not opened there. */
export async function treatmentOf(
  source: Source,
  matter: string,
  meeting: string,
): Promise<Treatment | null> {
  const path = await pathOf(source, matter);
  if (!path) return null;
  const { steps, chart } = path;
  const events = source.registry.find(chart.name, chart.version)?.events ?? {};
  const opens = ({ actor, event }: PathStep) => actor === matter && event.type === 'item.opened';
  const isHere = ({ payload }: PathStep) => payload.meeting === meeting;
  const from = steps.findIndex((it) => opens(it) && isHere(it));
  if (from === -1) return null;
  const next = steps.findIndex((it, index) => index > from && opens(it) && !isHere(it));
  const during = steps.slice(from + 1, next === -1 ? undefined : next);
  return {
    before: together(steps.slice(0, from).flatMap(findingIn)),
    acts: during.filter(({ actor, event }) => actor === matter && events[event.type]?.kind === 'deciding'),
    found: together(during.filter(isHere).flatMap(findingIn)),
  };
}

/** What a body found on one point. */
interface Single extends Omit<Finding, 'points'> {
  readonly point: string;
  readonly label: Label;
}

const finding: readonly string[] = ['point.prepared', 'point.decided'];

function findingIn({ actor: point, actorLabel: label, event, payload }: PathStep): Single[] {
  const { body, outcome, text } = payload;
  const said = outcomes[outcome as Outcome] as Label | undefined;
  if (!finding.includes(event.type) || !said) return [];
  return [
    { point, label, body: String(body), outcome: said, wording: typeof text === 'string' ? text : null },
  ];
}

/** The last that each body found on each point; points with the same finding together. */
function together(all: readonly Single[]): readonly Finding[] {
  const newest = new Map(all.map((it) => [`${it.body} ${it.point}`, it])).values();
  const alike = Map.groupBy(newest, ({ body, outcome, wording }) => `${body} ${outcome.en} ${wording}`);
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, points: same.map((it) => it.label) }] : [];
  });
}
