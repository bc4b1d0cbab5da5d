/** The execution of a point: its tasks, beside its standing and its condition. */
import {
  type Action,
  assigning,
  causing,
  type Effect,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { clerical, date, line, message, prose, reference, yesNo } from '../events.ts';
import type { Label } from '../label.ts';
import { adopting } from '../outcomes.ts';
import { tell } from '../tell.ts';
import { court } from './appeal.ts';
import type { PointContext } from './memory.ts';

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

const tasksOf = (context: PointContext): readonly string[] => [
  ...context.tasks.map((_, index) => `${context.self.id}.task${index + 1}`),
  ...(context.terminates ? [`${context.self.id}.contract`] : []),
  ...(context.concludes ? [`${context.self.id}.agreement`] : []),
];

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
  'execution.stay': clerical({
    label: { sv: 'Inhibition', en: 'Stay' },
    by: court,
    rule: 'R-078',
    fields: { court: line('Domstol', 'Court'), on: date('Datum', 'Date') },
  }),
  'execution.resume': clerical({
    label: { sv: 'Inhibitionen upphör', en: 'Stay lifted' },
    by: court,
    rule: 'R-078',
    fields: { on: date('Datum', 'Date') },
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
  isAnnulled: guard<PointContext>({
    rule: 'R-079',
    version: 1,
    says: { sv: 'Beslutet är inte upphävt.', en: 'The decision is not annulled.' },
    holds: (context) => context.annulled,
  }),
};

export const executionActions: Readonly<Record<string, Action>> = {
  withdrawTasks: causing<PointContext>(1, (context) => tell(context.openTasks, 'task.withdrawn')),
  assess: assigning<PointContext, { reversible: boolean; reason: string }>(
    1,
    (_, { reversible, reason, meta }) => ({
      assessment: { by: meta.sender, on: meta.on, reversible, reason },
    }),
  ),
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
  running: { sv: 'Pågår', en: 'Under way' },
  stayed: { sv: 'Inhiberad', en: 'Stayed' },
  done: { sv: 'Verkställd', en: 'Executed' },
  withdrawn: { sv: 'Verkställs inte', en: 'Not to be executed' },
};

/** The region as data. */
export const execution: StateData = {
  initial: 'idle',
  states: {
    idle: { always: [{ target: 'open', guard: { type: 'adopted' } }] },
    open: {
      initial: 'running',
      entry: [{ type: 'startExecution' }, { type: 'openTasks' }],
      always: [
        { target: 'withdrawn', guard: { type: 'isAnnulled' } },
        { target: 'done', guard: { type: 'nothingLeft' } },
      ],
      on: { 'task.done': { actions: [{ type: 'finishTask' }] } },
      states: {
        running: {
          meta: { rest: true },
          on: {
            'execution.begun': { guard: { type: 'mayExecute' } },
            'execution.stay': { target: 'stayed' },
          },
        },
        stayed: {
          meta: { refuses: { 'execution.begun': 'R-078' } },
          on: { 'execution.resume': { target: 'running' } },
        },
      },
    },
    done: { entry: [{ type: 'tellMatter', params: { event: 'execution.finished' } }] },
    withdrawn: {
      meta: { refuses: { 'execution.begun': 'R-079' } },
      // A contract of which notice was given still comes to its end.
      on: { 'task.done': {} },
      entry: [{ type: 'withdrawTasks' }, { type: 'tellMatter', params: { event: 'execution.finished' } }],
    },
  },
};
