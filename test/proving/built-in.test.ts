import { describe, expect, it } from 'vitest';
import { firstAgreement } from '../../machines/actors/agreement.ts';
import type { Chart } from '../../machines/chart.ts';
import { observers } from '../../machines/law/observers.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { Municipality } from '../../machines/municipalities/municipality.ts';
import { municipalities } from '../../machines/registry.ts';
import { composeRoute } from '../../machines/routes/compose.ts';
import { RouteDocument } from '../../machines/routes/document.ts';
import { Route } from '../../machines/routes/route.ts';
import foreign from '../scenarios/routes/england.json' with { type: 'json' };
import { authorityMatter, charts, proved } from './proving.ts';

const meeting = (body: string, role: string, ...referTo: string[]) => ({
  id: body,
  type: 'meeting',
  body,
  role,
  referTo,
});

/** A committee's matter for the council, past the board. */
const committeeToCouncil = composeRoute(
  Route.parse({
    name: 'committee-council',
    version: 1,
    label: { sv: 'Nämndärende till fullmäktige', en: 'Committee matter for the council' },
    stages: [
      { id: 'administration', type: 'preparation', label: { sv: 'Förvaltningen', en: 'Administration' } },
      meeting('sn', 'propose', 'administration'),
      meeting('ks', 'propose', 'sn'),
      meeting('kf', 'decide', 'ks'),
    ],
  }),
  huddinge,
);

/** A drafting committee's matter that a committee treats at a meeting of its own, and the board. */
const draftingToCommittee = composeRoute(
  Route.parse({
    name: 'drafting-committee',
    version: 1,
    label: { sv: 'Beredning, nämnd, fullmäktige', en: 'Drafting committee, committee, council' },
    stages: [
      { id: 'administration', type: 'preparation', label: { sv: 'Förvaltningen', en: 'Administration' } },
      meeting('bered', 'propose', 'administration'),
      meeting('sn', 'prepare'),
      meeting('ks', 'prepare'),
      meeting('kf', 'decide'),
    ],
  }),
  huddinge,
);

/** An executive's decision that may be called in: no built-in route has such a window. */
const english = RouteDocument.parse(foreign);
const westbourne = Municipality.parse(english.jurisdiction);
const keyDecision = composeRoute(english.route, westbourne);

/** Charts that say the same are proved once: the neighbours' boards differ in nothing but their names. */
const distinct = (all: readonly Chart[]): readonly Chart[] => [
  ...new Map(all.map((chart) => [JSON.stringify([chart.data, Object.keys(chart.events)]), chart])).values(),
];

/** Replaced because it breaks a rule that is watched: what runs on it is audited. */
const upheld = charts.filter((it) => it !== firstAgreement);

const used = new Set<string>();
const row = (watches: string, state: string, fact: string) => `${watches} | ${state} | ${fact}`;

describe('Every chart keeps the law on every path, reaches all of its states, and an end from each', () => {
  it.each(
    [...distinct(upheld), committeeToCouncil, draftingToCommittee, keyDecision, authorityMatter].map(
      (chart) => [chart.name, chart] as const,
    ),
  )('%s', { timeout: 1_200_000 }, (name, chart) => {
    const result = proved(name, [chart], {
      among: [...municipalities, westbourne],
      fired: (observer, state, fact) => used.add(row(observer.watches, state, fact)),
    });
    const { violations, unreached, dead, nondeterministic, unaccepted, trapped, failures, bounds } = result;
    const found = { violations, unreached, dead, nondeterministic, unaccepted, trapped, failures, bounds };
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((key) => [key, []])));
    expect(result.proved).toBe(true);
  });
});

it('A version that was replaced for the rule that it breaks breaks no other', () => {
  const { violations } = proved('agreement', [firstAgreement]);
  expect(violations.map(({ watches }) => watches)).toEqual([
    'a procured contract is not signed on a day of its standstill, whenever that is recorded',
    'a contract is not signed on a day before the ruling on its award, whenever that is recorded',
  ]);
});

/** Rows of observers that no path uses, and why. */
const unused: Readonly<Record<string, string>> = {
  [row('a third of the council members present demands the delay', 'delayed', 'minority.delayed')]:
    'a minority delays a matter once (R-056)',
  [row('execution before final force rests on an assessment of that decision', 'begun', 'decision.made')]:
    'only a point whose condition is not yet met is decided anew, and it is not executed before',
  [row(
    'a decision is dispatched only when the minutes of every point are approved',
    'dispatched',
    'decision.made',
  )]: 'dispatch comes after the last decision, and a condition is settled by that decision',
  [row(
    'more than half are present when a meeting of the council opens, and for each item',
    'planned',
    'meeting.openedUnseated',
  )]: 'the seats of every council that is built in are known',
};

describe('A rule that is kept is kept because it was put to the test', () => {
  it('every row of an observer that does not lead to a violation is used on some path, or explained', () => {
    const rows = observers.flatMap(({ watches, states }) =>
      Object.entries(states).flatMap(([state, leads]) =>
        Object.entries(leads)
          .filter(([, next]) => next !== 'violated')
          .map(([fact]) => row(watches, state, fact)),
      ),
    );
    expect(rows.filter((it) => !used.has(it) && !(it in unused))).toEqual([]);
    expect(Object.keys(unused).filter((it) => used.has(it) || !rows.includes(it))).toEqual([]);
  });
});
