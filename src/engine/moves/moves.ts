/** The plans that there are: published as they are, previewed, and carried out in batches that can be taken up again. */
import type { Database } from '../../../db/open.ts';
import type { Json } from '../../../machines/chart.ts';
import { administers } from '../../access/grant.ts';
import { scopeOf } from '../../access/scope.ts';
import { type Batch, batchBy, batchesOf, beginBatch, finishBatch } from '../../store/batches.ts';
import { addPlan, countMoved, storedPlans } from '../../store/moves.ts';
import { claimedPlan } from '../../store/turn.ts';
import { canonical, sha256 } from '../chain.ts';
import type { Idempotency } from '../command.ts';
import type { Engine } from '../engine.ts';
import { authorisePublication, type Sender } from '../parse.ts';
import { ChartFault, Refusal } from '../refusal.ts';
import type { MovePlan } from './plan.ts';
import { type HashedPlan, type MoveSource, prepare } from './prepare.ts';
import { type PublishedPlan, publishedPlan } from './published.ts';
import { readPlan, remainingOf, rootsAfter } from './selection.ts';

/** Records by what became of them; those that the plan had moved before are in none. */
interface Counted {
  moved: number;
  /** Left because they diverge and the plan lets those stay, and because something blocks them. */
  stayed: number;
  blocked: number;
}

/** What became of one batch. */
export interface BatchResult extends Readonly<Counted> {
  readonly number: number;
  /** The record with which it ended; null when it came to the last. */
  readonly last: string | null;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** True where this is the first answer again. */
  readonly repeated: boolean;
}

/** Who asks for a batch: the key, and how many batches there were when it was asked. */
export interface Asked extends Omit<Idempotency, 'fingerprint'> {
  readonly expected: number;
}

export interface Progress {
  /** Records that the plan has moved. */
  readonly moved: number;
  /** Records of which something still runs on a version from which it moves. */
  readonly remaining: number;
  /** Oldest first. */
  readonly batches: readonly Batch[];
}

interface Setting {
  readonly db: Database;
  readonly engine: Engine;
  readonly source: Omit<MoveSource, 'scope'>;
  /** The ids of the municipalities as they are when it is asked. */
  readonly municipalities: () => readonly string[];
}

/** Records of one batch: each is folded twice, which takes some milliseconds. */
const BATCH = 200;
/** Records prepared before they are submitted together: they share a commit. */
const TOGETHER = 20;
/** How often one is prepared anew because something happened to it in between. */
const ATTEMPTS = 5;

export class Moves {
  readonly #set: Setting;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(setting: Setting) {
    this.#set = setting;
  }

  /** @throws Error as `publishedPlan` does. */
  static async open(setting: Setting): Promise<Moves> {
    const moves = new Moves(setting);
    await moves.#published();
    return moves;
  }

  /** Every plan, the oldest first, also those that other servers have published. @throws Error as `open` does. */
  async #published(): Promise<PublishedPlan[]> {
    const { db, engine, source } = this.#set;
    const stored = await storedPlans(db.reader);
    // After the plans: the versions from and to which they move were there before them.
    await engine.keepUp();
    return stored.map((it) => publishedPlan(it, source.registry));
  }

  /** The plans of the municipalities whose routes someone administers, the oldest first. */
  async visibleTo(sender: Sender): Promise<readonly PublishedPlan[]> {
    const isVisible = ({ plan }: PublishedPlan) =>
      plan.municipalities.every((it) => administers(sender.grants, it));
    return (await this.#published()).filter(isVisible);
  }

  /** @throws Refusal `notFound`, `forbidden`. */
  async find(id: string, sender: Sender): Promise<PublishedPlan> {
    const found = (await this.#published()).find((it) => it.plan.id === id);
    if (found) {
      for (const it of found.plan.municipalities) authorisePublication(sender, it);
      return found;
    }
    throw new Refusal('notFound', { sv: `Det finns ingen flytt ”${id}”.`, en: `There is no move "${id}".` });
  }

  /**
   * Publishes a plan; it moves nothing yet. The same again changes nothing.
   * @throws Refusal `forbidden`, `invalid` naming each wrong field, `exists` for another plan of the same id.
   */
  async publish(
    written: Json,
    sender: Sender,
  ): Promise<{ readonly published: PublishedPlan; readonly isNew: boolean }> {
    const { db, engine, source, municipalities } = this.#set;
    await engine.keepUp();
    const plan = readPlan(written, source, municipalities());
    for (const it of plan.municipalities) authorisePublication(sender, it);
    const data = canonical(plan);
    const hash = sha256(data);
    const signed = { publishedAt: source.now(), publishedBy: sender.name };
    const isNew = await addPlan(db.writer, { id: plan.id, hash, data, ...signed });
    const published = (await this.#published()).find((it) => it.plan.id === plan.id);
    if (published?.hash !== hash) throw taken(plan.id);
    return { published, isNew };
  }

  async progress({ plan }: PublishedPlan): Promise<Progress> {
    const { reader } = this.#set.db;
    const batches = await batchesOf(reader, plan.id);
    return { moved: await countMoved(reader, plan.id), remaining: await remainingOf(reader, plan), batches };
  }

  /**
   * Carries out one batch: the records after those of the batch before, each as a whole or not at all. One that was
   * interrupted is taken up where it began; what was moved then is not moved again. After the last record the next
   * batch begins anew with those that have stayed. While another server carries one out, nobody else does.
   * @throws Refusal `notFound`, `forbidden`, `keyReused`, `stale`, `unavailable`.
   */
  run(id: string, sender: Sender, by: Asked): Promise<BatchResult> {
    return this.#inTurn(async () => {
      const published = await this.find(id, sender);
      const { db } = this.#set;
      const result = await claimedPlan(db.writer, id, () => this.#run(published, sender, by));
      return result ?? Promise.reject(stale(await this.#begun(id)));
    });
  }

  /** How many batches of a plan have begun. */
  async #begun(plan: string): Promise<number> {
    return (await batchesOf(this.#set.db.reader, plan)).at(-1)?.number ?? 0;
  }

  async #run({ plan, hash }: PublishedPlan, sender: Sender, { scope, key, expected }: Asked) {
    const { db, source } = this.#set;
    const known = await batchBy(db.reader, scope, key);
    if (known && known.plan !== plan.id) throw keyReused();
    if (known?.result) return { ...(JSON.parse(known.result) as BatchResult), repeated: true };
    const batch = known ?? (await this.#begin(plan, { scope, key, startedBy: sender.name }, expected));
    const roots = await rootsAfter(source, plan, batch.after, BATCH);
    const counted: Counted = { moved: 0, stayed: 0, blocked: 0 };
    for (let at = 0; at < roots.length; at += TOGETHER) {
      const some = roots.slice(at, at + TOGETHER);
      for (const it of await Promise.all(some.map((root) => this.#move({ ...plan, hash }, root, sender))))
        if (it) counted[it] += 1;
    }
    const { number, startedAt } = batch;
    const last = roots.length < BATCH ? null : (roots.at(-1) ?? null);
    const finishedAt = source.now();
    const result: BatchResult = { number, ...counted, last, startedAt, finishedAt, repeated: false };
    await finishBatch(db.writer, batch, finishedAt, JSON.stringify(result));
    return result;
  }

  async #begin(
    plan: MovePlan,
    by: Pick<Batch, 'scope' | 'key' | 'startedBy'>,
    expected: number,
  ): Promise<Batch> {
    const { db, source } = this.#set;
    const before = (await batchesOf(db.reader, plan.id)).at(-1);
    if ((before?.number ?? 0) !== expected) throw stale(before?.number ?? 0);
    const after = before?.result
      ? ((JSON.parse(before.result) as BatchResult).last ?? '')
      : (before?.after ?? '');
    const batch = { plan: plan.id, number: (before?.number ?? 0) + 1, ...by, startedAt: source.now(), after };
    if (!(await beginBatch(db.writer, batch))) throw stale(await this.#begun(plan.id));
    return { ...batch, finishedAt: null, result: null };
  }

  /** @returns what became of it; null where the plan has moved it before. */
  async #move(plan: HashedPlan, root: string, sender: Sender): Promise<keyof Counted | null> {
    const source = { ...this.#set.source, scope: scopeOf(sender.grants) };
    for (let attempt = 1; ; attempt++) {
      const prepared = await prepare(source, plan, root);
      if (prepared.outcome === 'moved') return null;
      if (!prepared.moves) return prepared.outcome === 'diverges' ? 'stayed' : 'blocked';
      const parts = prepared.parts.flatMap(({ actor: { id: actor, version: expected }, made }) =>
        'payload' in made ? [{ actor, expected, payload: made.payload }] : [],
      );
      try {
        await this.#set.engine.submit({ kind: 'move', root, parts, sender });
        return 'moved';
      } catch (error) {
        if (!isItsOwn(error)) throw error;
        const isStale = error instanceof Refusal && error.code === 'stale';
        if (!isStale || attempt === ATTEMPTS) return 'blocked';
      }
    }
  }

  /** One thing at a time: two batches would prepare the same records. */
  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const done = this.#last.then(run);
    this.#last = done.catch(() => {});
    return done;
  }
}

/** Whether it is the trouble of one record, and not of all: what cannot be saved ends the batch. */
const isItsOwn = (error: unknown): boolean =>
  error instanceof ChartFault || (error instanceof Refusal && error.code !== 'unavailable');

const stale = (version: number): Refusal =>
  new Refusal(
    'stale',
    {
      sv: 'Flytten har gått vidare sedan du såg den.',
      en: 'The move has gone on since you saw it.',
    },
    { version },
  );

const taken = (id: string): Refusal =>
  new Refusal('exists', {
    sv: `Flytten ”${id}” finns redan med annat innehåll. Det som är publicerat ändras inte: ge planen ett nytt namn.`,
    en: `The move "${id}" exists already with another content. What is published does not change: give the plan a new name.`,
  });

const keyReused = (): Refusal =>
  new Refusal('keyReused', {
    sv: 'Nyckeln har redan använts för en annan begäran.',
    en: 'The key has already been used for another request.',
  });
