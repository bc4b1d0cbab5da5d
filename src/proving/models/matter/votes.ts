/** What a body is asked and how it answers: proposals, votes and ballots, each with its neighbours on the other side of a rule. */
import type { Chart, JsonObject } from '../../../../machines/chart.ts';
import { asksSeparately } from './stages.ts';

/** Four present: a third of them is two, and the votes can be equal. */
export const PRESENT = 4;
export const reason = 'Skäl';

const question = (...outcomes: readonly string[]): JsonObject => ({
  proposals: outcomes.map((outcome) =>
    outcome === 'approvedAmended' ? { outcome, text: 'Ändrad.' } : { outcome },
  ),
});

const on = (points: readonly number[], ...outcomes: readonly string[]) => ({
  ...question(...outcomes),
  points,
});

export const acclaimed: readonly JsonObject[] = [
  ...['endorsed', 'approved', 'approvedAmended', 'rejected'].map((outcome) => question(outcome)),
  on([1], 'endorsed'),
  on([1], 'approved'),
  on([1], 'approvedAmended'),
  on([2], 'approved'),
  on([3], 'approved'),
];

export const votedOn: readonly JsonObject[] = [
  question('endorsed', 'rejected'),
  question('approved', 'rejected'),
  { proposals: [{ outcome: 'approvedAmended' }] },
  question('writtenOff'),
  { proposals: [{ outcome: 'rejected', motion: 1 }] },
  // Of these outcomes every body may reach any.
  question('approvedAmended', 'rejected', 'approvedAmended', 'rejected'),
];

/** A resignation is refused with reasons. */
export const refusals = ({ data }: Chart): readonly JsonObject[] => {
  const refused = { outcome: 'rejected', text: reason };
  const changed = { outcome: 'approvedAmended', text: 'Ändrad.' };
  return Object.values(data.states ?? {}).some(({ meta }) => meta?.role === 'resignation')
    ? [{ proposals: [{ outcome: 'approved' }, refused] }, { proposals: [changed, refused, changed, refused] }]
    : [];
};

/** Where the first is not adopted, the others are written off. */
export const writtenOff = (chart: Chart): readonly JsonObject[] =>
  asksSeparately(chart) ? [on([1], 'rejected'), on([2], 'writtenOff'), on([3], 'writtenOff')] : [];

/** Where points are asked separately, they are voted on separately. */
export const separately = (chart: Chart): readonly JsonObject[] =>
  asksSeparately(chart)
    ? [on([1], 'approved', 'rejected'), on([1], 'approvedAmended', 'rejected', 'approvedAmended', 'rejected')]
    : [];

/** More for the first, more for the second, equal, and one vote more than there are members. */
export const votes: readonly JsonObject[] = [
  { yes: 3, no: 1, abstained: 0 },
  { yes: 1, no: 2, abstained: 1 },
  { yes: 2, no: 2, abstained: 0 },
  { yes: 3, no: 2, abstained: 0 },
  { yes: 2, no: 1, abstained: 0, secret: true },
  { yes: 1, no: 0, abstained: 0, votes: [{ member: 'Ledamot', vote: 'yes' }] },
];

/** The same among four proposals of which the second is the main one. */
export const rounds: readonly JsonObject[] = [
  [1, 3],
  [1, 4],
  [3, 4],
  [2, 1],
  [2, 3],
  [2, 4],
].flatMap((between) => votes.slice(0, 3).map((count) => ({ ...count, between })));

/** One that is tried before the substance, and one on it. */
export const motions: readonly JsonObject[] = [
  { kind: 'referBack', by: 'Ledamot' },
  { kind: 'reject', by: 'Ledamot' },
];

export const finds = [1, 2, 3, 4].map((n): JsonObject => ({ finds: n }));

/** Just too few for a third, just enough, and more than are present. */
export const demands = (stages: readonly string[]): readonly JsonObject[] =>
  [1, 2, PRESENT + 1].flatMap((requesters): JsonObject[] => [
    { kind: 'defer', requesters },
    ...stages.flatMap((to): JsonObject[] => [
      { kind: 'refer', requesters, to, motivation: reason, motivationBy: ['Ledamot'] },
      { kind: 'refer', requesters, to },
    ]),
  ]);

/** Enough for one place, for three, for all the points or one of them, for substitutes, and too few for one. */
export const electionDemands: readonly JsonObject[] = [
  { requesters: 2, places: 1, of: 'members' },
  { requesters: 2, places: 1, of: 'members', points: [1] },
  { requesters: 2, places: 1, of: 'substitutes' },
  { requesters: 1, places: 1, of: 'members' },
  { requesters: PRESENT + 1, places: 1, of: 'members' },
];

const [own, other] = [
  { designation: 'A', names: ['Ledamot'] },
  { designation: 'B', names: ['Annan'] },
];

/** A majority, a tie with and without its lot, and one ballot more than there are members. */
export const ballots: readonly JsonObject[] = [
  {
    groups: [
      { ...own, votes: 3 },
      { ...other, votes: 1 },
    ],
  },
  ...[{}, { lots: [2], witness: 'Vittne' }].map((lots) => ({
    groups: [
      { ...own, votes: 2 },
      { ...other, votes: 2 },
    ],
    ...lots,
  })),
  { groups: [{ ...own, votes: PRESENT + 1 }] },
];
