/** A court's order that the decision is not to apply for now, beside everything else that becomes of it. */
import {
  type Action,
  assigning,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { clerical, line, message, pastDate } from '../events.ts';
import type { Label } from '../label.ts';
import { court } from './appeal.ts';
import type { PointContext } from './memory.ts';

export const stayEvents: Readonly<Record<string, EventDeclaration>> = {
  'execution.stay': clerical({
    label: { sv: 'Inhibition', en: 'Stay' },
    by: court,
    rule: 'R-078',
    fields: { court: line('Domstol', 'Court'), on: pastDate('Datum', 'Date') },
  }),
  'execution.resume': clerical({
    label: { sv: 'Inhibitionen upphör', en: 'Stay lifted' },
    by: court,
    rule: 'R-078',
    fields: { on: pastDate('Datum', 'Date') },
  }),
  'condition.stayed': message(
    { sv: 'Villkorspunkten inhiberad', en: 'Referenced point stayed' },
    { point: line('Punkt', 'Point') },
    'R-078',
  ),
  'condition.resumed': message(
    { sv: 'Villkorspunktens inhibition upphör', en: 'Stay of a referenced point lifted' },
    { point: line('Punkt', 'Point') },
    'R-078',
  ),
};

export const stayGuards: Readonly<Record<string, Guard>> = {
  applies: guard<PointContext>({
    rule: 'R-078',
    version: 1,
    says: { sv: 'Det finns inget beslut som gäller.', en: 'There is no decision that applies.' },
    holds: ({ outcome, annulled }) => outcome !== null && !annulled,
  }),
  notStayed: guard<PointContext>({
    rule: 'R-078',
    version: 1,
    says: {
      sv: 'Domstolen har beslutat att beslutet, eller ett som det förutsätter, tills vidare inte ska gälla.',
      en: 'The court has ordered that the decision, or one that it depends on, is not to apply for now.',
    },
    holds: ({ stayed, referencesStayed }) => !stayed && referencesStayed.length === 0,
  }),
};

export const stayActions: Readonly<Record<string, Action>> = {
  setStayed: assigning<PointContext, unknown, { is: boolean }>(1, (_, __, { is }) => ({ stayed: is })),
  recordStay: assigning<PointContext, { point: string }>(1, ({ referencesStayed }, { point }) => ({
    referencesStayed: [...referencesStayed, point],
  })),
  recordResumed: assigning<PointContext, { point: string }>(1, ({ referencesStayed }, { point }) => ({
    referencesStayed: referencesStayed.filter((it) => it !== point),
  })),
};

export const stayStates: Readonly<Record<string, Label>> = {
  stay: { sv: 'Inhibition', en: 'Stay' },
  free: { sv: 'Inte inhiberad', en: 'Not stayed' },
  stayed: { sv: 'Inhiberad', en: 'Stayed' },
};

/** The region as data. */
export const stay: StateData = {
  initial: 'free',
  states: {
    free: {
      meta: { rest: true },
      on: { 'execution.stay': { target: 'stayed', guard: { type: 'applies' } } },
    },
    stayed: {
      meta: { rest: true },
      entry: [
        { type: 'setStayed', params: { is: true } },
        { type: 'tellMatter', params: { event: 'point.stayed' } },
      ],
      exit: [
        { type: 'setStayed', params: { is: false } },
        { type: 'tellMatter', params: { event: 'point.resumed' } },
      ],
      on: {
        'execution.resume': { target: 'free' },
        // What the court has stayed was the earlier decision.
        'point.decided': { target: 'free', guard: { type: 'decidedAnew' } },
      },
    },
  },
};
