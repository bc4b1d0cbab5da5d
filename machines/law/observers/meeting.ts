/** Quorum and reservations (KL 4:27, 5:45–46, 6:27). */
import { watch } from '../observer.ts';

export const meeting = [
  watch({
    rule: 'R-029',
    watches: 'more than half are present when a meeting of the council opens, and for each item',
    per: ['meeting'],
    proved: 'alone',
    initial: 'planned',
    held: ['quorate', 'unseated', 'lost'],
    states: {
      planned: {
        'committee.opened': 'committee',
        'quorum.present': 'quorate',
        'meeting.openedUnseated': 'unseated',
        'meeting.openedInquorate': 'violated',
        'item.opened': 'violated',
        'item.recused': 'violated',
        'item.quorate': 'violated',
      },
      committee: {},
      quorate: { 'item.inquorateCouncil': 'violated', 'quorum.lost': 'lost' },
      lost: {
        'quorum.present': 'quorate',
        'item.opened': 'violated',
        'item.inquorateCouncil': 'violated',
      },
      unseated: {},
    },
  }),
  watch({
    rule: 'R-031',
    watches:
      'in a committee more than half are present, and remain for the item when those recused have left',
    per: ['meeting'],
    proved: 'alone',
    keeps: 'quorum.present',
    initial: 'planned',
    held: ['open', 'handled', 'lost', 'unseated'],
    states: {
      planned: { 'committee.opened': 'opened' },
      opened: {
        'quorum.present': 'open',
        'meeting.openedUnseated': 'unseated',
        'meeting.openedInquorate': 'violated',
      },
      open: {
        'item.opened': 'handled',
        'item.quorate': 'handled',
        'item.recused': { if: 'isWithin', to: 'handled', otherwise: 'violated' },
        'item.inquorate': 'violated',
        'quorum.lost': 'lost',
      },
      handled: {
        'item.recused': { if: 'isWithin', to: 'handled', otherwise: 'violated' },
        'item.inquorate': 'violated',
        'quorum.lost': 'lost',
      },
      lost: {
        'quorum.present': 'open',
        'item.opened': 'violated',
        'item.recused': 'violated',
        'item.inquorate': 'violated',
      },
      unseated: {},
    },
  }),
  watch({
    rule: 'R-053',
    watches: 'a reservation is made against a decision, before the meeting closes',
    per: ['meeting', 'matter'],
    proved: 'alone',
    initial: 'undecided',
    held: ['reserved', 'closed'],
    states: {
      undecided: { treated: 'decided', reservation: 'violated', 'meeting.closed': 'closed' },
      decided: { reservation: 'reserved', 'meeting.closed': 'closed' },
      reserved: { 'meeting.closed': 'closed' },
      closed: { reservation: 'violated' },
    },
  }),
];
