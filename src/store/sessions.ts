import type { Selectable } from 'kysely';
import type { Db, SessionTable } from '../../db/tables.ts';

/** Someone is signed in with a browser. Instants are RFC 3339 in UTC. */
export interface StoredSession {
  /** SHA-256 of the cookie, in hexadecimal. */
  readonly hash: string;
  /** By which it can be shown and ended; it opens nothing. */
  readonly id: string;
  readonly person: string;
  readonly name: string;
  /** JSON. */
  readonly grants: string;
  /** What the browser calls itself. */
  readonly agent: string;
  readonly providerToken: string | null;
  readonly createdAt: string;
  readonly usedAt: string;
  readonly endsAt: string;
}

const sessionOf = (row: Selectable<SessionTable>): StoredSession => {
  const { provider_token, created_at, used_at, ends_at, ...rest } = row;
  return { ...rest, providerToken: provider_token, createdAt: created_at, usedAt: used_at, endsAt: ends_at };
};

export async function addSession(db: Db, session: StoredSession): Promise<void> {
  const { providerToken, createdAt, usedAt, endsAt, ...rest } = session;
  await db
    .insertInto('session')
    .values({
      ...rest,
      provider_token: providerToken,
      created_at: createdAt,
      used_at: usedAt,
      ends_at: endsAt,
    })
    .execute();
}

export async function findSession(db: Db, hash: string): Promise<StoredSession | null> {
  const row = await db.selectFrom('session').selectAll().where('hash', '=', hash).executeTakeFirst();
  return row ? sessionOf(row) : null;
}

/** All, or those of one person; the newest first. */
export async function listSessions(db: Db, person?: string): Promise<StoredSession[]> {
  let query = db.selectFrom('session').selectAll().orderBy('created_at', 'desc').orderBy('id');
  if (person !== undefined) query = query.where('person', '=', person);
  return (await query.execute()).map(sessionOf);
}

export async function sessionUsed(db: Db, hash: string, at: string): Promise<void> {
  await db.updateTable('session').set({ used_at: at }).where('hash', '=', hash).execute();
}

/** Ends a session: its cookie opens nothing from the next request on. */
export async function removeSession(db: Db, by: { hash: string } | { id: string }): Promise<void> {
  const [column, value] = 'hash' in by ? (['hash', by.hash] as const) : (['id', by.id] as const);
  await db.deleteFrom('session').where(column, '=', value).execute();
}

/** Ends every session of a person. */
export async function removeSessionsOf(db: Db, person: string): Promise<void> {
  await db.deleteFrom('session').where('person', '=', person).execute();
}

/** Forgets the sessions that had ended by an instant, or were not used since another. */
export async function forgetSessions(
  db: Db,
  { endedBy, unusedSince }: { endedBy: string; unusedSince: string },
): Promise<void> {
  await db
    .deleteFrom('session')
    .where((it) => it.or([it('ends_at', '<=', endedBy), it('used_at', '<=', unusedSince)]))
    .execute();
}
