/** A signed message from another system: kept as a received document, carried out at most once. */
import * as z from 'zod';
import type { Db } from '../../db/tables.ts';
import { reference } from '../../machines/events.ts';
import { saying } from '../../machines/label.ts';
import type { Grant } from '../access/grant.ts';
import type { Accepted, Message } from '../engine/command.ts';
import type { Engine } from '../engine/engine.ts';
import { readJson, textOf } from '../engine/json.ts';
import { parseFields } from '../engine/parse.ts';
import { notFound, Refusal } from '../engine/refusal.ts';
import { sendEvent } from '../engine/send-event.ts';
import { seenActor } from '../store/actors.ts';
import { holderOf } from '../store/numbers.ts';
import { type Mapping, mapped } from './mapping.ts';

/** The system that a message comes from, and the municipality whose actors it may reach. */
export interface Correspondent {
  readonly name: string;
  readonly tenant: string;
  /** The events that it may send, by type: nothing else is its business. */
  readonly events: readonly string[];
  /** How its messages say an event; null where they are written as ours. */
  readonly mapping: Mapping | null;
}

/** What a message says: an event for an actor. */
export const Delivery = z.strictObject({
  actor: reference('Aktör', 'Actor', 'actors'),
  type: z.string(),
  payload: z
    .custom<object>(
      (it) => typeof it === 'object' && it !== null && !Array.isArray(it),
      saying('ett objekt förväntas', 'expected an object'),
    )
    .default({}),
});

export interface Setting {
  readonly engine: Engine;
  readonly db: Db;
}

export interface Incoming {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** The person who has it tried again. */
  readonly triedBy?: string;
}

/**
 * Carries out a message whose signature has been verified. Its id is remembered in the transaction that it causes,
 * so that the same message again, also at the same time, gets the first answer and changes nothing. A message that
 * is refused, or that cannot be read, is kept with its refusal. Where the refusal rests on how things stand, the
 * same message sent again is tried again; another message under its id is refused (`keyReused`).
 * @returns null for a message that is kept and of no concern.
 * @throws Refusal
 */
export async function deliver(
  { engine, db }: Setting,
  from: Correspondent,
  { id, bytes, triedBy }: Incoming,
): Promise<Accepted | null> {
  const tried = triedBy !== undefined && { triedBy };
  const message = { integration: from.name, id, tenant: from.tenant, body: asText(bytes), ...tried };
  try {
    const { actor, type, payload } = await said({ engine, db }, from, bytes);
    return await sendEvent(engine, { actor, type, payload, sender: senderOf(from), message });
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'unavailable') return keep(engine, message, error);
    throw error;
  }
}

/** Always answers with the refusal, or with what the message has been answered for good. */
const keep = (engine: Engine, message: Message, refusal: Refusal): Promise<Accepted | null> =>
  engine.submit({ kind: 'receive', message, refusal }).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'ignored') return null;
    throw error;
  });

const senderOf = (from: Correspondent) =>
  ({ id: from.name, name: from.name, origin: 'integration', grants: [grantOf(from)] }) as const;

/** What a system may do: send its events, about the matters of every body of its municipality. */
export const grantOf = ({ tenant, events }: Pick<Correspondent, 'tenant' | 'events'>): Grant => ({
  tenant,
  roles: ['integration'],
  bodies: 'all',
  events,
  confidential: false,
});

export interface Said {
  readonly actor: string;
  readonly type: string;
  readonly payload: object;
}

/**
 * The event that a message says, by the mapping of its integration or as ours are written.
 * @throws Refusal `invalid`; `notFound` for what is not of the integration's municipality; `ignored`.
 */
export async function said(
  { engine, db }: Setting,
  { tenant, mapping }: Correspondent,
  bytes: Uint8Array,
): Promise<Said> {
  const read = readJson(bytes);
  if (!read.ok) throw new Refusal('invalid', read.says, { fields: read.fields });
  if (!mapping) {
    const plain = parseFields(Delivery, read.value) as unknown as Said;
    await assertReachable(db, tenant, plain.actor, plain.actor);
    return plain;
  }
  const it = mapped(mapping, read.value, engine.calendarOf(tenant));
  if (!it) throw ofNoConcern();
  const record = it.by === 'id' ? it.reference : await holderOf(db, it.reference, tenant);
  const called = `${it.reference}${it.part}`;
  if (record === null) throw notFound(called);
  const actor = `${record}${it.part}`;
  await assertReachable(db, tenant, actor, called);
  return { actor, type: it.type, payload: it.payload };
}

/**
 * An actor of another municipality does not exist for the system, nor what is confidential.
 * @param called what the message calls it.
 */
async function assertReachable(db: Db, tenant: string, actor: string, called: string): Promise<void> {
  const scope = { tenants: [tenant], confidential: [] };
  if ((await seenActor(db, scope, actor))?.tenant !== tenant) throw notFound(called);
}

const ofNoConcern = (): Refusal =>
  new Refusal('ignored', {
    sv: 'Meddelandet angår inte ärendegången och är lagt till handlingarna.',
    en: 'The message is of no concern to the course of any matter, and is kept.',
  });

/** What is not text is kept as a data URL (RFC 2397). */
const asText = (bytes: Uint8Array): string => {
  const text = textOf(bytes);
  return text === null || text.includes('\0') ? BINARY + Buffer.from(bytes).toString('base64') : text;
};

const BINARY = 'data:;base64,';

/** The bytes that were kept as text. */
export const bytesOf = (body: string): Uint8Array =>
  body.startsWith(BINARY) ? Buffer.from(body.slice(BINARY.length), 'base64') : Buffer.from(body);
