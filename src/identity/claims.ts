/** What the identity provider says of someone, and what that gives here: a table of claims, and nothing besides. */
import * as z from 'zod';
import type { Label } from '../../machines/label.ts';
import type { Grants } from '../access/grant.ts';
import { GrantData, type Known, unknownIn } from './grants.ts';

/**
 * Which claim is the name that the log shows, and for each claim and each of its values what it gives. A claim is
 * named as it is, or by a JSON pointer (RFC 6901) into one: `/realm_access/roles`.
 */
export const ClaimTable = z.strictObject({
  name: z.string().default('name'),
  grants: z.record(z.string(), z.record(z.string(), z.array(GrantData).min(1))),
});
export type ClaimTable = z.infer<typeof ClaimTable>;

type Claims = Readonly<Record<string, unknown>>;

/** What the claims give, each grant once. What the table does not name gives nothing. */
export function grantsFrom({ grants }: ClaimTable, claims: Claims): Grants {
  const given = Object.entries(grants).flatMap(([claim, byValue]) =>
    valuesOf(claimIn(claims, claim)).flatMap((value) =>
      Object.hasOwn(byValue, value) ? (byValue[value] ?? []) : [],
    ),
  );
  return [...new Map(given.map((it) => [JSON.stringify(it), it])).values()];
}

/** The name that the log shows; whoever has none is shown by their identifier. */
export function nameFrom({ name }: ClaimTable, claims: Claims, otherwise: string): string {
  const claim = claimIn(claims, name);
  return typeof claim === 'string' && claim.trim() !== ''
    ? claim.trim().slice(0, 200).toWellFormed()
    : otherwise;
}

/** What the table names that there is not, in words. */
export const faultsIn = ({ grants }: ClaimTable, known: Known): Label[] =>
  Object.entries(grants).flatMap(([claim, byValue]) =>
    Object.entries(byValue).flatMap(([value, given]) =>
      given
        .flatMap((grant) => unknownIn(grant, known))
        .map(([, { sv, en }]) => ({ sv: `${claim}: ${value}: ${sv}`, en: `${claim}: ${value}: ${en}` })),
    ),
  );

function claimIn(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  if (!name.startsWith('/')) return undefined;
  const steps = name.slice(1).split('/');
  return steps.reduce<unknown>((within, step) => {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return isObject(within) && Object.hasOwn(within, key) ? within[key] : undefined;
  }, claims);
}

const isObject = (it: unknown): it is Record<string, unknown> =>
  typeof it === 'object' && it !== null && !Array.isArray(it);

/** A claim is one text or several; of anything else nothing is read. */
const valuesOf = (claim: unknown): readonly string[] =>
  (Array.isArray(claim) ? claim : [claim]).filter((it): it is string => typeof it === 'string');
