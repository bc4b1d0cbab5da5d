/** A signed message from another system: kept as a received document, carried out at most once. */
import * as z from 'zod';
import type { Db } from '../../db/tables.ts';
import { reference } from '../../machines/events.ts';
import { saying } from '../../machines/label.ts';
import type { Role } from '../../machines/roles.ts';
import type { Accepted, Message } from '../engine/command.ts';
import type { Engine } from '../engine/engine.ts';
import { readJson, textOf } from '../engine/json.ts';
import { parseFields } from '../engine/parse.ts';
import { Refusal } from '../engine/refusal.ts';
import { sendEvent } from '../engine/send-event.ts';
import { findActor } from '../store/actors.ts';

/** The system that a message comes from, and the municipality whose actors it may reach. */
export interface Correspondent {
  readonly name: string;
  readonly tenant: string;
  readonly roles: readonly Role[];
  /** The events that it may send, by type: nothing else is its business. */
  readonly events: readonly string[];
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

interface Setting {
  readonly engine: Engine;
  readonly db: Db;
}

/**
 * Carries out a message whose signature has been verified. Its id is remembered in the transaction that it causes,
 * so that the same message again, also at the same time, gets the first answer and changes nothing. A message that
 * is refused, or that cannot be read, is kept with its refusal. Where the refusal rests on how things stand, the
 * same message sent again is tried again; another message under its id is refused (`keyReused`).
 * @throws Refusal
 */
export async function deliver(
  { engine, db }: Setting,
  from: Correspondent,
  { id, bytes }: { readonly id: string; readonly bytes: Uint8Array },
): Promise<Accepted> {
  const message = { integration: from.name, id, tenant: from.tenant, body: asText(bytes) };
  try {
    const { actor, type, payload } = readDelivery(bytes);
    await assertReachable(db, from, actor);
    const sender = {
      id: from.name,
      name: from.name,
      origin: 'integration',
      grants: [
        { tenant: from.tenant, roles: from.roles, bodies: 'all', events: from.events, confidential: false },
      ],
    } as const;
    return await sendEvent(engine, { actor, type, payload, sender, message });
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'unavailable') return keep(engine, message, error);
    throw error;
  }
}

/** Always answers with the refusal, or with what the message has been answered for good. */
const keep = (engine: Engine, message: Message, refusal: Refusal): Promise<Accepted> =>
  engine.submit({ kind: 'receive', message, refusal });

function readDelivery(bytes: Uint8Array): z.output<typeof Delivery> {
  const read = readJson(bytes);
  if (!read.ok) throw new Refusal('invalid', read.says, { fields: read.fields });
  return parseFields(Delivery, read.value) as unknown as z.output<typeof Delivery>;
}

/** An actor of another municipality does not exist for the system. */
async function assertReachable(db: Db, { tenant }: Correspondent, actor: string): Promise<void> {
  if ((await findActor(db, actor))?.tenant !== tenant)
    throw new Refusal('notFound', { sv: `Det finns inget ${actor}.`, en: `There is no ${actor}.` });
}

/** What is not text is kept as a data URL (RFC 2397). */
const asText = (bytes: Uint8Array): string => {
  const text = textOf(bytes);
  return text === null || text.includes('\0')
    ? `data:;base64,${Buffer.from(bytes).toString('base64')}`
    : text;
};
