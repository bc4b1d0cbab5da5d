import type { Label } from './label.ts';

/**
 * What a body can decide in substance when the question is put (product.md, "Outcomes"). None collapses to
 * approved or rejected. What happens to a matter without a decision in substance (deferral, referral, being
 * struck from the agenda) is an event of the route, not an outcome of a question.
 */
export const outcomes = {
  approved: { sv: 'Bifall', en: 'Approved' },
  approvedAmended: { sv: 'Bifall med ändring', en: 'Approved as amended' },
  approvedWithAddition: { sv: 'Bifall med tillägg', en: 'Approved with an addition' },
  endorsed: { sv: 'Enligt förvaltningens förslag', en: 'Endorsed as proposed by the administration' },
  rejected: { sv: 'Avslag', en: 'Rejected' },
  noRecommendation: { sv: 'Utan eget förslag', en: 'No recommendation' },
  noted: { sv: 'Läggs till handlingarna', en: 'Noted' },
  answered: { sv: 'Besvarad', en: 'Answered' },
  deemedAnswered: { sv: 'Anses besvarad', en: 'Deemed answered' },
  writtenOff: { sv: 'Avskrivs', en: 'Written off' },
  notAdmissible: { sv: 'Avvisas', en: 'Not admissible' },
  assigned: { sv: 'Överlåts', en: 'Assigned to another body' },
} as const satisfies Record<string, Label>;

export type Outcome = keyof typeof outcomes;

/** What happens to a matter on its way, and is no decision in substance. */
export const passages = {
  deferred: { sv: 'Bordlagt', en: 'Deferred' },
  minorityDeferral: { sv: 'Bordlagt på begäran av en minoritet', en: 'Deferred at the demand of a minority' },
  referredBack: { sv: 'Återremitterat', en: 'Referred back' },
  recommitted: { sv: 'Återremitterat på nytt', en: 'Recommitted' },
  minorityReferral: {
    sv: 'Återremitterat på begäran av en minoritet',
    en: 'Referred back at the demand of a minority',
  },
  referredOut: { sv: 'Remitterat', en: 'Referred out' },
  returned: { sv: 'Åter med yttrande', en: 'Returned with its opinion' },
  recalled: { sv: 'Återtaget av avsändaren', en: 'Recalled by the sender' },
  transferred: { sv: 'Överlämnat utan beslut', en: 'Transferred without a decision' },
  discharged: { sv: 'Övertaget från beredande organ', en: 'Discharged from committee' },
  struck: { sv: 'Utgick från dagordningen', en: 'Struck from the agenda' },
} as const satisfies Record<string, Label>;

export type Passage = keyof typeof passages;

/** How a matter ends without a body's decision on it. Nothing of it moves afterwards. */
export const endings = {
  withdrawn: { sv: 'Återkallat', en: 'Withdrawn' },
  notAdmissible: { sv: 'Tas inte upp till prövning', en: 'Not admissible' },
  joined: { sv: 'Lagt samman med annat ärende', en: 'Joined to another matter' },
  overtaken: { sv: 'Överspelat av annat ärende', en: 'Overtaken by another matter' },
  converted: { sv: 'Fortsätter som ärende av annat slag', en: 'Converted to another kind' },
  lapsed: { sv: 'Förfallet', en: 'Lapsed' },
} as const satisfies Record<string, Label>;

export type Ending = keyof typeof endings;

export const isEnding = (state: string): state is Ending => Object.hasOwn(endings, state);

/** Outcomes by which a proposal becomes the body's decision, as proposed or changed. */
export const adopting: readonly Outcome[] = [
  'approved',
  'approvedAmended',
  'approvedWithAddition',
  'endorsed',
];
/** Outcomes by which it does so word for word (R-065: only these fulfil a condition as written). */
export const asProposed: readonly Outcome[] = ['approved', 'endorsed'];

/** What a body does with a matter at a stage of its route. */
export const stageRoles = {
  prepare: { sv: 'bereder', en: 'prepares' },
  propose: { sv: 'föreslår och beslutar i egna punkter', en: 'proposes, and decides its own points' },
  decide: { sv: 'beslutar', en: 'decides' },
} as const satisfies Record<string, Label>;

export type StageRole = keyof typeof stageRoles;

const substantive: readonly Outcome[] = [
  'approved',
  'approvedAmended',
  'approvedWithAddition',
  'rejected',
  'noted',
  'answered',
  'deemedAnswered',
];

/** The outcomes open to a body in each role; only a deciding body can write a matter off. */
export const outcomesOf: Readonly<Record<StageRole, readonly Outcome[]>> = {
  prepare: ['endorsed', 'approvedAmended', 'approvedWithAddition', 'rejected', 'noRecommendation'],
  propose: substantive,
  decide: [...substantive, 'writtenOff', 'notAdmissible'],
};
