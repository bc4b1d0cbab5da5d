/** What stays as it is when something is moved, whatever the plan says. */
import type { Card } from '../../../machines/chart.ts';
import { decidedAhead } from '../../../machines/law/ahead.ts';
import { isInForce } from '../../../machines/point/until-force.ts';
import { type Actor, contextOf, isConfidential } from '../actor.ts';
import { leaves } from '../step.ts';
import type { Blocked } from './blocked.ts';

type Standing = Pick<Actor, 'chart' | 'snapshot'>;

/**
 * What a move would make otherwise that no plan may; null where there is nothing. What is moved is found by its title
 * and its number: there is always a title, and a number stays. A secrecy mark is made and lifted by those who see it, by
 * an event that says why. What is open is decided by its body: wherever a matter is moved, each of its points
 * that was to be decided still is, at the stage where it arrives or at a later one. Time and the courts give a decision
 * final force.
 */
export function violated(before: Standing, after: Standing): Blocked | null {
  if (!isNamed(before, after)) return unnamed;
  if (isConfidential(before) !== isConfidential(after)) return secrecy;
  if (isInForce(leaves(before.snapshot)) !== isInForce(leaves(after.snapshot))) return force;
  const still = undecided(after);
  const [point] = undecided(before).filter((it) => !still.includes(it));
  return point === undefined ? null : decidedNowhere(point);
}

function isNamed(before: Standing, after: Standing): boolean {
  const { number: had } = cardOf(before);
  const { title, number, body } = cardOf(after) as { readonly [field in keyof Card]: unknown };
  const isTextOrNone = (it: unknown) => it === null || typeof it === 'string';
  const isTitle = typeof title === 'string' && title.trim() !== '';
  return isTitle && isTextOrNone(body) && (had === null ? isTextOrNone(number) : number === had);
}

const cardOf = ({ chart, snapshot }: Standing): Card => chart.card(contextOf({ snapshot }));

const unnamed: Blocked = {
  why: 'context',
  says: {
    sv: 'En flytt tar inte ifrån något dess rubrik eller dess diarienummer, och ger inget ett annat nummer.',
    en: 'A move takes the title or the registry number of nothing away, and gives nothing another number.',
  },
};

const secrecy: Blocked = {
  why: 'secrecy',
  says: {
    sv: 'En flytt sekretessmarkerar inget och häver ingen markering (R-120).',
    en: 'A move marks nothing as confidential, and lifts no mark (R-120).',
  },
};

const force: Blocked = {
  why: 'force',
  says: {
    sv: 'En flytt ger inget beslut laga kraft, och tar inte ifrån något den (R-072, R-074).',
    en: 'A move gives no decision final force, and takes it from none (R-072, R-074).',
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
