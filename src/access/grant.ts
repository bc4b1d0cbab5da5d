/** What someone may do: role × event × body × municipality, given as grants. Pure: no database, no clock. */
import { needsSight } from '../../machines/authority.ts';
import type { Role } from '../../machines/roles.ts';

/** What someone may do in one municipality. A person may hold several. */
export interface Grant {
  /** The municipality. */
  readonly tenant: string;
  readonly roles: readonly Role[];
  /** The bodies whose matters it is for. What is with no body is the whole municipality's. */
  readonly bodies: 'all' | readonly string[];
  /** The only events that may be sent by it, by type; without it, all that the roles allow. */
  readonly events?: readonly string[];
  /** Whether confidential matters are seen (OSL 5:5, R-120). */
  readonly confidential: boolean;
  /** For whom it is, and when, where it is not one's own role but another's in their place. */
  readonly acting?: Acting;
}

/** An appointment to act in another's place. Days are those of the municipality, both included. */
export interface Acting {
  /** In whose place: a name, a position, or both. */
  readonly for: string;
  /** The decision that says so. */
  readonly decision: string;
  readonly from: string;
  readonly to: string;
}

export type Grants = readonly Grant[];

/** Where an act belongs: the municipality, and the body that has what it concerns; null where none has. */
export interface Place {
  readonly tenant: string;
  readonly body: string | null;
}

/**
 * The grants that someone has on a day: what was given for a time begins and ends by itself.
 * @param today the local day of a municipality, `YYYY-MM-DD`.
 */
export function inForce(grants: Grants, today: (tenant: string) => string): Grants {
  if (!grants.some((it) => it.acting)) return grants;
  return grants.filter(({ tenant, acting }) => {
    const day = acting && today(tenant);
    return !day || (acting.from <= day && day <= acting.to);
  });
}

/** Why an act is not allowed: the grants are for other municipalities, roles, bodies, or events, or lack the sight. */
export type Lack = 'municipality' | 'role' | 'body' | 'event' | 'sight';

/**
 * What the grants lack for an act at a place, by one of the roles; null where one of them allows it. Of several
 * grants the one that comes nearest says why.
 */
export function lacking(
  grants: Grants,
  { tenant, body }: Place,
  roles: readonly Role[],
  event?: string,
): Lack | null {
  const here = grants.filter((it) => it.tenant === tenant);
  if (here.length === 0) return 'municipality';
  const inRole = here.filter((it) => roles.some((role) => it.roles.includes(role)));
  if (inRole.length === 0) return 'role';
  const atBody = inRole.filter(({ bodies }) => body === null || bodies === 'all' || bodies.includes(body));
  if (atBody.length === 0) return 'body';
  const forEvent = atBody.filter(({ events }) => event === undefined || !events || events.includes(event));
  if (forEvent.length === 0) return 'event';
  return event === undefined || !needsSight(event) || forEvent.some((it) => it.confidential) ? null : 'sight';
}

/** Whether one of the grants allows an act at a place, by one of the roles. */
export const may = (grants: Grants, place: Place, roles: readonly Role[], event?: string): boolean =>
  lacking(grants, place, roles, event) === null;

/** In whose place someone acts who may do so by no role of their own; nothing where they may by one. */
export function capacityOf(
  grants: Grants,
  place: Place,
  roles: readonly Role[],
  event?: string,
): Pick<Acting, 'for' | 'decision'> | undefined {
  if (!grants.some((it) => it.acting)) return undefined;
  const allowing = grants.filter((it) => may([it], place, roles, event));
  const [first] = allowing;
  if (!first?.acting || allowing.some((it) => !it.acting)) return undefined;
  return { for: first.acting.for, decision: first.acting.decision };
}

/** Whether someone administers a municipality: what is set up there, its routes and its webhooks. */
export const administers = (grants: Grants, tenant: string): boolean =>
  may(grants, { tenant, body: null }, ['administrator']);

/**
 * Whether grants allow all that another would: each of its roles for each of its bodies, by a grant with no fewer
 * events, and what is confidential only where that is seen. An administrator may let systems in: the role of an
 * integration is within that of an administrator.
 */
export const covers = (mine: Grants, wanted: Grant): boolean =>
  wanted.roles.every((role) => {
    const bodies = wanted.bodies === 'all' ? (['all'] as const) : wanted.bodies;
    return bodies.every((body) => mine.some((it) => isWithin(it, wanted, role, body)));
  });

const isWithin = (grant: Grant, wanted: Grant, role: Role, body: string): boolean =>
  grant.tenant === wanted.tenant &&
  // What one may in another's place is not one's own to give.
  !grant.acting &&
  (grant.roles.includes(role) || (role === 'integration' && grant.roles.includes('administrator'))) &&
  (grant.bodies === 'all' || grant.bodies.includes(body)) &&
  hasEvents(grant, wanted) &&
  (grant.confidential || !wanted.confidential);

const hasEvents = ({ events }: Grant, wanted: Grant): boolean =>
  !events || (wanted.events?.every((it) => events.includes(it)) ?? false);

/** Every role that the grants have, in whichever municipality. */
export const rolesOf = (grants: Grants): readonly Role[] => [...new Set(grants.flatMap((it) => it.roles))];
