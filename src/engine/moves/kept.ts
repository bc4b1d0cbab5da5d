/** What stays as it is when something is moved, whatever the plan says. */
import { type Actor, isConfidential } from '../actor.ts';
import type { Blocked } from './blocked.ts';

type Standing = Pick<Actor, 'chart' | 'snapshot'>;

/**
 * What a move would make otherwise that no plan may; null where there is nothing. A secrecy mark is made and lifted by
 * those who see it, by an event that says why.
 */
export function violated(before: Standing, after: Standing): Blocked | null {
  return isConfidential(before) === isConfidential(after) ? null : secrecy;
}

const secrecy: Blocked = {
  why: 'secrecy',
  says: {
    sv: 'En flytt sekretessmarkerar inget och häver ingen markering (R-120).',
    en: 'A move marks nothing as confidential, and lifts no mark (R-120).',
  },
};
