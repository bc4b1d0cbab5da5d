import type { Selectable } from 'kysely';
import type { Db, DeadlineTable, Trx } from '../../db/tables.ts';
import { pieces } from './actors.ts';

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

const toRow = (deadline: Deadline): DeadlineTable => ({
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

export async function deadlinesOfActors(db: Db, actors: readonly string[]): Promise<Deadline[]> {
  if (actors.length === 0) return [];
  const rows = await db.selectFrom('deadline').selectAll().where('actor', 'in', actors).orderBy('due_at').execute();
  return rows.map(toDeadline);
}

/** Deadlines due at an instant, the earliest first. */
export async function dueDeadlines(db: Db, now: string, limit: number): Promise<Deadline[]> {
  const rows = await db
    .selectFrom('deadline')
    .selectAll()
    .where('due_at', '<=', now)
    .where('failure', 'is', null)
    .orderBy('due_at')
    .orderBy('actor')
    .limit(limit)
    .execute();
  return rows.map(toDeadline);
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

/** What runs in a municipality, the earliest first. */
export async function upcomingDeadlines(db: Db, tenant: string | undefined, limit: number): Promise<Deadline[]> {
  let query = db.selectFrom('deadline').selectAll();
  if (tenant) query = query.where('tenant', '=', tenant);
  const rows = await query.orderBy('due_at').limit(limit).execute();
  return rows.map(toDeadline);
}

export async function replaceDeadlines(trx: Trx, gone: readonly DeadlineKey[], set: readonly Deadline[]): Promise<void> {
  for (const { actor, state, name } of gone)
    await trx.deleteFrom('deadline').where('actor', '=', actor).where('state', '=', state).where('name', '=', name).execute();
  for (const piece of pieces(set))
    await trx
      .insertInto('deadline')
      .values(piece.map(toRow))
      .onConflict((oc) =>
        oc.columns(['actor', 'state', 'name']).doUpdateSet((eb) => ({
          epoch: eb.ref('excluded.epoch'),
          due_at: eb.ref('excluded.due_at'),
          last_day: eb.ref('excluded.last_day'),
          failure: null,
        })),
      )
      .execute();
}

/** Notes that a deadline could not be fired, so that it holds up nobody else and is seen. */
export async function markFailed(db: Db, { actor, state, name }: DeadlineKey, failure: string): Promise<void> {
  await db
    .updateTable('deadline')
    .set({ failure })
    .where('actor', '=', actor)
    .where('state', '=', state)
    .where('name', '=', name)
    .execute();
}
