/** Who must have prepared what the council decides (KL 5:26–28), and that it was registered first (OSL 5:1). */
import { watch } from '../observer.ts';

export const preparation = [
  watch({
    rule: 'R-010',
    watches: 'a committee, the board or a drafting committee prepares before the council decides',
    per: ['matter'],
    proved: 'alone',
    initial: 'unprepared',
    held: ['decided'],
    states: {
      unprepared: {
        'prepared.board': 'prepared',
        'prepared.committee': 'prepared',
        'prepared.drafting': 'prepared',
        'decided.council': 'violated',
      },
      prepared: { 'decided.council': 'decided' },
      decided: {},
    },
  }),
  watch({
    rule: 'R-015',
    watches: 'what the council decides without preparation is urgent, and all present agree on it',
    per: ['matter'],
    proved: 'alone',
    initial: 'ordinary',
    held: ['decided'],
    states: {
      ordinary: { 'listed.urgent': 'urgent', 'decided.unprepared': 'violated' },
      urgent: { 'decided.unprepared': 'decided' },
      decided: {},
    },
  }),
  watch({
    rule: 'R-012',
    watches:
      'the board has had the opportunity to comment on what another committee or a drafting committee prepared',
    per: ['matter'],
    proved: 'alone',
    initial: 'unprepared',
    held: ['decided'],
    states: {
      unprepared: { 'prepared.committee': 'owed', 'prepared.drafting': 'owed', 'opened.board': 'given' },
      owed: { 'opened.board': 'given', 'opportunity.board': 'given', 'decided.council': 'violated' },
      given: { 'prepared.committee': 'owed', 'prepared.drafting': 'owed', 'decided.council': 'decided' },
      decided: {},
    },
  }),
  watch({
    rule: 'R-011',
    watches:
      'a committee concerned has had the opportunity to comment on what only a drafting committee prepared',
    per: ['matter'],
    proved: 'alone',
    initial: 'unprepared',
    held: ['decided'],
    states: {
      unprepared: { 'prepared.drafting': 'owed', 'opened.committee': 'given' },
      owed: { 'opportunity.committee': 'given', 'opened.committee': 'given', 'decided.council': 'violated' },
      given: { 'prepared.drafting': 'owed', 'decided.council': 'decided' },
      decided: {},
    },
  }),
  watch({
    rule: 'R-013',
    watches: 'the board puts a proposal to the council where no other committee has',
    per: ['matter'],
    proved: 'alone',
    initial: 'none',
    held: ['decided'],
    states: {
      none: { 'proposed.board': 'proposed', 'proposed.committee': 'proposed', 'decided.council': 'violated' },
      proposed: { 'decided.council': 'decided' },
      decided: {},
    },
  }),
  watch({
    rule: 'R-119',
    watches: 'the matter is registered before any body has it',
    per: ['matter'],
    proved: 'alone',
    initial: 'received',
    held: ['registered'],
    states: {
      received: { registered: 'registered', listed: 'violated' },
      registered: {},
    },
  }),
];
