/** Quorum and reservations (KL 4:27, 5:45–46, 6:27). */
import { watch } from '../observer.ts';

export const meeting = [
  watch({
    rule: 'R-029',
    watches: 'more than half are present when the meeting opens, and for each item of the council',
    per: ['meeting'],
    proved: 'alone',
    initial: 'planned',
    held: ['quorate', 'unseated', 'lost'],
    states: {
      planned: {
        'quorum.present': 'quorate',
        'meeting.openedUnseated': 'unseated',
        'meeting.openedInquorate': 'violated',
        'item.opened': 'violated',
        'item.recused': 'violated',
        'item.quorate': 'violated',
      },
      quorate: { 'item.inquorateCouncil': 'violated', 'quorum.lost': 'lost' },
      lost: {
        'quorum.present': 'quorate',
        'item.opened': 'violated',
        'item.recused': 'violated',
        'item.inquorateCouncil': 'violated',
      },
      unseated: {},
    },
  }),
  watch({
    rule: 'R-031',
    watches: 'in a committee more than half remain for the item when those recused have left',
    per: ['meeting'],
    proved: 'alone',
    keeps: 'quorum.present',
    initial: 'planned',
    held: ['handled'],
    states: {
      planned: { 'quorum.present': 'open' },
      open: {
        'item.opened': 'handled',
        'item.quorate': 'handled',
        'item.recused': { if: 'isWithin', to: 'handled', otherwise: 'violated' },
        'item.inquorate': 'violated',
      },
      handled: {
        'item.recused': { if: 'isWithin', to: 'handled', otherwise: 'violated' },
        'item.inquorate': 'violated',
      },
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
