/**
 * A database as it is after years: copies of a few lives, under ids and numbers of their own, with every chain made
 * anew. The store writes them, with the database told not to wait for the disk: nothing is lost that cannot be made
 * again.
 */
import { randomUUID } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import { openDatabase } from '../../db/open.ts';
import type { Trx } from '../../db/tables.ts';
import { builtIn } from '../../machines/registry.ts';
import { GENESIS, hashOf } from '../../src/engine/chain.ts';
import { releaseDefinitions } from '../../src/engine/definitions.ts';
import { sealAfter, UNSEALED } from '../../src/engine/seal.ts';
import { type StoredActor, writeActors } from '../../src/store/actors.ts';
import { type Deadline, replaceDeadlines } from '../../src/store/deadlines.ts';
import { appendEntries, type Entry } from '../../src/store/entries.ts';
import { setPurpose } from '../../src/store/installation.ts';
import { addToOutbox, type OutboxMessage } from '../../src/store/outbox.ts';
import { addSeal, type Seal } from '../../src/store/seals.ts';
import { type Term, writeTerms } from '../../src/store/terms.ts';
import { openNodeSqlite } from '../store/node-sqlite.ts';
import { type Life, lives, NUMBER } from './lives.ts';

/** Entries that are written together, of matters that are in motion at the same time. */
const WAVE = 10_000;
/** Entries that were committed together. */
const GROUP = 64;

interface Wave extends Omit<Life, 'copies'> {
  readonly seals: readonly Seal[];
}

/** Fills a new file with so many matters. @returns how many entries its log has. */
export async function grow(filename: string, matters: number): Promise<number> {
  const db = await openDatabase(filename, openNodeSqlite);
  const fast = ['journal_mode = off', 'synchronous = off', 'cache_size = -500000'];
  for (const it of fast) await db.writer.executeQuery(CompiledQuery.raw(`pragma ${it}`));
  const now = Date.now();
  const growth = new Growth();
  let writing = Promise.resolve();
  for (const life of await lives(now)) {
    const template = templateOf(life);
    for (let left = life.copies(matters); left > 0; ) {
      const count = Math.min(left, Math.ceil(WAVE / life.entries.length));
      const wave = growth.waveOf(template, count);
      await writing;
      writing = db.writer.transaction().execute((trx) => write(trx, wave));
      left -= count;
    }
  }
  await writing;
  await releaseDefinitions(db, builtIn(), new Date(now).toISOString());
  await setPurpose(db.writer, 'demo');
  await db.close();
  return growth.last;
}

async function write(trx: Trx, { entries, actors, deadlines, outbox, seals }: Wave): Promise<void> {
  await appendEntries(trx, entries);
  await writeActors(
    trx,
    actors.map((actor) => ({ actor, was: 0 })),
  );
  await replaceDeadlines(trx, [], deadlines);
  await addToOutbox(trx, outbox);
  for (const seal of seals) await addSeal(trx, seal);
  await writeTerms(trx, actors.flatMap(termsOf));
}

const termsOf = ({ id, root, tenant, number, title }: StoredActor): readonly Term[] =>
  id === root
    ? [{ record: root, tenant, kind: 'text', text: `${number ?? ''} ${title}`, instead: false }]
    : [];

/** What of a text is another in each copy stands at every second place. */
type Text = readonly string[];

/** A life, with its texts taken apart. */
interface Template {
  readonly life: Life;
  readonly roots: readonly string[];
  readonly commands: readonly string[];
  partsOf(text: string): Text;
}

function templateOf(life: Life): Template {
  const roots = [...new Set(life.entries.map((it) => it.root))];
  const commands = [...new Set(life.entries.map((it) => it.command))];
  const own = [...roots, ...commands, ...life.entries.map((it) => it.hash), NUMBER.source];
  const pattern = new RegExp(`(${own.join('|')})`);
  const known = new Map<string, Text>();
  const partsOf = (text: string) => {
    const parts = known.get(text) ?? text.split(pattern);
    known.set(text, parts);
    return parts;
  };
  return { life, roots, commands, partsOf };
}

class Growth {
  /** The position of the last entry. */
  last = 0;
  #seal = UNSEALED;
  #matters = 0;
  #waves = 0;

  /** Copies of a life that were lived at the same time, step by step. */
  waveOf(template: Template, count: number): Wave {
    this.#waves++;
    const { life } = template;
    const entries: Entry[] = [];
    const actors: StoredActor[] = [];
    const deadlines: Deadline[] = [];
    const outbox: OutboxMessage[] = [];
    for (let copy = 0; copy < count; copy++) {
      const own = this.#ownOf(template);
      const say = (text: string) => spoken(template.partsOf(text), own);
      life.entries.forEach((it, step) => {
        const place = step * count + copy;
        entries[place] = this.#entry(it, this.last + place + 1, own, say);
      });
      actors.push(...life.actors.map((it) => copied(it, say)));
      deadlines.push(...life.deadlines.map((it) => ({ ...it, actor: say(it.actor), root: say(it.root) })));
      for (const it of life.outbox)
        outbox.push({ ...it, id: say(it.id), actor: say(it.actor), payload: say(it.payload) });
    }
    return { entries, actors, deadlines, outbox, seals: this.#seals(entries) };
  }

  /** What a copy has instead of what the life had. */
  #ownOf({ life, roots, commands }: Template): Map<string, string> {
    const own = new Map<string, string>();
    // Ids come in the order in which the records did, as far as their index is concerned.
    const beginning = this.#waves.toString(16).padStart(8, '0');
    for (const it of roots) own.set(it, beginning + randomUUID().slice(8));
    for (const it of commands) own.set(it, randomUUID());
    this.#matters++;
    const number = life.actors.map((it) => NUMBER.exec(it.number ?? '')?.[0]).find((it) => it !== undefined);
    if (number !== undefined) own.set(number, String(100_000 + this.#matters));
    return own;
  }

  #entry(entry: Entry, seq: number, own: Map<string, string>, say: (text: string) => string): Entry {
    const { actor, root, command, payload, meta, step, prev } = entry;
    const copy = {
      ...entry,
      seq,
      actor: say(actor),
      root: say(root),
      command: say(command),
      payload: say(payload),
      meta: say(meta),
      step: say(step),
      salt: randomUUID(),
      prev: prev === GENESIS ? GENESIS : say(prev),
    };
    const hash = hashOf(copy);
    own.set(entry.hash, hash);
    return { ...copy, hash };
  }

  #seals(entries: readonly Entry[]): Seal[] {
    const seals: Seal[] = [];
    for (let from = 0; from < entries.length; from += GROUP) {
      const group = entries.slice(from, from + GROUP);
      this.#seal = sealAfter(this.#seal, group.at(-1)?.at ?? '', { entries: group, documents: [] });
      seals.push(this.#seal);
    }
    this.last += entries.length;
    return seals;
  }
}

const spoken = (parts: Text, own: ReadonlyMap<string, string>): string => {
  if (parts.length === 1) return parts[0] ?? '';
  return parts.map((it, place) => (place % 2 === 0 ? it : (own.get(it) ?? it))).join('');
};

const copied = (actor: StoredActor, say: (text: string) => string): StoredActor => ({
  ...actor,
  id: say(actor.id),
  parent: actor.parent === null ? null : say(actor.parent),
  root: say(actor.root),
  snapshot: say(actor.snapshot),
  head: say(actor.head),
  title: say(actor.title),
  number: actor.number === null ? null : say(actor.number),
});
