/** Who may set up what goes out and comes in, and who may have a message sent again. */
import type { Role } from '../../machines/roles.ts';
import { administers as administersThere, covers, type Grant, type Grants, may } from '../access/grant.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Author } from '../engine/rights.ts';

/** Whoever asks. */
export interface Asking {
  readonly name: string;
  readonly grants: Grants;
}

/** Whoever changes what is set up. */
export interface Administrator extends Asking, Author {}

const administrators: readonly Role[] = ['administrator'];
const resenders: readonly Role[] = ['administrator', 'registrar'];

/** Whether someone sets up the webhooks of a municipality. */
export const administers = ({ grants }: Asking, tenant: string): boolean => administersThere(grants, tenant);
/** Whether someone sees what goes out and comes in, and may have it sent again. */
export const oversees = ({ grants }: Asking, tenant: string): boolean =>
  may(grants, { tenant, body: null }, resenders);

/** The municipalities whose webhooks someone sees. */
export const overseen = (who: Asking): string[] =>
  [...new Set(who.grants.map((it) => it.tenant))].filter((it) => oversees(who, it));

/** @throws Refusal `forbidden` */
export function assertAdministers(who: Asking, tenant: string): void {
  if (!administers(who, tenant)) throw forbidden(administrators);
}

/** @throws Refusal `forbidden` for who administers no municipality. */
export function assertAdministersAny(who: Asking): void {
  if (!who.grants.some((it) => administers(who, it.tenant))) throw forbidden(administrators);
}

/**
 * @param system what a system would be able to do.
 * @throws Refusal `forbidden` where whoever asks may not do all of it, or only in another's place.
 */
export function assertMayGive({ grants }: Asking, system: Grant): void {
  if (!covers(grants, system)) throw new Refusal('forbidden', tooMuch);
}

const tooMuch = {
  sv: 'Ett system får inte kunna mer än den som släpper in det, och inte det som görs i någon annans ställe.',
  en: "A system may not do more than whoever lets it in, nor what is done in another's place.",
};

/** @throws Refusal `forbidden` */
export function assertOversees(who: Asking, tenant: string | null): void {
  if (tenant === null ? overseen(who).length === 0 : !oversees(who, tenant)) throw forbidden(resenders);
}

const forbidden = (who: readonly Role[]): Refusal => {
  const says = {
    sv: 'Du förvaltar inte den kommunens webhookar.',
    en: 'You do not administer the webhooks of that municipality.',
  };
  const explanation = { rule: null, cite: null, says, unmet: [], who, when: { states: [], from: null } };
  return new Refusal('forbidden', says, { explanation });
};
