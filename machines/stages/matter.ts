/** What a matter remembers, whichever route it takes, and the conditions and actions that its stages share. */
import * as z from 'zod';
import {
  type Action,
  assigning,
  causing,
  type Effect,
  type Guard,
  guard,
  type Identity,
  type JsonObject,
  type Named,
  type Period,
} from '../chart.ts';
import { date, line, oneOf, period, prose, several, yesNo } from '../events.ts';
import type { Label } from '../label.ts';
import { type Outcome, outcomes } from '../outcomes.ts';
import { tell } from '../tell.ts';

export const pointKinds = {
  decision: { sv: 'Beslut', en: 'Decision' },
  instruction: { sv: 'Uppdrag', en: 'Instruction' },
  note: { sv: 'Notering', en: 'Note' },
  regulation: { sv: 'Föreskrift', en: 'Regulation' },
} as const;

/** Why a decision is not open to review of legality (KL 13:2–3). */
const noAppealGrounds = {
  preparatory: { sv: 'rent förberedande', en: 'purely preparatory' },
  executive: { sv: 'rent verkställande', en: 'purely executive' },
  otherRegime: { sv: 'överklagas i annan ordning', en: 'appealed in another way' },
} as const;

const task = z.strictObject({
  title: line('Uppgift', 'Task'),
  assignee: line('Ansvarig roll', 'Responsible role'),
  due: date('Klart senast', 'Due').optional(),
});

const followUp = z.strictObject({
  title: line('Uppföljning', 'Follow-up'),
  assignee: line('Ansvarig roll', 'Responsible role'),
  every: period('Hur ofta', 'How often'),
  until: date('Till och med', 'Until').optional(),
});

/** A numbered point of the proposal, as the administration drafts it. */
export const PointDraft = z.strictObject({
  text: prose('Förslag till beslut', 'Proposed decision'),
  body: line('Beslutande organ', 'Deciding body'),
  kind: oneOf('Slag', 'Kind', pointKinds).default('decision'),
  /** Numbers of the points that must be decided as proposed before this one holds. */
  onCondition: several('Under förutsättning att punkt', 'On condition that point', z.int().min(1), 50)
    .meta({ ofRows: true })
    .optional(),
  appealable: yesNo('Kan överklagas', 'Can be appealed').default(true),
  /** Why it cannot be: no decision of the council is among those. */
  noAppealFor: oneOf(
    'Varför det inte kan överklagas',
    'Why it cannot be appealed',
    noAppealGrounds,
  ).optional(),
  tasks: several('Uppdrag', 'Tasks', task, 20).optional(),
  followUps: several('Uppföljning', 'Follow-ups', followUp, 20).optional(),
  /** The contract that the decision ends, and the notice that the contract requires. */
  terminates: z
    .strictObject({
      contract: line('Avtal', 'Contract'),
      counterparty: line('Motpart', 'Counterparty'),
      noticePeriod: period('Uppsägningstid', 'Notice period'),
    })
    .optional(),
  /** The contract that the decision approves, who signs it, and whether a standstill comes first. */
  concludes: z
    .strictObject({
      contract: line('Avtal', 'Contract'),
      counterparty: line('Motpart', 'Counterparty'),
      signatory: line('Undertecknas av', 'Signed by'),
      procured: yesNo('Upphandlat', 'Procured').default(false),
    })
    .optional(),
});

/** What starts a matter, whatever its route. */
export const MatterInput = z.strictObject({
  title: line('Rubrik', 'Title'),
  number: line('Diarienummer', 'Registry number'),
  initiator: line('Initiativ från', 'Initiated by').optional(),
  summary: prose('Sammanfattning', 'Summary').optional(),
  proposals: several('Beslutspunkter', 'Decision points', PointDraft, 50),
  recipients: several(
    'Beslutet ska skickas till',
    'The decision is sent to',
    line('Mottagare', 'Recipient'),
  ).optional(),
  /** The body that the administration's report asks to approve; a linter compares it with the deciding body. */
  addressedTo: line('Förvaltningen föreslår', 'The administration proposes to').optional(),
  /** Bodies that the decision affects and that have to decide or answer for themselves. */
  affected: several(
    'Berörda organ',
    'Affected bodies',
    z.strictObject({ body: line('Organ', 'Body'), reason: line('Skäl', 'Reason') }),
    20,
  ).optional(),
  /** Earlier decisions that this matter refers to. */
  refersTo: several(
    'Tidigare beslut',
    'Earlier decisions',
    z.strictObject({
      body: line('Organ', 'Body'),
      on: date('Datum', 'Date'),
      paragraph: line('Paragraf', 'Paragraph'),
      subject: line('Avser', 'Subject'),
      relation: oneOf('Förhållande', 'Relation', {
        terminates: { sv: 'upphäver', en: 'terminates' },
        mentions: { sv: 'hänvisar till', en: 'refers to' },
      }),
    }),
    20,
  ).optional(),
  /** The joint matter that this one answers, when municipalities decide in parallel. */
  joint: z.string().optional(),
});
export type Draft = z.infer<typeof PointDraft>;

/** The draft of a point on a route: only a body that decides there can decide it, or it would never be decided. */
export const draftDecidedBy = (bodies: Readonly<Record<string, Label>>) =>
  PointDraft.extend({ body: oneOf('Beslutande organ', 'Deciding body', bodies) });

/** A condition names another point of the matter, and one that is not itself conditional: else it could never be met. */
const conditionIsReal = (drafts: readonly Draft[], index: number): boolean =>
  (drafts[index]?.onCondition ?? []).every(
    (n) => n !== index + 1 && drafts[n - 1] !== undefined && !drafts[n - 1]?.onCondition,
  );

/** What a point may say that makes its matter one of a kind. */
export const pointTopics = ['concludes', 'terminates'] as const;
export type PointTopic = (typeof pointTopics)[number];

/** What the council decides can be appealed, and of another decision that cannot it is said why. */
const saysWhyNot = (
  { appealable, noAppealFor, body }: Pick<Draft, 'appealable' | 'noAppealFor' | 'body'>,
  councils: readonly string[],
): boolean => appealable || (noAppealFor !== undefined && !councils.includes(body));

/**
 * What starts a matter on a route whose points are drafted so, and decided by these councils among others; one of the
 * points is about what it must be about.
 */
export const matterInputOf = (draft: z.ZodObject, councils: readonly string[], must?: PointTopic) =>
  MatterInput.extend({
    proposals: several('Beslutspunkter', 'Decision points', draft, 50)
      .check(({ value, issues }) => {
        const drafts = value as unknown as readonly Draft[];
        const wrong = drafts.flatMap((_, index) => (conditionIsReal(drafts, index) ? [] : [index]));
        const message = 'a condition must name another point, which is not itself conditional';
        const issueAt = (index: number) =>
          ({ code: 'custom', path: [index, 'onCondition'] as PropertyKey[], input: value, message }) as const;
        issues.push(...wrong.map(issueAt));
      })
      .refine(
        (it) => must === undefined || (it as unknown as readonly Draft[]).some((point) => point[must]),
        {
          error: `a point on this route ${must} a contract`,
        },
      )
      .refine((all) => all.every((it) => saysWhyNot(it as unknown as Draft, councils)), {
        error: 'what the council decides can be appealed, and of another decision that cannot it is said why',
      }),
  });

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

export interface Question {
  readonly points: readonly string[];
  readonly proposals: readonly { readonly outcome: Outcome; readonly text?: string }[];
  /** The proposal that the chair finds carried, and those that compete to be put against it, by number. */
  readonly main: number;
  readonly contenders: readonly number[];
  /** The number of the winning proposal after a vote; null before one. */
  readonly winner: number | null;
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
};

/** The id of the actor that a point is. */
export const pointId = (context: Pick<MatterContext, 'self'>, key: string): string =>
  `${context.self.id}.${key}`;

/** What every point of a route is started with, by the municipality's data. */
export interface PointTerms {
  readonly appealPeriod?: Period;
  /** By body: the stages that its decisions must have passed before they are executed. */
  readonly held?: { readonly [body: string]: readonly string[] };
}

const entryOf = (draft: Draft, number: number, { held }: PointTerms): PointEntry => ({
  key: `p${number}`,
  body: draft.body,
  text: draft.text,
  standing: 'open',
  executing: false,
  conditionalOn: [...(draft.onCondition ?? []).map((n) => `p${n}`), ...(held?.[draft.body] ?? [])],
});

/** An action that starts or enters points, with their terms where there are any. */
export const withTerms = (type: string, terms: PointTerms): Named =>
  Object.keys(terms).length === 0 ? { type } : { type, params: { ...terms } as JsonObject };

/** Points are keyed `p1`, `p2` …; what else a point depends on is a stage that it must have passed. */
export const isPointKey = (key: string): boolean => /^p\d+$/.test(key);

/** Starts the actor of a point. */
export const startPoint = (
  context: MatterContext,
  draft: Draft,
  number: number,
  terms: PointTerms,
): Effect => {
  const { onCondition: _, ...rest } = draft;
  const { key, conditionalOn } = entryOf(draft, number, terms);
  const { appealPeriod } = terms;
  return {
    kind: 'start',
    chart: 'decision-point',
    key,
    // A draft was parsed from JSON and holds nothing else.
    input: {
      ...(rest as JsonObject),
      label: String(number),
      matter: context.self.id,
      title: context.title,
      conditionalOn,
      ...(appealPeriod && { appealPeriod: { ...appealPeriod } }),
    },
  };
};

const changePoint = (context: MatterContext, key: string, change: Partial<PointEntry>) =>
  context.points.map((point) => (point.key === key ? { ...point, ...change } : point));

/** The key of the point with that actor id. */
const keyOf = (actor: string): string => actor.slice(actor.lastIndexOf('.') + 1);

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

export const matterGuards: Readonly<Record<string, Guard>> = {
  undecided: guard<MatterContext>({
    rule: 'R-063',
    version: 1,
    says: {
      sv: 'Ett ärende kan återkallas bara innan någon punkt är beslutad.',
      en: 'A matter can be withdrawn only before any point has been decided.',
    },
    holds: (context) => context.points.every((point) => point.standing === 'open'),
  }),
  saysWhyNot: guard<MatterContext, Draft, { councils: readonly string[] }>({
    rule: 'R-075',
    version: 1,
    says: {
      sv: 'Fullmäktiges beslut kan alltid överklagas; för ett annat beslut som inte kan det anges varför.',
      en: 'What the council decides can always be appealed; of another decision that cannot, say why.',
    },
    holds: (_, event, { councils }) => saysWhyNot(event, councils),
  }),
  nothingPut: guard<MatterContext>({
    rule: 'R-063',
    version: 1,
    says: {
      sv: 'Propositionen är ställd: organet avgör ärendet.',
      en: 'The question has been put: the body decides the matter.',
    },
    holds: (context) => context.question === null,
  }),
  notSeized: guard<MatterContext>({
    rule: 'R-063',
    version: 1,
    says: {
      sv: 'Ärendet är väckt i fullmäktige: bara fullmäktige kan avskriva det.',
      en: 'The matter is before the council: only the council can write it off.',
    },
    holds: (context) => !context.seized,
  }),
  openFor: guard<MatterContext, unknown, { scope: readonly string[] }>({
    rule: 'R-067',
    version: 1,
    says: {
      sv: 'Det finns ingen öppen beslutspunkt för organet.',
      en: 'No decision point is open for the body.',
    },
    holds: (context, _, { scope }) => remaining(context, scope).length > 0,
  }),
  openElsewhere: guard<MatterContext, unknown, { scope: readonly string[] }>({
    rule: 'R-067',
    version: 1,
    says: {
      sv: 'Ingen punkt väntar på ett annat organ.',
      en: 'No point is waiting for another body.',
    },
    holds: (context, _, { scope }) =>
      context.points.some((point) => point.standing === 'open' && scope.includes(point.body)),
  }),
  notDispatched: guard<MatterContext>({
    rule: 'R-087',
    version: 1,
    says: {
      sv: 'Beslutet är redan expedierat; mottagarna är frysta.',
      en: 'The decision is already dispatched; its recipients are frozen.',
    },
    holds: (context) => context.dispatches === 0,
  }),
  returnsTo: guard<MatterContext, { body: string }, { body: string }>({
    rule: 'R-065',
    version: 1,
    says: { sv: 'Punkten hör till ett annat organ.', en: 'The point belongs to another body.' },
    holds: (_, event, { body }) => event.body === body,
  }),
};

export const matterActions: Readonly<Record<string, Action>> = {
  startPoints: causing<MatterContext, unknown, PointTerms>(1, (context, _, terms) =>
    context.proposals.map((draft, index) => startPoint(context, draft, index + 1, terms)),
  ),
  startEarlierDecisions: causing<MatterContext>(1, (context) =>
    context.refersTo.map((earlier, index) => ({
      kind: 'start',
      chart: 'earlier-decision',
      key: `earlier${index + 1}`,
      input: earlier,
    })),
  ),
  askAffected: causing<MatterContext>(1, (context) =>
    context.affected.map(({ body, reason }, index) => ({
      kind: 'start',
      chart: 'consultation',
      key: `affected${index + 1}`,
      input: { body, question: reason, affected: true },
    })),
  ),
  enterPoints: assigning<MatterContext, unknown, PointTerms>(1, (context, _, terms) => ({
    points: context.proposals.map((draft, index) => entryOf(draft, index + 1, terms)),
    proposals: [],
    unanswered: context.affected.map((_, index) => `${context.self.id}.affected${index + 1}`),
  })),
  startAddedPoint: causing<MatterContext, Draft, PointTerms>(1, (context, event, terms) => {
    const { type: _, meta: __, ...draft } = event;
    return [startPoint(context, draft, context.points.length + 1, terms)];
  }),
  addPoint: assigning<MatterContext, Draft, PointTerms>(1, (context, event, terms) => ({
    points: [...context.points, entryOf(event, context.points.length + 1, terms)],
  })),
  /** Reopened while its own body still has the matter, the point can be put again at once. */
  reopenPoint: assigning<MatterContext, { actor: string }>(1, (context, event) => ({
    points: changePoint(context, keyOf(event.actor), { standing: 'open', executing: false }),
    treated: context.treated.filter((key) => key !== keyOf(event.actor)),
  })),
  /** What becomes of a decision changes nothing for a point that has been reopened since. */
  pointStands: assigning<MatterContext, { actor: string }, { standing: PointEntry['standing'] }>(
    1,
    (context, event, { standing }) => {
      const key = keyOf(event.actor);
      const isOpen = context.points.some((point) => point.key === key && point.standing === 'open');
      return isOpen ? {} : { points: changePoint(context, key, { standing }) };
    },
  ),
  /** What becomes of a decision is told to those made on condition of it. */
  tellDependents: causing<MatterContext, { actor: string }, { event: string }>(
    1,
    (context, { actor }, { event }) => {
      const point = keyOf(actor);
      return tell(dependentsOf(context, point), event, { point });
    },
  ),
  tellJoint: causing<MatterContext, { actor: string }>(1, (context, event) =>
    tell(isJoint(context, keyOf(event.actor)) ? context.joint : null, 'member.annulled', {
      matter: context.self.id,
      municipality: context.self.tenant,
    }),
  ),
  pointExecutes: assigning<MatterContext, { actor: string }, { executing: boolean }>(
    1,
    (context, event, { executing }) => ({ points: changePoint(context, keyOf(event.actor), { executing }) }),
  ),
  terminateEarlier: causing<MatterContext>(1, (context) =>
    context.refersTo.flatMap((earlier, index) =>
      earlier.relation === 'terminates'
        ? tell(`${context.self.id}.earlier${index + 1}`, 'decision.terminated', { by: context.number })
        : [],
    ),
  ),
  answered: assigning<MatterContext, { actor: string }>(1, (context, event) => ({
    unanswered: context.unanswered.filter((id) => id !== event.actor),
  })),
  delivered: assigning<MatterContext, { actor: string }>(1, (context, event) => ({
    undelivered: context.undelivered.filter((id) => id !== event.actor),
  })),
  /** A visit to a body, or to the administration, begins with nothing treated and no meeting. */
  arrive: assigning<MatterContext, unknown, { body: string }>(1, (_, __, { body }) => ({
    body,
    treated: [],
    question: null,
    meeting: null,
    paragraph: null,
    present: null,
    recused: [],
    motions: [],
    unlisted: false,
  })),
  seize: assigning<MatterContext>(1, () => ({ seized: true })),
  reviseRecipients: assigning<MatterContext, { recipients: readonly string[] }>(1, (_, event) => ({
    recipients: event.recipients,
  })),
  leaveAgenda: causing<MatterContext>(1, (context) =>
    tell(context.meeting, 'item.left', { matter: context.self.id, how: 'withdrawn', points: [] }),
  ),
};
