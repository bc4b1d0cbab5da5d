/** The words by which records are found. */
import { type ExpressionBuilder, sql } from 'kysely';
import { wordsOf } from '../../db/fold.ts';
import type { Db, Tables, TermTable, Trx } from '../../db/tables.ts';
import { inserting } from './rows.ts';

/** A text by whose words a record is found from now on. */
export interface Term {
  readonly record: string;
  readonly tenant: string;
  /** What the record is called and numbered; or one more of those to whom something of it was sent. */
  readonly kind: TermTable['kind'];
  readonly text: string;
  /** Whether the record was found by another text of this kind before. */
  readonly instead: boolean;
}

/** A word that somebody looks for. */
export interface Sought {
  readonly kind: TermTable['kind'];
  /** The first word that fits, and the first after it that does not. */
  readonly from: string;
  readonly below: string;
}

/** No letter and no digit is sorted after it. */
const LAST = '\u{10ffff}';

/** What is looked for: every word of a text by how it begins, and a number as it is. */
export const soughtIn = (text: string, kind: Sought['kind']): readonly Sought[] =>
  wordsOf(text).map((from) => ({ kind, from, below: /^\d+$/.test(from) ? `${from} ` : from + LAST }));

const add = inserting('term', ['record', 'kind', 'word', 'tenant'], 'on conflict do nothing');

export async function writeTerms(trx: Trx, terms: readonly Term[]): Promise<void> {
  const recipients = terms.filter((it) => it.kind === 'recipient');
  // Of several texts of one record the last is what it is called.
  const texts = new Map(terms.filter((it) => it.kind === 'text').map((it) => [it.record, it]));
  const renamed = [...texts.values()].filter((it) => it.instead).map((it) => it.record);
  if (renamed.length > 0)
    await trx.deleteFrom('term').where('kind', '=', 'text').where('record', 'in', renamed).execute();
  const rows = [...texts.values(), ...recipients].flatMap(({ record, kind, tenant, text }) =>
    wordsOf(text).map((word) => ({ record, kind, word, tenant })),
  );
  await add(trx, rows);
}

/** The words of its number and title by which a record is found within its municipality, in any order. */
export async function wordsOfRecord(
  db: Db,
  { id, tenant }: { readonly id: string; readonly tenant: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('term')
    .select('word')
    .where('record', '=', id)
    .where('kind', '=', 'text')
    .where('tenant', '=', tenant)
    .execute();
  return rows.map((it) => it.word);
}

/** More records than this are not sorted for a list: it looks through them from the newest instead. */
export const FEW = 2_000;

/**
 * The word of a search that fewest records have, for the others to be asked of those alone.
 * @returns null where each of them is had by more than a few thousand records.
 */
export async function rarest(db: Db, sought: readonly Sought[], tenant: string): Promise<Sought | null> {
  let best: { readonly word: Sought; readonly records: number } | null = null;
  for (const word of sought) {
    const hits = db
      .selectFrom('term')
      .select('record')
      .where(within(word, tenant))
      .limit(FEW + 1);
    const { n } = await db
      .selectFrom(hits.as('hit'))
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    if (Number(n) <= FEW && Number(n) < (best?.records ?? Number.POSITIVE_INFINITY))
      best = { word, records: Number(n) };
  }
  return best?.word ?? null;
}

const within = ({ kind, from, below }: Sought, tenant?: string) =>
  sql<boolean>`term.kind = ${kind} and term.word >= ${from} and term.word < ${below}
    ${tenant === undefined ? sql`` : sql`and term.tenant = ${tenant}`}`;

/**
 * The records that a word finds, each once, as a table. The cross join keeps the database from beginning with the
 * records: it would look through all of them where it expects to save itself the sorting of a few.
 */
export const recordsFoundBy = (db: Db, word: Sought, tenant: string) =>
  db
    .selectFrom(db.selectFrom('term').select('record').distinct().where(within(word, tenant)).as('hit'))
    .crossJoin('actor')
    .whereRef('actor.id', '=', 'hit.record')
    .selectAll('actor');

/** That an actor is a record that every one of the words finds. */
export const foundBy = (sought: readonly Sought[]) => (eb: ExpressionBuilder<Tables, 'actor'>) =>
  eb.and(
    sought.map((word) =>
      eb.exists(
        eb.selectFrom('term').select('record').whereRef('record', '=', 'actor.id').where(within(word)),
      ),
    ),
  );
