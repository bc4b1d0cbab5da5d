import { type Selectable, sql } from 'kysely';
import type { Db, DeadlineTable, Trx } from '../../db/tables.ts';
import type { Scope } from '../access/scope.ts';
import { listed, pieces } from './rows.ts';
import { seen } from './seen.ts';
import { tenantsIn } from './tenants.ts';

/** A deadline that is running: that of one state of one actor. */
export interface Deadline {
  readonly actor: string;
  readonly state: string;
  readonly name: string;
  readonly tenant: string;
  readonly root: string;
  /** The actor's version that set it; a deadline of a state left and entered again has another. */
  readonly epoch: number;
  /** The first instant after the last day. */
  readonly dueAt: string;
  readonly lastDay: string;
  readonly failure: string | null;
}

const toDeadline = (row: Selectable<DeadlineTable>): Deadline => ({
  actor: row.actor,
  state: row.state,
  name: row.name,
  tenant: row.tenant,
  root: row.root,
  epoch: row.epoch,
  dueAt: row.due_at,
  lastDay: row.last_day,
  failure: row.failure,
});

export const toRow = (deadline: Deadline): DeadlineTable => ({
  actor: deadline.actor,
  state: deadline.state,
  name: deadline.name,
  tenant: deadline.tenant,
  root: deadline.root,
  epoch: deadline.epoch,
  due_at: deadline.dueAt,
  last_day: deadline.lastDay,
  failure: deadline.failure,
});

export type DeadlineKey = Pick<Deadline, 'actor' | 'state' | 'name'>;

export const sameDeadline = (a: DeadlineKey, b: DeadlineKey): boolean =>
  a.actor === b.actor && a.state === b.state && a.name === b.name;

/** The order in which deadlines fire: the earliest first, and those of one instant always in the same order. */
const ORDER = sql`due_at, actor, state, name`;

export const byDue = (a: Deadline, b: Deadline): number =>
  compare(a.dueAt, b.dueAt) ||
  compare(a.actor, b.actor) ||
  compare(a.state, b.state) ||
  compare(a.name, b.name);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export async function deadlinesOfActors(db: Db, actors: readonly string[]): Promise<Deadline[]> {
  if (actors.length === 0) return [];
  const among = listed(
    db,
    actors.map((it) => [it]),
  );
  const rows = await db
    .selectFrom('deadline')
    .selectAll()
    .where(sql<boolean>`actor in ${among}`)
    .orderBy(ORDER)
    .execute();
  return rows.map(toDeadline);
}

/** Deadlines due at an instant, in the order in which they fire, those after a given one. */
export async function dueDeadlines(
  db: Db,
  now: string,
  limit: number,
  after: Deadline | null = null,
): Promise<Deadline[]> {
  let query = due(db, now).orderBy(ORDER).limit(limit);
  if (after) {
    const { dueAt, actor, state, name } = after;
    query = query.where(sql<boolean>`(due_at, actor, state, name) > (${dueAt}, ${actor}, ${state}, ${name})`);
  }
  return (await query.execute()).map(toDeadline);
}

/** Those of a record and its parts, in the order in which they fire. */
export async function dueDeadlinesOfRoot(db: Db, root: string, now: string): Promise<Deadline[]> {
  const rows = await due(db, now).where('root', '=', root).orderBy(ORDER).execute();
  return rows.map(toDeadline);
}

const due = (db: Db, now: string) =>
  db.selectFrom('deadline').selectAll().where('due_at', '<=', now).where('failure', 'is', null);

/** How many deadlines are due and not set aside, counted up to `most`. */
export async function countDue(db: Db, now: string, most: number): Promise<number> {
  const { n } = await db
    .selectFrom(due(db, now).limit(most).as('due'))
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** When the next deadline falls due, or null. */
export async function nextDue(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('deadline')
    .select('due_at')
    .where('failure', 'is', null)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at ?? null;
}

/** What runs in a municipality of what is seen, the earliest first. */
export async function upcomingDeadlines(
  db: Db,
  scope: Scope,
  tenant: string | undefined,
  limit: number,
): Promise<Deadline[]> {
  const found: Deadline[] = [];
  for (const one of await tenantsIn(db, scope, tenant)) {
    const rows = await db
      .selectFrom('deadline')
      .selectAll()
      .where('deadline.tenant', '=', one)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('actor').select('id').whereRef('actor.id', '=', 'deadline.actor').where(seen(scope)),
        ),
      )
      .orderBy('due_at')
      .limit(limit)
      .execute();
    found.push(...rows.map(toDeadline));
  }
  return found.sort(byDue).slice(0, limit);
}

export const columns = [
  'actor',
  'state',
  'name',
  'tenant',
  'root',
  'epoch',
  'due_at',
  'last_day',
  'failure',
] as const;

/** Writes the deadlines that run now in the place of those that were set, cancelled or set aside. */
export async function replaceDeadlines(
  trx: Trx,
  touched: readonly DeadlineKey[],
  running: readonly Deadline[],
): Promise<void> {
  for (const piece of pieces(touched)) {
    const keys = sql.join(piece.map((it) => sql`(${it.actor}, ${it.state}, ${it.name})`));
    await trx.deleteFrom('deadline').where(sql<boolean>`(actor, state, name) in (values ${keys})`).execute();
  }
  for (const piece of pieces(running)) await trx.insertInto('deadline').values(piece.map(toRow)).execute();
}

/** Lets deadlines that were set aside be tried again. */
export async function retryFailed(db: Db): Promise<void> {
  await db.updateTable('deadline').set({ failure: null }).where('failure', 'is not', null).execute();
}
