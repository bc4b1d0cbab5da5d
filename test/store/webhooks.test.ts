import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import { openSqlite } from '../../db/sqlite.ts';
import { changeRights, program } from '../../src/engine/rights.ts';
import {
  addDeliveries,
  claim,
  countDeliveries,
  deliveriesOf,
  findDelivery,
  forgetDelivered,
  nextDelivery,
  noteAttempt,
  numbersDue,
  putBack,
  subscriptionsDue,
} from '../../src/store/deliveries.ts';
import {
  addIntegration,
  changeIntegration,
  findIntegration,
  integrationsOf,
  type StoredIntegration,
  setIntegrationSecrets,
} from '../../src/store/integrations.ts';
import { keepReceipts, receiptsOf } from '../../src/store/receipts.ts';
import { addRedelivery, redeliveriesOf } from '../../src/store/redeliveries.ts';
import type { Changing } from '../../src/store/rights.ts';
import {
  addSubscription,
  advance,
  findSubscription,
  noteFailure,
  noteSuccess,
  type Subscription,
  setSecrets,
  setState,
  subscriptionsBehind,
  subscriptionsOf,
} from '../../src/store/subscriptions.ts';
import { postgresHere } from '../fixtures/postgres.ts';

const postgres = await postgresHere();
const databases: [string, () => Promise<Database>][] = [['SQLite', () => openDatabase(':memory:')]];
if (postgres) databases.push(['PostgreSQL', async () => openDatabase(await postgres.create())]);

const [AT, LATER, LAST] = [
  '2026-12-01T09:00:00.000Z',
  '2026-12-01T09:01:00.000Z',
  '2026-12-01T09:02:00.000Z',
];

const subscription: Subscription = {
  id: 's',
  tenant: 'huddinge',
  name: 'Arkivet',
  url: 'https://example.se/',
  events: ['matter.close'],
  bodies: [],
  routes: ['a', 'b'],
  recipient: null,
  secrets: ['open:x'],
  signingKey: 'open:y',
  heard: 7,
  state: 'active',
  reason: null,
  failingSince: null,
  succeededAt: null,
  createdAt: AT,
  createdBy: 'Ada',
};

const changing =
  (db: Database) =>
  <T>(change: (it: Changing) => Promise<T>): Promise<T> =>
    changeRights(db, program, AT, change);

const delivery = (id: string, root: string) => ({
  id,
  subscription: 's',
  tenant: 'huddinge',
  root,
  actor: root,
  type: 'matter.close',
  body: '{"å":1}',
  createdAt: AT,
});

describe.each(databases)('webhooks kept on %s', (_, open) => {
  let db: Database;
  let changed: ReturnType<typeof changing>;
  beforeEach(async () => {
    db = await open();
    changed = changing(db);
    await changed((it) => addSubscription(it, subscription));
  });
  afterEach(() => db.close());

  const put = (...ids: [id: string, root: string][]) =>
    db.writer.transaction().execute((trx) =>
      addDeliveries(
        trx,
        ids.map(([id, root]) => delivery(id, root)),
      ),
    );
  const claimDue = async (now = AT, limit = 9) =>
    claim(db.writer, await numbersDue(db.reader, 's', { now, limit }), { now, until: LATER });
  const settled = { state: 'delivered', attempts: 1, dueAt: AT, tries: [], settledAt: AT } as const;

  test('a subscription comes back as it was, for its municipality', async () => {
    expect(await findSubscription(db.reader, 's')).toEqual(subscription);
    expect(await subscriptionsOf(db.reader, ['huddinge'])).toEqual([subscription]);
    expect(await subscriptionsOf(db.reader, ['salem'])).toEqual([]);
    expect(await subscriptionsOf(db.reader, [])).toEqual([]);
  });

  test('its place in the log is moved on by whoever is first, and only while it is active', async () => {
    const [behind] = await subscriptionsBehind(db.reader, 9);
    if (!behind) throw new Error('none is behind');
    const move = () => db.writer.transaction().execute((trx) => advance(trx, behind, 9));
    expect(await subscriptionsBehind(db.reader, 7)).toEqual([]);
    expect((await subscriptionsBehind(db.reader, 9)).map((it) => it.id)).toEqual(['s']);
    expect([await move(), await move()]).toEqual([true, false]);
    await changed((it) => setState(it, 's', 'disabled', 'gone'));
    expect(await subscriptionsBehind(db.reader, 99)).toEqual([]);
  });

  test('it fails from its first failure on until a success', async () => {
    const since = async () => (await findSubscription(db.reader, 's'))?.failingSince;
    await noteFailure(db.writer, 's', AT);
    await noteFailure(db.writer, 's', LATER);
    expect(await since()).toBe(AT);
    await noteSuccess(db.writer, 's', LATER);
    expect(await since()).toBeNull();
  });

  test('the first of each record is taken in hand, once, and the next when it is settled', async () => {
    await put(['m1', 'a'], ['m2', 'a'], ['m3', 'b'], ['m1', 'a']);
    const claimed = await claimDue();
    expect(claimed.map((it) => it.id)).toEqual(['m1', 'm3']);
    expect(await claimDue()).toEqual([]);
    const [first] = claimed;
    if (!first) throw new Error('nothing was claimed');
    expect(await noteAttempt(db.writer, first, settled)).toBe(true);
    expect(await noteAttempt(db.writer, first, settled)).toBe(false);
    expect((await claimDue()).map((it) => it.id)).toEqual(['m2']);
    expect((await claimDue(LATER)).map((it) => it.id)).toEqual(['m2', 'm3']);
    expect(await countDeliveries(db.reader, { subscription: 's', confidential: true })).toEqual({
      waiting: 2,
      delivered: 1,
      dead: 0,
    });
  });

  test('two processes that ask at once do not get the same', async () => {
    await put(['m1', 'a'], ['m2', 'b'], ['m3', 'c']);
    const both = await Promise.all([claimDue(AT, 2), claimDue(AT, 2)]);
    const ids = both.flat().map((it) => it.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('what was due when it was looked up, and was tried by another process since, waits for its day', async () => {
    await put(['m1', 'a'], ['m2', 'b']);
    const numbers = await numbersDue(db.reader, 's', { now: AT, limit: 9 });
    const [first] = await claimDue(AT, 1);
    if (!first) throw new Error('nothing was claimed');
    await noteAttempt(db.writer, first, { ...settled, state: 'waiting', dueAt: LAST, settledAt: null });
    const claimed = async (now: string) =>
      (await claim(db.writer, numbers, { now, until: now })).map((it) => it.id);
    expect(await claimed(AT)).toEqual(['m2']);
    expect(await claimed(LAST)).toEqual(['m1', 'm2']);
  });

  test('what is due is known, and when the next is', async () => {
    expect(await nextDelivery(db.reader)).toBeNull();
    await put(['m1', 'a'], ['m2', 'a']);
    expect([await subscriptionsDue(db.reader, AT), await nextDelivery(db.reader)]).toEqual([['s'], AT]);
    const [first] = await claimDue();
    expect([await subscriptionsDue(db.reader, AT), await nextDelivery(db.reader)]).toEqual([['s'], LATER]);
    if (first)
      await noteAttempt(db.writer, first, { ...settled, state: 'waiting', dueAt: LAST, settledAt: null });
    expect(await nextDelivery(db.reader)).toBe(LAST);
    await changed((it) => setState(it, 's', 'disabled', 'byHand'));
    expect([await subscriptionsDue(db.reader, LAST), await nextDelivery(db.reader)]).toEqual([[], null]);
  });

  test('what is settled can be put back, and what was delivered is forgotten in time', async () => {
    await put(['m1', 'a']);
    expect(await putBack(db.writer, 'm1', { by: 'Rolf', now: LATER })).toBe(false);
    const [first] = await claimDue();
    if (first) await noteAttempt(db.writer, first, settled);
    await forgetDelivered(db.writer, AT);
    expect(
      await deliveriesOf(
        db.reader,
        { subscription: 's', confidential: true, state: 'delivered' },
        { limit: 9, offset: 0 },
      ),
    ).toEqual([{ ...first, ...settled, claimedUntil: null }]);
    expect(await putBack(db.writer, 'm1', { by: 'Rolf', now: LATER })).toBe(true);
    expect(await findDelivery(db.reader, 'm1')).toMatchObject({
      state: 'waiting',
      attempts: 0,
      resentBy: 'Rolf',
    });
    await forgetDelivered(db.writer, LAST);
    const [again] = await claimDue(LATER);
    if (again) await noteAttempt(db.writer, again, settled);
    await forgetDelivered(db.writer, LAST);
    expect(await findDelivery(db.reader, 'm1')).toBeNull();
  });

  const integration: StoredIntegration = {
    name: 'arkivet',
    tenant: 'huddinge',
    label: { sv: 'Arkivet', en: 'The archive' },
    secrets: ['open:x'],
    events: ['report.sign'],
    mapping: '{"å":1}',
    state: 'active',
    createdAt: AT,
    createdBy: 'Ada',
    changedAt: AT,
    changedBy: 'Ada',
  };

  test('an integration comes back as it was and as it was changed, and its name is given once', async () => {
    expect(await changed((it) => addIntegration(it, integration))).toBe(true);
    expect(await changed((it) => addIntegration(it, { ...integration, tenant: 'salem' }))).toBe(false);
    expect(await findIntegration(db.reader, 'arkivet')).toEqual(integration);
    expect(await findIntegration(db.reader, 'nobody')).toBeNull();
    expect(await integrationsOf(db.reader, ['salem'])).toEqual([]);
    const after: StoredIntegration = { ...integration, state: 'disabled', mapping: null, changedAt: LATER };
    const older = { ...after, secrets: ['open:w'] };
    await changed((it) => changeIntegration(it, 'arkivet', older));
    expect(await integrationsOf(db.reader, ['huddinge'])).toEqual([after]);
  });

  test('secrets are exchanged for others by whoever saw those that there are', async () => {
    await changed((it) => addIntegration(it, integration));
    const renewed = { changedAt: LAST, changedBy: 'Bo' };
    const [first, second] = ['open:1', 'open:2'].map((it) => ({ from: ['open:x'], to: [it] }) as const);
    for (const [exchange, done] of [[first, true] as const, [second, false] as const]) {
      if (!exchange) throw new Error('there are two');
      expect(await changed((it) => setSecrets(it, 's', exchange))).toBe(done);
      expect(await changed((it) => setIntegrationSecrets(it, 'arkivet', { ...exchange, ...renewed }))).toBe(
        done,
      );
    }
    expect((await findSubscription(db.reader, 's'))?.secrets).toEqual(['open:1']);
    expect(await findIntegration(db.reader, 'arkivet')).toEqual({
      ...integration,
      ...renewed,
      secrets: ['open:1'],
    });
  });

  test('what came in from an integration is listed the latest first, with who had it tried again', async () => {
    const receipt = (message: string, receivedAt: string) =>
      ({
        integration: 'arkivet',
        message,
        tenant: 'huddinge',
        receivedAt,
        body: '{}',
        salt: 's',
        content: null,
        result: '{}',
        seal: 1,
      }) as const;
    const kept = [receipt('m1', AT), receipt('m2', LATER), { ...receipt('m3', LAST), integration: 'other' }];
    await db.writer.transaction().execute((trx) => keepReceipts(trx, kept));
    const list = (offset: number) => receiptsOf(db.reader, 'arkivet', { limit: 1, offset });
    expect([...(await list(0)), ...(await list(1)), ...(await list(2))]).toEqual([kept[1], kept[0]]);
    const again = { integration: 'arkivet', message: 'm1', at: LATER, by: 'Rolf', result: '{}' };
    await addRedelivery(db.writer, again);
    await addRedelivery(db.writer, { ...again, message: 'm9' });
    expect(await redeliveriesOf(db.reader, 'arkivet', ['m1', 'm2'])).toEqual([again]);
    expect(await redeliveriesOf(db.reader, 'other', ['m1'])).toEqual([]);
  });
});

test('however many messages wait, those who write wait for no look-up of what is due: it is done beside them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deliveries-'));
  const file = join(folder, 'a.db');
  const asked: string[] = [];
  const db = await openDatabase(file, async (filename, access) => {
    const driver = await openSqlite(filename, access);
    const query: typeof driver.query = (isSelect, text, parameters) => {
      if (access === 'write' && text.includes('"delivery"')) asked.push(text);
      return driver.query(isSelect, text, parameters);
    };
    return { ...driver, query };
  });
  await changing(db)((it) => addSubscription(it, subscription));
  await db.writer.transaction().execute((trx) => addDeliveries(trx, [delivery('m1', 'a')]));
  asked.splice(0);
  const due = await numbersDue(db.reader, 's', { now: AT, limit: 9 });
  expect(await claim(db.writer, due, { now: AT, until: LATER })).toHaveLength(1);
  const plans = new DatabaseSync(file, { readOnly: true });
  const steps = asked.flatMap((it) => plans.prepare(`explain query plan ${it}`).all());
  plans.close();
  const touched = steps.map((it) => String(it.detail)).filter((it) => /(SCAN|SEARCH) delivery/.test(it));
  expect(touched.length).toBeGreaterThan(0);
  expect(touched.filter((it) => !it.includes('(rowid=?)'))).toEqual([]);
  await db.close();
  rmSync(folder, { recursive: true });
});
