/**
 * The hash chain of an actor's log: each entry's hash covers the entry, its place and the hash before it. It covers what
 * may be about a person by a commitment: when that is redacted, the commitment stays and the chain holds.
 */
import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Entry } from '../store/entries.ts';

/** What the first entry of every log follows. */
export const GENESIS = '0'.repeat(64);

/** Canonical JSON (RFC 8785). Throws for what JSON cannot say. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** Lower-case hexadecimal. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex');

/**
 * A commitment to the payload and the circumstances of an entry: SHA-256 over the canonical JSON of both and a salt,
 * without which nobody can try guesses against it. Lower-case hexadecimal.
 */
export const contentOf = ({ meta, payload, salt }: Pick<Entry, 'meta' | 'payload' | 'salt'>): string =>
  sha256(JSON.stringify({ meta, payload, salt }));

/**
 * The hash of an entry: over its canonical JSON without the hash itself, with the commitment for what it commits to.
 * Lower-case hexadecimal. The fields stand here in the order of their names and are text and whole numbers, so
 * `JSON.stringify` says it canonically, in a quarter of the time.
 */
export function hashOf(entry: Omit<Entry, 'hash'>): string {
  const { actor, at, command, prev, root, seq, step, tenant, type, version } = entry;
  const content = entry.content ?? contentOf(entry);
  return sha256(
    JSON.stringify({ actor, at, command, content, prev, root, seq, step, tenant, type, version }),
  );
}

/** A break in a chain: the first entry that is not what it should be. */
export interface ChainFault {
  readonly actor: string;
  readonly version: number;
  readonly fault: 'missing' | 'altered' | 'unlinked' | 'tail';
}

/**
 * Checks the whole log of one actor against its head. `missing`: a version is absent or out of order; `unlinked`:
 * it does not follow the entry before; `altered`: its content is not what its hash says; `tail`: the log ends
 * before or after the head.
 */
export function verifyChain(
  actor: string,
  entries: readonly Entry[],
  head: { version: number; hash: string },
): ChainFault | null {
  let prev = GENESIS;
  for (const [index, entry] of entries.entries()) {
    const version = index + 1;
    if (entry.version !== version || entry.actor !== actor) return { actor, version, fault: 'missing' };
    if (entry.prev !== prev) return { actor, version, fault: 'unlinked' };
    if (hashOf(entry) !== entry.hash) return { actor, version, fault: 'altered' };
    prev = entry.hash;
  }
  const intact = entries.length === head.version && prev === head.hash;
  return intact ? null : { actor, version: entries.length + 1, fault: 'tail' };
}

/** The id of what an entry caused, by its place among all that it caused: a replay gives the same. */
export const causedId = ({ hash }: Pick<Entry, 'hash'>, index: number): string => `${hash}-${index + 1}`;
