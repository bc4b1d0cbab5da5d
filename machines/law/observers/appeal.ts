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
      running: {
        'period.ended': 'ended',
        'period.stopped': 'unannounced',
        'decision.made': 'unannounced',
        force: 'violated',
      },
      ended: { force: 'inForce', 'period.stopped': 'unannounced', 'decision.made': 'unannounced' },
      inForce: { 'decision.made': 'unannounced' },
    },
  }),
  watch({
    rule: 'R-073',
    watches: 'the period of appeal ends only if the notice has been up all the time',
    per: ['point', 'meeting'],
    proved: 'alone',
    initial: 'elsewhere',
    held: ['ended', 'inForce'],
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
        force: 'violated',
        'decision.made': 'elsewhere',
      },
      ended: { force: 'inForce', 'notice.broken': 'down', 'decision.made': 'elsewhere' },
      inForce: { 'decision.made': 'elsewhere' },
    },
  }),
  watch({
    rule: 'R-074',
    watches:
      'neither the end of the period nor a ruling is final force: it is confirmed that no appeal remains',
    per: ['point'],
    proved: 'alone',
    initial: 'unconfirmed',
    held: ['inForce', 'annulled'],
    states: {
      unconfirmed: {
        'noAppeal.confirmed': 'confirmed',
        'ruling.annulled': 'annulled',
        force: 'violated',
        'force.byTimer': 'violated',
      },
      confirmed: { force: 'inForce' },
      inForce: { 'decision.made': 'unconfirmed' },
      annulled: { force: 'violated', 'decision.made': 'unconfirmed' },
    },
  }),
  watch({
    rule: 'R-076',
    watches: 'every appeal is tried before the decision has final force',
    per: ['point', 'case'],
    proved: 'alone',
    initial: 'unfiled',
    held: ['ruled', 'inForce'],
    states: {
      unfiled: { 'appeal.filed': 'open' },
      open: {
        'appeal.numbered': 'unfiled',
        'ruling.stands': 'ruled',
        'ruling.annulled': 'ruled',
        'decision.made': 'unfiled',
        force: 'violated',
      },
      ruled: { 'appeal.filed': 'open', force: 'inForce', 'decision.made': 'unfiled' },
      inForce: { 'decision.made': 'unfiled' },
    },
  }),
];
