/**
 * What steps write, which is what nearly every group of commands consists of: entries, actors, their deadlines, the
 * answers to keys, and the seal. SQLite takes them as one insert into a view, whose trigger spreads the rows over the
 * tables: one way to its thread and back where a transaction of as many statements takes six, and a transaction by
 * itself. The rows go as JSON, so that the text of the statement, which is prepared once, is the same for any number of
 * them; and are spread as JSONB, for a row that is text is parsed anew for each of its columns, which took half of the
 * time of a group.
 */
import { CompiledQuery } from 'kysely';
import { isPostgres } from '../../db/kind.ts';
import type { Db, Tables, Trx } from '../../db/tables.ts';
import {
  type ActorChange,
  columns as actorColumns,
  changing,
  toRow as toActorRow,
  writeActors,
} from './actors.ts';
import {
  type Deadline,
  type DeadlineKey,
  columns as deadlineColumns,
  replaceDeadlines,
  toRow as toDeadlineRow,
} from './deadlines.ts';
import { appendEntries, type Entry, columns as entryColumns } from './entries.ts';
import { addReplies, KnownKey, type Reply, columns as replyColumns, toRow as toReplyRow } from './replies.ts';
import { jsonOf } from './rows.ts';
import { addSeal, type Seal, columns as sealColumns } from './seals.ts';

export interface Steps {
  readonly entries: readonly Entry[];
  readonly actors: readonly ActorChange[];
  /** The deadlines that were set, cancelled or set aside, and those of them that run now. */
  readonly touched: readonly DeadlineKey[];
  readonly running: readonly Deadline[];
  readonly replies: readonly Reply[];
  readonly seal: Seal | null;
}

/** The rows of a column of the view, spread over a table. */
const spread = (table: keyof Tables, columns: readonly string[], from: string): string =>
  `insert into ${table} (${columns.join(', ')})
   select ${columns.map((_, place) => `value ->> ${place}`).join(', ')} from jsonb_each(new.${from})`;

/** What nearly every step changes of an actor. */
const moving: readonly string[] = ['version', 'snapshot', 'head', 'state', 'updated_at', 'due_at'];
const steady = changing.filter((it) => !moving.includes(it));

/**
 * Writes the rest of an actor where it has changed. SQLite writes the indexes of every column that an update names,
 * whatever is in it: so a step wrote pages that nothing had changed.
 */
const remark = `update actor set ${steady.map((it) => `${it} = step.${it}`).join(', ')}
  from (select ${['id', ...steady].map((it) => `value ->> ${actorColumns.indexOf(it as never)} as ${it}`).join(', ')}
    from jsonb_each(new.actors)) as step
  where actor.id = step.id
    and (${steady.map((it) => `actor.${it}`).join(', ')}) is not (${steady.map((it) => `step.${it}`).join(', ')})`;

/** Beside its columns a row of an actor says at which version it was stored before: 0 for none. */
const WAS = actorColumns.length;

const view = `create temp view if not exists steps as
  select '' as entries, '' as actors, '' as touched, '' as running, '' as replies, '' as seals`;

const trigger = `create temp trigger if not exists steps_spread instead of insert on steps begin
  select raise(abort, 'another writer changed an actor of this group') from jsonb_each(new.actors)
    where coalesce((select version from actor where id = value ->> 0), 0) <> value ->> ${WAS};
  ${spread('entry', entryColumns, 'entries')};
  ${remark};
  ${spread('actor', actorColumns, 'actors')}
    where true on conflict (id) do update set ${moving.map((it) => `${it} = excluded.${it}`).join(', ')};
  delete from deadline where (actor, state, name) in
    (select value ->> 0, value ->> 1, value ->> 2 from jsonb_each(new.touched));
  ${spread('deadline', deadlineColumns, 'running')};
  ${spread('reply', replyColumns, 'replies')};
  ${spread('seal', sealColumns, 'seals')};
end`;

const INSERT =
  'insert into steps (entries, actors, touched, running, replies, seals) values (?, ?, ?, ?, ?, ?)';

/** Makes a connection that writes ready for `writeSteps`. */
export async function openSteps(db: Db): Promise<void> {
  if (isPostgres(db)) return;
  for (const text of [view, trigger]) await db.executeQuery(CompiledQuery.raw(text));
}

/** Whether `insertSteps` can write here. */
export const isWhole = (db: Db): boolean => !isPostgres(db);

/**
 * Writes steps within a transaction.
 * @throws Error when another writer has changed one of the actors, KnownKey where one of the keys has its answer.
 */
export const writeSteps = (trx: Trx, steps: Steps): Promise<void> =>
  isPostgres(trx) ? writeEach(trx, steps) : insertSteps(trx, steps);

/**
 * Writes steps, all or none of them, by a statement that is a transaction by itself where there is no other.
 * @throws Error when another writer has changed one of the actors, KnownKey where one of the keys has its answer.
 */
export async function insertSteps(db: Db, steps: Steps): Promise<void> {
  const { entries, actors, touched, running, replies, seal } = steps;
  const rows = [
    entries.map((it) => entryColumns.map((column) => it[column])),
    actors.map(({ actor, was }) => {
      const row = toActorRow(actor);
      return [...actorColumns.map((column) => row[column]), was];
    }),
    touched.map(({ actor, state, name }) => [actor, state, name]),
    running.map((it) => {
      const row = toDeadlineRow(it);
      return deadlineColumns.map((column) => row[column]);
    }),
    replies.map((it) => {
      const row = toReplyRow(it);
      return replyColumns.map((column) => row[column]);
    }),
    seal ? [sealColumns.map((column) => seal[column])] : [],
  ];
  try {
    await db.executeQuery(CompiledQuery.raw(INSERT, rows.map(jsonOf)));
  } catch (error) {
    throw String(error).includes('constraint failed: reply.') ? new KnownKey() : error;
  }
}

async function writeEach(
  trx: Trx,
  { entries, actors, touched, running, replies, seal }: Steps,
): Promise<void> {
  await appendEntries(trx, entries);
  const written = await writeActors(trx, actors);
  if (written !== actors.length) throw new Error('another writer changed an actor of this group');
  await replaceDeadlines(trx, touched, running);
  await addReplies(trx, replies);
  if (seal) await addSeal(trx, seal);
}
