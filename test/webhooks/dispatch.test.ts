import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import type { JsonObject } from '../../machines/chart.ts';
import { play } from '../../src/play/play.ts';
import { parseStory } from '../../src/play/story.ts';
import { openWorld, type World } from '../../src/play/world.ts';
import { countDeliveries, deliveriesOf } from '../../src/store/deliveries.ts';
import { entriesOfActor } from '../../src/store/entries.ts';
import { listActors } from '../../src/store/lists.ts';
import { findSubscription } from '../../src/store/subscriptions.ts';
import { changeTerms, remove } from '../../src/webhooks/changed-subscription.ts';
import { resend, subscribe, switchTo } from '../../src/webhooks/subscriptions.ts';
import { grantsOf } from '../fixtures/grants.ts';
import { openReceiver, type Receiver } from '../fixtures/receiver.ts';

const file = new URL('../scenarios/seed-000.json', import.meta.url);
const seed = parseStory('seed-000', JSON.parse(readFileSync(file, 'utf8')));
/** The steps up to the one that dispatches the decision. */
const dispatching = {
  ...seed,
  steps: seed.steps.slice(
    0,
    seed.steps.findIndex((it) => it.request.includes('.dispatch1-1/')),
  ),
};
const administrator = {
  id: 'ada',
  name: 'Ada',
  way: 'page' as const,
  grants: grantsOf(['administrator']),
};

let db: Database;
let world: World;
let there: Receiver;
let status: number;
beforeEach(async () => {
  status = 200;
  there = await openReceiver(() => status);
  db = await openDatabase(':memory:');
  const [first] = dispatching.steps;
  const now = Date.parse(first?.at ?? '');
  world = await openWorld(db, { municipality: 'huddinge', now, log: pino({ level: 'silent' }) });
});
afterEach(async () => {
  await there.close();
  await db.close();
});

const webhooks = () => world.services.webhooks;

async function dispatched(recipient: string, before: (id: string) => Promise<void> = async () => {}) {
  const input = { municipality: 'huddinge', name: 'Högskolans diarium', url: there.url, recipient };
  const { subscription } = await subscribe(webhooks(), administrator, input);
  await before(subscription.id);
  expect((await play(world, dispatching)).passed).toBe(true);
  await webhooks().courier.deliverDue();
  return subscription;
}

/** The events of the dispatch after it was started, with who recorded them. */
async function recorded() {
  const [dispatch] = await listActors(db.reader, { scope: 'everything', charts: ['dispatch'], limit: 2 });
  const entries = await entriesOfActor(db.reader, dispatch?.id ?? '');
  return entries.slice(1).map(({ type, meta }) => {
    const { sender, origin } = JSON.parse(meta) as { sender: string; origin: string };
    return `${type} ${origin} ${sender}`;
  });
}

describe('a decision that is dispatched to a recipient with an endpoint', () => {
  test('goes there as a message with what was decided, and that it was taken is recorded (R-087)', async () => {
    await dispatched('sodertorns-hogskola');
    expect(there.types()).toEqual(['arendegang.decision.dispatched']);
    const { data } = JSON.parse(there.messages[0]?.body ?? '') as { data: { message: JsonObject } };
    expect(data.message).toMatchObject({
      recipient: 'sodertorns-hogskola',
      name: 'Södertörns högskola',
      decisions: [{ outcome: 'approved', decidedOn: expect.stringMatching(/^2021-11-/) }],
    });
    expect(await recorded()).toEqual([
      'dispatch.send integration webhook: Högskolans diarium',
      'dispatch.acknowledge integration webhook: Högskolans diarium',
    ]);
    // What a clerk sends by hand after that is refused by the chart, and nothing is recorded twice.
    await webhooks().courier.deliverDue();
    expect(await recorded()).toHaveLength(2);
  });

  test('keeps its subscription from being removed while it waits, and not when it is given up', async () => {
    status = 500;
    const { id } = await dispatched('sodertorns-hogskola');
    const waiting = () => countDeliveries(db.reader, { subscription: id, confidential: true });
    await expect(remove(webhooks(), administrator, id)).rejects.toMatchObject({ code: 'refused' });
    expect([await waiting(), await findSubscription(db.reader, id)]).toMatchObject([
      { waiting: 1 },
      { state: 'active', secrets: [expect.any(String)] },
    ]);
    status = 410;
    await sql`update delivery set due_at = created_at`.execute(db.writer);
    await webhooks().courier.deliverDue();
    await remove(webhooks(), administrator, id);
    expect(await findSubscription(db.reader, id)).toMatchObject({ state: 'removed' });
  });

  test('stays with those who send it by hand where its subscription was removed before it was told', async () => {
    const { id } = await dispatched('sodertorns-hogskola', (it) =>
      switchTo(webhooks(), administrator, it, 'disabled'),
    );
    await remove(webhooks(), administrator, id);
    expect([there.messages, await recorded()]).toEqual([[], []]);
  });

  test('but to another recipient stays with those who send it by hand', async () => {
    await dispatched('lansstyrelsen');
    expect(there.messages).toEqual([]);
    expect(await recorded()).toEqual([]);
  });

  test('waits for that recipient, whose address may change: another recipient is another subscription', async () => {
    status = 500;
    const { id } = await dispatched('sodertorns-hogskola');
    expect(await recorded()).toEqual([]);
    const elsewhere = await openReceiver();
    const terms = { name: 'Länsstyrelsens diarium', url: elsewhere.url };
    const toAnother = changeTerms(webhooks(), administrator, id, { ...terms, recipient: 'lansstyrelsen' });
    await expect(toAnother).rejects.toMatchObject({
      code: 'invalid',
      particulars: { fields: [{ pointer: '/recipient' }] },
    });
    expect(await findSubscription(db.reader, id)).toMatchObject({ url: there.url });
    await changeTerms(webhooks(), administrator, id, terms);
    const [waiting] = await deliveriesOf(
      db.reader,
      { subscription: id, confidential: true },
      { limit: 1, offset: 0 },
    );
    await sql`update delivery set due_at = created_at`.execute(db.writer);
    await webhooks().courier.deliverDue();
    expect(elsewhere.ids()).toEqual([waiting?.id]);
    expect(await findSubscription(db.reader, id)).toMatchObject({ recipient: 'sodertorns-hogskola' });
    expect(await recorded()).toHaveLength(2);
    await elsewhere.close();
  });

  test('that is gone has failed, which is recorded; sent again it is recorded as sent', async () => {
    status = 410;
    const { id } = await dispatched('sodertorns-hogskola');
    expect(await recorded()).toEqual(['dispatch.fail integration webhook: Högskolans diarium']);
    expect(await findSubscription(db.reader, id)).toMatchObject({ state: 'disabled', reason: 'gone' });
    status = 200;
    await switchTo(webhooks(), administrator, id, 'active');
    const [dead] = await deliveriesOf(
      db.reader,
      { subscription: id, state: 'dead', confidential: true },
      { limit: 1, offset: 0 },
    );
    await resend(webhooks(), administrator, dead?.id ?? '');
    await webhooks().courier.deliverDue();
    expect((await recorded()).map((it) => it.split(' ')[0])).toEqual([
      'dispatch.fail',
      'dispatch.send',
      'dispatch.acknowledge',
    ]);
  });
});
