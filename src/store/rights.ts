/** The register of access rights: a row for each change of who may do what, appended and never changed. */
import type { Selectable } from 'kysely';
import type { Db, RightsChangeTable, Trx } from '../../db/tables.ts';
import type { JsonObject } from '../../machines/chart.ts';

/** What it is that someone may something by. */
export const kinds = ['account', 'token', 'integration', 'subscription'] as const;
export type Kind = (typeof kinds)[number];

/** By which a change came: `program` is what a server does by itself. */
export const ways = ['page', 'api', 'commandLine', 'program'] as const;
export type Way = (typeof ways)[number];

/** `found` is what was there before the register was. */
export const acts = [
  'made',
  'changed',
  'codeGiven',
  'passwordChosen',
  'closed',
  'secretExchanged',
  'withdrawn',
  'found',
] as const;
export type Act = (typeof acts)[number];

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

/** What is stored of one: whoever has got at it may have left it so that it cannot be read. */
export interface Stored extends Pick<Held, 'kind' | 'subject'> {
  /** @throws SyntaxError, TypeError */
  held(): Held;
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
    municipalities: municipalities === null ? null : readable(municipalities, [municipalities]),
    act: act as Act,
    before: before === null ? null : readable<JsonObject>(before, { unreadable: before }),
    after: readable<JsonObject>(after, { unreadable: after }),
  };
};

/** A row that somebody has altered so that it cannot be read is shown, and found not to be the one that was written. */
function readable<T>(text: string, otherwise: T): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    return otherwise;
  }
}

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

/** Which rows are asked for. Those of no certain municipality are among them always. */
export interface RightsFilter {
  readonly municipalities: readonly string[];
  readonly kind?: Kind | undefined;
  readonly subject?: string | undefined;
}

/** The newest first. */
export async function listRightsChanges(
  db: Db,
  filter: RightsFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<RightsChange[]> {
  const rows = await matching(db, filter)
    .selectAll()
    .orderBy('number', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(toChange);
}

export async function countRightsChanges(db: Db, filter: RightsFilter): Promise<number> {
  const { count } = await matching(db, filter)
    .select((it) => it.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function matching(db: Db, { municipalities, kind, subject }: RightsFilter) {
  let query = db
    .selectFrom('rights_change')
    .where((it) =>
      it.or([
        it('municipalities', 'is', null),
        ...municipalities.map((id) => it('municipalities', 'like', `%${JSON.stringify(id)}%`)),
      ]),
    );
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (subject !== undefined) query = query.where('subject', '=', subject);
  return query;
}
