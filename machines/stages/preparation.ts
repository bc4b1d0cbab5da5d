/** The administration's stage: registered, drafted, consulted on, signed, handed over. */
import * as z from 'zod';
import {
  type Action,
  all,
  assigning,
  causing,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { bodyName, clerical, comingDate, line, pastDate, prose, yesNo } from '../events.ts';
import type { Label } from '../label.ts';
import { sendingOn } from './acts/visiting.ts';
import { councilsAt, routeId, routeLabel, type Surroundings, stageKind } from './kind.ts';
import { withTerms } from './matter/points.ts';
import { isPointKey, type MatterContext } from './matter.ts';

const schema = z.strictObject({ id: routeId, type: z.literal('preparation'), label: routeLabel });
type PreparationStage = z.infer<typeof schema>;

const staff = ['caseOfficer', 'clerk', 'registrar'] as const;

const events: Readonly<Record<string, EventDeclaration>> = {
  'matter.assign': clerical({
    label: { sv: 'Tilldela', en: 'Assign' },
    by: ['registrar', 'clerk'],
    fields: { caseOfficer: line('Handläggare', 'Case officer') },
  }),
  'consultation.send': clerical({
    label: { sv: 'Sänd på remiss', en: 'Send for consultation' },
    by: staff,
    rule: 'R-019',
    fields: {
      key: z
        .string()
        .regex(/^[a-z0-9]{1,30}$/)
        .meta({ sv: 'Beteckning', en: 'Short name' }),
      body: bodyName('Remissinstans', 'Body consulted'),
      question: prose('Fråga', 'Question'),
      due: comingDate('Svar senast', 'Answer by').optional(),
    },
  }),
  'report.complete': clerical({
    label: { sv: 'Färdigställ', en: 'Complete the report' },
    by: ['caseOfficer', 'clerk'],
    fields: {
      dated: pastDate('Tjänsteutlåtandets datum', 'Date of the official report'),
      financing: prose('Finansiering', 'Financing').optional(),
      attachments: z
        .array(line('Bilaga', 'Annex'))
        .max(100)
        .optional()
        .meta({ sv: 'Bilagor', en: 'Annexes' }),
    },
  }),
  'report.reopen': clerical({
    label: { sv: 'Återlämna', en: 'Return for redrafting' },
    by: ['caseOfficer', 'clerk'],
    fields: { reason: prose('Skäl', 'Reason') },
  }),
  'report.sign': clerical({
    label: { sv: 'Underteckna', en: 'Sign' },
    by: ['caseOfficer', 'clerk', 'integration'],
    fields: {
      signedBy: line('Undertecknat av', 'Signed by'),
      title: line('Befattning', 'Title'),
      acting: yesNo('Tillförordnad', 'Acting').optional(),
    },
  }),
  'matter.handOver': clerical({ label: { sv: 'Överlämna', en: 'Hand over' }, by: staff, rule: 'R-010' }),
};

/** @param draft the fields of a decision point on the route. */
const addition = (draft: z.ZodRawShape): EventDeclaration =>
  clerical({ label: { sv: 'Lägg till beslutspunkt', en: 'Add a decision point' }, by: staff, fields: draft });

const states: Readonly<Record<string, Label>> = {
  registered: { sv: 'Registrerat i diariet', en: 'Registered' },
  drafting: { sv: 'Tjänsteutlåtande skrivs', en: 'Official report in draft' },
  reportReady: { sv: 'Tjänsteutlåtande klart', en: 'Official report complete' },
  signed: { sv: 'Undertecknat', en: 'Signed' },
};

const guards: Readonly<Record<string, Guard>> = {
  consultationIsNew: guard<MatterContext, { key: string }>({
    rule: null,
    version: 1,
    says: { sv: 'Beteckningen är redan använd.', en: 'The short name is already in use.' },
    holds: (context, event) => !context.consulted.includes(event.key),
  }),
  conditionsOpen: guard<MatterContext, { onCondition?: readonly number[] }>({
    rule: 'R-064',
    version: 1,
    says: {
      sv: 'Villkoret hänvisar till en punkt som inte finns, redan är beslutad eller själv är villkorad.',
      en: 'The condition refers to a point that does not exist, is already decided or is itself conditional.',
    },
    holds: (context, event) =>
      (event.onCondition ?? []).every((n) => {
        const point = context.points[n - 1];
        return point?.standing === 'open' && !point.conditionalOn.some(isPointKey);
      }),
  }),
};

const actions: Readonly<Record<string, Action>> = {
  assignCaseOfficer: assigning<MatterContext, { caseOfficer: string }>(1, (_, event) => ({
    caseOfficer: event.caseOfficer,
  })),
  sendConsultation: causing<MatterContext, { key: string; body: string; question: string; due?: string }>(
    1,
    (_, { key, body, question, due }) => [
      {
        kind: 'start',
        chart: 'consultation',
        key: `remiss-${key}`,
        input: { body, question, affected: false, ...(due && { due }) },
      },
    ],
  ),
  awaitConsultation: assigning<MatterContext, { key: string }>(1, (context, event) => ({
    consulted: [...context.consulted, event.key],
    unanswered: [...context.unanswered, `${context.self.id}.remiss-${event.key}`],
  })),
};

function stateOf(stage: PreparationStage, around: Surroundings): StateData {
  const { next, terms } = around;
  return {
    id: stage.id,
    initial: 'registered',
    meta: { stage: stage.id, role: 'preparation' },
    entry: [{ type: 'arrive', params: { body: stage.id } }],
    states: {
      registered: {
        on: { 'matter.assign': { target: 'drafting', actions: [{ type: 'assignCaseOfficer' }] } },
      },
      drafting: {
        on: {
          'matter.assign': { actions: [{ type: 'assignCaseOfficer' }] },
          'point.add': {
            guard: all(
              { type: 'conditionsOpen' },
              { type: 'saysWhyNot', params: { councils: councilsAt(around) } },
              { type: 'procures' },
            ),
            actions: [withTerms('startAddedPoint', terms), withTerms('addPoint', terms)],
          },
          'consultation.send': {
            guard: { type: 'consultationIsNew' },
            actions: [{ type: 'sendConsultation' }, { type: 'awaitConsultation' }],
          },
          'report.complete': { target: 'reportReady' },
        },
      },
      reportReady: { on: { 'report.reopen': { target: 'drafting' }, 'report.sign': { target: 'signed' } } },
      signed: {
        on: {
          'report.reopen': { target: 'drafting' },
          'matter.handOver': { target: `#${next}`, actions: sendingOn(stage, around) },
        },
      },
    },
  };
}

export const preparation = stageKind(schema, {
  begins: true,
  drafts: true,
  label: ({ label }) => label,
  state: stateOf,
  parts: (_, __, draft) => ({
    events: { ...events, 'point.add': addition(draft.shape) },
    states,
    guards,
    actions,
  }),
});
