/** The appeal of a decision, from the approval of its minutes to its final force or its annulment. */
import {
  type Action,
  all,
  assigning,
  causing,
  type DeadlineRule,
  type EventDeclaration,
  type Guard,
  guard,
  type Named,
  type StateData,
  type TransitionData,
} from '../chart.ts';
import { clerical, date, line, oneOf } from '../events.ts';
import type { Label } from '../label.ts';
import type { Appeal, PointContext, Ruling } from './memory.ts';

export const court = ['registrar', 'clerk', 'integration'] as const;

const caseNumber = line('Målnummer', 'Case number');
const reference = line('Eget diarienummer', 'Our registry number');

const rulings = {
  upheld: { sv: 'avslås, beslutet står fast', en: 'decision upheld' },
  dismissed: { sv: 'avvisas', en: 'appeal dismissed' },
  annulled: { sv: 'beslutet upphävs', en: 'decision annulled' },
} as const satisfies Record<Ruling, Label>;

export const appealEvents: Readonly<Record<string, EventDeclaration>> = {
  'appeal.file': clerical({
    label: { sv: 'Överklagas', en: 'Appealed' },
    by: court,
    rule: 'R-074',
    fields: {
      court: line('Domstol', 'Court'),
      caseNumber,
      on: date('Ingivet', 'Filed on'),
      forwarded: reference
        .optional()
        .meta({ sv: 'Vidaresänt av oss som', en: 'Forwarded by us under our number' }),
    },
  }),
  'appeal.forward': clerical({
    label: { sv: 'Sänd överklagande till domstolen', en: 'Forward an appeal to the court' },
    by: ['registrar', 'clerk'],
    rule: 'R-074',
    fields: {
      reference,
      receivedOn: date('Inkommet till kommunen', 'Received by the municipality'),
      court: line('Domstol', 'Court'),
      on: date('Vidaresänt', 'Forwarded on'),
    },
  }),
  'appeal.rule': clerical({
    label: { sv: 'Slutligt avgörande', en: 'Final ruling' },
    by: court,
    rule: 'R-076',
    fields: {
      caseNumber,
      ruling: oneOf('Utgång i domstol', 'Ruling', rulings),
      on: date('Datum', 'Date'),
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
    holds: (context) => context.appealable,
  }),
  notAppealable: guard<PointContext>({
    rule: 'R-075',
    version: 1,
    says: { sv: 'Beslutet kan överklagas.', en: 'The decision can be appealed.' },
    holds: (context) => !context.appealable,
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

export const appealActions: Readonly<Record<string, Action>> = {
  announce: assigning<PointContext, { on: string }>(1, (_, event) => ({ announcedOn: event.on })),
  /** A regulation is promulgated by the announcement, and then published among those in force (KL 8:13, R-081). */
  promulgate: causing<PointContext, { on: string }>(1, ({ self, kind, title, text, body }, { on }) =>
    kind === 'regulation'
      ? [
          {
            kind: 'publish',
            topic: 'regulation.promulgated',
            payload: { point: self.id, body, title, text, on },
          },
        ]
      : [],
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

export const appealStates: Readonly<Record<string, Label>> = {
  approved: { sv: 'Justerad', en: 'Minutes approved' },
  appealOpen: { sv: 'Kan överklagas', en: 'Open to appeal' },
  periodExpired: { sv: 'Överklagandetiden ute', en: 'Appeal period over' },
  appealed: { sv: 'Överklagad', en: 'Appealed' },
  finalForce: { sv: 'Laga kraft', en: 'Final force' },
  annulled: { sv: 'Upphävd', en: 'Annulled' },
  'standing.made.appealed.running': { sv: 'Överklagandetiden löper', en: 'Period running' },
  'standing.made.appealed.unannounced': { sv: 'Inte anslagen', en: 'Not announced' },
  over: { sv: 'Överklagandetiden ute', en: 'Period over' },
};

/** An appeal comes in, to the court or to us by mistake: every member of the municipality may file one. */
const appeals = (to: { readonly target?: string }, ...first: readonly Named[]): StateData['on'] => ({
  'appeal.file': {
    ...to,
    guard: all(...first, { type: 'newCase' }, { type: 'wasForwarded' }),
    actions: [{ type: 'fileAppeal' }],
  },
  'appeal.forward': {
    ...to,
    guard: all(...first, { type: 'newReference' }),
    actions: [{ type: 'forwardAppeal' }],
  },
});

/** The ruling in the last case lets the decision stand: it stands where its period has got to, without force as yet. */
const standsAt = (target: string): TransitionData => ({
  target,
  guard: all({ type: 'isBeforeCourt' }, { type: 'stands' }, { type: 'isLastOpen' }),
  actions: [{ type: 'recordRuling' }],
});

const ownMeeting = { type: 'ownMeeting' };
const announce = [{ type: 'announce' }, { type: 'promulgate' }];

/** What becomes of a decision whose minutes are approved: the states beside the first one of a decision made. */
export const untilForce: Readonly<Record<string, StateData>> = {
  approved: {
    id: 'unannounced',
    meta: { rest: true },
    on: {
      'notice.posted': [
        { target: 'appealOpen', guard: all(ownMeeting, { type: 'appealable' }), actions: announce },
        { target: 'finalForce', guard: all(ownMeeting, { type: 'notAppealable' }), actions: announce },
      ],
      ...appeals({ target: 'appealed.unannounced' }, { type: 'appealable' }),
    },
  },
  appealOpen: {
    id: 'appealOpen',
    after: { appealPeriod: { target: 'periodExpired' } },
    on: {
      'notice.broken': { target: 'approved', guard: ownMeeting },
      ...appeals({ target: 'appealed.running' }),
    },
  },
  // An outage within the period may be found out when its last day has passed: it has not run out then.
  periodExpired: {
    id: 'periodExpired',
    on: {
      'notice.broken': { target: 'approved', guard: ownMeeting },
      'noAppeal.confirm': { target: 'finalForce' },
      ...appeals({ target: 'appealed.over' }),
    },
  },
  // One appeal does not end the period for everyone else, and the last ruling does not say that no other is made.
  appealed: {
    initial: 'running',
    on: {
      ...appeals({}),
      'appeal.rule': [
        {
          target: 'annulled',
          guard: all({ type: 'isBeforeCourt' }, { type: 'annuls' }),
          actions: [{ type: 'recordRuling' }],
        },
        {
          guard: all({ type: 'isBeforeCourt' }, { type: 'stands' }, { type: 'othersOpen' }),
          actions: [{ type: 'recordRuling' }],
        },
      ],
    },
    states: {
      running: {
        meta: { rest: true },
        after: { appealPeriod: { target: 'over' } },
        on: {
          'notice.broken': { target: 'unannounced', guard: ownMeeting },
          'appeal.rule': standsAt('#appealOpen'),
        },
      },
      unannounced: {
        meta: { rest: true },
        on: {
          'notice.posted': { target: 'running', guard: ownMeeting, actions: announce },
          'appeal.rule': standsAt('#unannounced'),
        },
      },
      over: {
        on: {
          'notice.broken': { target: 'unannounced', guard: ownMeeting },
          'appeal.rule': standsAt('#periodExpired'),
        },
      },
    },
  },
  finalForce: {
    entry: [
      { type: 'gainForce' },
      { type: 'tellMatter', params: { event: 'point.settled' } },
      { type: 'tellMatter', params: { event: 'point.inForce' } },
    ],
  },
  // Rulings in other cases come all the same.
  annulled: {
    on: { 'appeal.rule': { guard: { type: 'isBeforeCourt' }, actions: [{ type: 'recordRuling' }] } },
    entry: [
      { type: 'annul' },
      { type: 'tellMatter', params: { event: 'point.settled' } },
      { type: 'tellMatter', params: { event: 'point.annulled' } },
    ],
  },
};
