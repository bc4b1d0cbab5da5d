/** The appeal of a decision, from the approval of its minutes to its final force or its annulment. */
import {
  type Action,
  assigning,
  causing,
  type DeadlineRule,
  type Effect,
  type EventDeclaration,
  type Guard,
  guard,
} from '../chart.ts';
import { clerical, line, oneOf, pastDate } from '../events.ts';
import type { Label } from '../label.ts';
import { adopting } from '../outcomes.ts';
import type { Appeal, PointContext, Ruling } from './memory.ts';
import { byNobody, byNotice } from './regime.ts';

export const court = ['registrar', 'clerk', 'integration'] as const;

const caseNumber = line('Målnummer', 'Case number');
const reference = line('Eget diarienummer', 'Our registry number');

const rulings = {
  upheld: { sv: 'avslås, beslutet står fast', en: 'decision upheld' },
  dismissed: { sv: 'avvisas', en: 'appeal dismissed' },
  annulled: { sv: 'beslutet upphävs', en: 'decision annulled' },
} as const satisfies Record<Ruling, Label>;

const onceReceived = guard<PointContext, Forwarding>({
  rule: 'R-074',
  version: 1,
  says: {
    sv: 'Ett överklagande sänds vidare tidigast den dag det kommer in.',
    en: 'An appeal is forwarded on the day it comes in at the earliest.',
  },
  holds: (_, { receivedOn, on }) => on >= receivedOn,
});

const onceFiled = guard<PointContext, Ruled>({
  rule: 'R-076',
  version: 1,
  says: {
    sv: 'Domstolen avgör målet tidigast den dag det överklagas.',
    en: 'The court rules in the case on the day of the appeal at the earliest.',
  },
  holds: ({ appeals }, { caseNumber: number, on }) =>
    appeals.every((it) => it.caseNumber !== number || it.filedOn <= on),
});

export const appealEvents: Readonly<Record<string, EventDeclaration>> = {
  'appeal.file': clerical({
    label: { sv: 'Överklagas', en: 'Appealed' },
    by: court,
    rule: 'R-074',
    fields: {
      court: line('Domstol', 'Court'),
      caseNumber,
      on: pastDate('Ingivet', 'Filed on'),
      forwarded: reference
        .optional()
        .meta({ sv: 'Vidaresänt av oss som', en: 'Forwarded by us under our number' }),
    },
  }),
  'appeal.forward': clerical({
    label: { sv: 'Sänd överklagande till domstolen', en: 'Forward an appeal to the court' },
    by: ['registrar', 'clerk'],
    rule: 'R-074',
    asks: { onceReceived },
    fields: {
      reference,
      receivedOn: pastDate('Inkommet till kommunen', 'Received by the municipality'),
      court: line('Domstol', 'Court'),
      on: pastDate('Vidaresänt', 'Forwarded on'),
    },
  }),
  'appeal.rule': clerical({
    label: { sv: 'Slutligt avgörande', en: 'Final ruling' },
    by: court,
    rule: 'R-076',
    asks: { onceFiled },
    fields: {
      caseNumber,
      ruling: oneOf('Utgång i domstol', 'Ruling', rulings),
      on: pastDate('Datum', 'Date'),
    },
  }),
  'noAppeal.confirm': clerical({
    label: { sv: 'Inget överklagande återstår', en: 'No appeal remains' },
    by: court,
    rule: 'R-074',
    fields: { source: line('Besked från', 'Confirmed by') },
  }),
};

export const appealDeadlines: Readonly<Record<string, DeadlineRule>> = {
  appealPeriod: {
    label: { sv: 'Överklagandetiden går ut', en: 'The appeal period ends' },
    rule: 'R-072',
    from: 'announcedOn',
    periodFrom: 'appealPeriod',
    roll: true,
  },
};

interface Filing {
  readonly court: string;
  readonly caseNumber: string;
  readonly on: string;
  readonly forwarded?: string;
}
interface Forwarding {
  readonly reference: string;
  readonly receivedOn: string;
  readonly court: string;
  readonly on: string;
}
interface Ruled {
  readonly caseNumber: string;
  readonly ruling: Ruling;
  readonly on: string;
}

const awaitsNumber = (appeal: Appeal, reference: string) =>
  appeal.reference === reference && appeal.caseNumber === null;

const isOpen = (appeal: Appeal) => appeal.ruling === null;

export const appealGuards: Readonly<Record<string, Guard>> = {
  appealable: guard<PointContext>({
    rule: 'R-075',
    version: 1,
    says: { sv: 'Beslutet kan inte överklagas.', en: 'The decision cannot be appealed.' },
    holds: ({ regime }) => !byNobody.includes(regime),
  }),
  notAppealable: guard<PointContext>({
    rule: 'R-075',
    version: 1,
    says: { sv: 'Beslutet kan överklagas.', en: 'The decision can be appealed.' },
    holds: ({ regime }) => byNobody.includes(regime),
  }),
  byNotice: guard<PointContext>({
    rule: 'R-075',
    version: 1,
    says: {
      sv: 'Tiden räknas inte från tillkännagivandet.',
      en: 'The time is not counted from the announcement.',
    },
    holds: ({ regime }) => byNotice.includes(regime),
  }),
  newCase: guard<PointContext, Filing>({
    rule: 'R-076',
    version: 1,
    says: { sv: 'Målet är redan antecknat.', en: 'The case is already recorded.' },
    // The court may try what we forwarded in a case that it already has.
    holds: ({ appeals }, { caseNumber, forwarded }) =>
      forwarded !== undefined || appeals.every((it) => it.caseNumber !== caseNumber),
  }),
  wasForwarded: guard<PointContext, Filing>({
    rule: 'R-074',
    version: 1,
    says: {
      sv: 'Inget vidaresänt överklagande med det numret väntar på målnummer.',
      en: 'No forwarded appeal under that number awaits its case number.',
    },
    holds: ({ appeals }, { forwarded }) =>
      forwarded === undefined || appeals.some((it) => awaitsNumber(it, forwarded)),
  }),
  newReference: guard<PointContext, Forwarding>({
    rule: 'R-074',
    version: 1,
    says: { sv: 'Överklagandet är redan vidaresänt.', en: 'The appeal is already forwarded.' },
    holds: ({ appeals }, event) => appeals.every((it) => it.reference !== event.reference),
  }),
  isBeforeCourt: guard<PointContext, Ruled>({
    rule: 'R-076',
    version: 1,
    says: { sv: 'Inget öppet mål har det numret.', en: 'No open case has that number.' },
    holds: ({ appeals }, event) => appeals.some((it) => isOpen(it) && it.caseNumber === event.caseNumber),
  }),
  othersOpen: guard<PointContext, Ruled>({
    rule: 'R-076',
    version: 1,
    says: { sv: 'Inget annat mål är öppet.', en: 'No other case is open.' },
    holds: ({ appeals }, event) => appeals.some((it) => isOpen(it) && it.caseNumber !== event.caseNumber),
  }),
  isLastOpen: guard<PointContext, Ruled>({
    rule: 'R-076',
    version: 1,
    says: { sv: 'Ett annat mål är öppet.', en: 'Another case is open.' },
    holds: ({ appeals }, event) => appeals.every((it) => !isOpen(it) || it.caseNumber === event.caseNumber),
  }),
  annuls: guard<PointContext, Ruled>({
    rule: 'R-076',
    version: 1,
    says: { sv: 'Beslutet står fast.', en: 'The decision stands.' },
    holds: (_, event) => event.ruling === 'annulled',
  }),
  stands: guard<PointContext, Ruled>({
    rule: 'R-076',
    version: 1,
    says: { sv: 'Beslutet är upphävt.', en: 'The decision is annulled.' },
    holds: (_, event) => event.ruling !== 'annulled',
  }),
};

export const promulgation = (
  { self, kind, title, text, body }: PointContext,
  on: string,
): readonly Effect[] =>
  kind === 'regulation'
    ? [
        {
          kind: 'publish',
          topic: 'regulation.promulgated',
          payload: { point: self.id, body, title, text, on },
        },
      ]
    : [];

export const appealActions: Readonly<Record<string, Action>> = {
  announce: assigning<PointContext, { on: string }>(1, (_, event) => ({ announcedOn: event.on })),
  /** A regulation is promulgated by the announcement, and then published among those in force (KL 8:13, R-081). */
  promulgate: causing<PointContext, { on: string }>(2, (context, { on }) =>
    context.outcome !== null && adopting.includes(context.outcome) ? promulgation(context, on) : [],
  ),
  /** A case of its own, or the number that the court has given an appeal which we forwarded. */
  fileAppeal: assigning<PointContext, Filing>(1, ({ appeals }, { court, caseNumber, on, forwarded }) => ({
    appeals:
      forwarded === undefined
        ? [
            ...appeals,
            {
              caseNumber,
              reference: null,
              court,
              filedOn: on,
              forwardedOn: null,
              ruling: null,
              ruledOn: null,
            },
          ]
        : appeals.map((it) => (awaitsNumber(it, forwarded) ? { ...it, caseNumber, court } : it)),
  })),
  forwardAppeal: assigning<PointContext, Forwarding>(
    1,
    ({ appeals }, { reference, receivedOn, court, on }) => ({
      appeals: [
        ...appeals,
        {
          caseNumber: null,
          reference,
          court,
          filedOn: receivedOn,
          forwardedOn: on,
          ruling: null,
          ruledOn: null,
        },
      ],
    }),
  ),
  recordRuling: assigning<PointContext, Ruled>(1, ({ appeals }, { caseNumber, ruling, on }) => ({
    appeals: appeals.map((it) => (it.caseNumber === caseNumber ? { ...it, ruling, ruledOn: on } : it)),
  })),
  gainForce: assigning<PointContext>(1, () => ({ inForce: true })),
  annul: assigning<PointContext>(1, () => ({ annulled: true })),
};
