/** From the approval of the minutes to final force or annulment, as states of a decision that is made. */
import { all, type Named, type StateData, type TransitionData } from '../chart.ts';
import type { Label } from '../label.ts';

export const appealStates: Readonly<Record<string, Label>> = {
  approved: { sv: 'Justerad', en: 'Minutes approved' },
  appealOpen: { sv: 'Kan överklagas', en: 'Open to appeal' },
  periodExpired: { sv: 'Överklagandetiden ute', en: 'Appeal period over' },
  appealed: { sv: 'Överklagad', en: 'Appealed' },
  finalForce: { sv: 'Laga kraft', en: 'Final force' },
  annulled: { sv: 'Upphävd', en: 'Annulled' },
  notifying: { sv: 'Parterna underrättas', en: 'Parties being notified' },
  'standing.made.appealed.running': { sv: 'Överklagandetiden löper', en: 'Period running' },
  'standing.made.appealed.unannounced': { sv: 'Inte anslagen', en: 'Not announced' },
  'standing.made.appealed.notifying': { sv: 'Parterna underrättas', en: 'Parties being notified' },
  over: { sv: 'Överklagandetiden ute', en: 'Period over' },
};

/** Whether one of the states, by their paths, is final force (KL 13:5, R-074). */
export const isInForce = (paths: readonly string[]): boolean =>
  paths.some((it) => it.split('.').at(-1) === 'finalForce');

/** An appeal comes in, to the court or to us, by mistake or because the law says so; we forward it. */
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
const noticed = all(ownMeeting, { type: 'byNotice' });
const announce = [{ type: 'announce' }, { type: 'promulgate' }];

/** A party is told of the decision: the time runs for each by itself. */
const notifies = (target: string): StateData['on'] => ({
  'party.notify': {
    target,
    guard: all({ type: 'ofParties' }, { type: 'toldInFull' }),
    actions: [{ type: 'startParty' }, { type: 'recordParty' }],
  },
});

/** What becomes of a decision whose minutes are approved: the states beside the first one of a decision made. */
export const untilForce: Readonly<Record<string, StateData>> = {
  approved: {
    id: 'unannounced',
    meta: { rest: true },
    on: {
      'notice.posted': [
        { target: 'appealOpen', guard: noticed, actions: announce },
        { target: 'finalForce', guard: all(ownMeeting, { type: 'notAppealable' }), actions: announce },
      ],
      ...notifies('notifying'),
      ...appeals({ target: 'appealed.unannounced' }, { type: 'appealable' }),
    },
  },
  notifying: {
    id: 'notifying',
    always: [{ target: 'periodExpired', guard: { type: 'allOver' } }],
    on: { ...notifies('notifying'), ...appeals({ target: 'appealed.notifying' }) },
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
      'notice.broken': { target: 'approved', guard: noticed },
      'noAppeal.confirm': { target: 'finalForce', guard: { type: 'planMadeKnown' } },
      // The time of one who is told late has not run out with that of the others.
      ...notifies('notifying'),
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
          'notice.posted': { target: 'running', guard: noticed, actions: announce },
          ...notifies('notifying'),
          'appeal.rule': standsAt('#unannounced'),
        },
      },
      notifying: {
        always: [{ target: 'over', guard: { type: 'allOver' } }],
        on: { ...notifies('notifying'), 'appeal.rule': standsAt('#notifying') },
      },
      over: {
        on: {
          'notice.broken': { target: 'unannounced', guard: noticed },
          ...notifies('notifying'),
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
