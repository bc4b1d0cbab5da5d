/** What stays as it is when something is moved, whatever the plan says. */
import { decidedAhead } from '../../../machines/law/ahead.ts';
import { type Actor, contextOf, isConfidential } from '../actor.ts';
import { leaves } from '../step.ts';
import type { Blocked } from './blocked.ts';

type Standing = Pick<Actor, 'chart' | 'snapshot'>;

/**
 * What a move would make otherwise that no plan may; null where there is nothing. A secrecy mark is made and lifted by
 * those who see it, by an event that says why. What is open is decided by its body: wherever a matter is moved,
 * each of its points that was to be decided still is, at the stage where it arrives or at a later one.
 */
export function violated(before: Standing, after: Standing): Blocked | null {
  if (isConfidential(before) !== isConfidential(after)) return secrecy;
  const still = undecided(after);
  const [point] = undecided(before).filter((it) => !still.includes(it));
  return point === undefined ? null : decidedNowhere(point);
}

const secrecy: Blocked = {
  why: 'secrecy',
  says: {
    sv: 'En flytt sekretessmarkerar inget och häver ingen markering (R-120).',
    en: 'A move marks nothing as confidential, and lifts no mark (R-120).',
  },
};

const undecided = ({ chart, snapshot }: Standing): readonly string[] =>
  decidedAhead(chart, leaves(snapshot)[0] ?? '', contextOf({ snapshot }));

const decidedNowhere = (point: string): Blocked => ({
  why: 'undecided',
  says: {
    sv: `Punkten ${point} är inte avgjord, och dit ärendet skulle flyttas finns inget kvar som avgör den: ange ett läge i eller före det steg där den avgörs.`,
    en: `The point ${point} is not decided, and where the matter would be moved nothing is left that decides it: name a state within or before the stage that decides it.`,
  },
});
