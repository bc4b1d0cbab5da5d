/** Popular initiatives and resignations (KL 4:6, 8:2). */
import { watch } from '../observer.ts';

export const petitions = [
  watch({
    rule: 'R-107',
    watches: 'a tenth of the voters stand behind a popular initiative before any body has it',
    per: ['matter'],
    proved: 'alone',
    initial: 'free',
    held: ['verified'],
    states: {
      free: { 'petition.due': 'due' },
      due: { 'petition.tenth': 'verified', 'petition.few': 'violated', listed: 'violated' },
      verified: { 'petition.few': 'violated' },
    },
  }),
  watch({
    rule: 'R-108',
    watches: 'a resignation is refused only for special reasons that are stated',
    per: ['matter'],
    proved: 'alone',
    initial: 'received',
    held: ['asked'],
    states: {
      received: {
        'resignation.granted': 'asked',
        'resignation.refused': 'asked',
        'resignation.refusedUnreasoned': 'violated',
      },
      asked: { 'resignation.refusedUnreasoned': 'violated' },
    },
  }),
];
