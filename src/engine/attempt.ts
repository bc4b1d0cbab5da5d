/** One command of a group: parsed, carried out on a layer of its own, laid onto the group's. It fails alone. */
import { randomUUID } from 'node:crypto';
import type { Deadline } from '../store/deadlines.ts';
import type { Receipt } from '../store/receipts.ts';
import { sha256 } from './chain.ts';
import { Changes } from './changes.ts';
import type { Accepted, Command, Fire, Idempotency, Message, Receive, Send, Start } from './command.ts';
import { numbered } from './numbering.ts';
import { authorise, authoriseStart, declarationOf, parseFields } from './parse.ts';
import { type Code, Refusal } from './refusal.ts';
import { type Setting, Work } from './work.ts';

/** What the commands of a group share. */
export interface Group extends Omit<Setting, 'command' | 'receivedAt'> {
  /** The stored deadlines of a record and its parts that were due at an instant. */
  overdue(root: string, at: string): Promise<readonly Deadline[]>;
}

export type Outcome = { readonly accepted: Accepted } | { readonly error: unknown };

/** Never throws: what is thrown on the way is the command's own answer. */
export async function attempt(command: Command, receivedAt: string, group: Group): Promise<Outcome> {
  try {
    if (command.kind === 'fire') return await fire(command, receivedAt, group);
    const again = await repetition(command, group.changes);
    if (again) return { accepted: again };
    if (command.kind === 'receive') return await receive(command, group);
    if (command.kind === 'send') await catchUp(command.actor, receivedAt, group);
    return { accepted: await carryOut(command, receivedAt, group) };
  } catch (error) {
    return { error };
  }
}

async function carryOut(command: Start | Send, receivedAt: string, group: Group): Promise<Accepted> {
  const changes = new Changes(group.changes);
  const id = randomUUID();
  const work = new Work({ ...group, changes, command: id, receivedAt });
  const actor =
    command.kind === 'start' ? await start(command, work, group, changes) : await send(command, work);
  await work.settle();
  const { version } = await work.actor(actor);
  const accepted = { command: id, actor, version, at: group.now, repeated: false };
  await remember(command, accepted, changes);
  group.changes.absorb(changes);
  return accepted;
}

async function start(
  { chart: name, tenant, input, series = {}, sender }: Start,
  work: Work,
  { registry }: Group,
  changes: Changes,
): Promise<string> {
  const chart = registry.latest(name);
  if (!chart?.record)
    throw new Refusal('notFound', {
      sv: `Det finns ingen ”${name}” att starta.`,
      en: `There is no "${name}" to start.`,
    });
  authoriseStart(chart.record.startedBy, sender);
  const id = randomUUID();
  const self = { id, parent: null, root: id, tenant };
  const { name: by, origin } = sender;
  await work.begin(self, chart, await numbered(input, series, changes), { sender: by, origin });
  return id;
}

async function send(
  { actor: id, expected, type, payload, sender, message }: Send,
  work: Work,
): Promise<string> {
  const actor = await work.actor(id);
  const declaration = declarationOf(actor.chart, type);
  authorise(declaration, type, sender);
  const fields = parseFields(declaration.fields, payload);
  if (expected !== undefined && expected !== actor.version)
    throw new Refusal(
      'stale',
      {
        sv: 'Det har ändrats sedan du såg det.',
        en: 'It has changed since you saw it.',
      },
      { version: actor.version },
    );
  const document = message && { message: { id: message.id, sha256: sha256(message.body) } };
  await work.apply(actor, type, fields, { sender: sender.name, origin: sender.origin, ...document });
  return id;
}

/**
 * Before an event is applied, what was due in the whole record when it was received is fired: the outcome never
 * depends on downtime. What fires stays, whatever becomes of the event.
 */
async function catchUp(id: string, receivedAt: string, group: Group): Promise<void> {
  const work = new Work({ ...group, command: '', receivedAt });
  const { self } = await work.actor(id);
  await work.catchUpRecord(self.root, await group.overdue(self.root, receivedAt));
}

async function fire({ deadline }: Fire, receivedAt: string, group: Group): Promise<Outcome> {
  const command = randomUUID();
  const work = new Work({ ...group, command, receivedAt });
  const error = await work.fire(deadline, command);
  if (error) return { error };
  const { version } = await work.actor(deadline.actor);
  return { accepted: { command, actor: deadline.actor, version, at: group.now, repeated: false } };
}

/** Keeps the message; the refusal is told once that is durable. */
async function receive({ message, refusal }: Receive, { changes, now }: Group): Promise<Outcome> {
  const { code, says, particulars } = refusal;
  await keep(message, now, { refusal: { code, says, particulars } }, changes);
  return { error: refusal };
}

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
async function repetition({ idempotency, message }: Repeatable, changes: Changes): Promise<Accepted | null> {
  const receipt = message && (await changes.receipt(message.integration, message.id));
  if (receipt) return answerTo(message, receipt);
  const reply = idempotency && (await changes.reply(idempotency.scope, idempotency.key));
  if (!reply) return null;
  if (reply.fingerprint !== idempotency.fingerprint)
    throw new Refusal('keyReused', {
      sv: 'Nyckeln har redan använts för en annan begäran.',
      en: 'The key has already been used for another request.',
    });
  return { ...(JSON.parse(reply.reply) as Accepted), repeated: true };
}

async function remember(
  { idempotency, message }: Start | Send,
  accepted: Accepted,
  changes: Changes,
): Promise<void> {
  if (idempotency)
    changes.addReply({ ...idempotency, reply: JSON.stringify(accepted), createdAt: accepted.at });
  if (message) await keep(message, accepted.at, accepted, changes);
}

/** Keeps a message with its answer; one that was kept before stays as it came in. */
async function keep(message: Message, now: string, answer: Accepted | Declined, changes: Changes) {
  const { integration, id, tenant, body } = message;
  const before = await changes.receipt(integration, id);
  const came = before ?? {
    integration,
    message: id,
    tenant,
    receivedAt: now,
    body,
    seal: await changes.nextSeal(),
  };
  changes.addReceipt({ ...came, result: JSON.stringify(answer) });
}

interface Declined {
  readonly refusal: Pick<Refusal, 'code' | 'says' | 'particulars'>;
}

/** Refusals that rest on how things stand, and may be otherwise the next time. */
const PASSING: readonly Code[] = ['refused', 'notFound', 'exists', 'stale'];

function answerTo({ body }: Message, receipt: Receipt): Accepted | null {
  if (receipt.body !== body)
    throw new Refusal('keyReused', {
      sv: 'Meddelandets id har redan använts för ett annat meddelande.',
      en: 'The id of the message has already been used for another message.',
    });
  const answer = JSON.parse(receipt.result) as Accepted | Declined;
  if (!('refusal' in answer)) return { ...answer, repeated: true };
  const { code, says, particulars } = answer.refusal;
  if (PASSING.includes(code)) return null;
  throw new Refusal(code, says, particulars);
}
