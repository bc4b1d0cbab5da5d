/** The examples of the API's description: one matter of Huddinge, one meeting, one refusal. */
import type { z } from 'zod';
import { rules } from '../../machines/law/rules.ts';
import { type ProblemCode, statusOf, titleOf } from './problem.ts';
import type { NewDelegation, NewMatter } from './requests.ts';
import type * as answers from './schemas.ts';

export const id = '0b7f5a52-6d0b-4b0e-9a55-0a6a54b8f1c3';
export const at = '2026-11-20T09:00:00.000Z';
export const command = '5d0c9c1e-3d3f-4a7e-8f0a-2f1f6f0f9f11';
export const registered = {
  path: 'administration.registered',
  label: { sv: 'Förvaltningen: Registrerat i diariet', en: 'Administration: Registered' },
};
export const drafting = {
  path: 'administration.drafting',
  label: { sv: 'Förvaltningen: Tjänsteutlåtande skrivs', en: 'Administration: Official report in draft' },
};
export const chart = {
  name: 'huddinge/council-matter',
  version: 1,
  label: { sv: 'Fullmäktigeärende', en: 'Council matter' },
};
export const assign = { sv: 'Tilldela', en: 'Assign' };
const handOver = { sv: 'Överlämna', en: 'Hand over' };

export const newMatter: z.input<typeof NewMatter> = {
  municipality: 'huddinge',
  route: 'council-matter',
  title: 'Avtal om samverkan mellan Huddinge kommun och Karolinska Institutet',
  proposals: [
    { text: 'Avtalet godkänns.', body: 'kf' },
    { text: 'Kommundirektören undertecknar avtalet.', body: 'ks', kind: 'instruction', onCondition: [1] },
  ],
  recipients: ['Karolinska Institutet'],
};

export const newMeeting = {
  municipality: 'huddinge',
  body: 'ks',
  date: '2026-12-02',
  time: '13:00',
  place: 'Kommunalhuset',
};

export const newJointMatter = {
  title: 'Regional samverkan om klimatanpassning',
  text: 'Programmet antas.',
  members: [{ municipality: 'botkyrka' }, { municipality: 'huddinge' }],
  validFrom: '2027-01-01',
  validUntil: '2030-12-31',
};

export const newDelegation: z.input<typeof NewDelegation> = {
  municipality: 'huddinge',
  body: 'sn',
  groups: ['sn-agreements'],
  kind: 'headOfAdministration',
  position: 'Socialdirektör',
  limit: 500_000,
  mayHandOn: true,
  decidedOn: '2025-12-17',
  decision: 'SN 2025-12-17 § 131',
  from: '2026-01-01',
  to: '2026-12-31',
};

export const newEvent = { type: 'matter.assign', payload: { caseOfficer: 'Hanna Handläggare' } };

export const failedDeadline = { state: 'running', name: 'appealPeriod' };

export const delivery = {
  actor: id,
  type: 'minutes.approve',
  payload: { approvedBy: ['Olle', 'Eva', 'Ali'] },
};

const actor: z.input<typeof answers.Actor> = {
  id,
  collection: 'matters',
  chart,
  label: chart.label,
  title: newMatter.title,
  number: 'HKS 2026/1',
  body: 'administration',
  municipality: 'huddinge',
  root: id,
  parent: null,
  version: 1,
  states: [registered],
  ended: false,
  createdAt: at,
  updatedAt: at,
  context: { title: newMatter.title, caseOfficer: null },
  deadlines: [],
};

const warning = {
  code: 'similarRecipient',
  field: '/context/recipients/0',
  says: {
    sv: 'Mottagaren ”Karolinska institutett” finns inte i registret. Menas ”Karolinska Institutet”?',
    en: 'The recipient "Karolinska institutett" is not in the register. Is "Karolinska Institutet" meant?',
  },
  suggestion: 'Karolinska Institutet',
};

export const item: z.input<typeof answers.Item> = { ...actor, parts: [], warnings: [warning] };

export const changed: z.input<typeof answers.Changed> = { id, version: 2, at, command, states: [drafting] };

export const events: z.input<typeof answers.Events> = {
  available: [
    {
      type: 'matter.assign',
      label: assign,
      kind: 'clerical',
      by: ['registrar', 'clerk'],
      permitted: true,
      fields: { type: 'object', properties: { caseOfficer: { type: 'string' } }, required: ['caseOfficer'] },
    },
  ],
  unavailable: [
    {
      type: 'matter.handOver',
      label: handOver,
      kind: 'clerical',
      explanation: {
        rule: 'R-010',
        cite: rules['R-010'].cite,
        says: {
          sv: '”Överlämna” är inte möjligt i läget ”Registrerat i diariet”.',
          en: '"Hand over" is not possible in the state "Registered".',
        },
        unmet: [],
        who: ['caseOfficer', 'clerk', 'registrar'],
        when: { states: [{ sv: 'Förvaltningen: Undertecknat', en: 'Administration: Signed' }], from: null },
      },
    },
  ],
};

const particulars: Partial<Record<ProblemCode, Partial<z.input<typeof answers.Problem>>>> = {
  refused: {
    detail: '”Överlämna” är inte möjligt i läget ”Registrerat i diariet”.',
    rule: 'R-010',
    cite: rules['R-010'].cite,
    unmet: [],
    who: ['caseOfficer', 'clerk', 'registrar'],
    when: { states: ['Förvaltningen: Undertecknat'], from: null },
  },
  stale: { version: 4 },
  invalid: {
    fields: [{ pointer: '/payload/caseOfficer', detail: '”Handläggare” saknas.' }],
  },
};

export const problemExample = (code: ProblemCode): z.input<typeof answers.Problem> => ({
  type: `/problems/${code}`,
  title: titleOf[code].sv,
  status: statusOf[code],
  detail: `${titleOf[code].sv}.`,
  instance: `urn:uuid:${command}`,
  code,
  ...particulars[code],
});
