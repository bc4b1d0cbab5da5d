import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import type { JsonObject } from '../../machines/chart.ts';
import { addresseesOf, isRegistered } from '../../machines/municipalities/addressees.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { Municipality } from '../../machines/municipalities/municipality.ts';
import { builtIn, builtInRoutes } from '../../machines/registry.ts';
import { composeRoute } from '../../machines/routes/compose.ts';

import { auditAll } from '../../src/views/audit.ts';
import { sourceOf, walkToDecision } from '../fixtures/council-matter.ts';
import { type Bench, openEngine } from '../fixtures/engine.ts';

const group = 'Samtliga nämnder och bolag';

/** Huddinge after the register has grown. */
const grown = Municipality.parse({
  ...huddinge,
  recipients: [...huddinge.recipients, { id: 'vatten-ab', name: 'Vatten AB', channel: 'api' }],
  groups: { ...huddinge.groups, [group]: ['vatten-ab', ...(huddinge.groups[group] ?? [])] },
});

const grownCharts = () => {
  const routes = builtInRoutes.filter((it) => it.jurisdiction.id === huddinge.id);
  const changed = routes.map((it) => composeRoute(it.route, grown));
  return builtIn()
    .all()
    .map((chart) => changed.find((it) => it.name === chart.name) ?? chart);
};

let db: Database;
beforeEach(async () => {
  db = await openDatabase(':memory:');
});
afterEach(() => db.close());

/** What each dispatch of a matter was started with. */
async function dispatched(bench: Bench, matter: string) {
  const ids = (await bench.context(matter)).undelivered as string[];
  const inputs = await Promise.all(
    ids.map(
      async (id) => (JSON.parse((await bench.log(id))[0]?.payload ?? '') as { input: JsonObject }).input,
    ),
  );
  return inputs.map(({ name, group, recipient, channel }) => ({ name, group, recipient, channel }));
}

test('a recipient that is added to the register changes no chart: the server starts, and matters under way reach it (R-087)', async () => {
  const before = await openEngine({ db, charts: builtIn().all(), now: '2022-05-02T07:00:00.000Z' });
  const { matter } = await walkToDecision(before);
  const after = await openEngine({ db, charts: grownCharts(), register: grown, now: before.now });
  await after.send(matter, 'decision.dispatch', { recipients: ['Vatten AB', group, 'Någon annan'] });
  expect(await dispatched(after, matter)).toEqual([
    { name: 'Vatten AB', group: null, recipient: 'vatten-ab', channel: 'api' },
    ...addresseesOf([group], huddinge),
    { name: 'Någon annan', group: null, recipient: null, channel: 'letter' },
  ]);
});

test('who is named and in a group that is named too is sent the decision once (R-087)', () => {
  const members = addresseesOf([group], huddinge).map((it) => it.name);
  const [first = ''] = members;
  expect(addresseesOf([first, group, first, 'Någon annan'], huddinge).map((it) => it.name)).toEqual([
    ...members,
    'Någon annan',
  ]);
});

test.each([
  ['samtliga nämnder och bolag', group],
  ['  SAMTLIGA  nämnder och\u00a0bolag ', group],
  ['Samtliga na\u0308mnder och bolag', group],
  ['karolinska institutet', 'Karolinska Institutet'],
  ['Karolinska   Institutet', 'Karolinska Institutet'],
  ['KAROLINSKA-INSTITUTET', 'karolinska-institutet'],
  ['SN', 'sn'],
])(
  '%j means %j, whatever its letter case and spacing, and the pages do not doubt it (R-087)',
  (written, meant) => {
    expect(addresseesOf([written], huddinge)).toEqual(addresseesOf([meant], huddinge));
    expect(addresseesOf([written, meant], huddinge)).toEqual(addresseesOf([meant], huddinge));
    expect(isRegistered(written, huddinge)).toBe(true);
  },
);

test('another name is not taken for one in the register, and is sent to once however often it is written (R-087)', () => {
  expect(isRegistered('Karolinska Instituet', huddinge)).toBe(false);
  expect(addresseesOf(['Karolinska Instituet', 'karolinska  instituet'], huddinge)).toEqual([
    { name: 'Karolinska Instituet', group: null, recipient: null, channel: 'letter' },
  ]);
});

test('a decision goes to whom it names in another letter case, by their ids, and the log is replayed as it was (R-087)', async () => {
  const bench = await openEngine({ db, charts: builtIn().all(), now: '2022-05-02T07:00:00.000Z' });
  const { matter } = await walkToDecision(bench);
  const recipients = ['samtliga nämnder och bolag', 'karolinska institutet', 'SN', 'Socialnämnden'];
  await bench.send(matter, 'decision.dispatch', { recipients });
  expect(await dispatched(bench, matter)).toEqual(addresseesOf([group, 'Karolinska Institutet'], huddinge));
  expect(await auditAll(sourceOf(bench))).toMatchObject({ replayEqual: true, findings: [] });
});

test('what has been dispatched stays as the register was then, also when it is replayed (R-087)', async () => {
  const before = await openEngine({ db, charts: builtIn().all(), now: '2022-05-02T07:00:00.000Z' });
  const { matter } = await walkToDecision(before);
  await before.send(matter, 'decision.dispatch', { recipients: [group] });
  const after = await openEngine({ db, charts: grownCharts(), register: grown, now: before.now });
  expect(await dispatched(after, matter)).toEqual(addresseesOf([group], huddinge));
  expect(await auditAll(sourceOf(after))).toMatchObject({
    chainIntact: true,
    replayEqual: true,
    findings: [],
  });
});

test('without names of its own, a dispatch goes to the recipients that the matter names', async () => {
  const bench = await openEngine({ db, charts: builtIn().all(), now: '2022-05-02T07:00:00.000Z' });
  const { matter } = await walkToDecision(bench, { recipients: ['rise'] });
  await bench.send(matter, 'decision.dispatch');
  expect(await dispatched(bench, matter)).toMatchObject([{ recipient: 'rise' }]);
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'a recipient called "%s" is kept as written',
  (name) => {
    expect(addresseesOf([name], huddinge)).toEqual([
      { name, group: null, recipient: null, channel: 'letter' },
    ]);
  },
);
