import { type Kysely, sql } from 'kysely';
import { define } from '../define.ts';
import { wordsOf } from '../fold.ts';

interface Row {
  readonly id: string;
  readonly root: string;
  readonly tenant: string;
  readonly title: string;
  readonly number: string | null;
  readonly snapshot: string;
}

const BATCH = 500;

/**
 * The words by which a record is found: those of its title and its number, and of the recipients in the register that
 * its decisions were sent to; nothing else about anybody. Records that there are already get theirs.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await define(db, [
    `create table term (
      record text not null, kind text not null, word text not null, tenant text not null,
      primary key (record, kind, word)
    ) strict, without rowid`,
    'create index term_word on term (kind, word, tenant, record)',
    'create index actor_record on actor (tenant, created_at, id) where root = id',
  ]);
  for (let after = ''; ; ) {
    const { rows } = await sql<Row>`
      select id, root, tenant, title, number, snapshot from actor
      where id > ${after} and (root = id or chart = 'dispatch') order by id limit ${BATCH}`.execute(db);
    for (const row of rows) await fill(db, row);
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

async function fill(db: Kysely<unknown>, { id, root, tenant, title, number, snapshot }: Row): Promise<void> {
  const isRecord = id === root;
  if (!isRecord && !inRegister(snapshot)) return;
  const kind = isRecord ? 'text' : 'recipient';
  for (const word of wordsOf(isRecord ? `${number ?? ''} ${title}` : title))
    await sql`
      insert into term (record, kind, word, tenant) values (${root}, ${kind}, ${word}, ${tenant})
      on conflict do nothing`.execute(db);
}

const inRegister = (snapshot: string): boolean =>
  (JSON.parse(snapshot) as { context: { recipient?: string | null } }).context.recipient != null;
