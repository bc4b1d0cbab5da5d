/** The register of access rights: a row for each change of who may do what, appended and never changed. */
import type { Selectable } from 'kysely';
import type { Db, RightsChangeTable, Trx } from '../../db/tables.ts';
import type { JsonObject } from '../../machines/chart.ts';

/** What it is that someone may something by. */
export type Kind = 'account' | 'token' | 'integration' | 'subscription';

/** By which a change came: `program` is what a server does by itself. */
export type Way = 'page' | 'api' | 'commandLine' | 'program';

/** `found` is what was there before the register was. */
export type Act =
  | 'made'
  | 'changed'
  | 'codeGiven'
  | 'passwordChosen'
  | 'closed'
  | 'secretExchanged'
  | 'withdrawn'
  | 'found';

/** Whoever changes who may do what, and by which way. */
export interface Author {
  readonly id: string;
  readonly name: string;
  readonly way: Way;
}

/** What one account, token, integration or subscription may. */
export interface Held {
  readonly kind: Kind;
  readonly subject: string;
  /** Those that it concerns; null for every one, and for none in particular. */
  readonly municipalities: readonly string[] | null;
  /** Never a secret, a code, a password, or the hash of one. */
  readonly rights: JsonObject;
}

/** A row of the register. */
export interface RightsChange extends Omit<Held, 'rights'> {
  /** From 1, without a gap. */
  readonly number: number;
  /** RFC 3339 in UTC. */
  readonly at: string;
  readonly by: Author;
  readonly act: Act;
  readonly before: JsonObject | null;
  readonly after: JsonObject;
  /** Hash of the row before. */
  readonly prev: string;
  readonly hash: string;
}

/** A change under way. What it does and what it records are committed together, or neither is. */
export interface Changing {
  readonly trx: Trx;
  /** Writes the row, unless a `changed` left all as it was. */
  record(act: Act, before: Held | null, after: Held): Promise<void>;
}

const toChange = (row: Selectable<RightsChangeTable>): RightsChange => {
  const { author, author_name, way, kind, municipalities, act, before, after, ...rest } = row;
  return {
    ...rest,
    by: { id: author, name: author_name, way: way as Way },
    kind: kind as Kind,
    municipalities: municipalities === null ? null : (JSON.parse(municipalities) as string[]),
    act: act as Act,
    before: before === null ? null : (JSON.parse(before) as JsonObject),
    after: JSON.parse(after) as JsonObject,
  };
};

export async function addRightsChange(trx: Trx, it: RightsChange): Promise<void> {
  const { by, municipalities, before, after, ...rest } = it;
  await trx
    .insertInto('rights_change')
    .values({
      ...rest,
      author: by.id,
      author_name: by.name,
      way: by.way,
      municipalities: municipalities && JSON.stringify(municipalities),
      before: before && JSON.stringify(before),
      after: JSON.stringify(after),
    })
    .execute();
}

export async function newestRightsChange(db: Db): Promise<RightsChange | null> {
  const row = await db
    .selectFrom('rights_change')
    .selectAll()
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toChange(row) : null;
}

/** Those after a number, in their order. */
export async function rightsChangesAfter(db: Db, number: number, limit: number): Promise<RightsChange[]> {
  const rows = await db
    .selectFrom('rights_change')
    .selectAll()
    .where('number', '>', number)
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(toChange);
}
