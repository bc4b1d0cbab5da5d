/** What a redaction would make of one record: its logs without what people wrote, folded to the same course. */
import type { Db } from '../../../db/tables.ts';
import type { Chart, Circumstances, Json, JsonObject } from '../../../machines/chart.ts';
import type { Label } from '../../../machines/label.ts';
import type { Registry } from '../../../machines/registry.ts';
import { actorsOfRoot, type StoredActor } from '../../store/actors.ts';
import { type Entry, entriesOfActor } from '../../store/entries.ts';
import type { Receipt } from '../../store/receipts.ts';
import type { Redaction } from '../../store/redactions.ts';
import { DEADLINE, type RecordedStep, STARTED } from '../actor.ts';
import { canonical, causedId, contentOf } from '../chain.ts';
import { MOVED, type MovedPayload } from '../moves/moved.ts';
import { fold } from '../replay.ts';
import { bodyContentOf } from '../seal.ts';
import { documentsOf, emptied } from './documents.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { REDACTED, type RedactedEntry, type RedactedPayload, remainderOf } from './redacted.ts';
import { planned, type Text, textsIn } from './texts.ts';

export interface RetentionSource {
  readonly db: Db;
  readonly registry: Registry;
}

/** By what it is redacted, and which fields stay although people wrote them. */
export interface Terms {
  readonly decision: string;
  readonly keeps: readonly string[];
}

/** One actor with something to redact. */
export interface RedactedPart {
  readonly actor: string;
  /** The version that it was prepared for: one that has gone on since is not redacted by it. */
  readonly expected: number;
  /** What its log gives, redacted. Canonical JSON. */
  readonly snapshot: string;
  readonly payload: RedactedPayload;
}

export interface Prepared {
  readonly root: string;
  readonly parts: readonly RedactedPart[];
  readonly copies: Redaction;
  /** Actors of other records that were told something by this one, or started: what they noted of it is theirs. */
  readonly told: readonly string[];
  /** The plans that moved something of it, which stay as they were published. */
  readonly plans: readonly string[];
}

/** An entry that, redacted, would not be taken as it was: nothing of the record is redacted. */
export interface Unfoldable {
  readonly root: string;
  readonly actor: string;
  readonly version: number;
  readonly says: Label;
}

interface Log {
  readonly actor: StoredActor;
  readonly entries: readonly Entry[];
}

/** Reads and computes, and writes nothing. */
export async function prepareRedaction(
  { db, registry }: RetentionSource,
  root: string,
  terms: Terms,
): Promise<Prepared | Unfoldable> {
  const logs: Log[] = [];
  for (const actor of await actorsOfRoot(db, 'everything', root))
    logs.push({ actor, entries: await entriesOfActor(db, actor.id) });
  const own = new Set(logs.map((it) => it.actor.id));
  const receipts = await documentsOf(db, root, own);
  const redacted = redactedEntries(logs, registry, terms, receipts);
  const parts: RedactedPart[] = [];
  const outbox: { id: string; payload: string }[] = [];
  const told = new Set<string>();
  for (const { actor, entries } of logs) {
    const now = entries.map((it) => redacted.get(it.seq)?.entry ?? it);
    const made = refolded(actor, now, registry);
    if ('says' in made) return { root, ...made };
    for (const it of made.told) if (!own.has(it)) told.add(it);
    const documents =
      actor.id === root ? receipts.map(({ integration, message }) => ({ integration, message })) : [];
    const changed = entries.flatMap(({ seq }) => redacted.get(seq)?.says ?? []);
    if (changed.length + documents.length === 0) continue;
    outbox.push(...made.outbox);
    const payload = { decision: terms.decision, entries: changed, documents };
    parts.push({ actor: actor.id, expected: actor.version, snapshot: made.snapshot, payload });
  }
  const entries = [...redacted.values()].map((it) => it.entry);
  const documents = receipts.map((it) => emptied(it, terms.decision));
  const copies = { root, actors: [...own], entries, outbox, documents };
  return { root, parts, copies, told: [...told].sort(), plans: plansIn(logs) };
}

function plansIn(logs: readonly Log[]): readonly string[] {
  const moves = logs.flatMap((it) => it.entries).filter((it) => it.type === MOVED);
  return [...new Set(moves.map((it) => (JSON.parse(it.payload) as MovedPayload).plan))].sort();
}

interface Changed {
  readonly entry: Entry;
  readonly says: RedactedEntry;
}

/** The entries that say something else without what people wrote, by their place in the log of the database. */
function redactedEntries(
  logs: readonly Log[],
  registry: Registry,
  { keeps }: Terms,
  receipts: readonly Receipt[],
): Map<number, Changed> {
  const all = logs.flatMap((it) => it.entries).sort((a, b) => a.seq - b.seq);
  const pseudonyms = new Pseudonyms();
  for (const { payload, meta } of all) pseudonyms.know(payload + meta);
  const changed = new Map<number, Changed>();
  for (const entry of all) {
    if (entry.type === REDACTED) continue;
    const said: JsonObject = { payload: JSON.parse(entry.payload), meta: JSON.parse(entry.meta) };
    const instead = new Map<string, Json>();
    for (const { pointer, field, text } of [...writtenIn(entry, said, registry), ...personsIn(said)]) {
      const it = keeps.includes(field) || isActor(text) ? null : pseudonyms.of(text);
      if (it !== null) instead.set(pointer, it);
    }
    const commitment = commitmentIn(said, receipts);
    if (commitment !== null) instead.set('/meta/message/sha256', commitment);
    if (instead.size > 0) changed.set(entry.seq, redactedBy(entry, said, instead));
  }
  return changed;
}

function redactedBy(entry: Entry, said: Json, instead: ReadonlyMap<string, Json>): Changed {
  const { payload, meta } = replaced(said, instead) as { payload: Json; meta: Json };
  const content = entry.content ?? contentOf(entry);
  const now: Entry = { ...entry, payload: canonical(payload), meta: canonical(meta), salt: null, content };
  const { version } = entry;
  return { entry: now, says: { version, sha256: remainderOf(now), fields: [...instead.keys()] } };
}

/** What people wrote in the payload of an entry, by the declaration of its event; documents that the route names stay. */
function writtenIn({ type, step, actor }: Entry, { payload = null }: JsonObject, registry: Registry): Text[] {
  const within = (it: Text): Text => ({ ...it, pointer: `/payload${it.pointer}` });
  if (type.startsWith(DEADLINE)) return [];
  const chart = chartOf(step, registry);
  if (type === MOVED) return [...textsIn(planned(chart), payload)].map(within);
  if (type === STARTED) return [...textsIn(chart.input, inputIn(payload), '', '/input')].map(within);
  const declared = chart.events[type];
  if (!declared) throw new Error(`${actor}: ${chart.name} does not declare ${type}`);
  const isAskedFor = ({ field, text }: Text) =>
    field === 'material' && JSON.stringify(chart.data).includes(JSON.stringify(text));
  return [...textsIn(declared.fields, payload)].filter((it) => !isAskedFor(it)).map(within);
}

const inputIn = (payload: Json): Json => (payload as { input: Json }).input;

/** @throws Error when it is not registered. */
function chartOf(step: string, registry: Registry): Chart {
  const { chart, chartVersion } = JSON.parse(step) as RecordedStep;
  const found = registry.find(chart, chartVersion);
  if (!found) throw new Error(`${chart}@${chartVersion} is not registered`);
  return found;
}

/** The people that the circumstances of an entry name. */
function personsIn({ meta = null }: JsonObject): Text[] {
  const { sender, origin, triedBy, acting, addressees = [] } = meta as unknown as Circumstances;
  const text = (pointer: string, it: string | null | undefined): Text[] =>
    it == null ? [] : [{ pointer: `/meta/${pointer}`, field: pointer, text: it }];
  return [
    ...(origin === 'person' ? text('sender', sender) : []),
    ...text('triedBy', triedBy),
    ...text('acting/for', acting?.for),
    ...addressees.flatMap((it, index) => text(`addressees/${index}/name`, it.name)),
  ];
}

/** Whoever started or told something may be an actor: its id begins with that of its record. */
const isActor = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.|$)/.test(text);

/** The hash of a received message has no salt: in its place comes the commitment that its seal covers. */
function commitmentIn({ meta = null }: JsonObject, receipts: readonly Receipt[]): string | null {
  const { message, sender } = meta as unknown as Circumstances;
  const receipt = receipts.find((it) => it.message === message?.id && it.integration === sender);
  return receipt ? bodyContentOf(receipt) : null;
}

/** A value with others in some places. */
function replaced(value: Json, instead: ReadonlyMap<string, Json>, pointer = ''): Json {
  const other = instead.get(pointer);
  if (other !== undefined) return other;
  if (value === null || typeof value !== 'object') return value;
  const at = (key: string | number) =>
    `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  if (Array.isArray(value)) return value.map((it: Json, index) => replaced(it, instead, at(index)));
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, it]) => [key, replaced(it, instead, at(key))]),
  );
}

type Refolded =
  | { snapshot: string; outbox: { id: string; payload: string }[]; told: string[] }
  | Omit<Unfoldable, 'root'>;

/** The course of a log is what it was, entry by entry, or the first where it is not. */
function refolded({ id: actor }: StoredActor, entries: readonly Entry[], registry: Registry): Refolded {
  const outbox: { id: string; payload: string }[] = [];
  const told: string[] = [];
  let done = 0;
  let snapshot = '';
  try {
    for (const { entry, recorded, step } of fold(entries, registry)) {
      const same = canonical([recorded.to, recorded.taken]) === canonical([step.states, step.taken]);
      if (!same) return { actor, version: entry.version, says: elsewhere(entry) };
      for (const [index, effect] of step.effects.entries()) {
        if (effect.kind === 'publish')
          outbox.push({ id: causedId(entry, index), payload: canonical(effect.payload) });
        if (effect.kind === 'tell') told.push(...effect.to);
        if (effect.kind === 'start') told.push(`${actor}.${effect.key}`);
      }
      snapshot = step.text;
      done += 1;
    }
  } catch {
    const entry = entries[done];
    return { actor, version: done + 1, says: elsewhere(entry) };
  }
  return { snapshot, outbox, told };
}

const elsewhere = (entry: Entry | undefined): Label => ({
  sv: `Utan det som skrevs skulle ”${entry?.type}” inte ge samma steg: det som skrevs före behövs för att spela om det.`,
  en: `Without what was written "${entry?.type}" would not give the same step: what was written before is needed to replay it.`,
});
