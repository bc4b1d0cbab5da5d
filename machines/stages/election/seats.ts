/**
 * The places of a proportional election: given one at a time to the group of ballots with the highest comparative
 * number, a tie settled by lot (2022:629 §§ 14–21, R-052). Whole numbers throughout.
 */

/** Ballots with the same designation and the same names in the same order (§ 14). */
export interface BallotGroup {
  readonly designation: string;
  readonly names: readonly string[];
  readonly votes: number;
}

export interface Seat {
  readonly name: string;
  /** The number of the group, from 1, from which the person was first given the place (§ 22). */
  readonly group: number;
}

export interface Distribution {
  /** In the order in which the places were given. */
  readonly seats: readonly Seat[];
  /** The groups, from 1, between which a lot has yet to be drawn; none when every place that can be is given. */
  readonly tied: readonly number[];
  /** How many of the lots were called for. */
  readonly lots: number;
}

/** How many of those present must demand it for the election to be proportional (§ 2). */
export const demandersNeeded = (present: number, places: number): number => Math.ceil(present / (places + 1));

/** A fraction of two whole numbers. */
type Fraction = readonly [part: bigint, whole: bigint];

/** The places of a group: a person's place counts as a half for two groups, a third for three (§ 18). */
function placesOf(group: number, given: ReadonlyMap<string, readonly number[]>): Fraction {
  let [part, whole]: [bigint, bigint] = [0n, 1n];
  for (const groups of given.values()) {
    if (!groups.includes(group)) continue;
    const of = BigInt(groups.length);
    [part, whole] = [part * of + whole, whole * of];
  }
  return [part, whole];
}

/** The comparative number: the votes divided by the places of the group and one more (§ 18). */
function comparative(votes: number, [part, whole]: Fraction): Fraction {
  return [BigInt(votes) * whole, part + whole];
}

const compare = ([a, b]: Fraction, [c, d]: Fraction): number =>
  Number(a * d - c * b > 0n) - Number(a * d < c * b);

/**
 * Who is given the places, `places` of them. Names beyond that number are not regarded (§ 10), and a group whose names
 * are used up takes no further part (§ 20). One who has a place already is given no other: the next is given then, so
 * that as many are elected as there are places (a reading of §§ 18 and 19).
 * @param lots for each tie in turn the number of the group, from 1, on which the lot fell.
 */
export function distribute(
  groups: readonly BallotGroup[],
  places: number,
  lots: readonly number[] = [],
): Distribution {
  const seats: Seat[] = [];
  const given = new Map<string, number[]>();
  const next = groups.map(() => 0);
  let drawn = 0;
  const nameOf = (group: number): string | undefined =>
    groups[group - 1]?.names.slice(0, places)[next[group - 1] ?? 0];
  while (seats.length < places) {
    const first = highest(groups, given, (group) => nameOf(group) !== undefined);
    const lot = lots[drawn];
    const isTie = first.length > 1;
    if (isTie && (lot === undefined || !first.includes(lot))) return { seats, tied: first, lots: drawn };
    const group = isTie ? lot : first[0];
    if (group === undefined) break;
    if (isTie) drawn++;
    const name = nameOf(group) ?? '';
    next[group - 1] = (next[group - 1] ?? 0) + 1;
    const before = given.get(name);
    if (!before) seats.push({ name, group });
    given.set(name, [...(before ?? []), group]);
  }
  return { seats, tied: [], lots: drawn };
}

/** The groups still in it that have the highest comparative number. */
function highest(
  groups: readonly BallotGroup[],
  given: ReadonlyMap<string, readonly number[]>,
  isIn: (group: number) => boolean,
): readonly number[] {
  const standing = groups.flatMap(({ votes }, index) =>
    isIn(index + 1) ? [{ group: index + 1, value: comparative(votes, placesOf(index + 1, given)) }] : [],
  );
  return standing
    .filter((it) => standing.every((other) => compare(it.value, other.value) >= 0))
    .map((it) => it.group);
}
