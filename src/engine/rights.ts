/**
 * The one way to change who may do what. What is stored of an account, a token, an integration or a subscription is
 * changed in a transaction that is opened here, and the store writes what it did in the register of access rights in the
 * same: neither is there without the other. Each row hashes the one before it, so that none can be changed, removed or
 * put in between without the rest no longer fitting.
 */
import type { Database } from '../../db/open.ts';
import { allStored } from '../store/held.ts';
import {
  type Act,
  type Author,
  addRightsChange,
  type Changing,
  type Held,
  newestRightsChange,
  type RightsChange,
} from '../store/rights.ts';
import { lastEver } from '../store/seals.ts';
import { takeTurn } from '../store/turn.ts';
import { canonical, GENESIS, sha256 } from './chain.ts';

export { type Author, acts, kinds, type RightsChange, ways } from '../store/rights.ts';

/** Who runs the commands: whoever can read the database. */
export const operator = (command: string): Author => ({
  id: 'operator',
  name: `arendegang ${command}`,
  way: 'commandLine',
});

/** What the server does by itself. */
export const program: Author = { id: 'arendegang', name: 'arendegang', way: 'program' };

type Unlinked = Omit<RightsChange, 'number' | 'prev' | 'hash'>;

/** The row of a change, after the one before it: its hash is SHA-256 over its canonical JSON without the hash. */
export function linked(before: RightsChange | null, change: Unlinked): RightsChange {
  const row = { ...change, number: (before?.number ?? 0) + 1, prev: before?.hash ?? GENESIS };
  return { ...row, hash: sha256(canonical(row)) };
}

/**
 * Changes who may do what, in one transaction with the rows that say so. No two changes are made at the same time,
 * whichever process makes them: what one reads in it is what it changes.
 * @param at when, RFC 3339 in UTC.
 * @throws whatever the change throws; then nothing is changed.
 */
export const changeRights = <T>(
  { writer }: Pick<Database, 'writer'>,
  { id, name, way }: Author,
  at: string,
  change: (it: Changing) => Promise<T>,
): Promise<T> =>
  writer.transaction().execute(async (trx) => {
    await takeTurn(trx, 'rights');
    return change({
      trx,
      record: async (act, before, after) => {
        if (act === 'changed' && canonical(before) === canonical(after)) return;
        const row = { at, by: { id, name, way }, ...told(act, before, after) };
        await addRightsChange(trx, linked(await newestRightsChange(trx), row));
      },
    });
  });

const told = (act: Act, before: Held | null, after: Held) => ({
  kind: after.kind,
  subject: after.subject,
  municipalities: both((before ?? after).municipalities, after.municipalities),
  act,
  before: before?.rights ?? null,
  after: after.rights,
});

type Municipalities = Held['municipalities'];

const both = (before: Municipalities, after: Municipalities): Municipalities =>
  before && after && [...new Set([...before, ...after])].sort();

/** Records what there was before there was a register: once, for then there is nothing that it does not tell. */
export async function beginRegister(db: Database, at: string): Promise<void> {
  if ((await lastEver(db.reader, 'rights_change')) > 0) return;
  await changeRights(db, program, at, async ({ trx, record }) => {
    if ((await lastEver(trx, 'rights_change')) > 0) return;
    for (const it of await allStored(trx)) await record('found', null, it.held());
  });
}
