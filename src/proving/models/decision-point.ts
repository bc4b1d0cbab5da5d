import type { Chart, JsonObject } from '../../../machines/chart.ts';
import type { Appeal } from '../../../machines/point/memory.ts';
import type { Model } from '../model.ts';
import { TODAY } from '../sent.ts';

/** Outcomes that make a difference: as proposed, with changes, not adopted. */
export const outcomeClasses = ['approved', 'approvedAmended', 'rejected'] as const;

const sorted = (list: unknown) => [...new Set(list as readonly string[])].sort();

/** Of an appeal, what tells it from others and whether it is open; in which order they came is nothing. */
const appealsOf = (context: JsonObject): JsonObject[] =>
  (context.appeals as unknown as readonly Appeal[])
    .map((it) => ({
      ...it,
      court: '',
      filedOn: '',
      forwardedOn: null,
      ruling: it.ruling && ('upheld' as const),
      ruledOn: null,
    }))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

/** A condition that is met or has failed does not ask again by what. */
const settled = (context: JsonObject): JsonObject =>
  context.condition === 'met' || context.condition === 'failed' ? { references: {}, saw: {}, knew: [] } : {};

/** Texts and what earlier bodies put forward are read by nobody; which points have force is a set. */
const abstract = (context: JsonObject): JsonObject => ({
  ...context,
  ...settled(context),
  text: '',
  prepared: [],
  appeals: appealsOf(context),
  referencesInForce: sorted(context.referencesInForce),
  referencesStayed: sorted(context.referencesStayed),
});

const SEEN = 'Den lydelse som organet hade framför sig.';
const saw = [{ point: 'p1', wording: SEEN }];

/** The model of a point of a matter, at meetings with those ids, or with a notice of `own`. */
export const pointModel = (chart: Chart, id: string, meetings: readonly string[], own?: string): Model => ({
  chart,
  values: {
    outcome: outcomeClasses,
    body: ['ks'],
    meeting: meetings,
    point: ['p1'],
    caseNumber: ['1-26'],
    actor: [`${id}.task1`, `${id}.contract`, ...parties(id)],
  },
  payloads: {
    'point.decided': meetings.flatMap((meeting) =>
      outcomeClasses.map((outcome) => ({ body: 'ks', outcome, meeting, paragraph: 1, text: SEEN, saw })),
    ),
    'condition.decided': [
      { point: 'p1', outcome: 'approved', wording: SEEN },
      { point: 'p1', outcome: 'approved', wording: 'En annan lydelse.' },
      { point: 'p1', outcome: 'approvedAmended' },
      { point: 'p1', outcome: 'rejected' },
    ],
    'point.prepared': [{ body: 'ks', role: 'propose', outcome: 'approved', meeting: meetings[0] ?? '' }],
    ...(own !== undefined && {
      'notice.posted': [...meetings, own].map((meeting) => ({ meeting, on: TODAY })),
      'notice.broken': [...meetings, own].map((meeting) => ({ meeting })),
    }),
    'execution.begun': [{ actor: `${id}.task1` }],
    'task.done': [`${id}.task1`, `${id}.contract`].map((actor) => ({ actor })),
    'party.over': parties(id).map((actor) => ({ actor })),
    'appeal.file': [appeal('1-26')],
    'appeal.forward': [],
    // For three weeks, and for less.
    'plan.announce': ['2026-12-22', TODAY].map((until) => ({ on: TODAY, at: 'huddinge.se', until })),
  },
  abstract,
  admits: (type, _, { notified }) => type !== 'party.notify' || Number(notified) < parties(id).length,
});

/** The parties that are told of a decision. */
const parties = (id: string): readonly string[] => [1, 2].map((n) => `${id}.party${n}`);

const on = '2026-12-01';
const appeal = (caseNumber: string): JsonObject => ({ court: 'FR', caseNumber, on });
const reference = 'HKS 2026/2';

/** What a point hears of others, which one without a condition has none of. */
const ofOthers = [
  'condition.decided',
  'condition.annulled',
  'condition.inForce',
  'condition.stayed',
  'condition.resumed',
];

/** The same with several appeals at once, one of them misfiled; nothing is executed meanwhile. */
export const appealedModel = (chart: Chart, id: string, meetings: readonly string[]): Model => {
  const model = pointModel(chart, id, meetings);
  return {
    ...model,
    values: { ...model.values, caseNumber: ['1-26', '2-26'] },
    payloads: {
      ...model.payloads,
      'appeal.file': [appeal('1-26'), appeal('2-26'), { ...appeal('2-26'), forwarded: reference }],
      'appeal.forward': [{ reference, receivedOn: on, court: 'FR', on }],
      ...Object.fromEntries(
        ['execution.assess', 'execution.stay', 'execution.begun', ...ofOthers].map((type) => [type, []]),
      ),
    },
    assumes: ['a decision is explored with at most two cases at court and one appeal forwarded there'],
  };
};

/** A task that a decision gives. */
export const task = { title: 'Underteckna', assignee: 'Kommundirektör' };

/** A point as its matter starts it. */
export const pointInput = (more: JsonObject = {}): JsonObject => ({
  text: 'Avtalet godkänns.',
  body: 'ks',
  kind: 'decision',
  regime: 'legality',
  label: '3',
  title: 'Avtal',
  matter: 'm',
  conditionalOn: [],
  ...more,
});

interface Start {
  readonly input: JsonObject;
  /** What is left to the other starts. */
  readonly left: readonly string[];
  readonly meetings?: readonly string[];
}

/** The ways in which a point can be started that make a difference. */
export const pointStarts: Readonly<Record<string, Start>> = {
  'with a task': { input: pointInput({ tasks: [task] }), left: ofOthers },
  'of a plan': {
    input: pointInput({ regime: 'planning', conditionalOn: ['p1'], tasks: [task] }),
    left: ['appeal.file', 'execution.stay', 'condition.stayed', 'condition.annulled', 'notice.broken'],
    meetings: ['ks-1'],
  },
  'on condition of another': {
    input: pointInput({ conditionalOn: ['p1'], tasks: [task] }),
    left: ['execution.stay', 'condition.stayed', 'appeal.file'],
    meetings: ['ks-1'],
  },
  'on condition of another, stayed': {
    input: pointInput({ conditionalOn: ['p1'], tasks: [task] }),
    left: ['appeal.file', 'condition.inForce', 'condition.annulled', 'notice.broken'],
    meetings: ['ks-1'],
  },
  'on condition of another, appealed': {
    input: pointInput({ conditionalOn: ['p1'] }),
    left: ['execution.stay', 'condition.stayed', 'condition.inForce', 'point.prepared'],
    meetings: ['ks-1'],
  },
  'not open to appeal, ending a contract': {
    input: pointInput({
      regime: 'none',
      terminates: { contract: 'Partneravtal', counterparty: 'RISE', noticePeriod: { years: 1 } },
      followUps: [{ title: 'Årlig uppföljning', assignee: 'Kommundirektör', every: { years: 1 } }],
    }),
    left: ofOthers,
  },
};
