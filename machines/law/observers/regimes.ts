/** What is not appealed by review of legality: decisions on parties, and detailed plans (FL 33, 44 §§; PBL 5:27–40). */
import { watch } from '../observer.ts';

export const regimes = [
  watch({
    rule: 'R-085',
    watches: 'no final force before the time is out for every party that has been told',
    per: ['point', 'party'],
    proved: 'alone',
    initial: 'untold',
    held: ['over', 'inForce'],
    states: {
      untold: { 'party.notified': 'running' },
      running: { 'party.over': 'over', 'decision.made': 'untold', force: 'violated' },
      over: { force: 'inForce', 'decision.made': 'untold' },
      inForce: { 'decision.made': 'untold' },
    },
  }),
  watch({
    rule: 'R-083',
    watches: 'a plan has no final force before its adoption is announced, and reported to the county board',
    per: ['point'],
    proved: 'alone',
    initial: 'unknown',
    held: ['inForce'],
    states: {
      unknown: { 'plan.announced': 'announced', 'plan.reported': 'reported', 'plan.force': 'violated' },
      announced: { 'plan.reported': 'known', 'decision.made': 'unknown', 'plan.force': 'violated' },
      reported: { 'plan.announced': 'known', 'decision.made': 'unknown', 'plan.force': 'violated' },
      known: { 'plan.force': 'inForce', 'decision.made': 'unknown' },
      inForce: { 'decision.made': 'unknown' },
    },
  }),
  watch({
    rule: 'R-083',
    watches: 'a plan of principle is decided on by the council',
    per: ['matter'],
    proved: 'alone',
    initial: 'unjudged',
    held: ['adopted'],
    states: {
      unjudged: {
        'plan.ofPrinciple': 'principle',
        'plan.lesser': 'lesser',
        'plan.adoptedBelow': 'violated',
      },
      principle: { 'plan.lesser': 'lesser', 'plan.adoptedBelow': 'violated' },
      lesser: { 'plan.ofPrinciple': 'principle', 'plan.adoptedBelow': 'adopted' },
      adopted: {},
    },
  }),
  watch({
    rule: 'R-083',
    watches: 'a plan is executed only when it has final force',
    per: ['point'],
    proved: 'alone',
    initial: 'unsettled',
    held: ['applied'],
    states: {
      unsettled: { 'plan.force': 'inForce', 'plan.begun': 'violated' },
      inForce: { 'plan.begun': 'applied', 'decision.made': 'unsettled' },
      applied: {},
    },
  }),
];
