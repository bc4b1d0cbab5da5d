/** What came in from an integration and what became of it; what a sample of it would send; and trying one again. */
import type { Label } from '../../machines/label.ts';
import { scopeOf } from '../access/scope.ts';
import type { Accepted } from '../engine/command.ts';
import { mayDecide, parseFields } from '../engine/parse.ts';
import { Refusal } from '../engine/refusal.ts';
import { concealedAmong } from '../store/concealed.ts';
import { findReceipt, type Receipt, receiptsOf } from '../store/receipts.ts';
import { addRedelivery, type Redelivery, redeliveriesOf } from '../store/redeliveries.ts';
import type { Asking } from './administration.ts';
import { bytesOf, deliver, said } from './incoming.ts';
import { correspondentOf, mappingIn, type Setting, seen } from './integrations.ts';
import type { Mapping } from './mapping.ts';

/** What a sample would send, if it came in. */
export interface Tried {
  readonly ignored: boolean;
  readonly event: { readonly actor: string; readonly type: string; readonly payload: object } | null;
}

/**
 * Says what a message would send, and sends nothing.
 * @param mapping another than the one that is in force, or undefined for that.
 * @throws Refusal as the message itself would get, as far as can be told without sending it.
 */
export async function trySample(
  set: Setting,
  who: Asking,
  name: string,
  { bytes, mapping }: { readonly bytes: Uint8Array; readonly mapping?: Mapping | null },
): Promise<Tried> {
  const { tenant, events, mapping: inForce } = await seen(set, who, name);
  const from = { name, tenant, events, mapping: mapping === undefined ? mappingIn(inForce) : mapping };
  try {
    const event = await said({ engine: set.engine, db: set.db.reader }, from, bytes);
    const actor = await set.engine.actor(event.actor, who);
    const declaration = actor?.chart.events[event.type];
    if (!declaration || !events.includes(event.type))
      throw new Refusal('undeclared', {
        sv: `Systemet är inte anmält för ”${event.type}”, eller så finns händelsen inte där.`,
        en: `The system is not declared for "${event.type}", or there is no such event there.`,
      });
    mayDecide(declaration, 'integration');
    return { ignored: false, event: { ...event, payload: parseFields(declaration.fields, event.payload) } };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'ignored') return { ignored: true, event: null };
    throw error;
  }
}

/** A message that came in, with what became of it. */
export interface Received {
  readonly id: string;
  readonly receivedAt: string;
  readonly outcome: 'accepted' | 'refused' | 'ignored';
  /** The actor that it changed; null for those who do not see it. */
  readonly actor: string | null;
  readonly refusal: { readonly code: string; readonly says: Label } | null;
  /** As it was received; null for those who may not see what is confidential. */
  readonly body: string | null;
  readonly triedAgain: readonly { readonly at: string; readonly by: string; readonly outcome: string }[];
}

/** What came in from an integration, the latest first. @throws Refusal `notFound`. */
export async function messagesFor(
  set: Pick<Setting, 'db'>,
  who: Asking,
  name: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<Received[]> {
  const { tenant } = await seen(set, who, name);
  const mayRead = who.grants.some((it) => it.tenant === tenant && it.confidential);
  const receipts = await receiptsOf(set.db.reader, name, page);
  const ids = receipts.map((it) => it.message);
  const again = Map.groupBy(await redeliveriesOf(set.db.reader, name, ids), (it) => it.message);
  const received = receipts.map((it) => receivedOf(it, again.get(it.message) ?? [], mayRead));
  const changed = received.flatMap(({ actor }) => actor ?? []);
  const concealed = await concealedAmong(set.db.reader, scopeOf(who.grants), changed);
  return received.map((it) =>
    it.actor !== null && concealed.includes(it.actor) ? { ...it, actor: null } : it,
  );
}

type Result = Accepted | { readonly refusal: { readonly code: string; readonly says: Label } };

function receivedOf(
  { message: id, receivedAt, body, result }: Receipt,
  again: readonly Redelivery[],
  mayRead: boolean,
): Received {
  const became = JSON.parse(result) as Result;
  return {
    id,
    receivedAt,
    outcome: outcomeOf(became),
    actor: 'refusal' in became ? null : became.actor,
    refusal: 'refusal' in became ? { code: became.refusal.code, says: became.refusal.says } : null,
    body: mayRead ? body : null,
    triedAgain: again.map(({ at, by, result: then }) => ({
      at,
      by,
      outcome: outcomeOf(JSON.parse(then) as Result),
    })),
  };
}

const outcomeOf = (result: Result): Received['outcome'] =>
  !('refusal' in result) ? 'accepted' : result.refusal.code === 'ignored' ? 'ignored' : 'refused';

/**
 * Has a message that was refused tried again, through the same entrance, by the mapping that is in force now. Who did
 * so is kept, and stands in the log beside the system's name.
 * @returns null for a message that turns out to be of no concern.
 * @throws Refusal `notFound`; `refused` for one that was carried out; and as the message itself gets.
 */
export async function tryAgain(
  set: Setting,
  who: Asking,
  name: string,
  id: string,
): Promise<Accepted | null> {
  await seen(set, who, name);
  const receipt = await findReceipt(set.db.reader, name, id);
  const from = await correspondentOf(set, name);
  if (!receipt || !from)
    throw new Refusal('notFound', { sv: `Det finns inget ${id} här.`, en: `There is no ${id} here.` });
  if (!('refusal' in (JSON.parse(receipt.result) as Result)))
    throw new Refusal('refused', {
      sv: 'Meddelandet är redan verkställt.',
      en: 'The message has been carried out already.',
    });
  const note = (result: unknown) =>
    addRedelivery(set.db.writer, {
      integration: name,
      message: id,
      at: set.engine.now(),
      by: who.name,
      result: JSON.stringify(result),
    });
  try {
    const setting = { engine: set.engine, db: set.db.reader };
    const accepted = await deliver(setting, from, { id, bytes: bytesOf(receipt.body), triedBy: who.name });
    await note(accepted ?? { refusal: { code: 'ignored', says: { sv: '', en: '' } } });
    return accepted;
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'unavailable')
      await note({ refusal: { code: error.code, says: error.says } });
    throw error;
  }
}
