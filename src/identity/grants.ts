/** Grants as data: read from a file, a form or the database, and held against what is there. */
import * as z from 'zod';
import { date, line } from '../../machines/events.ts';
import { type Label, saying } from '../../machines/label.ts';
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import { type Role, roles } from '../../machines/roles.ts';
import { type Grant, type Grants, rolesOf } from '../access/grant.ts';
import { Refusal } from '../engine/refusal.ts';

const roleNames = Object.keys(roles) as [Role, ...Role[]];

/** In whose place, by which decision, and on which days (`access/grant.ts`). */
export const Acting = z
  .strictObject({
    for: line('I stället för', 'In the place of'),
    decision: line('Beslut om förordnande', 'Decision on the appointment'),
    from: date('Från och med', 'From'),
    to: date('Till och med', 'Until'),
  })
  .refine(({ from, to }) => from <= to, {
    ...saying('inte före första dagen', 'not before the first day'),
    path: ['to'],
  });

export const GrantData = z.strictObject({
  tenant: z.string().meta({ sv: 'Kommun', en: 'Municipality' }),
  roles: z.array(z.enum(roleNames)).min(1).meta({ sv: 'Roller', en: 'Roles' }),
  bodies: z
    .union([z.literal('all'), z.array(z.string()).min(1)])
    .meta({ sv: 'Organ', en: 'Bodies' })
    .default('all'),
  events: z.exactOptional(z.array(z.string()).min(1).meta({ sv: 'Händelser', en: 'Events' })),
  confidential: z.boolean().default(false),
  acting: z.exactOptional(Acting),
});

/** Grants as they are stored. @throws Error for anything else. */
export const readGrants = (json: string): Grants => z.array(GrantData).parse(JSON.parse(json));

/** What a grant may name: the municipalities with their bodies, and the types of events. */
export interface Known {
  readonly municipalities: readonly Municipality[];
  isEvent(type: string): boolean;
}

/** What a grant names that there is not, by its field. */
export function unknownIn(grant: Grant, { municipalities, isEvent }: Known): [keyof Grant, Label][] {
  const municipality = municipalities.find((it) => it.id === grant.tenant);
  if (!municipality) return [['tenant', missing('kommunen', 'municipality', grant.tenant)]];
  const bodies = grant.bodies === 'all' ? [] : grant.bodies;
  const strange = bodies.filter((body) => !municipality.bodies.some((it) => it.id === body));
  const undeclared = (grant.events ?? []).filter((it) => !isEvent(it));
  return [
    ...strange.map((it): [keyof Grant, Label] => ['bodies', missing('organet', 'body', it)]),
    ...undeclared.map((it): [keyof Grant, Label] => ['events', missing('händelsen', 'event', it)]),
  ];
}

/** @throws Refusal `invalid` with each field that names what there is not. */
export function assertKnown(grant: Grant, known: Known, says: Label): void {
  const fields = unknownIn(grant, known).map(([field, detail]) => ({ pointer: `/${field}`, detail }));
  if (fields.length > 0) throw new Refusal('invalid', says, { fields });
}

const missing = (sv: string, en: string, name: string): Label => ({
  sv: `${sv} ”${name}” finns inte`,
  en: `there is no ${en} "${name}"`,
});

/** The municipalities that someone administers as a whole. */
export const administered = (grants: Grants): readonly string[] => [
  ...new Set(
    grants
      .filter((it) => it.bodies === 'all' && rolesOf([it]).includes('administrator'))
      .map((it) => it.tenant),
  ),
];

/**
 * Those of them where someone lets others in: what one may in another's place, or for some events only, is not one's own
 * to give.
 */
export const admitting = (grants: Grants): readonly string[] =>
  administered(grants.filter((it) => !it.acting && !it.events));
