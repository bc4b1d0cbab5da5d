/** What the database gives without XState and HTTP: groups of rows like those of a transition, durable one by one. */
import { randomUUID } from 'node:crypto';
import { Kysely, sql } from 'kysely';
import { type Database, openDatabase } from '../../db/open.ts';
import { sqliteReader } from '../../db/sqlite.ts';
import type { Tables } from '../../db/tables.ts';
import type { StoredActor } from '../../src/store/actors.ts';
import type { Entry } from '../../src/store/entries.ts';
import { insertSteps, openSteps } from '../../src/store/steps.ts';

/** As much as a transition of the walk writes. */
const SNAPSHOT = 'x'.repeat(2400);
const STEP = 'x'.repeat(500);
const HASH = '0'.repeat(64);
const AT = '2026-11-21T09:00:00.000Z';

export class Raw {
  readonly #db: Database;
  #seq = 0;
  #seals = 0;

  private constructor(db: Database) {
    this.#db = db;
  }

  static async open(filename: string): Promise<Raw> {
    const db = await openDatabase(filename);
    await openSteps(db.writer);
    return new Raw(db);
  }

  /** Transitions in a second, in groups of a size. */
  async perSecond(seconds: number, size: number): Promise<number> {
    const took = await this.#commit(seconds, size);
    return (took.length * size) / (took.reduce((sum, it) => sum + it, 0) / 1000);
  }

  /** Milliseconds of a durable commit of one transition. */
  async median(seconds: number): Promise<number> {
    const took = await this.#commit(seconds, 1);
    return took.sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? Number.NaN;
  }

  async #commit(seconds: number, size: number): Promise<number[]> {
    const actors = Array.from({ length: size }, () => randomUUID());
    const took: number[] = [];
    const until = performance.now() + seconds * 1000;
    for (let version = 1; performance.now() < until; version++) {
      const began = performance.now();
      await this.#group(actors, version);
      took.push(performance.now() - began);
    }
    return took;
  }

  #group(actors: readonly string[], version: number): Promise<void> {
    this.#seals++;
    return insertSteps(this.#db.writer, {
      entries: actors.map((it) => this.#entry(it, version)),
      actors: actors.map((it) => ({ actor: actor(it, version), was: version - 1 })),
      touched: [],
      running: [],
      replies: actors.map(() => ({
        scope: 'raw',
        key: randomUUID(),
        fingerprint: HASH,
        reply: STEP.slice(300),
        createdAt: AT,
      })),
      seal: { number: this.#seals, last: this.#seq, at: AT, prev: HASH, hash: HASH },
    });
  }

  #entry(id: string, version: number): Entry {
    this.#seq++;
    const command = randomUUID();
    const place = { seq: this.#seq, actor: id, version, root: id, tenant: 'raw', command, at: AT };
    return {
      ...place,
      type: 'raw',
      payload: '{}',
      meta: STEP.slice(300),
      step: STEP,
      salt: command,
      content: null,
      prev: HASH,
      hash: HASH,
    };
  }

  close(): Promise<void> {
    return this.#db.close();
  }

  /** Entries for each commit in a database. */
  static async perCommit(filename: string): Promise<number> {
    const db = new Kysely<Tables>({ dialect: sqliteReader(filename) });
    const { rows } = await sql<{ per: number }>`
      select 1.0 * (select count(*) from entry) / (select count(*) from seal) as per`.execute(db);
    await db.destroy();
    return rows[0]?.per ?? Number.NaN;
  }
}

const actor = (id: string, version: number): StoredActor => ({
  id,
  chart: 'raw',
  chartVersion: 1,
  chartHash: HASH,
  parent: null,
  root: id,
  tenant: 'raw',
  version,
  snapshot: `${SNAPSHOT}${version}`,
  head: HASH,
  title: 'raw',
  number: null,
  body: 'ks',
  states: ['administration.drafting'],
  ended: false,
  confidential: false,
  createdAt: AT,
  updatedAt: AT,
  dueAt: null,
});
