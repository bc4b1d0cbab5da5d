/**
 * The employer negotiates with the unions, on its own initiative, before it decides on a major change of operations or of
 * employment conditions; only exceptional reasons let it decide first (MBL 11 and 14 §§, R-022).
 */
import * as z from 'zod';
import { type EventDeclaration, type Guard, guard, type StateData } from '../chart.ts';
import { clerical, line, pastDate, prose, yesNo } from '../events.ts';
import type { Label } from '../label.ts';
import { routeId, routeLabel, stageKind } from './kind.ts';
import type { MatterContext } from './matter.ts';

const schema = z.strictObject({ id: routeId, type: z.literal('negotiation'), label: routeLabel });

const employer = ['caseOfficer', 'clerk', 'registrar'] as const;

const events: Readonly<Record<string, EventDeclaration>> = {
  'negotiation.judge': clerical({
    label: { sv: 'Bedöm om det ska förhandlas', en: 'Judge whether to negotiate' },
    by: employer,
    rule: 'R-022',
    fields: {
      major: yesNo(
        'En viktigare förändring av verksamheten eller anställningsvillkoren',
        'A major change to operations or employment conditions',
      ),
      reason: prose('Bedömning', 'Assessment'),
    },
  }),
  'negotiation.conclude': clerical({
    label: { sv: 'Förhandlingen avslutad', en: 'Negotiation concluded' },
    by: employer,
    rule: 'R-022',
    fields: {
      on: pastDate('Datum', 'Date'),
      minutes: line('Förhandlingsprotokoll', 'Minutes of the negotiation'),
      agreed: yesNo('Parterna är ense', 'The parties agree'),
      central: yesNo('Central förhandling begärs', 'Central negotiation is requested'),
    },
  }),
  'negotiation.except': clerical({
    label: { sv: 'Besluta före förhandling', en: 'Decide before negotiating' },
    by: employer,
    rule: 'R-022',
    fields: { reason: prose('Synnerliga skäl', 'Exceptional reasons') },
  }),
};

const guards: Readonly<Record<string, Guard>> = {
  isMajor: guard<MatterContext, { major: boolean }>({
    rule: 'R-022',
    version: 1,
    says: { sv: 'Det är ingen viktigare förändring.', en: 'It is no major change.' },
    holds: (_, { major }) => major,
  }),
  isMinor: guard<MatterContext, { major: boolean }>({
    rule: 'R-022',
    version: 1,
    says: { sv: 'En viktigare förändring förhandlas först.', en: 'A major change is negotiated first.' },
    holds: (_, { major }) => !major,
  }),
  goesCentral: guard<MatterContext, { central: boolean }>({
    rule: 'R-022',
    version: 1,
    says: { sv: 'Ingen central förhandling begärs.', en: 'No central negotiation is requested.' },
    holds: (_, { central }) => central,
  }),
  staysLocal: guard<MatterContext, { central: boolean }>({
    rule: 'R-022',
    version: 1,
    says: { sv: 'En central förhandling är begärd.', en: 'A central negotiation is requested.' },
    holds: (_, { central }) => !central,
  }),
};

const states: Readonly<Record<string, Label>> = {
  judging: { sv: 'Ska det förhandlas?', en: 'Is it to be negotiated?' },
  local: { sv: 'Lokal förhandling', en: 'Local negotiation' },
  central: { sv: 'Central förhandling', en: 'Central negotiation' },
};

const stateOf = (id: string, next: string): StateData => {
  const onward = `#${next}`;
  const excepts = { 'negotiation.except': { target: onward } };
  return {
    id,
    initial: 'judging',
    meta: { stage: id, role: 'negotiation' },
    entry: [{ type: 'arrive', params: { body: id } }],
    states: {
      judging: {
        on: {
          'negotiation.judge': [
            { target: 'local', guard: { type: 'isMajor' } },
            { target: onward, guard: { type: 'isMinor' } },
          ],
        },
      },
      local: {
        on: {
          'negotiation.conclude': [
            { target: 'central', guard: { type: 'goesCentral' } },
            { target: onward, guard: { type: 'staysLocal' } },
          ],
          ...excepts,
        },
      },
      central: {
        on: { 'negotiation.conclude': { target: onward, guard: { type: 'staysLocal' } }, ...excepts },
      },
    },
  };
};

export const negotiation = stageKind(schema, {
  label: ({ label }) => label,
  state: ({ id }, { next }) => stateOf(id, next),
  parts: () => ({ events, guards, states }),
});
