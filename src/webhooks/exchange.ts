/** One secret exchanged for another, of those that are told to us or of those that tell us. */
import { canonical, sha256 } from '../engine/chain.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Exchange } from '../store/subscriptions.ts';
import { newSecret } from './signature.ts';

/** Which secrets there are, as a number of 48 bits that is another after each exchange. @param secrets sealed. */
export const secretVersionOf = (secrets: readonly string[]): number =>
  Number.parseInt(sha256(canonical(secrets)).slice(0, 12), 16);

/**
 * A new secret beside the one before: until the next exchange both are valid, so that the other side can change over.
 * @param seen the version of the secrets that whoever exchanges them has seen.
 * @throws Refusal `stale` for another than that of `from`: the one in use would cease though nobody has been told so.
 */
export function exchanged(
  { secrets: from }: { readonly secrets: readonly string[] },
  seen: number,
  seal: (secret: string) => string,
): Exchange & { readonly secret: string } {
  if (seen !== secretVersionOf(from)) throw secretsChanged();
  const secret = newSecret();
  return { from, to: [seal(secret), ...from.slice(0, 1)], secret };
}

export const secretsChanged = (): Refusal =>
  new Refusal('stale', {
    sv: 'En annan ny hemlighet har gjorts under tiden. Byt igen bara om den inte ska användas: den som gällde före den upphör då.',
    en: 'Another new secret has been made meanwhile. Exchange it again only if that one is not to be used: the one before it ceases then.',
  });
