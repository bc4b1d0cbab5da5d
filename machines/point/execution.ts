/** The execution of a point: its tasks, beside its standing and its condition. */
import {
  type Action,
  all,
  assigning,
  causing,
  type Effect,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { clerical, deciding, line, message, pastDate, prose, reference, yesNo } from '../events.ts';
import type { Label } from '../label.ts';
import { adopting } from '../outcomes.ts';
import { tell } from '../tell.ts';
import type { PointContext } from './memory.ts';

/** Annulled, or made on condition of one that is. */
const isFallen = ({ annulled, condition }: PointContext): boolean => annulled || condition === 'failed';

const taskField = reference('Aktör', 'Actor', 'actors');

const startExecution = (context: PointContext): Effect[] => [
  ...tell(context.matter, 'execution.opened', { actor: context.self.id }),
  ...context.tasks.map(
    (task, index): Effect => ({
      kind: 'start',
      chart: 'task',
      key: `task${index + 1}`,
      input: { ...task, point: context.self.id },
    }),
  ),
  ...context.followUps.map(
    (followUp, index): Effect => ({
      kind: 'start',
      chart: 'follow-up',
      key: `followup${index + 1}`,
      input: { ...followUp, decidedOn: context.decidedOn },
    }),
  ),
  ...(context.terminates
    ? [{ kind: 'start', chart: 'contract', key: 'contract', input: context.terminates } as const]
    : []),
  ...(context.concludes
    ? [{ kind: 'start', chart: 'agreement', key: 'agreement', input: context.concludes } as const]
    : []),
];

const followUpsOf = (context: PointContext): readonly string[] =>
  context.followUps.map((_, index) => `${context.self.id}.followup${index + 1}`);

const tasksOf = (context: PointContext): readonly string[] => [
  ...context.tasks.map((_, index) => `${context.self.id}.task${index + 1}`),
  ...(context.terminates ? [`${context.self.id}.contract`] : []),
  ...(context.concludes ? [`${context.self.id}.agreement`] : []),
];

const onceAnnulled = guard<PointContext, { on: string }>({
  rule: 'R-079',
  version: 1,
  says: {
    sv: 'Rättelse beslutas tidigast den dag beslutet upphävs.',
    en: 'Rectification is decided on the day of the annulment at the earliest.',
  },
  holds: ({ appeals }, { on }) =>
    appeals.every(({ ruling, ruledOn }) => ruling !== 'annulled' || ruledOn === null || ruledOn <= on),
});

export const executionEvents: Readonly<Record<string, EventDeclaration>> = {
  'execution.assess': clerical({
    label: { sv: 'Bedöm verkställighet', en: 'Assess execution' },
    by: ['clerk', 'caseOfficer', 'chair'],
    rule: 'R-077',
    fields: {
      reversible: yesNo('Kan rättas om beslutet upphävs', 'Can be undone if annulled'),
      reason: prose('Bedömning', 'Assessment'),
    },
  }),
  'rectification.decide': deciding({
    label: { sv: 'Besluta om rättelse', en: 'Decide on rectification' },
    by: ['clerk', 'chair'],
    rule: 'R-079',
    asks: { onceAnnulled },
    fields: {
      body: line('Organ', 'Body'),
      on: pastDate('Beslutsdatum', 'Decided on'),
      paragraph: line('Paragraf', 'Paragraph').optional(),
      measures: prose(
        'Hur verkställigheten rättas, så långt det är möjligt',
        'How it is undone, as far as possible',
      ),
    },
  }),
  'rectification.complete': clerical({
    label: { sv: 'Rättat', en: 'Rectified' },
    by: ['clerk', 'caseOfficer', 'registrar'],
    rule: 'R-079',
    fields: { on: pastDate('Datum', 'Date'), note: prose('Anteckning', 'Note').optional() },
  }),
  'rectification.waive': clerical({
    label: { sv: 'Inget att rätta', en: 'Nothing to rectify' },
    by: ['clerk', 'caseOfficer', 'registrar'],
    rule: 'R-079',
    fields: {
      reason: prose('Varför beslutet inte har verkställts', 'Why the decision has not been executed'),
    },
  }),
  'execution.begun': message({ sv: 'Verkställs', en: 'Execution begun' }, { actor: taskField }, 'R-077'),
  'task.done': message({ sv: 'Uppdrag klart', en: 'Task done' }, { actor: taskField }),
};

export const executionGuards: Readonly<Record<string, Guard>> = {
  adopted: guard<PointContext>({
    rule: 'R-064',
    version: 1,
    says: {
      sv: 'Punkten är inte antagen eller väntar på sitt villkor.',
      en: 'The point is not adopted, or awaits its condition.',
    },
    holds: (context) =>
      context.outcome !== null &&
      adopting.includes(context.outcome) &&
      !context.annulled &&
      (context.condition === 'none' || context.condition === 'met'),
  }),
  mayExecute: guard<PointContext>({
    rule: 'R-077',
    version: 1,
    says: {
      sv: 'Beslutet har inte laga kraft, och ingen bedömning av förtida verkställighet är antecknad.',
      en: 'The decision has no final force, and no assessment of earlier execution is recorded.',
    },
    // To execute a decision made on condition of others is to execute those too.
    holds: ({ inForce, conditionalOn, referencesInForce, assessment }) =>
      assessment !== null || (inForce && conditionalOn.every((key) => referencesInForce.includes(key))),
  }),
  nothingLeft: guard<PointContext>({
    rule: null,
    version: 1,
    says: { sv: 'Uppdrag återstår.', en: 'Tasks remain.' },
    holds: (context) => context.openTasks.length === 0,
  }),
  hasFallen: guard<PointContext>({
    rule: 'R-079',
    version: 1,
    says: { sv: 'Beslutet gäller.', en: 'The decision applies.' },
    holds: isFallen,
  }),
  hasBegun: guard<PointContext>({
    rule: 'R-079',
    version: 1,
    says: { sv: 'Inget är verkställt.', en: 'Nothing has been executed.' },
    holds: (context) => context.begun,
  }),
  hasNotBegun: guard<PointContext>({
    rule: 'R-079',
    version: 1,
    says: {
      sv: 'Beslutet är verkställt: det organ som fattade det beslutar om rättelse.',
      en: 'The decision has been executed: the body that made it decides on rectification.',
    },
    holds: (context) => !context.begun,
  }),
  sameBody: guard<PointContext, { body: string }>({
    rule: 'R-079',
    version: 1,
    says: {
      sv: 'Det organ som fattade beslutet ska se till att verkställigheten rättas.',
      en: 'The body that made the decision is the one to see to its rectification.',
    },
    holds: (context, event) => context.body === event.body,
  }),
};

export const executionActions: Readonly<Record<string, Action>> = {
  withdrawTasks: causing<PointContext>(1, (context) =>
    tell([...context.openTasks, ...followUpsOf(context)], 'task.withdrawn'),
  ),
  assess: assigning<PointContext, { reversible: boolean; reason: string }>(
    1,
    (_, { reversible, reason, meta }) => ({
      assessment: { by: meta.sender, on: meta.on, reversible, reason },
    }),
  ),
  begin: assigning<PointContext>(1, () => ({ begun: true })),
  startExecution: causing<PointContext>(1, startExecution),
  openTasks: assigning<PointContext>(1, (context) => ({ openTasks: tasksOf(context) })),
  finishTask: assigning<PointContext, { actor: string }>(1, (context, event) => ({
    openTasks: context.openTasks.filter((id) => id !== event.actor),
  })),
};

export const executionStates: Readonly<Record<string, Label>> = {
  execution: { sv: 'Verkställighet', en: 'Execution' },
  idle: { sv: 'Inte aktuell', en: 'Not open' },
  open: { sv: 'Verkställs', en: 'In execution' },
  done: { sv: 'Verkställd', en: 'Executed' },
  withdrawn: { sv: 'Verkställs inte', en: 'Not to be executed' },
  toRectify: { sv: 'Ska rättas', en: 'To be rectified' },
  rectifying: { sv: 'Rättas', en: 'Being rectified' },
  rectified: { sv: 'Rättad', en: 'Rectified' },
};

const finished = { type: 'tellMatter', params: { event: 'execution.finished' } };
const fallen = { refuses: { 'execution.begun': 'R-079' } } as const;

/** The region as data. */
export const execution: StateData = {
  initial: 'idle',
  states: {
    idle: { always: [{ target: 'open', guard: { type: 'adopted' } }] },
    open: {
      meta: { rest: true },
      entry: [{ type: 'startExecution' }, { type: 'openTasks' }],
      always: [
        { target: 'toRectify', guard: all({ type: 'hasFallen' }, { type: 'hasBegun' }) },
        { target: 'withdrawn', guard: { type: 'hasFallen' }, actions: [{ type: 'withdrawTasks' }] },
        { target: 'done', guard: { type: 'nothingLeft' } },
      ],
      on: {
        'task.done': { actions: [{ type: 'finishTask' }] },
        'execution.begun': {
          guard: all({ type: 'notStayed' }, { type: 'planApplies' }, { type: 'mayExecute' }),
          actions: [{ type: 'begin' }],
        },
      },
    },
    done: { entry: [finished], always: [{ target: 'toRectify', guard: { type: 'hasFallen' } }] },
    withdrawn: { meta: fallen, entry: [finished] },
    // A contract of which notice was given still comes to its end.
    toRectify: {
      meta: fallen,
      entry: [{ type: 'withdrawTasks' }, { type: 'tellMatter', params: { event: 'execution.reopened' } }],
      on: {
        'task.done': {},
        'rectification.decide': { target: 'rectifying', guard: { type: 'sameBody' } },
        'rectification.waive': { target: 'withdrawn', guard: { type: 'hasNotBegun' } },
      },
    },
    rectifying: {
      meta: fallen,
      on: { 'task.done': {}, 'rectification.complete': { target: 'rectified' } },
    },
    rectified: { meta: fallen, entry: [finished], on: { 'task.done': {} } },
  },
};
