/** What differs between municipalities, and what one body's own rules say (rulebook 2.15): data, never code. */
import * as z from 'zod';

const label = z.strictObject({ sv: z.string().min(1), en: z.string().min(1) });
const id = z.string().regex(/^[a-z][a-z0-9-]*$/);

export const bodyKinds = ['council', 'board', 'committee', 'workingCommittee', 'administration'] as const;

export const Body = z.strictObject({
  id,
  label,
  kind: z.enum(bodyKinds),
  /** Seats; null where not known, and then a quorum cannot be computed but is recorded by the chair. */
  seats: z.int().positive().nullable(),
  /** True where the number of seats is an assumption and not taken from the municipality's own rules. */
  seatsAssumed: z.boolean().default(false),
  /** How many approve the minutes together with the chair. */
  approvers: z.int().min(0).max(10).default(1),
});
export type Body = z.infer<typeof Body>;

const Recipient = z.strictObject({
  id,
  name: z.string().min(1),
  /** How a decision reaches the recipient. */
  channel: z.enum(['letter', 'email', 'internal', 'api']).default('email'),
});
export type Recipient = z.infer<typeof Recipient>;

export const Municipality = z.strictObject({
  id,
  name: z.string().min(1),
  calendar: z.strictObject({ country: z.string().length(2), zone: z.string() }),
  /** The prefix of the registry numbers that the registrar's series gives. */
  registryPrefix: z.string().min(1),
  noticeBoard: z.string().min(1),
  bodies: z.array(Body).min(1),
  recipients: z.array(Recipient).default([]),
  /** Group recipients, expanded and frozen at dispatch: name → ids of recipients. */
  groups: z.record(z.string(), z.array(id)).default({}),
});
export type Municipality = z.infer<typeof Municipality>;

/** The body of that id. Throws for one that the municipality does not have. */
export function bodyOf(municipality: Municipality, id: string): Body {
  const body = municipality.bodies.find((it) => it.id === id);
  if (!body) throw new Error(`${municipality.name} has no body "${id}"`);
  return body;
}
