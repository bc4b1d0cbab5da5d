/** Who decides for a committee, in what, and for how long (KL 6:37–40, 7:5–8): its delegation scheme, as data. */
import * as z from 'zod';

const id = z.string().regex(/^[a-z][a-z0-9-]*$/);
const text = z.string().min(1).max(300);

/** To whom a committee may delegate. An automated decision function may not be given what is decided here. */
const delegateKinds = [
  'presidium',
  'workingCommittee',
  'member',
  'substitute',
  'employee',
  'automated',
] as const;

export const Delegation = z.strictObject({
  id,
  /** The committee whose power it is. */
  body: id,
  /** Its number in the scheme, and what may be decided. */
  label: z.strictObject({ sv: text, en: text }),
  delegate: z.strictObject({
    kind: z.enum(delegateKinds),
    /** The position that decides, not the person. */
    position: text,
    /** The municipality whose employee it is, in contractual cooperation. */
    of: id.optional(),
  }),
  /** The largest amount in kronor; none where the scope is not measured in money. */
  limit: z.int().positive().optional(),
  from: z.iso.date(),
  /** The last day; null until further notice. */
  to: z.iso.date().nullable().default(null),
  /** Whether a head of administration may hand it on to another employee. */
  handedOn: z.boolean().default(false),
  /** Notified to the committee and in its minutes, or in minutes of its own. */
  recorded: z.enum(['notified', 'separately']).default('notified'),
  /** For matters that cannot wait for the committee. */
  urgent: z.boolean().default(false),
  remark: z.string().min(1).max(1000).optional(),
});
export type Delegation = z.infer<typeof Delegation>;
