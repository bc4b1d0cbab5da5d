/**
 * The auditors on a year's accounts: their report, and where it remarks on someone or does not recommend discharge, the
 * explanation of those concerned (KL 5:31–32, 12:12–13). The council decides on the annual report before any discharge.
 */
import * as z from 'zod';
import {
  type Action,
  all,
  assigning,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { clerical, line, pastDate, prose, yesNo } from '../events.ts';
import type { Label } from '../label.ts';
import { adopting } from '../outcomes.ts';
import { routeId, routeLabel, stageKind } from './kind.ts';
import type { MatterContext, Question } from './matter.ts';

const schema = z.strictObject({ id: routeId, type: z.literal('audit'), label: routeLabel });

const registry = ['registrar', 'clerk'] as const;

const events: Readonly<Record<string, EventDeclaration>> = {
  'audit.report': clerical({
    label: { sv: 'Revisionsberättelse inkommen', en: 'Audit report received' },
    by: registry,
    rule: 'R-113',
    fields: {
      on: pastDate('Datum', 'Date'),
      remarks: yesNo('Innehåller anmärkning', 'Contains remarks'),
      recommends: yesNo('Ansvarsfrihet tillstyrks', 'Discharge is recommended'),
      reason: prose('Anledning', 'Reason').optional(),
    },
  }),
  'explanation.obtain': clerical({
    label: { sv: 'Förklaring inhämtad', en: 'Explanation obtained' },
    by: registry,
    rule: 'R-014',
    fields: {
      from: line('Från', 'From'),
      on: pastDate('Datum', 'Date'),
      auditorsHeard: yesNo('Revisorerna har hörts', 'The auditors have been heard'),
    },
  }),
};

interface AuditedContext extends MatterContext {
  readonly reportApproved: boolean;
}

interface Report {
  readonly remarks: boolean;
  readonly recommends: boolean;
  readonly reason?: string;
}

const isClean = ({ remarks, recommends }: Report) => !remarks && recommends;

const guards: Readonly<Record<string, Guard>> = {
  cleanReport: guard<MatterContext, Report>({
    rule: 'R-014',
    version: 1,
    says: { sv: 'Berättelsen kräver en förklaring.', en: 'The report calls for an explanation.' },
    holds: (_, event) => isClean(event),
  }),
  needsExplanation: guard<MatterContext, Report>({
    rule: 'R-014',
    version: 1,
    says: { sv: 'Berättelsen kräver ingen förklaring.', en: 'The report calls for no explanation.' },
    holds: (_, event) => !isClean(event),
  }),
  reasonGiven: guard<MatterContext, Report>({
    rule: 'R-113',
    version: 1,
    says: {
      sv: 'Anledningen till en anmärkning eller avstyrkan ska anges.',
      en: 'The reason for a remark, or for not recommending discharge, must be given.',
    },
    holds: (_, event) => event.reason !== undefined,
  }),
  auditorsHeard: guard<MatterContext, { auditorsHeard: boolean }>({
    rule: 'R-014',
    version: 1,
    says: { sv: 'Revisorerna ska höras.', en: 'The auditors must be heard.' },
    holds: (_, event) => event.auditorsHeard,
  }),
  /** The first point is the annual report; each of the others is the discharge of somebody. */
  reportFirst: guard<MatterContext, { points?: readonly number[] }>({
    rule: 'R-112',
    version: 1,
    says: {
      sv: 'Årsredovisningen (punkt 1) ska avgöras för sig, före ansvarsfriheten.',
      en: 'The annual report (point 1) must be decided by itself, before any discharge.',
    },
    holds: ({ points }, event) => {
      const asked = event.points ?? [];
      const isOpen = points.some(({ key, standing }) => key === 'p1' && standing === 'open');
      return asked.length > 0 && (isOpen ? asked.every((n) => n === 1) : !asked.includes(1));
    },
  }),
  /** Where the report is not approved, a discharge is written off: it is tried with a new report. */
  reportApproved: guard<AuditedContext, { points?: readonly number[] } & Pick<Question, 'proposals'>>({
    rule: 'R-112',
    version: 1,
    says: {
      sv: 'Årsredovisningen är inte godkänd: ansvarsfriheten kan inte prövas, bara avskrivas.',
      en: 'The annual report is not approved: discharge cannot be tried, only written off.',
    },
    holds: ({ reportApproved }, { points = [], proposals }) =>
      reportApproved || points.includes(1) || proposals.every(({ outcome }) => outcome === 'writtenOff'),
  }),
};

const actions: Readonly<Record<string, Action>> = {
  recordReport: assigning<AuditedContext, { finds: number }>(1, ({ question }, { finds }) => {
    const outcome = question?.proposals[finds - 1]?.outcome;
    return question?.points.includes('p1') && outcome ? { reportApproved: adopting.includes(outcome) } : {};
  }),
};

const states: Readonly<Record<string, Label>> = {
  auditing: { sv: 'Granskas av revisorerna', en: 'With the auditors' },
  explaining: { sv: 'Förklaring inhämtas', en: 'Explanation to be obtained' },
};

const stateOf = (id: string, next: string): StateData => ({
  id,
  initial: 'auditing',
  meta: { stage: id, role: 'audit' },
  entry: [{ type: 'arrive', params: { body: id } }],
  states: {
    auditing: {
      on: {
        'audit.report': [
          { target: `#${next}`, guard: { type: 'cleanReport' } },
          {
            target: 'explaining',
            guard: {
              type: 'all',
              params: { guards: [{ type: 'needsExplanation' }, { type: 'reasonGiven' }] },
            },
          },
        ],
      },
    },
    explaining: {
      on: { 'explanation.obtain': { target: `#${next}`, guard: { type: 'auditorsHeard' } } },
    },
  },
});

export const audit = stageKind(schema, {
  unconditional: true,
  label: ({ label }) => label,
  state: ({ id }, { next }) => stateOf(id, next),
  parts: () => ({
    events,
    guards,
    actions,
    states,
    context: { reportApproved: false },
    question: all({ type: 'reportFirst' }, { type: 'reportApproved' }),
    confirmed: { type: 'recordReport' },
  }),
});
