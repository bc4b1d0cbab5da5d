/**
 * What the log tells subscribers. The log itself is the queue: what a step did is committed with the step, and a
 * subscription keeps its place in it, so nothing is written for subscribers while a clerk waits, and nothing can be
 * lost between the two.
 */
import { createHash } from 'node:crypto';
import type { Database } from '../../db/open.ts';
import type { Db } from '../../db/tables.ts';
import type { Chart, Json, JsonObject } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { PointContext } from '../../machines/point/memory.ts';
import type { Registry } from '../../machines/registry.ts';
import { DEADLINE, type RecordedStep, STARTED } from '../engine/actor.ts';
import type { Engine } from '../engine/engine.ts';
import { actorsOfRoot, findActors, type StoredActor } from '../store/actors.ts';
import { addDeliveries, type NewDelivery } from '../store/deliveries.ts';
import { type Entry, entriesAfter } from '../store/entries.ts';
import { type OutboxMessage, outboxOfActors } from '../store/outbox.ts';
import { advance, type Subscription } from '../store/subscriptions.ts';
import { DISPATCHED, type Heard, isTold, routeOf } from './audience.ts';

/** Entries read at a time. */
const BATCH = 200;
/** What stands before the type of an event of ours in an envelope. */
const PREFIX = 'arendegang.';

interface Setting {
  readonly db: Database;
  readonly engine: Pick<Engine, 'registry' | 'keepUp'>;
  /** RFC 3339 in UTC. */
  readonly now: string;
}

/**
 * Puts into a subscription's queue what has happened since it last heard, as far as it is told of it.
 * @returns whether there may be more.
 */
export async function hear(subscription: Subscription, { db, engine, now }: Setting): Promise<boolean> {
  const entries = await entriesAfter(db.reader, subscription.heard, BATCH);
  const last = entries.at(-1);
  if (!last) return false;
  const own = entries.filter((it) => it.tenant === subscription.tenant);
  // It may have happened on a route that another server has just published.
  await engine.keepUp();
  const happened = await happenings(db.reader, engine.registry, own);
  const deliveries = happened
    .filter(({ heard }) => isTold(subscription, heard))
    .map((it) => deliveryOf(subscription, it, now));
  await db.writer.transaction().execute(async (trx) => {
    if (await advance(trx, subscription, last.seq)) await addDeliveries(trx, deliveries);
  });
  return entries.length === BATCH;
}

/** What a subscription may be told of. */
export interface Happened {
  readonly id: string;
  readonly entry: Entry;
  readonly heard: Heard;
  readonly data: JsonObject;
}

/** Each entry, and after it the messages that it caused. */
export async function happenings(db: Db, registry: Registry, entries: readonly Entry[]): Promise<Happened[]> {
  const ids = [...new Set(entries.flatMap((it) => [it.actor, it.root]))];
  const actors = new Map((await findActors(db, ids)).map((it) => [it.id, it]));
  const outbox = Map.groupBy(await outboxOfActors(db, ids), causedBy);
  const decisions = new Map<string, JsonObject[]>();
  for (const { topic, actor } of [...outbox.values()].flat())
    if (topic === DISPATCHED) decisions.set(actor, await decisionsFor(db, actors.get(actor)));
  return entries.flatMap((entry) => {
    const actor = actors.get(entry.actor);
    const record = actors.get(entry.root);
    if (!actor || !record) return [];
    const step = JSON.parse(entry.step) as RecordedStep;
    const chart = registry.find(step.chart, step.chartVersion);
    const told = { entry, actor, record, step, chart };
    return [
      happenedOf(told),
      ...(outbox.get(entry.hash) ?? []).map((it) => publishedOf(told, it, decisions)),
    ];
  });
}

/** What was decided in the matter that is dispatched, point by point, as the points stand. */
async function decisionsFor(db: Db, dispatch: StoredActor | undefined): Promise<JsonObject[]> {
  const actors = dispatch ? await actorsOfRoot(db, 'everything', dispatch.root) : [];
  return actors
    .filter((it) => it.chart === 'decision-point')
    .map(({ id, snapshot }) => {
      const { context } = JSON.parse(snapshot) as { context: PointContext };
      const { label, text, body, outcome, decidedOn, paragraph } = context;
      return { id, label, text, body, outcome, decidedOn, paragraph };
    });
}

/** The hash of the entry that caused a message, which its id begins with (`causedId`). */
const causedBy = ({ id }: OutboxMessage): string => id.slice(0, id.lastIndexOf('-'));

interface Told {
  readonly entry: Entry;
  readonly actor: StoredActor;
  readonly record: StoredActor;
  readonly step: RecordedStep;
  readonly chart: Chart | null;
}

function happenedOf(told: Told): Happened {
  const { entry, record } = told;
  const heard = { type: entry.type, tenant: entry.tenant, bodies: bodiesOf(told), recipient: null, record };
  return { id: entry.hash, entry, heard, data: dataOf(told, entry.type, labelOf(told)) };
}

function publishedOf(
  told: Told,
  { id, topic, payload, actor }: OutboxMessage,
  decisions: ReadonlyMap<string, readonly JsonObject[]>,
): Happened {
  const { entry, record } = told;
  const decided = decisions.get(actor);
  const message = { ...(JSON.parse(payload) as JsonObject), ...(decided && { decisions: decided }) };
  const recipient =
    'recipient' in message && typeof message.recipient === 'string' ? message.recipient : null;
  const heard = { type: topic, tenant: entry.tenant, bodies: bodiesOf(told), recipient, record };
  return { id, entry, heard, data: { ...dataOf(told, topic, null), message } };
}

function dataOf(
  { entry, actor, record, step, ...told }: Told,
  type: string,
  label: Label | null,
): JsonObject {
  const { origin = null } = JSON.parse(entry.meta) as { origin?: Json };
  return {
    sequence: entry.seq,
    municipality: entry.tenant,
    record: {
      id: record.id,
      route: routeOf(record),
      title: record.title,
      number: record.number,
    },
    actor: { id: actor.id, chart: step.chart, version: entry.version },
    event: { type, label: label && { ...label }, origin },
    bodies: bodiesOf({ entry, actor, record, step, ...told }),
    states: [...step.to],
  };
}

/** A body of the stages that a matter left and reached; for other actors the body that they belong to. */
function bodiesOf({ chart, step, actor, record }: Told): string[] {
  const stages = [...step.from, ...step.to].map((path) => path.split('.')[0] ?? '');
  const staged = stages.flatMap((stage) => {
    const body = chart?.data.states?.[stage]?.meta?.body;
    return typeof body === 'string' ? [body] : [];
  });
  const own = actor.body ?? record.body;
  return [...new Set(staged.length > 0 ? staged : own === null ? [] : [own])];
}

function labelOf({ entry: { type }, chart }: Told): Label | null {
  if (type === STARTED) return { sv: 'Startad', en: 'Started' };
  if (type.startsWith(DEADLINE)) return chart?.deadlines[type.slice(DEADLINE.length)]?.label ?? null;
  return chart?.events[type]?.label ?? null;
}

/** A CloudEvents 1.0 event in JSON. Its id is that of the entry of the log, or of the message that the entry caused. */
export function deliveryOf(
  { id: subscription, tenant }: Pick<Subscription, 'id' | 'tenant'>,
  { id, entry, heard, data }: Happened,
  now: string,
): NewDelivery {
  const envelope = {
    specversion: '1.0',
    id,
    source: `/v1/actors/${entry.root}`,
    subject: entry.actor,
    type: PREFIX + heard.type,
    time: entry.at,
    datacontenttype: 'application/json',
    sequence: String(entry.seq).padStart(12, '0'),
    data,
  };
  return {
    id: webhookId(subscription, id),
    subscription,
    tenant,
    root: entry.root,
    actor: entry.actor,
    type: heard.type,
    body: JSON.stringify(envelope),
    createdAt: now,
  };
}

/** The same for the same event, also where a database was restored and hears of it again. */
const webhookId = (subscription: string, id: string): string =>
  `msg_${createHash('sha256').update(`${subscription}\n${id}`).digest('hex').slice(0, 32)}`;

/** The type of `testDelivery`. */
export const TEST = 'test';

/** A message that says nothing, to see that an endpoint takes what we send. */
export const testDelivery = (
  { id: subscription, tenant }: Subscription,
  number: string,
  now: string,
): NewDelivery => ({
  id: webhookId(subscription, number),
  subscription,
  tenant,
  root: `${TEST}-${number}`,
  actor: `${TEST}-${number}`,
  type: TEST,
  body: JSON.stringify({
    specversion: '1.0',
    id: number,
    source: `/v1/subscriptions/${subscription}`,
    type: PREFIX + TEST,
    time: now,
    datacontenttype: 'application/json',
    data: { municipality: tenant },
  }),
  createdAt: now,
});
