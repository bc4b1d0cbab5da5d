/** One visit to a body: waiting, on the agenda, deliberated, put to the question, decided (rulebook 2.5 and 2.6). */
import * as z from 'zod';
import {
  type Action,
  all,
  assigning,
  causing,
  type EventDeclaration,
  type Guard,
  guard,
  type Named,
  type StateData,
  type TransitionData,
} from '../chart.ts';
import { count, date, deciding, line, message, oneOf, prose, reference, several } from '../events.ts';
import type { Label } from '../label.ts';
import { type Body, isThird, type MinorityBrake } from '../municipalities/municipality.ts';
import { outcomesOf, type StageRole } from '../outcomes.ts';
import { tell } from '../tell.ts';
import { dependentsOf, type MatterContext, Proposal, pointId, type Question, remaining } from './matter.ts';

const secretary = ['clerk', 'chair'] as const;

export const bodyEvents: Readonly<Record<string, EventDeclaration>> = {
  'agenda.listed': message(
    { sv: 'Förs upp', en: 'Listed' },
    {
      meeting: reference('Sammanträde', 'Meeting', 'meetings'),
      municipality: line('Kommun', 'Municipality'),
      body: line('Organ', 'Body'),
    },
    'R-010',
  ),
  'item.opened': message(
    { sv: 'Öppna punkt', en: 'Open item' },
    {
      meeting: reference('Sammanträde', 'Meeting', 'meetings'),
      paragraph: count('Paragraf', 'Paragraph'),
      present: count('Närvarande', 'Present'),
    },
  ),
  'item.struck': message(
    { sv: 'Utgår', en: 'Struck from the agenda' },
    {
      meeting: reference('Sammanträde', 'Meeting', 'meetings'),
    },
    'R-063',
  ),
  'item.leftOver': message(
    { sv: 'Hanns inte med', en: 'Not reached' },
    {
      meeting: reference('Sammanträde', 'Meeting', 'meetings'),
    },
  ),
  'question.put': deciding({
    label: { sv: 'Ställ proposition', en: 'Put the question' },
    by: secretary,
    rule: 'R-045',
    fields: {
      proposals: several('Förslag', 'Proposals', Proposal, 2),
      points: several('Beslutspunkter', 'Decision points', z.int().min(1), 50).optional(),
    },
  }),
  'vote.demand': deciding({
    label: { sv: 'Begär votering', en: 'Demand a vote' },
    by: secretary,
    rule: 'R-045',
    fields: { by: line('Begärd av', 'Demanded by') },
  }),
  'votes.count': deciding({
    label: { sv: 'Röster räknade', en: 'Votes counted' },
    by: secretary,
    rule: 'R-049',
    fields: {
      yes: count('Ja (förslag 1)', 'Yes (proposal 1)'),
      no: count('Nej (förslag 2)', 'No (proposal 2)'),
      abstained: count('Avstår', 'Abstained'),
    },
  }),
  'vote.casting': deciding({
    label: { sv: 'Utslagsröst', en: 'Casting vote' },
    by: secretary,
    rule: 'R-049',
    fields: { proposal: z.int().min(1).max(2).meta({ sv: 'För förslag', en: 'For proposal' }) },
  }),
  'decision.confirm': deciding({
    label: { sv: 'Bekräfta beslut', en: 'Confirm the decision' },
    by: secretary,
    rule: 'R-045',
    fields: {
      finds: z.int().min(1).max(2).meta({ sv: 'Finner bifall till förslag', en: 'Finds for proposal' }),
    },
  }),
  'item.defer': deciding({
    label: { sv: 'Bordlägg', en: 'Defer' },
    by: secretary,
    rule: 'R-060',
    fields: {
      until: date('Till sammanträdet', 'Until the meeting of').optional(),
      reason: prose('Skäl', 'Reason').optional(),
    },
  }),
  'item.referBack': deciding({
    label: { sv: 'Återremittera', en: 'Refer back' },
    by: secretary,
    rule: 'R-061',
    fields: { to: line('Till', 'To'), motivation: prose('Motivering', 'Motivation') },
  }),
  'minority.delay': deciding({
    label: { sv: 'Minoritetens begäran', en: 'Minority demand' },
    by: secretary,
    rule: 'R-055',
    fields: {
      kind: oneOf('Begärs', 'Demanded', {
        defer: { sv: 'bordläggning', en: 'deferral' },
        refer: { sv: 'återremiss', en: 'referral back' },
      }),
      requesters: count('Antal som begär', 'Members demanding it'),
      to: line('Till', 'To').optional(),
      motivation: prose('Motivering', 'Motivation').optional(),
    },
  }),
};

export const bodyStates: Readonly<Record<string, Label>> = {
  awaiting: { sv: 'Väntar på sammanträde', en: 'Awaiting a meeting' },
  onAgenda: { sv: 'På dagordningen', en: 'On the agenda' },
  deliberating: { sv: 'Överläggning', en: 'Deliberation' },
  deferred: { sv: 'Bordlagt', en: 'Deferred' },
  proposition: { sv: 'Proposition', en: 'Question put' },
  voting: { sv: 'Votering', en: 'Vote' },
  tied: { sv: 'Lika röstetal', en: 'Tied' },
  counted: { sv: 'Röster räknade', en: 'Votes counted' },
  concluded: { sv: 'Beslut', en: 'Decision' },
};

interface Count {
  readonly yes: number;
  readonly no: number;
  readonly abstained: number;
}

const isTie = ({ yes, no }: Count) => yes === no;

export const bodyGuards: Readonly<Record<string, Guard>> = {
  ownMunicipality: guard<MatterContext, { municipality: string }>({
    rule: 'R-114',
    version: 1,
    says: {
      sv: 'Ärendet hör till en annan kommun.',
      en: 'The matter belongs to another municipality.',
    },
    holds: (context, event) => event.municipality === context.self.tenant,
  }),
  isBody: guard<MatterContext, { body: string }, { body: string }>({
    rule: 'R-003',
    version: 1,
    says: { sv: 'Ärendet väntar på ett annat organ.', en: 'The matter is waiting for another body.' },
    holds: (_, event, { body }) => event.body === body,
  }),
  prepared: guard<MatterContext>({
    rule: 'R-010',
    version: 1,
    says: {
      sv: 'Ärendet är inte berett av någon nämnd eller fullmäktigeberedning.',
      en: 'No committee or council drafting committee has prepared the matter.',
    },
    holds: (context) => context.preparedBy.length > 0,
  }),
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
  twoProposals: guard<MatterContext>({
    rule: 'R-045',
    version: 1,
    says: {
      sv: 'Votering kräver två förslag mot varandra.',
      en: 'A vote needs two proposals against each other.',
    },
    holds: (context) => context.question?.proposals.length === 2,
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
  voteDecides: guard<MatterContext, { finds: number }>({
    rule: 'R-049',
    version: 1,
    says: { sv: 'Omröstningen gav ett annat resultat.', en: 'The vote had another result.' },
    holds: (context, event) => event.finds === context.question?.winner,
  }),
  votesFit: guard<MatterContext, Count>({
    rule: 'R-050',
    version: 1,
    says: { sv: 'Rösterna är fler än de närvarande.', en: 'There are more votes than members present.' },
    holds: (context, { yes, no, abstained }) => yes + no + abstained <= (context.present ?? 0),
  }),
  tie: guard<MatterContext, Count>({
    rule: 'R-049',
    version: 1,
    says: { sv: 'Rösterna är inte lika.', en: 'The votes are not tied.' },
    holds: (_, event) => isTie(event),
  }),
  noTie: guard<MatterContext, Count>({
    rule: 'R-049',
    version: 1,
    says: { sv: 'Rösterna är lika.', en: 'The votes are tied.' },
    holds: (_, event) => !isTie(event),
  }),
  goesTo: guard<MatterContext, { to?: string }, { to: string }>({
    rule: 'R-061',
    version: 1,
    says: {
      sv: 'Ärendet kan återremitteras bara till ett tidigare led på sin väg.',
      en: 'The matter can be referred back only to an earlier stage of its route.',
    },
    holds: (_, event, { to }) => event.to === to,
  }),
  isDelay: guard<MatterContext, { kind: string }, { kind: string }>({
    rule: 'R-055',
    version: 1,
    says: { sv: 'Begäran avser något annat.', en: 'The demand is for something else.' },
    holds: (_, event, { kind }) => event.kind === kind,
  }),
  thirdDemands: guard<MatterContext, { requesters: number }>({
    rule: 'R-055',
    version: 1,
    says: {
      sv: 'Minst en tredjedel av de närvarande måste begära det.',
      en: 'At least one third of those present must demand it.',
    },
    holds: (context, event) => {
      const present = context.present ?? 0;
      return event.requesters <= present && 3 * event.requesters >= present && present > 0;
    },
  }),
  minorityUnused: guard<MatterContext>({
    rule: 'R-056',
    version: 1,
    says: {
      sv: 'Ärendet har redan bordlagts eller återremitterats på begäran av en minoritet.',
      en: 'The matter has already been deferred or referred back at the demand of a minority.',
    },
    holds: (context) => !context.minorityDelayUsed,
  }),
  motivated: guard<MatterContext, { motivation?: string }>({
    rule: 'R-058',
    version: 1,
    says: {
      sv: 'En återremiss ska motiveras av dem som begär den.',
      en: 'Those who demand a referral back must give its motivation.',
    },
    holds: (_, event) => event.motivation !== undefined,
  }),
};

interface At {
  readonly body: string;
  readonly role: string;
  readonly scope: readonly string[];
}

/** A joint matter starts each municipality's with its own point; what is added there concerns that municipality alone. */
const isJoint = ({ joint }: MatterContext, key: string): boolean => joint !== null && key === 'p1';

/** What a confirmed question does to its points: decided by their own body, else put forward to it. */
const treat = causing<MatterContext, { finds: number }, At>(1, (context, event, { body, role }) => {
  const proposal = context.question?.proposals[event.finds - 1];
  if (!proposal || !context.question) return [];
  const { outcome, text } = proposal;
  const treated = context.points.filter((point) => context.question?.points.includes(point.key));
  return treated.flatMap((point) => {
    const id = pointId(context, point.key);
    if (point.body !== body)
      return tell(id, 'point.prepared', {
        body,
        role,
        outcome,
        meeting: context.meeting,
        ...(text && { text }),
      });
    return [
      ...tell(id, 'point.decided', {
        body,
        outcome,
        meeting: context.meeting,
        paragraph: context.paragraph,
        ...(text && { text }),
      }),
      ...tell(dependentsOf(context, point.key), 'condition.decided', { point: point.key, outcome }),
      ...tell(isJoint(context, point.key) ? context.joint : null, 'member.decided', {
        matter: context.self.id,
        municipality: context.self.tenant,
        outcome,
      }),
    ];
  });
});

const treatedIds = (context: MatterContext): readonly string[] =>
  context.treated.map((key) => pointId(context, key));

export const bodyActions: Readonly<Record<string, Action>> = {
  join: assigning<MatterContext, { meeting: string }>(1, (_, event) => ({ meeting: event.meeting })),
  open: assigning<MatterContext, { paragraph: number; present: number }>(1, (_, { paragraph, present }) => ({
    paragraph,
    present,
  })),
  putQuestion: assigning<MatterContext, { points?: readonly number[] } & Pick<Question, 'proposals'>, At>(
    1,
    (context, event, { scope }) => ({
      question: {
        points: event.points?.map((n) => `p${n}`) ?? remaining(context, scope).map((point) => point.key),
        proposals: event.proposals,
        winner: null,
      },
    }),
  ),
  countVotes: assigning<MatterContext, Count>(1, (context, { yes, no }) => ({
    question: context.question && { ...context.question, winner: yes > no ? 1 : 2 },
  })),
  castVote: assigning<MatterContext, { proposal: number }>(1, (context, event) => ({
    question: context.question && { ...context.question, winner: event.proposal },
  })),
  treat,
  markTreated: assigning<MatterContext, unknown, At>(1, (context, _, { body }) => {
    const asked = context.question?.points ?? [];
    return {
      treated: [...context.treated, ...asked],
      question: null,
      points: context.points.map((point) =>
        asked.includes(point.key) && point.body === body ? { ...point, standing: 'decided' } : point,
      ),
    };
  }),
  conclude: causing<MatterContext>(1, (context) =>
    tell(context.meeting, 'item.concluded', { matter: context.self.id, points: treatedIds(context) }),
  ),
  rememberPreparation: assigning<MatterContext, unknown, { body: string }>(1, (context, _, { body }) => ({
    preparedBy: [...context.preparedBy.filter((it) => it !== body), body],
  })),
  leave: causing<MatterContext, unknown, { how: string }>(1, (context, _, { how }) =>
    tell(context.meeting, 'item.left', { matter: context.self.id, how, points: treatedIds(context) }),
  ),
  sendBackPoints: causing<MatterContext>(1, (context) =>
    context.points
      .filter((point) => point.standing === 'open')
      .flatMap((point) => tell(pointId(context, point.key), 'point.sentBack')),
  ),
  useMinority: assigning<MatterContext>(1, () => ({ minorityDelayUsed: true })),
};

/** Where a body's stage leads once every point in its scope has been treated. */
export interface Onward {
  /** Stages that still have open points, in the order in which they are asked; `null` body: the last resort. */
  readonly to: readonly { readonly stage: string; readonly scope: readonly string[] }[];
  readonly otherwise: string;
  /** The stages of preparation: a matter that is referred back to one is drafted again. */
  readonly drafting: readonly string[];
}

/** The stages to which a body may refer back, and those among them where the matter is drafted again. */
interface Back {
  readonly referTo: readonly string[];
  readonly drafting: readonly string[];
}

function referrals(
  { referTo, drafting }: Back,
  how: string,
  guards: readonly Named[],
  first: readonly Named[],
): TransitionData[] {
  return referTo.map((to) => ({
    target: drafting.includes(to) ? `#${to}.drafting` : `#${to}`,
    guard: all({ type: 'goesTo', params: { to } }, ...guards),
    actions: [...first, { type: 'leave', params: { how } }, { type: 'sendBackPoints' }],
  }));
}

/** Whose preparation the council needs: a working committee prepares for its board, not for the council. */
const preparing: readonly Body['kind'][] = ['board', 'committee'];

/** Who is entitled to a delay: a third, once (KL 5:50), or what another jurisdiction says of the body. */
function entitledBy(brake: MinorityBrake): Named[] {
  const { threshold, maxUses } = brake;
  return [
    isThird(brake) ? { type: 'thirdDemands' } : { type: 'shareDemands', params: { threshold } },
    ...(maxUses === null ? [] : [{ type: 'minorityUnused' }]),
  ];
}

/** The minority's right exists where the body has it (in Sweden ): elsewhere there is no such transition. */
function minorityDelay(brake: MinorityBrake, back: Back): StateData['on'] {
  const entitled = entitledBy(brake);
  const defers: TransitionData = {
    target: 'deferred',
    guard: all({ type: 'isDelay', params: { kind: 'defer' } }, ...entitled),
    actions: [{ type: 'useMinority' }, { type: 'leave', params: { how: 'deferred' } }],
  };
  const refers = referrals(
    back,
    'referredBack',
    [{ type: 'isDelay', params: { kind: 'refer' } }, ...entitled, { type: 'motivated' }],
    [{ type: 'useMinority' }],
  );
  return {
    'minority.delay': [
      ...(brake.delays.includes('defer') ? [defers] : []),
      ...(brake.delays.includes('refer') ? refers : []),
    ],
  };
}

/** How a vote ends that is tied: by the chair in one way or the other, or as lost. */
function tieOf({ tie }: Body): { readonly on: TransitionData; readonly states: StateData['states'] } {
  const guard = all({ type: 'votesFit' }, { type: 'tie' });
  if (tie === 'rejected')
    return { on: { target: 'counted', guard, actions: [{ type: 'countVotes' }] }, states: {} };
  const event = tie === 'chairsProposal' ? 'vote.chair' : 'vote.casting';
  return {
    on: { target: 'tied', guard },
    states: { tied: { on: { [event]: { target: 'counted', actions: [{ type: 'castVote' }] } } } },
  };
}

/** A body's meeting as a route has it. */
interface AtBody {
  readonly id: string;
  readonly role: StageRole;
  /** Stages to which this one may refer the matter back, nearest first. */
  readonly referTo: readonly string[];
}

/** The stage as data: a body in a role, the bodies that its scope covers, and where it leads. */
export function bodyStage(stage: AtBody, body: Body, scope: readonly string[], onward: Onward): StateData {
  const at = { body: body.id, role: stage.role, scope };
  const listed: TransitionData = {
    target: 'onAgenda',
    guard: all(
      { type: 'ownMunicipality' },
      { type: 'isBody', params: { body: body.id } },
      ...(body.kind === 'council' ? [{ type: 'prepared' }] : []),
    ),
    actions: [{ type: 'join' }],
  };
  const confirmed: TransitionData = {
    target: 'concluded',
    actions: [
      { type: 'treat', params: at },
      { type: 'markTreated', params: at },
    ],
  };
  const prepares = stage.role !== 'decide' && preparing.includes(body.kind);
  const done: Named[] = [
    { type: 'conclude' },
    ...(prepares ? [{ type: 'rememberPreparation', params: { body: body.id } }] : []),
  ];
  const back: Back = { referTo: stage.referTo, drafting: onward.drafting };
  const tie = tieOf(body);
  return {
    id: stage.id,
    initial: 'awaiting',
    meta: {
      stage: stage.id,
      body: body.id,
      bodyKind: body.kind,
      role: stage.role,
      ...(body.tie === 'rejected' && { tie: 'rejected' }),
      ...(body.minorityBrake && !isThird(body.minorityBrake) && { brake: 'own' }),
    },
    states: {
      awaiting: { entry: [{ type: 'arrive', params: { body: body.id } }], on: { 'agenda.listed': listed } },
      onAgenda: {
        on: {
          'item.opened': { target: 'deliberating', actions: [{ type: 'open' }] },
          'item.struck': { target: 'awaiting' },
          'item.leftOver': { target: 'awaiting' },
        },
      },
      deliberating: {
        on: {
          'question.put': {
            target: 'proposition',
            guard: all(
              { type: 'pointsOpen', params: { scope } },
              { type: 'outcomesAllowed', params: { role: stage.role } },
              { type: 'wordingGiven' },
            ),
            actions: [{ type: 'putQuestion', params: at }],
          },
          'item.defer': { target: 'deferred', actions: [{ type: 'leave', params: { how: 'deferred' } }] },
          'item.referBack': referrals(back, 'referredBack', [], []),
          ...(body.minorityBrake ? minorityDelay(body.minorityBrake, back) : {}),
        },
      },
      deferred: { entry: [{ type: 'arrive', params: { body: body.id } }], on: { 'agenda.listed': listed } },
      proposition: {
        on: {
          'vote.demand': { target: 'voting', guard: { type: 'twoProposals' } },
          'decision.confirm': { ...confirmed, guard: { type: 'wasPut' } },
        },
      },
      voting: {
        on: {
          'votes.count': [
            tie.on,
            {
              target: 'counted',
              guard: all({ type: 'votesFit' }, { type: 'noTie' }),
              actions: [{ type: 'countVotes' }],
            },
          ],
        },
      },
      ...tie.states,
      counted: { on: { 'decision.confirm': { ...confirmed, guard: { type: 'voteDecides' } } } },
      concluded: {
        always: [
          { target: 'deliberating', guard: { type: 'openFor', params: { scope } } },
          ...onward.to.map((next) => ({
            target: `#${next.stage}`,
            guard: { type: 'openElsewhere', params: { scope: next.scope } },
            actions: done,
          })),
          { target: `#${onward.otherwise}`, actions: done },
        ],
      },
    },
  };
}
