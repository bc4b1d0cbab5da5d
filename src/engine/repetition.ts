/** The first answer to a key or a message, kept with what it caused: a repetition changes nothing. */
import { randomUUID } from 'node:crypto';
import type { Receipt } from '../store/receipts.ts';
import type { Reply } from '../store/replies.ts';
import type { Changes } from './changes.ts';
import type { Accepted, Idempotency, Message } from './command.ts';
import { type Code, Refusal } from './refusal.ts';

/** What of a command makes it a repetition of another. */
interface Repeatable {
  readonly idempotency?: Idempotency;
  readonly message?: Message;
}

/**
 * The first answer to the same key or message; null for what is to be carried out, which a message is again when
 * it was refused for how things stood then.
 * @throws Refusal: that answer, or `keyReused` for another request.
 */
export async function repetition(
  { idempotency, message }: Repeatable,
  changes: Changes,
): Promise<Accepted | null> {
  const receipt = message && (await changes.receipt(message.integration, message.id));
  if (receipt) return answerTo(message, receipt);
  const reply = idempotency && (await changes.reply(idempotency.scope, idempotency.key));
  return reply ? answeredBy(reply, idempotency) : null;
}

/** @throws Refusal `keyReused` for another request than the one that was answered. */
export function answeredBy(reply: Reply, { fingerprint }: Idempotency): Accepted {
  if (reply.fingerprint === fingerprint) return { ...(JSON.parse(reply.reply) as Accepted), repeated: true };
  throw new Refusal('keyReused', {
    sv: 'Nyckeln har redan använts för en annan begäran.',
    en: 'The key has already been used for another request.',
  });
}

export async function remember(
  { idempotency, message }: Repeatable,
  accepted: Accepted,
  changes: Changes,
): Promise<void> {
  if (idempotency)
    changes.addReply({ ...idempotency, reply: JSON.stringify(accepted), createdAt: accepted.at });
  if (message) await keep(message, accepted.at, accepted, changes);
}

/** Keeps a message with its answer; one that was kept before stays as it came in. */
export async function keep(message: Message, now: string, answer: Accepted | Declined, changes: Changes) {
  const { integration, id, tenant, body } = message;
  const before = await changes.receipt(integration, id);
  const came = before ?? {
    integration,
    message: id,
    tenant,
    receivedAt: now,
    body,
    salt: randomUUID(),
    content: null,
    seal: await changes.nextSeal(),
  };
  changes.addReceipt({ ...came, result: JSON.stringify(answer) });
}

interface Declined {
  readonly refusal: Pick<Refusal, 'code' | 'says' | 'particulars'>;
}

/** Refusals that rest on how things stand, and may be otherwise the next time. */
const PASSING: readonly Code[] = ['refused', 'notFound', 'exists', 'stale'];

function answerTo({ body, triedBy }: Message, receipt: Receipt): Accepted | null {
  if (receipt.body !== body)
    throw new Refusal('keyReused', {
      sv: 'Meddelandets id har redan använts för ett annat meddelande.',
      en: 'The id of the message has already been used for another message.',
    });
  const answer = JSON.parse(receipt.result) as Accepted | Declined;
  if (!('refusal' in answer)) return { ...answer, repeated: true };
  const { code, says, particulars } = answer.refusal;
  if (PASSING.includes(code) || triedBy !== undefined) return null;
  throw new Refusal(code, says, particulars);
}
