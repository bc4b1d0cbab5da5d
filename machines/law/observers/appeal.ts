/** Appeal and final force (KL 13:2–8). */
import { watch } from '../observer.ts';

export const appeal = [
  watch({
    rule: 'R-062',
    watches: 'what a body only prepares or proposes is not open to appeal',
    per: ['point'],
    proved: 'alone',
    initial: 'undecided',
    held: ['decided', 'proposed'],
    states: {
      undecided: {
        'point.prepared': 'proposed',
        'decision.made': 'decided',
        'appeal.opened': 'violated',
        'force.unappealable': 'violated',
      },
      proposed: { 'decision.made': 'decided', 'appeal.opened': 'violated', 'force.unappealable': 'violated' },
      decided: {},
    },
  }),
  watch({
    rule: 'R-072',
    watches: 'no final force before the period of appeal has ended, counted from the announcement',
    per: ['point'],
    proved: 'alone',
    initial: 'unannounced',
    held: ['inForce'],
    states: {
      unannounced: { 'appeal.opened': 'running', 'period.ended': 'violated', force: 'violated' },
      running: { 'period.ended': 'ended', 'decision.made': 'unannounced', force: 'violated' },
      ended: { force: 'inForce', 'decision.made': 'unannounced' },
      inForce: { 'decision.made': 'unannounced' },
    },
  }),
  watch({
    rule: 'R-073',
    watches: 'the period of appeal ends only if the notice has been up all the time',
    per: ['point', 'meeting'],
    proved: 'alone',
    initial: 'elsewhere',
    held: ['ended'],
    states: {
      elsewhere: { decided: 'decided', notified: 'decided' },
      decided: { moved: 'elsewhere', 'notice.posted': 'up', 'decision.made': 'elsewhere' },
      up: {
        moved: 'elsewhere',
        'notice.broken': 'down',
        'period.ended': 'ended',
        'decision.made': 'elsewhere',
      },
      down: {
        moved: 'elsewhere',
        'notice.posted': 'up',
        'period.ended': 'violated',
        'decision.made': 'elsewhere',
      },
      ended: { 'decision.made': 'elsewhere' },
    },
  }),
  watch({
    rule: 'R-074',
    watches: 'the end of the period is not final force: the court must have confirmed it, or ruled',
    per: ['point'],
    proved: 'alone',
    initial: 'unconfirmed',
    held: ['inForce', 'annulled'],
    states: {
      unconfirmed: {
        'noAppeal.confirmed': 'confirmed',
        'appeal.filed': 'appealed',
        force: 'violated',
        'force.byTimer': 'violated',
      },
      appealed: {
        'ruling.stands': 'confirmed',
        'ruling.annulled': 'annulled',
        'decision.made': 'unconfirmed',
        force: 'violated',
      },
      confirmed: {
        force: 'inForce',
        'appeal.filed': 'appealed',
        'decision.made': 'unconfirmed',
      },
      inForce: { 'decision.made': 'unconfirmed' },
      annulled: { force: 'violated', 'decision.made': 'unconfirmed' },
    },
  }),
];
