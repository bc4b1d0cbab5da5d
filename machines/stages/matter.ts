/** What a matter remembers, whichever route it takes. */
import * as z from 'zod';
import type { Identity, JsonObject } from '../chart.ts';
import { line, oneOf, prose } from '../events.ts';
import { type Ending, type Outcome, outcomes, type Passage } from '../outcomes.ts';
import type { Secrecy } from '../secrecy.ts';
import type { Draft } from './matter/draft.ts';

export interface PointEntry {
  readonly key: string;
  readonly body: string;
  /** As it was put forward or decided last. */
  readonly text: string;
  readonly standing: 'open' | 'decided' | 'approved' | 'settled';
  readonly executing: boolean;
  readonly conditionalOn: readonly string[];
}

export const Proposal = z.strictObject({
  outcome: oneOf('Utgång', 'Outcome', outcomes),
  text: prose('Lydelse', 'Wording').optional(),
  by: line('Yrkat av', 'Moved by').optional(),
  motion: z.int().min(1).max(100).optional().meta({ sv: 'Yrkande nummer', en: 'Motion number' }),
});

/** A motion at the meeting, numbered in the order of the motions made. */
export interface Motion {
  readonly kind: string;
  readonly by: string;
  readonly text?: string;
  /** `newMatter` and `unlawful` are the grounds on which the chair has refused to put it. */
  readonly standing: 'made' | 'withdrawn' | 'tried' | 'newMatter' | 'unlawful';
}

/** A vote as it was counted, and by what it was settled where it was tied. */
export interface CountedVote {
  readonly yes: number;
  readonly no: number;
  readonly abstained: number;
  readonly tie?: 'castingVote' | 'lot';
}

export interface Question {
  readonly points: readonly string[];
  readonly proposals: readonly { readonly outcome: Outcome; readonly text?: string }[];
  /** The proposal that the chair finds carried, and those that compete to be put against it, by number. */
  readonly main: number;
  readonly contenders: readonly number[];
  /** The number of the winning proposal after a vote; null before one. */
  readonly winner: number | null;
  /** The last count, and how a tie was settled. */
  readonly vote?: CountedVote;
}

/** Another matter of the municipality, as it was called when this one heard of it. */
export interface OtherMatter {
  readonly matter: string;
  readonly number: string;
  readonly title: string;
}

export type Had = Outcome | Passage | Ending;

/** An outcome that a matter has had: when, at which body, by which event, and what the event said. */
export interface HadOutcome {
  readonly outcome: Had;
  readonly on: string;
  readonly body: string | null;
  readonly event: string;
  readonly said: JsonObject;
}

export interface MatterContext {
  readonly self: Identity;
  readonly title: string;
  readonly number: string;
  readonly proposals: readonly Draft[];
  readonly points: readonly PointEntry[];
  /** Points already treated at this visit to a body. */
  readonly treated: readonly string[];
  readonly question: Question | null;
  /** The meeting whose agenda the matter is on. */
  readonly meeting: string | null;
  readonly paragraph: number | null;
  readonly present: number | null;
  /** Who takes no part because of a conflict of interest. */
  readonly recused: readonly string[];
  /** The motions made at this visit to a body. */
  readonly motions: readonly Motion[];
  /** Whether an open vote was counted without the names of those who voted. */
  readonly unlisted: boolean;
  /** The body that treats the matter, or has it waiting. */
  readonly body: string | null;
  readonly preparedBy: readonly string[];
  readonly minorityDelayUsed: boolean;
  /** The first day on which it comes up again where its body has said so; null for the next meeting. */
  readonly deferredUntil: string | null;
  /** The matter has come to the council: from then on only the council disposes of it. */
  readonly seized: boolean;
  readonly caseOfficer: string | null;
  readonly recipients: readonly string[];
  readonly affected: readonly { readonly body: string; readonly reason: string }[];
  readonly refersTo: readonly (JsonObject & { readonly relation: string })[];
  /** The short names of the consultations sent. */
  readonly consulted: readonly string[];
  /** Consultations and affected bodies that have not answered: actor ids. */
  readonly unanswered: readonly string[];
  /** Dispatches that are neither sent nor acknowledged: actor ids. */
  readonly undelivered: readonly string[];
  /** How many times the matter has been dispatched. */
  readonly dispatches: number;
  readonly joint: string | null;
  readonly outcomes: readonly HadOutcome[];
  /** The stage that sent the matter on, as long as the one that has received it has not acted. */
  readonly sender: string | null;
  /** Those to whom a body has referred the matter, and who may still answer in time: actor ids. */
  readonly awaited: readonly string[];
  /** How the matter has ended without a decision; null while it goes on, or has been decided. */
  readonly ended: Ending | null;
  /** The matter in which it goes on, where it has been joined to it, overtaken by it or converted into it. */
  readonly continues: OtherMatter | null;
  /** The matters that go on in this one. */
  readonly absorbed: readonly (OtherMatter & { readonly how: Ending })[];
  /** The secrecy mark; null where there is none. */
  readonly secrecy: Secrecy | null;
}

export const matterContext: JsonObject = {
  points: [],
  treated: [],
  question: null,
  meeting: null,
  paragraph: null,
  present: null,
  recused: [],
  motions: [],
  unlisted: false,
  body: null,
  preparedBy: [],
  minorityDelayUsed: false,
  deferredUntil: null,
  seized: false,
  caseOfficer: null,
  recipients: [],
  affected: [],
  refersTo: [],
  consulted: [],
  unanswered: [],
  undelivered: [],
  dispatches: 0,
  joint: null,
  outcomes: [],
  sender: null,
  awaited: [],
  ended: null,
  continues: null,
  absorbed: [],
};

/** The id of the actor that a point is. */
export const pointId = (context: Pick<MatterContext, 'self'>, key: string): string =>
  `${context.self.id}.${key}`;

/** Points are keyed `p1`, `p2` …; what else a point depends on is a stage that it must have passed. */
export const isPointKey = (key: string): boolean => /^p\d+$/.test(key);

/** The ids of the points that hold only on condition of this one. */
export const dependentsOf = (context: MatterContext, key: string): readonly string[] =>
  context.points.filter((it) => it.conditionalOn.includes(key)).map((it) => pointId(context, it.key));

/** A joint matter starts each municipality's with its own point; what is added there concerns that municipality alone. */
export const isJoint = ({ joint }: MatterContext, key: string): boolean => joint !== null && key === 'p1';

/** Points still to be treated at this visit, for the bodies of this stage and the later ones. */
export const remaining = (context: MatterContext, scope: readonly string[]): readonly PointEntry[] =>
  context.points.filter(
    (point) =>
      point.standing === 'open' && scope.includes(point.body) && !context.treated.includes(point.key),
  );
