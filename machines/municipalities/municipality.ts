/** What differs between municipalities, and what one body's own rules say (rulebook 2.15): data, never code. */
import * as z from 'zod';
import type { Period } from '../chart.ts';
import { saying } from '../label.ts';
import { MatterGroup } from './delegation.ts';
import { id, label, name } from './named.ts';

/** What a rule rests on, or that it is not settled: for those who read the data. Nothing is decided by it. */
const remark = z.string().min(1).max(1000).optional();

/** A part of the whole, in whole numbers: `[1, 3]` is a third. */
export const share = z
  .tuple([z.int().min(1).max(100), z.int().min(1).max(100)])
  .refine(
    ([part, whole]) => part <= whole,
    saying('en andel är högst det hela', 'a share is at most the whole'),
  );

/** How many must take part for a body to decide: more than a share of its seats, at least one, or a number. */
export const Quorum = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('moreThan'), share, remark }),
  z.strictObject({ rule: z.literal('atLeast'), share, remark }),
  z.strictObject({ rule: z.literal('members'), members: z.int().positive(), remark }),
]);
export type Quorum = z.infer<typeof Quorum>;

/** KL 5:45 and 6:27: more than half of the seats. */
export const moreThanHalf: { rule: 'moreThan'; share: [number, number] } = {
  rule: 'moreThan',
  share: [1, 2],
};

export const isMoreThanHalf = (quorum: Quorum): boolean =>
  quorum.rule === 'moreThan' && quorum.share[0] * 2 === quorum.share[1];

/** Whether that many suffice. Where the seats are not known one does: the chair says whether there is a quorum. */
export function isQuorate(quorum: Quorum, seats: number | null, present: number): boolean {
  if (quorum.rule === 'members') return present >= quorum.members;
  if (seats === null) return present >= 1;
  const [part, whole] = quorum.share;
  return quorum.rule === 'atLeast' ? whole * present >= part * seats : whole * present > part * seats;
}

/** What decides between two proposals with as many votes each. */
export const tieRules = {
  castingVote: { sv: 'ordförandens utslagsröst', en: "the chair's casting vote" },
  chairsProposal: { sv: 'det förslag som ordföranden röstade för', en: 'the proposal the chair voted for' },
  rejected: { sv: 'det som ställts under proposition faller', en: 'what is put to the vote falls' },
} as const;

/** The right of a minority of those present to have a matter delayed. */
export const MinorityBrake = z.strictObject({
  threshold: share,
  /** What may be demanded. */
  delays: z.array(z.enum(['defer', 'refer'])).min(1),
  /** How often in one matter; null for as often as it is demanded. */
  maxUses: z.literal(1).nullable(),
  remark,
});
export type MinorityBrake = z.infer<typeof MinorityBrake>;

/** KL 5:50: a third of those present, once for a matter. */
export const thirdOnce: MinorityBrake = { threshold: [1, 3], delays: ['defer', 'refer'], maxUses: 1 };

/** A third, whatever it is written in. */
export const isThird = ({ threshold: [part, whole] }: MinorityBrake): boolean => part * 3 === whole;

/** How long before a meeting it must be known. */
const Notice = z.strictObject({
  length: z.int().positive(),
  unit: z.enum(['calendarDays', 'workingDays', 'weeks']),
  remark,
});

export type Notice = z.infer<typeof Notice>;

/** What a council's rules of procedure say of interpellations and questions (KL 5:45, 5:59–64). */
const Inquiries = z.strictObject({
  /** How long before a meeting of the council each is handed in. */
  interpellation: Notice.optional(),
  question: Notice.optional(),
  /** Whether the council has allowed them to be answered when it has no quorum. */
  belowQuorum: z.boolean().default(false),
});

/** A time after a decision within which some may have it looked at again (rulebook section 4). */
export const ReviewWindow = z.strictObject({
  id,
  label,
  /** The body whose decisions may be called in. */
  of: id,
  who: label,
  /** How many of them it takes. */
  threshold: z.int().positive(),
  length: z.int().positive().max(365),
  unit: z.enum(['calendarDays', 'workingDays', 'weeks']),
  startsAt: z.enum(['decision', 'publication', 'deemedReceipt']),
  /** Days from publication to deemed receipt. */
  receiptAfter: z.int().min(0).max(60).default(0),
  /** Whether the decision waits, and is not executed while the window is open. */
  suspensive: z.boolean(),
  target: z.enum(['sameBody', 'higherBody', 'court', 'supervisor']),
  /** How often a decision may be called in. */
  maxUses: z.int().positive().max(10),
  remark,
});
export type ReviewWindow = z.infer<typeof ReviewWindow>;

export const bodyKinds = [
  'council',
  'board',
  'committee',
  'draftingCommittee',
  'workingCommittee',
  'administration',
] as const;

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
  quorum: Quorum.default(moreThanHalf),
  tie: z.enum(Object.keys(tieRules) as [keyof typeof tieRules]).default('castingVote'),
  /** Null where the body's majority alone can delay a matter. */
  minorityBrake: MinorityBrake.nullable().default(null),
  notice: Notice.optional(),
  /** Of a joint committee: the notice boards of the other municipalities that take part in it. */
  otherNoticeBoards: z.array(name).max(400).optional(),
  /** Of a committee: whether the council has let it meet in public; a council always does. */
  openDoors: z.boolean().default(false),
  /** Whether members may take part at a distance. */
  remote: z.boolean().default(false),
  /** Of a council. */
  inquiries: Inquiries.optional(),
  remark,
});
export type Body = z.infer<typeof Body>;

const Recipient = z.strictObject({
  id,
  name,
  /** How a decision reaches the recipient. */
  channel: z.enum(['letter', 'email', 'internal', 'api']).default('email'),
});
export type Recipient = z.infer<typeof Recipient>;

const AppealPeriod = z
  .strictObject({
    months: z.int().positive().max(12).optional(),
    weeks: z.int().positive().max(60).optional(),
    days: z.int().positive().max(400).optional(),
    remark,
  })
  .refine((it) => it.months ?? it.weeks ?? it.days, saying('en tid har en längd', 'a period has a length'));

/**
 * What the municipality's plan says of records whose contents need not be kept for good: those that no rule
 * names are.
 */
const RetentionRule = z.strictObject({
  /** Routes without their municipality, or the charts of other records: `meeting`, `joint-matter`. */
  of: z.array(id).min(1),
  /** How long the contents are kept, counted from when the record and all that belongs to it is closed. */
  years: z.int().min(1).max(500),
  /** Fields by name that people wrote, and that stay: `title`. */
  keeps: z.array(z.string().min(1).max(100)).default([]),
  remark,
});
export type RetentionRule = z.infer<typeof RetentionRule>;

export const Municipality = z.strictObject({
  id,
  name,
  /** Country (ISO 3166-1 or 3166-2, `GB-ENG`), and zone (IANA). */
  calendar: z.strictObject({
    country: z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'a code of ISO 3166, in capitals'),
    zone: z.string(),
  }),
  /** The prefix of the registry numbers that the registrar's series gives. */
  registryPrefix: z.string().min(1).max(40),
  noticeBoard: name,
  bodies: z.array(Body).min(1),
  recipients: z.array(Recipient).default([]),
  /** Group recipients, expanded and frozen at dispatch: name → ids of recipients. */
  groups: z.record(z.string(), z.array(id)).default({}),
  /** By regime: how long a decision may be appealed, counted from its announcement. */
  appealPeriods: z.strictObject({ general: AppealPeriod }).default({ general: { weeks: 3 } }),
  reviewWindows: z.array(ReviewWindow).default([]),
  /** In what the committees let others decide. */
  delegations: z.array(MatterGroup).default([]),
  /** What may be redacted, and when. */
  retention: z.array(RetentionRule).default([]),
  /** Whether the council has allowed citizen proposals. */
  citizenProposals: z.boolean().default(false),
  remark,
});
export type Municipality = z.infer<typeof Municipality>;

/** The body of that id. Throws for one that the municipality does not have. */
export function bodyOf(municipality: Municipality, id: string): Body {
  const body = municipality.bodies.find((it) => it.id === id);
  if (!body) throw new Error(`${municipality.name} has no body "${id}"`);
  return body;
}

/** Whether the Swedish act applies, or another country's law. */
export const isSwedish = ({ calendar }: Municipality): boolean => calendar.country === 'SE';

/** A length of time in its own unit, as the calendar reckons it. */
export const periodOf = ({ length, unit }: Notice): Period => ({
  [unit === 'calendarDays' ? 'days' : unit]: length,
});

/**
 * How long before a meeting of the body it must be known: what its own rules say, else a week for a council under
 * the Swedish act; null for others, of whom no act says it.
 */
export function noticeOf(municipality: Municipality, { notice, kind }: Body): Period | null {
  if (notice) return periodOf(notice);
  return kind === 'council' && isSwedish(municipality) ? { weeks: 1 } : null;
}

/** The review window of that id. Throws for one that the municipality does not have. */
export function windowOf(municipality: Municipality, id: string): ReviewWindow {
  const window = municipality.reviewWindows.find((it) => it.id === id);
  if (!window) throw new Error(`${municipality.name} has no review window "${id}"`);
  return window;
}

/** How long a decision may be appealed, where no regime of its own says otherwise. */
export function appealPeriodOf({ appealPeriods }: Municipality): {
  months?: number;
  weeks?: number;
  days?: number;
} {
  const { remark: _, ...period } = appealPeriods.general;
  return Object.fromEntries(Object.entries(period).filter(([, length]) => length !== undefined));
}
