/**
 * A contract that a decision approves, and that remains to be signed. One that was procured is not signed before the
 * standstill is over (LOU 20:1, R-084); to sign is to execute the decision.
 */
import * as z from 'zod';
import { assigning, defineChart, guard, type Period } from '../chart.ts';
import { clerical, line, message, oneOf, pastDate } from '../events.ts';
import { tellParent } from '../tell.ts';

interface AgreementContext {
  readonly contract: string;
  readonly counterparty: string;
  readonly signatory: string;
  readonly procured: boolean;
  readonly notifiedOn: string | null;
  readonly standstill: Period | null;
  readonly signedOn: string | null;
}

/** Ten days where the notice of the award is sent electronically, else fifteen (LOU 20:1). */
const standstills = { electronic: { days: 10 }, other: { days: 15 } } as const;

const officer = ['caseOfficer', 'clerk', 'registrar'] as const;
const court = ['registrar', 'clerk', 'integration'] as const;
const on = pastDate('Datum', 'Date');

export const agreement = defineChart({
  name: 'agreement',
  version: 1,
  label: { sv: 'Avtal att underteckna', en: 'Contract to be signed' },
  input: z.strictObject({
    contract: line('Avtal', 'Contract'),
    counterparty: line('Motpart', 'Counterparty'),
    signatory: line('Undertecknas av', 'Signed by'),
    procured: z.boolean(),
  }),
  context: { notifiedOn: null, standstill: null, signedOn: null },
  card: (context) => {
    const it = context as unknown as AgreementContext;
    return { title: it.contract, number: null, body: it.counterparty };
  },
  events: {
    'award.notify': clerical({
      label: { sv: 'Underrätta om tilldelning', en: 'Notify of the award' },
      by: officer,
      rule: 'R-084',
      fields: {
        on: pastDate('Underrättelsen skickad', 'Notice sent on'),
        how: oneOf('Hur', 'How', {
          electronic: { sv: 'elektroniskt', en: 'electronically' },
          other: { sv: 'på annat sätt', en: 'otherwise' },
        }),
      },
    }),
    'award.challenge': clerical({
      label: { sv: 'Överprövning begärd', en: 'Review of the award applied for' },
      by: court,
      rule: 'R-084',
      fields: { court: line('Domstol', 'Court'), on },
    }),
    'award.rule': clerical({
      label: { sv: 'Överprövningen avgjord', en: 'Review of the award decided' },
      by: court,
      rule: 'R-084',
      fields: {
        ruling: oneOf('Utgång i domstol', 'Ruling', {
          stands: { sv: 'upphandlingen står fast', en: 'the award stands' },
          remade: { sv: 'upphandlingen ska göras om eller rättas', en: 'to be procured anew or corrected' },
        }),
        on,
      },
    }),
    'contract.sign': clerical({
      label: { sv: 'Underteckna avtalet', en: 'Sign the contract' },
      by: officer,
      rule: 'R-077',
      fields: { on, signedBy: line('Undertecknat av', 'Signed by'), title: line('Befattning', 'Title') },
    }),
    'task.withdrawn': message({ sv: 'Återtas', en: 'Withdrawn' }, {}, 'R-079'),
  },
  deadlines: {
    standstill: {
      label: { sv: 'Avtalsspärren löper ut', en: 'The standstill ends' },
      rule: 'R-084',
      from: 'notifiedOn',
      periodFrom: 'standstill',
      roll: true,
    },
  },
  guards: {
    notProcured: guard<AgreementContext>({
      rule: 'R-084',
      version: 1,
      says: { sv: 'Avtalet är upphandlat.', en: 'The contract is procured.' },
      holds: ({ procured }) => !procured,
    }),
    isSignatory: guard<AgreementContext, { title: string }>({
      rule: 'R-086',
      version: 1,
      says: {
        sv: 'Beslutet ger någon annan rätt att underteckna.',
        en: 'The decision lets another sign.',
      },
      holds: ({ signatory }, event) => event.title === signatory,
    }),
    mustBeRemade: guard<AgreementContext, { ruling: string }>({
      rule: 'R-084',
      version: 1,
      says: { sv: 'Upphandlingen står fast.', en: 'The award stands.' },
      holds: (_, event) => event.ruling === 'remade',
    }),
    awardStands: guard<AgreementContext, { ruling: string }>({
      rule: 'R-084',
      version: 1,
      says: { sv: 'Upphandlingen ska göras om eller rättas.', en: 'The award does not stand.' },
      holds: (_, event) => event.ruling === 'stands',
    }),
  },
  actions: {
    tellParent,
    notify: assigning<AgreementContext, { on: string; how: keyof typeof standstills }>(
      1,
      (_, { on: notifiedOn, how }) => ({ notifiedOn, standstill: standstills[how] }),
    ),
    sign: assigning<AgreementContext, { on: string }>(1, (_, event) => ({ signedOn: event.on })),
  },
  states: {
    unnotified: { sv: 'Tilldelningen ska meddelas', en: 'Award to be notified' },
    standstill: { sv: 'Avtalsspärr', en: 'Standstill' },
    challenged: { sv: 'Upphandlingen överprövas', en: 'Award under review' },
    toSign: { sv: 'Ska undertecknas', en: 'To be signed' },
    signed: { sv: 'Undertecknat', en: 'Signed' },
    abandoned: { sv: 'Blev inget avtal', en: 'No contract' },
  },
  data: {
    initial: 'unnotified',
    states: {
      unnotified: {
        always: [{ target: 'toSign', guard: { type: 'notProcured' } }],
        meta: { refuses: { 'contract.sign': 'R-084' } },
        on: {
          'award.notify': { target: 'standstill', actions: [{ type: 'notify' }] },
          'task.withdrawn': { target: 'abandoned' },
        },
      },
      standstill: {
        meta: { refuses: { 'contract.sign': 'R-084' } },
        after: { standstill: { target: 'toSign' } },
        on: { 'award.challenge': { target: 'challenged' }, 'task.withdrawn': { target: 'abandoned' } },
      },
      challenged: {
        meta: { refuses: { 'contract.sign': 'R-084' } },
        on: {
          'award.rule': [
            { target: 'toSign', guard: { type: 'awardStands' } },
            {
              target: 'abandoned',
              guard: { type: 'mustBeRemade' },
              actions: [{ type: 'tellParent', params: { event: 'task.done' } }],
            },
          ],
          'task.withdrawn': { target: 'abandoned' },
        },
      },
      toSign: {
        on: {
          'contract.sign': {
            target: 'signed',
            guard: { type: 'isSignatory' },
            actions: [
              { type: 'sign' },
              { type: 'tellParent', params: { event: 'execution.begun' } },
              { type: 'tellParent', params: { event: 'task.done' } },
            ],
          },
          'task.withdrawn': { target: 'abandoned' },
        },
      },
      signed: { meta: { end: true } },
      abandoned: { meta: { end: true } },
    },
  },
});
