/**
 * The chain of the whole database. Each entry of the log hashes the one before it of the same actor, and its place
 * in the log of the database. Each group of commands that is committed is sealed: the seal's hash covers the
 * hashes of the group's entries, the bodies of the messages received in it, and the seal before. The newest seal
 * is the head: whoever keeps its number and hash elsewhere can show later that nothing before it has been changed
 * or removed. Without that, someone who has the file can write the whole of it anew, with seals that fit, or cut
 * it back to an earlier moment; no check within a database can tell.
 */
import type { Entry } from '../store/entries.ts';
import type { Receipt } from '../store/receipts.ts';
import type { Seal } from '../store/seals.ts';
import { canonical, GENESIS, sha256 } from './chain.ts';

/** What the first seal follows. */
export const UNSEALED: Seal = { number: 0, last: 0, at: '', prev: '', hash: GENESIS };

/** What a seal covers: its entries in the order of the log, and the messages kept in it. */
export interface Sealed {
  readonly entries: readonly Pick<Entry, 'seq' | 'hash'>[];
  readonly documents: readonly Pick<Receipt, 'integration' | 'message' | 'body' | 'salt' | 'content'>[];
}

/** A commitment to the body of a message, as `contentOf` is to what an entry says. */
export const bodyContentOf = ({ body, salt }: Pick<Receipt, 'body' | 'salt'>): string =>
  sha256(JSON.stringify({ body, salt }));

/** The hash of a seal: SHA-256 over canonical JSON. Lower-case hexadecimal. */
export function hashOfSeal(
  { number, last, at, prev }: Omit<Seal, 'hash'>,
  { entries, documents }: Sealed,
): string {
  const received = documents
    .map((it) => [it.integration, it.message, it.content ?? bodyContentOf(it)])
    .sort((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1));
  return sha256(
    canonical({ number, last, at, prev, entries: entries.map((it) => it.hash), documents: received }),
  );
}

/** The seal of a group, after the one before it. */
export function sealAfter(before: Seal, at: string, sealed: Sealed): Seal {
  const last = sealed.entries.at(-1)?.seq ?? before.last;
  const seal = { number: before.number + 1, last, at, prev: before.hash };
  return { ...seal, hash: hashOfSeal(seal, sealed) };
}
