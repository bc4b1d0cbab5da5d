/**
 * A contract that a decision approves, and that remains to be signed. One that was procured is not signed before the
 * standstill is over (LOU 20:1, R-084), nor on a day when it was not; to sign is to execute the decision.
 */
import * as z from 'zod';
import { standstills } from '../agreement/standstill.ts';
import { all, assigning, defineChart, guard, type TransitionData } from '../chart.ts';
import { daysAfter, later } from '../day.ts';
import { clerical, line, message, oneOf, pastDate } from '../events.ts';
import { tellParent } from '../tell.ts';

interface AgreementContext {
  readonly contract: string;
  readonly counterparty: string;
  readonly signatory: string;
  readonly procured: boolean;
  readonly notifiedOn: string | null;
  /** That runs; null before it and after it. */
  readonly standstill: { readonly days: number } | null;
  /** The last day of the standstill that is over. */
  readonly standstillUntil: string | null;
  /** The last day on which a court ruled on the award. */
  readonly ruledOn: string | null;
  /** How many more reviews, beside the one for which it is under review, are not decided. */
  readonly otherReviews: number;
  readonly signedOn: string | null;
}

const officer = ['caseOfficer', 'clerk', 'registrar'] as const;
const court = ['registrar', 'clerk', 'integration'] as const;
const on = pastDate('Datum', 'Date');

const firstGuards = {
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
};

const guards = {
  ...firstGuards,
  standstillIsOver: guard<AgreementContext>({
    rule: 'R-084',
    version: 1,
    says: { sv: 'Avtalsspärren löper.', en: 'The standstill has not ended.' },
    holds: ({ standstillUntil }) => standstillUntil !== null,
  }),
  inStandstill: guard<AgreementContext, { on: string }>({
    rule: 'R-084',
    version: 1,
    says: {
      sv: 'Den dagen var avtalsspärren ute, eller det fanns ingen.',
      en: 'On that day the standstill was over, or there was none.',
    },
    holds: ({ standstill, standstillUntil }, { on }) =>
      standstill !== null || (standstillUntil !== null && on <= standstillUntil),
  }),
  afterStandstill: guard<AgreementContext, { on: string }>({
    rule: 'R-084',
    version: 1,
    says: {
      sv: 'Den dagen var avtalsspärren inte ute.',
      en: 'On that day the standstill was not over.',
    },
    holds: ({ standstillUntil }, { on }) => standstillUntil === null || on > standstillUntil,
  }),
  othersOpen: guard<AgreementContext>({
    rule: 'R-084',
    version: 1,
    says: {
      sv: 'Ingen annan överprövning pågår.',
      en: 'No other review of the award is under way.',
    },
    holds: ({ otherReviews }) => otherReviews > 0,
  }),
  isLastOpen: guard<AgreementContext>({
    rule: 'R-084',
    version: 1,
    says: {
      sv: 'En annan överprövning pågår.',
      en: 'Another review of the award is under way.',
    },
    holds: ({ otherReviews }) => otherReviews === 0,
  }),
  afterRuling: guard<AgreementContext, { on: string }>({
    rule: 'R-084',
    version: 1,
    says: {
      sv: 'Den dagen var överprövningen inte avgjord.',
      en: 'On that day the review of the award was not decided.',
    },
    holds: ({ ruledOn }, { on }) => ruledOn === null || on >= ruledOn,
  }),
};

const firstActions = {
  tellParent,
  notify: assigning<AgreementContext, { on: string; how: keyof typeof standstills }>(
    1,
    (_, { on: notifiedOn, how }) => ({ notifiedOn, standstill: standstills[how] }),
  ),
  sign: assigning<AgreementContext, { on: string }>(1, (_, event) => ({ signedOn: event.on })),
};

const actions = {
  ...firstActions,
  endStandstill: assigning<AgreementContext, { lastDay: string }>(1, (_, { lastDay }) => ({
    standstill: null,
    standstillUntil: lastDay,
  })),
  addReview: assigning<AgreementContext>(1, ({ otherReviews }) => ({ otherReviews: otherReviews + 1 })),
  endOtherReview: assigning<AgreementContext>(1, ({ otherReviews }) => ({ otherReviews: otherReviews - 1 })),
  noteRuling: assigning<AgreementContext, { on: string }>(1, ({ ruledOn }, { on }) => ({
    ruledOn: later(on, ruledOn ?? on),
  })),
};

/** For version 1, which remembers no last day: the least that it may be, without the rest days over which it is moved. */
const afterShortest = guard<AgreementContext, { on: string }>({
  rule: 'R-084',
  version: 1,
  says: {
    sv: 'Den dagen var avtalsspärren inte ute.',
    en: 'On that day the standstill was not over.',
  },
  holds: ({ notifiedOn, standstill }, { on }) =>
    notifiedOn === null || standstill === null || on > daysAfter(notifiedOn, standstill.days),
});

const afterAward = guard<AgreementContext, { on: string }>({
  rule: 'R-084',
  version: 1,
  says: {
    sv: 'Den dagen var tilldelningen inte meddelad.',
    en: 'On that day the award had not been notified.',
  },
  holds: ({ notifiedOn }, { on }) => notifiedOn === null || on >= notifiedOn,
});

const barred = { refuses: { 'contract.sign': 'R-084' } } as const;
const withdrawn: TransitionData = { target: 'abandoned' };
const remade: TransitionData = {
  target: 'abandoned',
  guard: { type: 'mustBeRemade' },
  actions: [{ type: 'tellParent', params: { event: 'task.done' } }],
};
const signing: TransitionData['actions'] = [
  { type: 'sign' },
  { type: 'tellParent', params: { event: 'execution.begun' } },
  { type: 'tellParent', params: { event: 'task.done' } },
];

export const agreement = defineChart({
  name: 'agreement',
  version: 2,
  label: { sv: 'Avtal att underteckna', en: 'Contract to be signed' },
  input: z.strictObject({
    contract: line('Avtal', 'Contract'),
    counterparty: line('Motpart', 'Counterparty'),
    signatory: line('Undertecknas av', 'Signed by'),
    procured: z.boolean(),
  }),
  context: {
    notifiedOn: null,
    standstill: null,
    standstillUntil: null,
    ruledOn: null,
    otherReviews: 0,
    signedOn: null,
  },
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
      asks: { afterAward },
      fields: { court: line('Domstol', 'Court'), on },
    }),
    'award.rule': clerical({
      label: { sv: 'Överprövningen avgjord', en: 'Review of the award decided' },
      by: court,
      rule: 'R-084',
      asks: { afterAward },
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
      asks: { afterShortest },
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
  guards,
  actions,
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
        meta: barred,
        on: {
          'award.notify': { target: 'standstill', actions: [{ type: 'notify' }] },
          'task.withdrawn': withdrawn,
        },
      },
      standstill: {
        meta: barred,
        always: [{ target: 'toSign', guard: { type: 'standstillIsOver' } }],
        after: { standstill: { target: 'toSign', actions: [{ type: 'endStandstill' }] } },
        on: { 'award.challenge': { target: 'challenged' }, 'task.withdrawn': withdrawn },
      },
      // The standstill runs on meanwhile.
      challenged: {
        meta: barred,
        after: { standstill: { actions: [{ type: 'endStandstill' }] } },
        on: {
          // Several tenderers may each apply for one.
          'award.challenge': { guard: { type: 'inStandstill' }, actions: [{ type: 'addReview' }] },
          'award.rule': [
            {
              target: 'standstill',
              guard: all({ type: 'awardStands' }, { type: 'isLastOpen' }),
              actions: [{ type: 'noteRuling' }],
            },
            {
              guard: all({ type: 'awardStands' }, { type: 'othersOpen' }),
              actions: [{ type: 'noteRuling' }, { type: 'endOtherReview' }],
            },
            remade,
          ],
          'task.withdrawn': withdrawn,
        },
      },
      toSign: {
        on: {
          'contract.sign': {
            target: 'signed',
            guard: all({ type: 'isSignatory' }, { type: 'afterStandstill' }, { type: 'afterRuling' }),
            actions: signing,
          },
          // The court tells of it when the standstill may be over.
          'award.challenge': { target: 'challenged', guard: { type: 'inStandstill' } },
          'task.withdrawn': withdrawn,
        },
      },
      signed: { meta: { end: true } },
      abandoned: { meta: { end: true } },
    },
  },
});

/** As it was first: it remembers no day on which it must not be signed. What runs on it goes on with it. */
export const firstAgreement = defineChart({
  ...agreement,
  version: 1,
  context: { notifiedOn: null, standstill: null, signedOn: null },
  guards: firstGuards,
  actions: firstActions,
  data: {
    ...agreement.data,
    states: {
      ...agreement.data.states,
      standstill: {
        meta: barred,
        after: { standstill: { target: 'toSign' } },
        on: { 'award.challenge': { target: 'challenged' }, 'task.withdrawn': withdrawn },
      },
      challenged: {
        meta: barred,
        on: {
          'award.rule': [{ target: 'toSign', guard: { type: 'awardStands' } }, remade],
          'task.withdrawn': withdrawn,
        },
      },
      toSign: {
        on: {
          'contract.sign': { target: 'signed', guard: { type: 'isSignatory' }, actions: signing },
          'task.withdrawn': withdrawn,
        },
      },
    },
  },
});
