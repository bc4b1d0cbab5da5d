/** An instruction (uppdrag) that a decision gives to a role. */
import * as z from 'zod';
import { assigning, defineChart } from '../chart.ts';
import { clerical, date, line, message, pastDate, prose } from '../events.ts';
import { tellParent } from '../tell.ts';

interface TaskContext {
  readonly title: string;
  readonly assignee: string;
  readonly overdue: boolean;
}

const doer = ['caseOfficer', 'clerk', 'registrar', 'integration'] as const;

export const task = defineChart({
  name: 'task',
  version: 1,
  label: { sv: 'Uppdrag', en: 'Task' },
  input: z.strictObject({
    title: line('Uppgift', 'Task'),
    assignee: line('Ansvarig roll', 'Responsible role'),
    due: date('Klart senast', 'Due').optional(),
    point: z.string(),
  }),
  context: { overdue: false },
  card: (context) => {
    const it = context as unknown as TaskContext;
    return { title: it.title, number: null, body: it.assignee };
  },
  events: {
    'task.complete': clerical({
      label: { sv: 'Klart', en: 'Done' },
      by: doer,
      rule: 'R-077',
      fields: { on: pastDate('Datum', 'Date'), note: prose('Anteckning', 'Note').optional() },
    }),
    'task.withdrawn': message({ sv: 'Återtas', en: 'Withdrawn' }, {}, 'R-079'),
  },
  deadlines: {
    taskDue: {
      label: { sv: 'Uppdraget ska vara klart', en: 'Task due' },
      rule: null,
      from: 'due',
      period: { days: 0 },
      roll: false,
    },
  },
  actions: {
    tellParent,
    markOverdue: assigning<TaskContext>(1, () => ({ overdue: true })),
  },
  states: {
    open: { sv: 'Att göra', en: 'To do' },
    done: { sv: 'Klart', en: 'Done' },
    withdrawn: { sv: 'Återtaget', en: 'Withdrawn' },
  },
  data: {
    initial: 'open',
    states: {
      open: {
        after: { taskDue: { actions: [{ type: 'markOverdue' }] } },
        on: {
          'task.complete': {
            target: 'done',
            actions: [
              { type: 'tellParent', params: { event: 'execution.begun' } },
              { type: 'tellParent', params: { event: 'task.done' } },
            ],
          },
          'task.withdrawn': { target: 'withdrawn' },
        },
      },
      withdrawn: { meta: { end: true } },
      done: { meta: { end: true } },
    },
  },
});
