/** The appeal of a decision, from the approval of its minutes to its final force or its annulment. */
import {
  type Action,
  all,
  assigning,
  type DeadlineRule,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { clerical, date, line, oneOf } from '../events.ts';
import type { Label } from '../label.ts';
import type { PointContext } from './memory.ts';

export const court = ['registrar', 'clerk', 'integration'] as const;

export const appealEvents: Readonly<Record<string, EventDeclaration>> = {
  'appeal.file': clerical({
    label: { sv: 'Överklagas', en: 'Appealed' },
    by: court,
    rule: 'R-074',
    fields: {
      court: line('Domstol', 'Court'),
      caseNumber: line('Målnummer', 'Case number'),
      on: date('Ingivet', 'Filed on'),
    },
  }),
  'appeal.rule': clerical({
    label: { sv: 'Dom eller beslut', en: 'Ruling' },
    by: court,
    rule: 'R-076',
    fields: {
      ruling: oneOf('Utgång i domstol', 'Ruling', {
        upheld: { sv: 'avslås, beslutet står fast', en: 'decision upheld' },
        dismissed: { sv: 'avvisas', en: 'appeal dismissed' },
        annulled: { sv: 'beslutet upphävs', en: 'decision annulled' },
      }),
      on: date('Datum', 'Date'),
    },
  }),
  'noAppeal.confirm': clerical({
    label: { sv: 'Inget överklagande', en: 'No appeal confirmed' },
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
  annuls: guard<PointContext, { ruling: string }>({
    rule: 'R-076',
    version: 1,
    says: { sv: 'Beslutet står fast.', en: 'The decision stands.' },
    holds: (_, event) => event.ruling === 'annulled',
  }),
  stands: guard<PointContext, { ruling: string }>({
    rule: 'R-076',
    version: 1,
    says: { sv: 'Beslutet är upphävt.', en: 'The decision is annulled.' },
    holds: (_, event) => event.ruling !== 'annulled',
  }),
};

export const appealActions: Readonly<Record<string, Action>> = {
  announce: assigning<PointContext, { on: string }>(1, (_, event) => ({ announcedOn: event.on })),
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
  'standing.made.appealed.unannounced': { sv: 'Anslaget brutet', en: 'Notice broken' },
  over: { sv: 'Överklagandetiden ute', en: 'Period over' },
};

/** What becomes of a decision whose minutes are approved, as data: the states beside the first one of a decision made. */
export const appealed: Readonly<Record<string, StateData>> = {
  approved: {
    id: 'unannounced',
    on: {
      'notice.posted': [
        {
          target: 'appealOpen',
          guard: all({ type: 'ownMeeting' }, { type: 'appealable' }),
          actions: [{ type: 'announce' }],
        },
        {
          target: 'finalForce',
          guard: all({ type: 'ownMeeting' }, { type: 'notAppealable' }),
          actions: [{ type: 'announce' }],
        },
      ],
    },
  },
  appealOpen: {
    id: 'appealOpen',
    after: { appealPeriod: { target: 'periodExpired' } },
    on: {
      'notice.broken': { target: 'approved', guard: { type: 'ownMeeting' } },
      'appeal.file': { target: 'appealed.running' },
    },
  },
  periodExpired: {
    on: {
      'noAppeal.confirm': { target: 'finalForce' },
      'appeal.file': { target: 'appealed.over' },
    },
  },
  // One appeal does not end the period for everyone else: a ruling gives force only when it is over.
  appealed: {
    initial: 'running',
    on: { 'appeal.rule': { target: 'annulled', guard: { type: 'annuls' } } },
    states: {
      running: {
        meta: { rest: true },
        after: { appealPeriod: { target: 'over' } },
        on: {
          'notice.broken': { target: 'unannounced', guard: { type: 'ownMeeting' } },
          'appeal.rule': { target: '#appealOpen', guard: { type: 'stands' } },
        },
      },
      unannounced: {
        on: {
          'notice.posted': {
            target: 'running',
            guard: { type: 'ownMeeting' },
            actions: [{ type: 'announce' }],
          },
          'appeal.rule': { target: '#unannounced', guard: { type: 'stands' } },
        },
      },
      over: { on: { 'appeal.rule': { target: '#finalForce', guard: { type: 'stands' } } } },
    },
  },
  finalForce: {
    id: 'finalForce',
    entry: [
      { type: 'gainForce' },
      { type: 'tellMatter', params: { event: 'point.settled' } },
      { type: 'tellMatter', params: { event: 'point.inForce' } },
    ],
  },
  annulled: {
    entry: [{ type: 'annul' }, { type: 'tellMatter', params: { event: 'point.settled' } }],
  },
};
