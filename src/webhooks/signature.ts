import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What is signed: `body` as the bytes that are sent, or as text that is sent in UTF-8. */
export interface SignedMessage {
  /** 1 to 256 visible ASCII characters without a full stop; the same for every attempt. */
  id: string;
  /** Whole seconds since 1970, of this attempt. */
  timestamp: number;
  body: Uint8Array | string;
}

export type Verdict =
  | { ok: true; id: string; timestamp: number }
  | {
      ok: false;
      reason: 'missingHeader' | 'malformedHeader' | 'tooOld' | 'tooNew' | 'noMatch';
      /** The header at fault, where it is one. */
      header?: string;
    };

const VERSION = 'v1';
const TOLERANCE_SECONDS = 5 * 60;
/** The specification's bounds of a secret, in bytes. */
const SHORTEST_SECRET = 24;
const LONGEST_SECRET = 64;
/** Visible ASCII but no full stop: one signature would fit two ways to cut the text into id, time, body. */
const ID = /^[!-\-/-~]{1,256}$/;
/** Written one way only; twelve digits reach the year 33658. */
const TIMESTAMP = /^(0|[1-9]\d{0,11})$/;

/**
 * The signature `v1,<base64>` of a message (Standard Webhooks 1.0.0: HMAC-SHA256 over `id.timestamp.body`).
 * The secret is `whsec_` and base64, or the base64 alone. While a secret is exchanged, send the signatures of
 * both separated by a space. Throws a RangeError for a wrong id, timestamp or secret, and never names it.
 */
export function sign(message: SignedMessage, secret: string): string {
  assertSignable(message);
  const { id, timestamp, body } = message;
  const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body);
  return `${VERSION},${mac.digest('base64')}`;
}

/** @throws RangeError for an id or a timestamp that one signature would fit in two ways. */
export function assertSignable({ id, timestamp }: SignedMessage): void {
  if (!ID.test(id) || !TIMESTAMP.test(String(timestamp))) {
    throw new RangeError(`Not an id and timestamp that can be signed: ${JSON.stringify([id, timestamp])}`);
  }
}

/** A new secret for HMAC: `whsec_` and 32 random bytes in base64. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/**
 * Whether a message that came in was signed with one of the secrets, at most `toleranceSeconds` from now in
 * either direction. `rawBody` is what was received, byte for byte. Several secrets may be valid at once and
 * the header may hold several signatures; those of other versions are ignored. A message may be sent again
 * within the tolerance: the caller remembers the ids. Throws a RangeError for a secret that cannot be one.
 */
export function verify(
  headers: { get(name: string): string | null | undefined },
  rawBody: Uint8Array,
  secrets: readonly string[],
  nowSeconds: number,
  toleranceSeconds = TOLERANCE_SECONDS,
): Verdict {
  const id = headers.get('webhook-id');
  const sent = headers.get('webhook-timestamp');
  const signatures = headers.get('webhook-signature');
  if (!id) return refused('missingHeader', 'webhook-id');
  if (!sent) return refused('missingHeader', 'webhook-timestamp');
  if (!signatures) return refused('missingHeader', 'webhook-signature');

  const offered = signatures.split(' ').filter((signature) => /^\w+,./.test(signature));
  if (!ID.test(id)) return refused('malformedHeader', 'webhook-id');
  if (!TIMESTAMP.test(sent)) return refused('malformedHeader', 'webhook-timestamp');
  if (offered.length === 0) return refused('malformedHeader', 'webhook-signature');

  const timestamp = Number(sent);
  // Negated, so that a clock that is not a number refuses everything.
  if (!(timestamp >= nowSeconds - toleranceSeconds)) return refused('tooOld', 'webhook-timestamp');
  if (!(timestamp <= nowSeconds + toleranceSeconds)) return refused('tooNew', 'webhook-timestamp');

  const expected = secrets.map((secret) => sign({ id, timestamp, body: rawBody }, secret));
  return anyEqual(expected, offered) ? { ok: true, id, timestamp } : refused('noMatch', 'webhook-signature');
}

function refused(reason: Exclude<Verdict, { ok: true }>['reason'], header: string): Verdict {
  return { ok: false, reason, header };
}

/** Compares every pair, in a time that tells nothing about where they differ or which pair was equal. */
function anyEqual(expected: readonly string[], offered: readonly string[]): boolean {
  let equal = false;
  const others = offered.map((text) => Buffer.from(text));
  for (const one of expected.map((text) => Buffer.from(text))) {
    for (const other of others) {
      const same = one.length === other.length && timingSafeEqual(one, other);
      equal = same || equal;
    }
  }
  return equal;
}

function keyOf(secret: string): Buffer {
  const text = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret;
  const key = Buffer.from(text, 'base64');
  if (key.length < SHORTEST_SECRET || key.length > LONGEST_SECRET || key.toString('base64') !== text) {
    throw new RangeError(
      `A webhook secret is ${SHORTEST_SECRET} to ${LONGEST_SECRET} bytes in base64, after whsec_ or alone`,
    );
  }
  return key;
}
