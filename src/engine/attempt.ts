/** One command of a group: parsed, carried out on a layer of its own, laid onto the group's. It fails alone. */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../machines/chart.ts';
import type { Role } from '../../machines/roles.ts';
import { capacityOf, type Place } from '../access/grant.ts';
import { sees } from '../access/scope.ts';
import { type Deadline, sameDeadline } from '../store/deadlines.ts';
import type { Reply } from '../store/replies.ts';
import { type Actor, contextOf, isSeen, placeOf } from './actor.ts';
import { canonical, sha256 } from './chain.ts';
import { Changes } from './changes.ts';
import type {
  Accepted,
  Command,
  Fire,
  Idempotency,
  Move,
  Receive,
  Redact,
  Retry,
  Send,
  Start,
} from './command.ts';
import { assertDays } from './days.ts';
import { hashOfChart } from './definitions.ts';
import type { Blocked } from './moves/blocked.ts';
import { misfit } from './moves/fitting.ts';
import { violated } from './moves/kept.ts';
import { actorsNamedIn } from './named.ts';
import { withBodies } from './named-bodies.ts';
import { numbered } from './numbering.ts';
import { onDuty } from './on-duty.ts';
import {
  authorise,
  authorisePublication,
  authoriseRedaction,
  authoriseRetry,
  authoriseStart,
  declarationOf,
  parseFields,
  type Sender,
} from './parse.ts';
import { type ChartFault, noReceiver, notFound, Refusal } from './refusal.ts';
import { answeredBy, keep, remember, repetition } from './repetition.ts';
import { leaves } from './step.ts';
import { type Setting, Work } from './work.ts';

/** What the commands of a group share. */
export interface Group extends Omit<Setting, 'command' | 'receivedAt'> {
  /** The stored deadlines of a record and its parts that were due at an instant. */
  overdue(root: string, at: string): Promise<readonly Deadline[]>;
  /** What a key has been answered, in what is stored. */
  answered(key: Idempotency): Promise<Reply | null>;
}

export type Outcome = { readonly accepted: Accepted } | { readonly error: unknown };

/**
 * Never throws: what is thrown on the way is the command's own answer. A key is taken to be new, until the group is
 * written or the command is refused: what was carried out once is mostly refused a second time.
 */
export async function attempt(command: Command, receivedAt: string, group: Group): Promise<Outcome> {
  const outcome = await attempted(command, receivedAt, group);
  if ('accepted' in outcome || !('idempotency' in command && command.idempotency)) return outcome;
  try {
    const reply = await group.answered(command.idempotency);
    return reply ? { accepted: answeredBy(reply, command.idempotency) } : outcome;
  } catch (error) {
    return { error };
  }
}

async function attempted(command: Command, receivedAt: string, group: Group): Promise<Outcome> {
  try {
    if (command.kind === 'fire') return await fire(command, receivedAt, group);
    const again = await repetition(command, group.changes);
    if (again) return { accepted: again };
    if (command.kind === 'receive') return await receive(command, group);
    if (command.kind === 'retry')
      return { accepted: await retry(timely(command, receivedAt, group), receivedAt, group) };
    if (command.kind === 'send') await catchUp(command.actor, receivedAt, group);
    if (command.kind === 'move' || command.kind === 'redact') await catchUp(command.root, receivedAt, group);
    return { accepted: await carryOut(timely(command, receivedAt, group), receivedAt, group) };
  } catch (error) {
    return { error };
  }
}

/** The command with what its sender may on the day of its receipt. */
function timely<C extends { readonly sender: Sender }>(command: C, receivedAt: string, group: Group): C {
  const sender = onDuty(command.sender, receivedAt, group.calendarOf);
  return sender === command.sender ? command : { ...command, sender };
}

async function carryOut(
  command: Start | Send | Move | Redact,
  receivedAt: string,
  group: Group,
): Promise<Accepted> {
  const changes = new Changes(group.changes);
  const id = randomUUID();
  const work = new Work({ ...group, changes, command: id, receivedAt });
  const actor = await begun(command, work, group, changes);
  await work.settle();
  const accepted = acceptedAs(id, await work.actor(actor), group);
  await remember(command, accepted, changes);
  group.changes.absorb(changes);
  return accepted;
}

/** @returns the id of the actor that the command is about. */
function begun(
  command: Start | Send | Move | Redact,
  work: Work,
  group: Group,
  changes: Changes,
): Promise<string> {
  if (command.kind === 'start') return start(command, work, group, changes);
  if (command.kind === 'redact') return redact(command, work, changes);
  return command.kind === 'send' ? send(command, work, group) : move(command, work, group);
}

async function start(
  { chart: name, tenant, input, found = {}, series = {}, sender }: Start,
  work: Work,
  { registry, registerOf }: Group,
  changes: Changes,
): Promise<string> {
  const chart = registry.latest(name);
  if (!chart?.record)
    throw new Refusal('notFound', {
      sv: `Det finns ingen ”${name}” att starta.`,
      en: `There is no "${name}" to start.`,
    });
  const { body, confidential } = chart.card({ ...chart.context, ...input });
  const place = { tenant, body };
  authoriseStart(chart.record.startedBy, sender, place, confidential ? MARK : undefined);
  const id = randomUUID();
  const self = { id, parent: null, root: id, tenant };
  const by = asWhom(sender, place, chart.record.startedBy);
  const stated = await numbered({ ...input, ...found }, series, changes);
  const fields = parseFields(
    chart.input,
    withBodies(chart.input, stated, () => registerOf(tenant)),
  );
  assertDays(chart.input, fields, () => work.today(tenant));
  await assertNamesSeen(input, sender, tenant, work);
  await work.begin(self, chart, fields, by);
  return id;
}

/** Who does it, and in whose place where it is not by a role of their own. */
function asWhom({ name: sender, origin, grants }: Sender, place: Place, by: readonly Role[], type?: string) {
  const acting = capacityOf(grants, place, by, type);
  return { sender, origin, ...(acting && { acting }) };
}

/** What the sender does not see does not exist for them. @throws Refusal `notFound`. */
async function seenBy({ grants }: Sender, id: string, work: Work): Promise<Actor> {
  const actor = await work.actor(id);
  if (await isSeen(actor, grants, (it) => work.actor(it))) return actor;
  throw notFound(id);
}

/** A record that is marked from its beginning is started by those who may mark it. */
const MARK = 'secrecy.mark';

async function send(
  { actor: id, among, expected, type, payload, sender, message }: Send,
  work: Work,
  { registerOf }: Group,
): Promise<string> {
  const actor = await seenBy(sender, id, work);
  if (among && !among(actor.chart)) throw notFound(id);
  const declaration = declarationOf(actor.chart, type);
  const place = placeOf(actor, registerOf(actor.self.tenant));
  authorise(declaration, type, sender, place, actor.chart.law(contextOf(actor)));
  const fields = parseFields(
    declaration.fields,
    withBodies(declaration.fields, payload, () => registerOf(actor.self.tenant)),
  );
  assertDays(declaration.fields, fields, () => work.today(actor.self.tenant));
  await assertNamesSeen(fields, sender, actor.self.tenant, work);
  if (expected !== undefined && expected !== actor.version) throw stale(actor);
  const document = message && {
    message: { id: message.id, sha256: sha256(message.body) },
    ...(message.triedBy !== undefined && { triedBy: message.triedBy }),
  };
  await work.apply(actor, type, fields, {
    ...asWhom(sender, place, declaration.by, type),
    ...document,
  });
  return id;
}

/**
 * What is named and whoever names it does not see does not exist for them either: the other would answer with what it
 * is called.
 * @throws Refusal `refused`.
 */
async function assertNamesSeen(
  stated: JsonObject,
  { grants }: Sender,
  tenant: string,
  work: Work,
): Promise<void> {
  if (sees(grants, { tenant, confidential: true })) return;
  for (const id of actorsNamedIn(canonical(stated))) {
    const named = await work.known(id);
    if (named?.self.tenant === tenant && !(await isSeen(named, grants, (it) => work.actor(it))))
      throw noReceiver(id);
  }
}

/** What was prepared is what happens to what the sender sees, or nothing does. */
async function move({ root, parts, sender }: Move, work: Work, { registry }: Group): Promise<string> {
  const { name: by, origin } = sender;
  for (const { actor: id, expected, payload } of parts) {
    const actor = await seenBy(sender, id, work);
    authorisePublication(sender, actor.self.tenant);
    if (expected !== actor.version || payload.from.version !== actor.chart.version) throw stale(actor);
    const chart = registry.find(actor.chart.name, payload.to.version);
    if (!chart || hashOfChart(chart) !== payload.to.hash)
      throw new Error(`${actor.chart.name}@${payload.to.version} is not what the move was prepared for`);
    assertLawful(misfit(actor, chart, payload.context));
    await work.move(actor, chart, payload, { sender: by, origin });
    assertLawful(violated(actor, await work.actor(id)));
  }
  return root;
}

function assertLawful(blocked: Blocked | null): void {
  if (blocked) throw new Refusal('refused', blocked.says);
}

/** What was prepared is what stands afterwards, or all stays. */
async function redact(
  { root, parts, copies, sender }: Redact,
  work: Work,
  changes: Changes,
): Promise<string> {
  for (const part of parts) {
    const actor = await work.actor(part.actor);
    authoriseRedaction(sender, actor.self.tenant);
    if (part.expected !== actor.version) throw stale(actor);
    await work.redact(
      actor,
      part,
      asWhom(sender, { tenant: actor.self.tenant, body: null }, ['administrator']),
    );
  }
  changes.redactions.push(copies);
  return root;
}

const stale = ({ version }: Actor): Refusal =>
  new Refusal(
    'stale',
    { sv: 'Det har ändrats sedan du såg det.', en: 'It has changed since you saw it.' },
    { version },
  );

/**
 * Before an event is applied, what was due in the whole record when it was received is fired: the outcome never
 * depends on downtime. What fires stays, whatever becomes of the event.
 */
async function catchUp(id: string, receivedAt: string, group: Group): Promise<void> {
  const work = new Work({ ...group, command: '', receivedAt });
  const { self } = await work.actor(id);
  await work.catchUpRecord(self.root, await group.overdue(self.root, receivedAt));
}

/** After what its record had due before it, and what falls due by that: a tick knows only what was stored. */
async function fire({ deadline }: Fire, receivedAt: string, group: Group): Promise<Outcome> {
  const { root, dueAt } = deadline;
  const before = new Work({ ...group, command: '', receivedAt: dueAt });
  await before.catchUpRecord(root, await group.overdue(root, dueAt), deadline);
  const command = randomUUID();
  const work = new Work({ ...group, command, receivedAt });
  const error = await work.fire(deadline, command);
  if (error) return { error };
  return { accepted: acceptedAs(command, await work.actor(deadline.actor), group) };
}

const acceptedAs = (
  command: string,
  { self, version, chart, snapshot }: Actor,
  { now }: Group,
): Accepted => ({
  command,
  actor: self.id,
  version,
  chart: chart.name,
  chartVersion: chart.version,
  states: leaves(snapshot),
  at: now,
  repeated: false,
});

/** A deadline that was set aside, once more: as of its own day, with the name of whoever had it tried. */
async function retry(
  { deadline: key, sender, idempotency }: Retry,
  receivedAt: string,
  group: Group,
): Promise<Accepted> {
  const command = randomUUID();
  const work = new Work({ ...group, command, receivedAt });
  const actor = await seenBy(sender, key.actor, work);
  authoriseRetry(sender, placeOf(actor, group.registerOf(actor.self.tenant)));
  const { deadlines } = actor;
  const failed = deadlines.find((it) => it.failure !== null && sameDeadline(it, key));
  if (!failed) throw nothingFailed();
  const error = await work.fire(failed, command, sender.name);
  if (error) throw error instanceof Refusal ? error : stillFaulty(error);
  const accepted = acceptedAs(command, await work.actor(key.actor), group);
  await remember({ ...(idempotency && { idempotency }) }, accepted, group.changes);
  return accepted;
}

const nothingFailed = (): Refusal =>
  new Refusal('refused', {
    sv: 'Det finns ingen sådan frist som inte kunde verkställas.',
    en: 'There is no such deadline that could not be carried out.',
  });

const stillFaulty = ({ message }: ChartFault): Refusal =>
  new Refusal('refused', {
    sv: `Fristen kan fortfarande inte verkställas: ${message}`,
    en: `The deadline still cannot be carried out: ${message}`,
  });

/** Keeps the message; the refusal is told once that is durable. */
async function receive({ message, refusal }: Receive, { changes, now }: Group): Promise<Outcome> {
  const { code, says, particulars } = refusal;
  await keep(message, now, { refusal: { code, says, particulars } }, changes);
  return { error: refusal };
}
