/** Who may set up what goes out and comes in, and who may have a message sent again. */
import type { Role } from '../../machines/roles.ts';
import { type Grants, may } from '../access/grant.ts';
import { Refusal } from '../engine/refusal.ts';

/** Whoever asks. */
export interface Asking {
  readonly name: string;
  readonly grants: Grants;
}

const administrators: readonly Role[] = ['administrator'];
const resenders: readonly Role[] = ['administrator', 'registrar'];

const mayAs = (roles: readonly Role[], { grants }: Asking, tenant: string): boolean =>
  may(grants, { tenant, body: null }, roles);

/** Whether someone sets up the webhooks of a municipality. */
export const administers = (who: Asking, tenant: string): boolean => mayAs(administrators, who, tenant);
/** Whether someone sees what goes out and comes in, and may have it sent again. */
export const oversees = (who: Asking, tenant: string): boolean => mayAs(resenders, who, tenant);

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
