import type { Db, Trx } from '../../db/tables.ts';
import { pieces } from './rows.ts';

/** A message for another system, committed with the step that caused it. */
export interface OutboxMessage {
  readonly id: string;
  readonly actor: string;
  readonly tenant: string;
  readonly topic: string;
  readonly payload: string;
  readonly createdAt: string;
}

export async function addToOutbox(trx: Trx, messages: readonly OutboxMessage[]): Promise<void> {
  for (const piece of pieces(messages))
    await trx
      .insertInto('outbox')
      .values(piece.map(({ createdAt, ...rest }) => ({ ...rest, created_at: createdAt })))
      .execute();
}

/** The messages of an actor, in the order in which they were caused. */
export const outboxOf = (db: Db, actor: string): Promise<OutboxMessage[]> => outboxOfActors(db, [actor]);

/** Those of several actors. */
export async function outboxOfActors(db: Db, actors: readonly string[]): Promise<OutboxMessage[]> {
  if (actors.length === 0) return [];
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('actor', 'in', actors)
    .orderBy('seq')
    .execute();
  return rows.map(({ seq: _, created_at, ...rest }) => ({ ...rest, createdAt: created_at }));
}

/** Ids that the outbox names and that no actor has. */
export async function outboxOfNobody(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('actor')
    .distinct()
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('actor').select('id').whereRef('actor.id', '=', 'outbox.actor'))),
    )
    .orderBy('actor')
    .limit(limit)
    .execute();
  return rows.map((it) => it.actor);
}
