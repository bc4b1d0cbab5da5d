/** What a body has before it in a matter, and what it has done with it at a meeting: what its minutes say. */
import type { Label } from '../../machines/label.ts';
import { type Outcome, outcomes } from '../../machines/outcomes.ts';
import type { NamedChart } from './labels.ts';
import { type Path, type PathStep, pathOf } from './path.ts';
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
  /**
   * What people did at the meeting with the matter, in order: who took no part in it and who served instead, what was put
   * and decided while the item was open, and what was recorded upon it.
   */
  readonly acts: readonly PathStep[];
  /** What the body found there. */
  readonly found: readonly Finding[];
}

/**
 * The treatment of a matter at a meeting; null where the matter was not opened there.
 * @param meeting the path of the meeting itself.
 */
export async function treatmentOf(source: Source, matter: string, meeting: Path): Promise<Treatment | null> {
  const path = await pathOf(source, matter);
  if (!path) return null;
  const { steps, chart } = path;
  const isAct = decidingOn(source, chart);
  const opens = ({ actor, event }: PathStep) => actor === matter && event.type === 'item.opened';
  const isHere = ({ payload }: PathStep) => payload.meeting === meeting.id;
  const from = steps.findIndex((it) => opens(it) && isHere(it));
  if (from === -1) return null;
  const next = steps.findIndex((it, index) => index > from && opens(it) && !isHere(it));
  const during = steps.slice(from, next === -1 ? undefined : next);
  return {
    before: together(steps.slice(0, from).flatMap(findingIn)),
    acts: actsIn(
      during.filter(({ actor }) => actor === matter),
      isAct,
      saidAt(source, meeting, matter),
    ),
    found: together(during.filter(isHere).flatMap(findingIn)),
  };
}

type Is = (step: PathStep) => boolean;

/** Whether a step is an act of the body, by its chart. */
function decidingOn({ registry }: Source, { name, version }: NamedChart): Is {
  const events = registry.find(name, version)?.events ?? {};
  return ({ event }) => events[event.type]?.kind === 'deciding';
}

/** The body's acts in the meeting's own log about a matter, from when it was opened; an opening that says no more is none. */
function saidAt(source: Source, { steps, chart }: Path, matter: string): readonly PathStep[] {
  const about = steps.filter(({ payload }) => payload.matter === matter);
  const opened = about.findIndex(isOpening);
  const isAct = decidingOn(source, chart);
  const saysMore: Is = (it) => !isOpening(it) || Object.keys(it.payload).length > 1;
  return about.slice(opened).filter((it) => isAct(it) && saysMore(it));
}

const isOpening: Is = ({ event }) => event.type === 'item.open';

/** The acts in the matter's log, those of the meeting where the matter was told of them, and after them the rest. */
function actsIn(steps: readonly PathStep[], isAct: Is, said: readonly PathStep[]): readonly PathStep[] {
  const byCommand = new Map(said.map((it) => [it.command, it]));
  const told = new Set(steps.map((it) => it.command));
  return [
    ...steps.flatMap((it) => (isAct(it) ? it : (byCommand.get(it.command) ?? []))),
    ...said.filter((it) => !told.has(it.command)),
  ];
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
