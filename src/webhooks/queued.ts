/** Whether the messages that wait to be handed over are what the log tells their subscribers. */
import type { Db } from '../../db/tables.ts';
import type { JsonObject } from '../../machines/chart.ts';
import type { Registry } from '../../machines/registry.ts';
import { type Delivery, type NewDelivery, type Waiting, waitingAfter } from '../store/deliveries.ts';
import { type Entry, entriesAfter } from '../store/entries.ts';
import { atOneMoment } from '../store/moment.ts';
import { findSubscription } from '../store/subscriptions.ts';
import { deliveryOf, happenings, TEST, testDelivery } from './feed.ts';

/** A message that is not what the log gives. */
export type Stray = Pick<Delivery, 'id' | 'actor'>;

/** Messages read at a time. */
const BATCH = 100;

/**
 * The waiting messages that are not, byte for byte, what the log gives. What an envelope has as it was when it was made is
 * not held against anything: the record's title and number, the bodies, the name of the event for people, and what was
 * decided in the matter. Nor is whether the subscription would be told of it today.
 */
export async function straysAmongWaiting(db: Db, registry: Registry): Promise<Stray[]> {
  const strays: Stray[] = [];
  for (let last = 0, more = true; more; )
    await atOneMoment(db, async (moment) => {
      const waiting = await waitingAfter(moment, last, BATCH);
      for (const it of waiting) if (!(await isGiven(moment, registry, it).catch(unreadable))) strays.push(it);
      last = waiting.at(-1)?.seq ?? last;
      more = waiting.length === BATCH;
    });
  return strays;
}

/** A message that cannot be read is not what is given, and what an altered entry says is the chain's to find. */
function unreadable(error: unknown): false {
  if (error instanceof SyntaxError || error instanceof TypeError) return false;
  throw error;
}

async function isGiven(db: Db, registry: Registry, waiting: Waiting): Promise<boolean> {
  const delivery = waiting.read();
  const given = await givenFor(db, registry, delivery);
  const fields = ['id', 'tenant', 'root', 'actor', 'type'] as const;
  return (
    given !== null &&
    fields.every((it) => given[it] === delivery[it]) &&
    asOfThen(given.body, delivery.body) === delivery.body
  );
}

/** The message that the subscription gets of the entry, or of the message of it, that a delivery says it is of. */
async function givenFor(db: Db, registry: Registry, delivery: Delivery): Promise<NewDelivery | null> {
  const { subscription: name, type, root, createdAt } = delivery;
  const subscription = await findSubscription(db, name);
  if (!subscription) return null;
  if (type === TEST) return testDelivery(subscription, root.slice(`${TEST}-`.length), createdAt);
  const { id, sequence } = readEnvelope(delivery.body);
  const entries = await entriesAt(db, Number(sequence));
  const happened = await happenings(db, registry, entries);
  const it = happened.find((one) => one.id === id);
  return it && it.entry.tenant === subscription.tenant ? deliveryOf(subscription, it, createdAt) : null;
}

const entriesAt = async (db: Db, seq: number): Promise<Entry[]> =>
  Number.isSafeInteger(seq) ? (await entriesAfter(db, seq - 1, 1)).filter((it) => it.seq === seq) : [];

type Envelope = { readonly id?: unknown; readonly sequence?: unknown; readonly data?: Data };
type Data = { readonly [part in 'record' | 'event' | 'message']?: JsonObject } & {
  readonly bodies?: unknown;
};

/** What cannot be read says nothing. */
function readEnvelope(body: string): Envelope {
  try {
    return (JSON.parse(body) as Envelope | null) ?? {};
  } catch {
    return {};
  }
}

/** A body with what another has of its own time. */
function asOfThen(given: string, said: string): string {
  const envelope = readEnvelope(given);
  const { data = {} } = envelope;
  const { record = {}, event = {}, message = {}, bodies } = readEnvelope(said).data ?? {};
  if (!data.record) return given;
  return JSON.stringify({
    ...envelope,
    data: {
      ...data,
      record: { ...data.record, title: record.title, number: record.number },
      event: { ...data.event, label: event.label },
      bodies,
      ...(data.message && {
        message: data.message.decisions ? { ...data.message, decisions: message.decisions } : data.message,
      }),
    },
  });
}
