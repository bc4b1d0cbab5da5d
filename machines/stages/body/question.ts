/** The question: put on proposals, confirmed, and what it does to the points it was put on (R-045, KL 5:53). */
import * as z from 'zod';
import {
  type Action,
  assigning,
  causing,
  type EventDeclaration,
  type Guard,
  guard,
  type JsonObject,
  type Received,
} from '../../chart.ts';
import { deciding, prose, several, yesNo } from '../../events.ts';
import { outcomesOf } from '../../outcomes.ts';
import { tell } from '../../tell.ts';
import { withOutcome } from '../matter/outcomes.ts';
import {
  dependentsOf,
  isJoint,
  type MatterContext,
  type PointEntry,
  Proposal,
  pointId,
  type Question,
  remaining,
} from '../matter.ts';
import { byOthers, noMotion } from './by-others.ts';
import { secretary } from './secretary.ts';

interface At {
  readonly body: string;
  readonly role: string;
  readonly scope: readonly string[];
}

/** Votes that were counted tell whether all agreed. */
const votesAgree = guard<MatterContext, { unanimous?: boolean }>({
  rule: 'R-045',
  version: 1,
  says: {
    sv: 'Alla var inte ense: i omröstningen röstade inte alla lika.',
    en: 'Not all agreed: in the vote not everyone voted the same.',
  },
  holds: ({ question }, { unanimous }) => {
    const { yes = 0, no = 0, abstained = 0 } = question?.vote ?? {};
    return unanimous !== true || [yes, no, abstained].filter((it) => it > 0).length < 2;
  },
});

const proposedByOthers = byOthers<{ proposals: readonly z.infer<typeof Proposal>[] }>(
  noMotion,
  ({ proposals }) => proposals.flatMap(({ by }) => by ?? []),
);

export const questionEvents: Readonly<Record<string, EventDeclaration>> = {
  'question.put': deciding({
    label: { sv: 'Ställ proposition', en: 'Put the question' },
    by: secretary,
    rule: 'R-045',
    asks: { proposedByOthers },
    fields: {
      proposals: several('Förslag', 'Proposals', Proposal, 10),
      points: several('Beslutspunkter', 'Decision points', z.int().min(1), 50).optional(),
      order: prose('Propositionsordning som godkänts', 'Order of the questions, as approved').optional(),
    },
  }),
  'decision.confirm': deciding({
    label: { sv: 'Bekräfta beslut', en: 'Confirm the decision' },
    by: secretary,
    rule: 'R-045',
    asks: { votesAgree },
    fields: {
      finds: z.int().min(1).max(10).meta({ sv: 'Finner bifall till förslag', en: 'Finds for proposal' }),
      unanimous: yesNo('Alla närvarande är ense', 'All present agree').optional(),
    },
  }),
};

export const questionGuards: Readonly<Record<string, Guard>> = {
  pointsOpen: guard<MatterContext, { points?: readonly number[] }, { scope: readonly string[] }>({
    rule: 'R-067',
    version: 1,
    says: {
      sv: 'En angiven punkt är inte öppen för organet.',
      en: 'A point named is not open for the body.',
    },
    holds: (context, event, { scope }) => {
      const open = remaining(context, scope).map((point) => point.key);
      return open.length > 0 && (event.points ?? []).every((n) => open.includes(`p${n}`));
    },
  }),
  outcomesAllowed: guard<MatterContext, Pick<Question, 'proposals'>, { role: keyof typeof outcomesOf }>({
    rule: 'R-025',
    version: 1,
    says: {
      sv: 'Organet kan inte fatta ett sådant beslut i det här skedet.',
      en: 'The body cannot reach that outcome at this stage.',
    },
    holds: (_, event, { role }) => event.proposals.every((it) => outcomesOf[role].includes(it.outcome)),
  }),
  wordingGiven: guard<MatterContext, Pick<Question, 'proposals'>>({
    rule: 'R-068',
    version: 1,
    says: {
      sv: 'Ett ändrings- eller tilläggsförslag måste ha en lydelse.',
      en: 'An amendment or an addition must have its wording.',
    },
    holds: (_, event) =>
      event.proposals.every(
        (it) => (!it.outcome.startsWith('approvedW') && it.outcome !== 'approvedAmended') || it.text,
      ),
  }),
  wasPut: guard<MatterContext, { finds: number }>({
    rule: 'R-045',
    version: 1,
    says: {
      sv: 'Det förslaget har inte ställts under proposition.',
      en: 'The question was not put on that proposal.',
    },
    holds: (context, event) => event.finds <= (context.question?.proposals.length ?? 0),
  }),
};

/** The points as a confirmed question leaves them: with the wording of the proposal that won, if it has one. */
function worded({ question, points }: MatterContext, finds: number): readonly PointEntry[] {
  const text = question?.proposals[finds - 1]?.text;
  return points.map((it) => (text && question?.points.includes(it.key) ? { ...it, text } : it));
}

/** The wordings of the points that a decision is made on condition of, as its body has them before it. */
const seen = (points: readonly PointEntry[], { conditionalOn }: PointEntry): JsonObject => {
  const saw = points.flatMap(({ key, text }) =>
    conditionalOn.includes(key) ? [{ point: key, wording: text }] : [],
  );
  return saw.length > 0 ? { saw } : {};
};

/** What a confirmed question does to its points: decided by their own body, else put forward to it. */
const treat = causing<MatterContext, { finds: number }, At>(1, (context, event, { body, role }) => {
  const { meeting, paragraph, question, self } = context;
  const proposal = question?.proposals[event.finds - 1];
  if (!proposal) return [];
  const { outcome, text } = proposal;
  const points = worded(context, event.finds);
  return points.flatMap((point) => {
    const id = pointId(context, point.key);
    if (!question.points.includes(point.key)) return [];
    if (point.body !== body)
      return tell(id, 'point.prepared', { body, role, outcome, meeting, ...(text && { text }) });
    const decision = {
      body,
      outcome,
      meeting,
      paragraph,
      text: point.text,
      ...(question.vote && { vote: { ...question.vote } }),
      ...seen(points, point),
    };
    return [
      ...tell(id, 'point.decided', decision),
      ...tell(dependentsOf(context, point.key), 'condition.decided', {
        point: point.key,
        outcome,
        wording: point.text,
      }),
      ...tell(isJoint(context, point.key) ? context.joint : null, 'member.decided', {
        matter: self.id,
        municipality: self.tenant,
        outcome,
      }),
    ];
  });
});

/** The outcome of the question, with the points that it was put on, and the vote where there was one. */
function decided(context: MatterContext, event: Received<{ finds: number }>) {
  const { question } = context;
  const proposal = question?.proposals[event.finds - 1];
  if (!question || !proposal) return context.outcomes;
  const { type, meta } = event;
  const { outcome, text } = proposal;
  return withOutcome(context, { type, meta }, outcome, {
    points: question.points,
    ...(text && { text }),
    ...(question.vote && { vote: { ...question.vote } }),
  });
}

export const questionActions: Readonly<Record<string, Action>> = {
  putQuestion: assigning<MatterContext, { points?: readonly number[] } & Pick<Question, 'proposals'>, At>(
    1,
    (context, event, { scope }) => ({
      question: {
        points: event.points?.map((n) => `p${n}`) ?? remaining(context, scope).map((point) => point.key),
        proposals: event.proposals,
        main: 1,
        contenders: [],
        winner: null,
      },
    }),
  ),
  treat,
  markTreated: assigning<MatterContext, { finds: number }, At>(1, (context, event, { body }) => {
    const { finds } = event;
    const asked = context.question?.points ?? [];
    return {
      outcomes: decided(context, event),
      treated: [...context.treated, ...asked],
      question: null,
      points: worded(context, finds).map((point) =>
        asked.includes(point.key) && point.body === body ? { ...point, standing: 'decided' } : point,
      ),
    };
  }),
};
