/** Passwords: scrypt (RFC 7914), with a salt of its own for each. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** N = 2^15, r = 8, p = 3: 32 MiB, one of the settings that OWASP's Password Storage Cheat Sheet holds equal. */
const COST: Cost = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;

/** NIST SP 800-63B, 3.1.1: length is what counts, and at least 15 where a password is all there is. */
export const SHORTEST_PASSWORD = 15;
/** So that nobody has us hash megabytes. */
export const LONGEST_PASSWORD = 200;

/** As it is stored: `scrypt$N$r$p$salt$key`. */
export async function hashedPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await keyOf(password, salt, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** What a password is held against where there is no account: it takes as long, and nothing fits. */
const nobodys = `scrypt$${COST.N}$${COST.r}$${COST.p}$${Buffer.alloc(16).toString('base64url')}$`;

/** Whether a password fits what is stored; null fits none, and takes as long to find out. */
export async function fits(password: string, stored: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = (stored ?? nobodys).split('$');
  const tried = await keyOf(password, Buffer.from(salt, 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  const known = Buffer.from(key, 'base64url');
  return known.length === tried.length && timingSafeEqual(known, tried);
}

/** One at a time: the threads that hash are those that write the database. */
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;
const MOST_WAITING = 20;

/** Whether so many are being held against what is stored that another would wait for seconds. */
export const isBusy = (): boolean => waiting >= MOST_WAITING;

function keyOf(password: string, salt: Buffer, { N, r, p }: Cost) {
  const made = last.then(
    () =>
      new Promise<Buffer>((resolve, reject) =>
        // The same signs, however a keyboard composes them (RFC 8265, 4.2).
        scrypt(password.normalize('NFC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
          error ? reject(error) : resolve(key),
        ),
      ),
  );
  waiting += 1;
  last = made
    .catch(() => {})
    .finally(() => {
      waiting -= 1;
    });
  return made;
}
