/** A matter on a route: what is sent to it follows from the stages that its chart names. */
import type { z } from 'zod';
import { type Chart, conjuncts, type JsonObject, statesOf, transitionsOf } from '../../../machines/chart.ts';
import type { Delegation } from '../../../machines/municipalities/delegation.ts';
import { askedBesides } from '../../../machines/routes/asked.ts';
import { decidingBodies } from '../../../machines/routes/deciding.ts';
import type { PointTopic } from '../../../machines/stages/matter/draft.ts';
import type { PointEntry } from '../../../machines/stages/matter.ts';
import type { Model } from '../model.ts';
import { payloadsOf } from '../samples.ts';
import { TODAY } from '../sent.ts';
import { inquiryPayloads } from './inquiries.ts';

/** A stage of a route that is one body's meeting. */
export interface Visit {
  readonly stage: string;
  readonly body: string;
  readonly bodyKind: string;
  /** The country whose law it is under, where that is not Sweden. */
  readonly law?: string;
  readonly role: string;
}

/** The stages of a matter's chart that are meetings, in their order. */
export const visitsOf = (chart: Chart): readonly Visit[] =>
  Object.values(chart.data.states ?? {}).flatMap(({ meta }) =>
    typeof meta?.body === 'string' ? [meta as unknown as Visit] : [],
  );

/** Four present: a third of them is two, and the votes can be equal. */
const PRESENT = 4;
const reason = 'Skäl';

const ended = { decidedBy: 'Registrator', reason };
const otherMatter = { matter: 'x', number: '2', title: 'Annat ärende' };

/** What another matter asks that is to go on in this one: of its own municipality and of another. */
const absorbed = (municipality: string): readonly JsonObject[] => [
  { ...otherMatter, how: 'joined', municipality },
  { ...otherMatter, how: 'overtaken', municipality },
  { ...otherMatter, how: 'joined', municipality: 'elsewhere' },
];

const question = (...outcomes: readonly string[]): JsonObject => ({
  proposals: outcomes.map((outcome) =>
    outcome === 'approvedAmended' ? { outcome, text: 'Ändrad.' } : { outcome },
  ),
});

const on = (points: readonly number[], ...outcomes: readonly string[]) => ({
  ...question(...outcomes),
  points,
});

const acclaimed: readonly JsonObject[] = [
  ...['endorsed', 'approved', 'approvedAmended', 'rejected'].map((outcome) => question(outcome)),
  on([1], 'endorsed'),
  on([1], 'approved'),
  on([1], 'approvedAmended'),
  on([2], 'approved'),
  on([3], 'approved'),
];

const votedOn: readonly JsonObject[] = [
  question('endorsed', 'rejected'),
  question('approved', 'rejected'),
  { proposals: [{ outcome: 'approvedAmended' }] },
  question('writtenOff'),
  { proposals: [{ outcome: 'rejected', motion: 1 }] },
  // Of these outcomes every body may reach any.
  question('approvedAmended', 'rejected', 'approvedAmended', 'rejected'),
];

/** A resignation is refused with reasons. */
const refusals = ({ data }: Chart): readonly JsonObject[] => {
  const refused = { outcome: 'rejected', text: reason };
  const changed = { outcome: 'approvedAmended', text: 'Ändrad.' };
  return Object.values(data.states ?? {}).some(({ meta }) => meta?.role === 'resignation')
    ? [{ proposals: [{ outcome: 'approved' }, refused] }, { proposals: [changed, refused, changed, refused] }]
    : [];
};

/** Whether the council is asked about each point by itself. */
export const asksSeparately = ({ data }: Chart): boolean =>
  Object.values(data.states ?? {}).some(({ meta }) => meta?.role === 'audit');

/** Whether a body exercises public authority there. */
const isAuthority = ({ data }: Chart): boolean =>
  Object.values(data.states ?? {}).some(({ meta }) => meta?.concerns === 'authority');

/** Whether the council decides there what nobody has prepared. */
const decidesUnprepared = ({ data }: Chart): boolean =>
  Object.values(data.states ?? {}).some(({ meta }) => meta?.unprepared === true);

/** Enough for one place, for three, for all the points or one of them, for substitutes, and too few for one. */
const electionDemands: readonly JsonObject[] = [
  { requesters: 2, places: 1, of: 'members' },
  { requesters: 2, places: 1, of: 'members', points: [1] },
  { requesters: 2, places: 1, of: 'substitutes' },
  { requesters: 1, places: 1, of: 'members' },
  { requesters: PRESENT + 1, places: 1, of: 'members' },
];

const [own, other] = [
  { designation: 'A', names: ['Ledamot'] },
  { designation: 'B', names: ['Annan'] },
];

/** A majority, a tie with and without its lot, and one ballot more than there are members. */
const ballots: readonly JsonObject[] = [
  {
    groups: [
      { ...own, votes: 3 },
      { ...other, votes: 1 },
    ],
  },
  ...[{}, { lots: [2], witness: 'Vittne' }].map((lots) => ({
    groups: [
      { ...own, votes: 2 },
      { ...other, votes: 2 },
    ],
    ...lots,
  })),
  { groups: [{ ...own, votes: PRESENT + 1 }] },
];

/** Where the first is not adopted, the others are written off. */
const writtenOff = (chart: Chart): readonly JsonObject[] =>
  asksSeparately(chart) ? [on([1], 'rejected'), on([2], 'writtenOff'), on([3], 'writtenOff')] : [];

/** Where points are asked separately, they are voted on separately. */
const separately = (chart: Chart): readonly JsonObject[] =>
  asksSeparately(chart)
    ? [on([1], 'approved', 'rejected'), on([1], 'approvedAmended', 'rejected', 'approvedAmended', 'rejected')]
    : [];

/** More for the first, more for the second, equal, and one vote more than there are members. */
const votes: readonly JsonObject[] = [
  { yes: 3, no: 1, abstained: 0 },
  { yes: 1, no: 2, abstained: 1 },
  { yes: 2, no: 2, abstained: 0 },
  { yes: 3, no: 2, abstained: 0 },
  { yes: 2, no: 1, abstained: 0, secret: true },
  { yes: 1, no: 0, abstained: 0, votes: [{ member: 'Ledamot', vote: 'yes' }] },
];

/** The same among four proposals of which the second is the main one. */
const rounds: readonly JsonObject[] = [
  [1, 3],
  [1, 4],
  [3, 4],
  [2, 1],
  [2, 3],
  [2, 4],
].flatMap((between) => votes.slice(0, 3).map((count) => ({ ...count, between })));

/** One that is tried before the substance, and one on it. */
const motions: readonly JsonObject[] = [
  { kind: 'referBack', by: 'Ledamot' },
  { kind: 'reject', by: 'Ledamot' },
];

/** A motion is made once at a visit, at the first consideration of the matter. */
const hasNoMotion = ({ motions: made, minorityDelayUsed, unlisted }: JsonObject): boolean =>
  (made as readonly unknown[]).length === 0 && minorityDelayUsed === false && unlisted === false;

/** Whether a question is put on more than two proposals. */
const hasMany = ({ proposals }: JsonObject): boolean => Array.isArray(proposals) && proposals.length > 2;

const finds = [1, 2, 3, 4].map((n): JsonObject => ({ finds: n }));

/** Just too few for a third, just enough, and more than are present. */
const demands = (stages: readonly string[]): readonly JsonObject[] =>
  [1, 2, PRESENT + 1].flatMap((requesters): JsonObject[] => [
    { kind: 'defer', requesters },
    ...stages.flatMap((to): JsonObject[] => [
      { kind: 'refer', requesters, to, motivation: reason, motivationBy: ['Ledamot'] },
      { kind: 'refer', requesters, to },
    ]),
  ]);

/** Whether a point on the route may hold on condition of another. */
export const takesConditions = ({ data }: Chart): boolean =>
  'point.returned' in (data.states?.after?.on ?? {});

/** Just too few to call a decision in, and just enough, for each threshold that the chart names. */
const callIns = ({ data }: Chart): readonly JsonObject[] =>
  [...statesOf(data)]
    .flatMap(([, state]) => transitionsOf(state))
    .flatMap(([, { guard }]) => (guard?.type === 'enoughCallIn' ? [Number(guard.params?.threshold)] : []))
    .flatMap((threshold) => [threshold - 1, threshold])
    .map((requesters) => ({ requesters, by: 'Ledamot', reason }));

/** Under each order: covered by it, and in each way not. */
const taken = ({ data }: Chart): readonly JsonObject[] =>
  Object.values(data.states ?? {}).flatMap(({ meta }) =>
    ((meta?.orders ?? []) as unknown as readonly Delegation[]).flatMap(({ id, delegate, limit, urgent }) => {
      const { position } = delegate;
      const base = {
        order: id,
        by: 'Beslutsfattare',
        position,
        outcome: 'approved',
        ...(urgent ? { nextMeeting: '2026-12-15' } : { nature: 'ordinary' }),
        ...(limit !== undefined && { amount: limit }),
      };
      const whole = urgent ? { ...base, urgency: reason } : base;
      return [
        whole,
        { ...whole, outcome: 'rejected' },
        { ...whole, outcome: 'approvedAmended' },
        { ...whole, outcome: 'approvedAmended', text: 'Ändrad.' },
        { ...whole, position: 'Annan' },
        ...(urgent
          ? [base]
          : [
              { ...base, position: 'Annan', askedBy: position },
              { ...base, nature: 'goals' },
              ...(limit === undefined ? [] : [{ ...base, amount: limit + 1 }]),
            ]),
      ];
    }),
  );

const list = (value: unknown) => [...new Set(value as readonly string[])].sort();

interface Round {
  readonly number: number;
  readonly bodies: JsonObject;
}

/** Rounds are alike, and what has been answered in one that is over changes nothing. */
const asFirst = (rounds: Readonly<Record<string, Round>>, current: unknown): JsonObject =>
  Object.fromEntries(
    Object.entries(rounds).map(([stage, { number, bodies }]) => [
      stage,
      { number: Math.min(number, 1), bodies: stage === current ? bodies : {} },
    ]),
  );

/** A motion that is tried, taken back or refused for good only keeps its number. */
const spent = { kind: 'other', by: '', standing: 'tried' } as const;
const standingMotions = (motions: unknown): JsonObject[] =>
  (motions as readonly JsonObject[]).map((it) =>
    it.standing === 'made' || it.standing === 'unlawful' ? it : spent,
  );

/**
 * The wording of a point is of interest where points hear of it, as long as it may change under another that depends
 * on it.
 */
const worded = (points: readonly PointEntry[], areHeard: boolean): readonly PointEntry[] => {
  const asked = areHeard ? points.flatMap(({ conditionalOn }) => conditionalOn) : [];
  const isAsked = ({ standing, key }: PointEntry) => standing === 'open' && asked.includes(key);
  return points.map((it) => ({ ...it, text: isAsked(it) ? it.text : '–' }));
};

/** By how many votes a question was settled is told to its points; nothing depends on it. */
function unvoted(question: unknown): JsonObject | null {
  const { vote: _, ...rest } = (question ?? {}) as JsonObject;
  return question ? rest : null;
}

const abstract = (context: JsonObject, areHeard: boolean): JsonObject => ({
  ...context,
  points: worded(context.points as unknown as readonly PointEntry[], areHeard) as unknown as JsonObject[],
  motions: standingMotions(context.motions),
  ...(context.rounds !== undefined && {
    rounds: asFirst(context.rounds as unknown as Readonly<Record<string, Round>>, context.body),
  }),
  // Missed days are for people to see: nothing depends on them.
  ...(context.missed !== undefined && { missed: [] }),
  preparedBy: list(context.preparedBy),
  unanswered: list(context.unanswered),
  outcomes: [],
  continues: null,
  absorbed: [],
  question: unvoted(context.question),
  awaited: list(context.awaited),
  undelivered: list(context.undelivered),
  dispatches: Math.min(context.dispatches as number, 1),
});

const MAX_POINTS = 2;

/** A stage at which bodies are asked. */
interface Hearing {
  readonly stage: string;
  readonly bodies: readonly string[];
  /** Whether it is chosen in each matter which of them are asked. */
  readonly choose: boolean;
}

/** The stages of a matter's chart at which bodies are asked, in their order. */
export const hearingsOf = (chart: Chart): readonly Hearing[] =>
  Object.values(chart.data.states ?? {}).flatMap(({ meta }) =>
    meta?.role === 'consult'
      ? [
          {
            stage: String(meta.stage),
            bodies: Object.keys(meta.consulted as JsonObject),
            choose: meta.choose === true,
          },
        ]
      : [],
  );

/** The parameters of the guards of that name. */
const paramsOf = ({ data }: Chart, guard: string): readonly JsonObject[] =>
  [...statesOf(data)]
    .flatMap(([, state]) => transitionsOf(state))
    .flatMap(([, it]) => (it.guard ? conjuncts(it.guard) : []))
    .flatMap(({ type, params }) => (type === guard && params ? [params] : []));

/** Everything that any stage must have, and too little; where bodies are chosen, one and two of them. */
function questions(chart: Chart): readonly JsonObject[] {
  const material = paramsOf(chart, 'materialComplete').flatMap((it) => it.material as string[]);
  const asked = { question: 'Fråga', material: [...material, 'Annat'] };
  const chosen = paramsOf(chart, 'bodiesOfStage').map((it) => it.bodies as string[]);
  return [
    asked,
    { ...asked, material: ['Annat'] },
    ...chosen
      .flatMap((it) => (it.length > 0 ? [it.slice(0, 1), it.slice(0, 2)] : []))
      .map((bodies) => ({
        ...asked,
        bodies,
      })),
  ];
}

/** What those say who are asked in the first round. */
const heard = (chart: Chart, id: string): readonly JsonObject[] =>
  hearingsOf(chart).flatMap(({ stage, bodies, choose }) =>
    (choose ? bodies.slice(0, 2) : bodies).map((body) => ({ actor: `${id}.${stage}1-${body}`, body })),
  );

/** The one to whom a body has referred the matter. */
const referral = (id: string) => ({ actor: `${id}.referral1-1`, body: 'sn' });

/** The committees to which the council may assign a matter. */
export const assignable = ({ events }: Chart): readonly string[] =>
  (events['initiative.assign']?.fields.shape.body as z.ZodEnum | undefined)?.options.map(String) ?? [];

/** A point on condition of the first; where that may be decided already, because the matter was assigned, without. */
function additions(chart: Chart, body: string): readonly JsonObject[] {
  const point = { text: 'Till', body, kind: 'decision', regime: 'legality' };
  return [
    ...(takesConditions(chart) ? [{ ...point, onCondition: [1] }] : [point]),
    ...(assignable(chart).length > 0 ? [point] : []),
  ];
}

/** How a matter is explored. */
export interface Detail {
  readonly id: string;
  /** Votes and the minority's demands are tried, by the matter alone; or acclamation only. */
  readonly byVotes: boolean;
  /** How many meetings each body has, by id `body-1`, `body-2` and so on. */
  readonly meetings: number;
}

/** The model of a matter that is started with one point for the last body of its route. */
export function matterModel(chart: Chart, { id, byVotes, meetings }: Detail): Model {
  const stages = Object.keys(chart.data.states ?? {});
  const [municipality = ''] = chart.name.split('/');
  const each = Array.from({ length: meetings }, (_, index) => index + 1);
  const held = visitsOf(chart).flatMap(({ body }) => each.map((n) => ({ meeting: `${body}-${n}`, body })));
  const deciders = decidingBodies(chart);
  // A matter that is assigned has a point for the committee that it had not before, and the first is decided.
  const mayAdd = ({ onCondition, body }: JsonObject, { points }: JsonObject) => {
    const [first, ...others] = points as readonly JsonObject[];
    const isAssigned = assignable(chart).length > 0 && first?.standing !== 'open';
    return isAssigned
      ? byVotes &&
          onCondition === undefined &&
          assignable(chart).includes(String(body)) &&
          others.length < MAX_POINTS
      : (onCondition !== undefined || !takesConditions(chart)) && others.length + 1 < MAX_POINTS;
  };
  // Assigned, it has one point besides that which the council has decided.
  const isSingle = ({ points }: JsonObject): boolean => {
    const [first, ...others] = points as readonly JsonObject[];
    const isAssigned = assignable(chart).length > 0 && first?.standing !== 'open';
    return others.length === (isAssigned ? 1 : 0);
  };
  const choosing: readonly unknown[] = hearingsOf(chart).flatMap((it) => (it.choose ? [it.stage] : []));
  return {
    chart,
    values: { actor: [`${id}.p1`, `${id}.p2`], proposal: [1, 2, 3, 4] },
    payloads: {
      'point.add': deciders.flatMap((body) => additions(chart, body)),
      'matter.join': [{ matter: 'x', ...ended }],
      'matter.overtake': [{ matter: 'x', ...ended }],
      'matter.convert': [
        { matter: 'x', ...ended },
        { matter: id, ...ended },
      ],
      'matter.absorb': absorbed(municipality),
      'matter.absorbed': [otherMatter],
      'consultation.send': [{ key: 'a', body: 'sn', question: 'Fråga' }],
      'agenda.listed': [municipality, 'elsewhere'].flatMap((its) =>
        held.flatMap((meeting) => [
          { ...meeting, municipality: its },
          ...(decidesUnprepared(chart) ? [{ ...meeting, municipality: its, urgent: true }] : []),
        ]),
      ),
      'item.opened': [
        { meeting: 'a-1', paragraph: 1, present: PRESENT },
        ...(isAuthority(chart) ? [{ meeting: 'a-1', paragraph: 1, present: PRESENT, public: true }] : []),
      ],
      'recusal.raised': byVotes ? [{}] : [],
      'recusal.decided': [
        { present: PRESENT - 1, recused: ['Ledamot'] },
        { present: PRESENT, recused: [] },
      ],
      'question.put': byVotes
        ? [...acclaimed, ...votedOn, ...separately(chart), ...writtenOff(chart), ...refusals(chart)]
        : [...acclaimed, ...writtenOff(chart)],
      'motion.make': byVotes ? motions : [],
      'motion.withdraw': [{ motion: 1 }],
      'motion.decline': [{ motion: 1 }, { motion: 1, yes: 1, no: 2 }],
      'motion.refuse': ['newMatter', 'unlawful'].map((ground) => ({ motion: 1, ground, reason })),
      'motion.allow': [{ motion: 1 }],
      'votes.count': byVotes ? [...votes, ...rounds] : [],
      'vote.demand': byVotes ? [{ by: 'Ledamot' }, { by: 'Ledamot', main: 2 }] : [],
      'counter.find': finds,
      'decision.confirm': [...(byVotes ? finds : finds.slice(0, 2)), { finds: 1, unanimous: true }],
      'minority.delay': byVotes ? demands(stages) : [],
      'election.demand': byVotes ? electionDemands : [],
      'ballots.count': ballots,
      'item.referBack': stages.map((to) => ({ to, motivation: reason })),
      'item.defer': [{}],
      'item.referOut': byVotes ? [{ bodies: ['sn'], question: 'Fråga', due: '2026-12-01' }] : [],
      'matter.recall': [ended],
      'matter.discharge': ['a', ...visitsOf(chart).map((it) => it.body)].map((by) => ({ by, reason })),
      'review.request': callIns(chart),
      'initiative.remit': stages.map((to) => ({ to })),
      'initiative.assign': assignable(chart).flatMap((body) =>
        [false, true].map((reserved) => ({ body, text: 'Uppdrag', reserved })),
      ),
      'consultation.open': questions(chart),
      'consultation.answered': [
        ...heard(chart, id).flatMap((it) => ['answered', 'waived'].map((how) => ({ ...it, how }))),
        { ...referral(id), how: 'answered' },
      ],
      'consultation.expired': [...heard(chart, id), referral(id)],
      'proposal.publish': [
        // In time, too late, and for the council that leaves in an election year.
        { on: '2026-10-20', at: 'huddinge.se', announcedOn: '2026-10-20', meetingOn: '2026-11-09' },
        { on: '2026-10-21', at: 'huddinge.se', announcedOn: '2026-10-20', meetingOn: '2026-11-09' },
        { on: '2026-09-20', at: 'huddinge.se', announcedOn: '2026-09-20', meetingOn: '2026-10-14' },
      ],
      ...inquiryPayloads,
      'plan.account': (byVotes ? [false, true] : [false]).flatMap((principle) =>
        [false, true].map((changed) => ({ dated: TODAY, principle, changed })),
      ),
      'petition.verify': [
        // A tenth, one too few, and a day too long.
        { signatures: 100, voters: 1000, first: '2026-01-15', last: '2026-07-15' },
        { signatures: 99, voters: 1000, first: '2026-01-15', last: '2026-07-15' },
        { signatures: 100, voters: 1000, first: '2026-01-15', last: '2026-07-16' },
      ],
      'decision.take': taken(chart),
      'urgent.decide': taken(chart),
      'decision.dispatch': [{}, { none: true }, { recipients: ['Mottagare'] }],
    },
    abstract: (context) => abstract(context, !byVotes),
    admits: (type, payload, context) => {
      if (type === 'point.add') return mayAdd(payload, context);
      if (type === 'consultation.open')
        return choosing.includes(context.body) === Array.isArray(payload.bodies);
      if (type === 'recusal.raised')
        return (
          isSingle(context) && hasNoMotion(context) && (context.recused as readonly string[]).length === 0
        );
      if (type === 'motion.make') return isSingle(context) && hasNoMotion(context);
      return !hasMany(payload) || isSingle(context);
    },
    assumes: [
      `points are added to a matter until it has ${MAX_POINTS}`,
      'more than two proposals are put on a matter with one point, and one motion made at each visit',
      'where it is chosen which bodies are asked, one or two of them are',
      'votes and the demands of a minority are explored in the matter alone, in company it is decided by acclamation',
      'the actors that a matter deals with are proved for themselves',
    ],
  };
}

/** The same without some of what may be sent. */
export const without = (model: Model, ...types: readonly string[]): Model => ({
  ...model,
  payloads: { ...model.payloads, ...Object.fromEntries(types.map((type) => [type, []])) },
});

/** The messages of a body's meeting, and of other matters, to a matter. */
export const fromMeetings = [
  'agenda.listed',
  'item.opened',
  'item.struck',
  'item.leftOver',
  'recusal.raised',
  'recusal.decided',
  'answer.opened',
  'matter.absorb',
  'matter.absorbed',
] as const;

/** The messages of those to whom a body refers the matter. */
export const fromReferral = ['consultation.answered', 'consultation.expired'] as const;

/** The messages of those who are asked at a stage of the route. */
export const fromHearings = (chart: Chart): readonly string[] =>
  hearingsOf(chart).length > 0 ? fromReferral : [];

/** What a point says on a route whose matters must be about it, and the actor that then carries it out. */
const topics = {
  concludes: {
    of: { contract: 'Avtal', counterparty: 'Motpart', signatory: 'Direktör', procured: false },
    by: 'agreement',
  },
  terminates: {
    of: { contract: 'Avtal', counterparty: 'Motpart', noticePeriod: { years: 1 } },
    by: 'contract',
  },
} as const satisfies Record<PointTopic, { of: JsonObject; by: string }>;

const topicOf = ({ data }: Chart): PointTopic | undefined => data.meta?.must as PointTopic | undefined;

/** What a point of the route must say, if anything. */
export function topical(chart: Chart): JsonObject {
  const must = topicOf(chart);
  return must ? { [must]: topics[must].of } : {};
}

/** The actor that carries out what a point of the route must be about, by key and chart; null where there is none. */
export function carrierOf(chart: Chart): string | null {
  const must = topicOf(chart);
  return must ? topics[must].by : null;
}

/** A matter as it is registered, with one point for the last body of its route. */
export const matterInput = (chart: Chart, point: JsonObject = {}): JsonObject => ({
  ...payloadsOf(askedBesides(chart), {})[0],
  title: 'Ärende',
  number: 'HKS 2026/1',
  proposals: [
    {
      text: 'Avtalet godkänns.',
      body: decidingBodies(chart).at(-1) ?? '',
      kind: 'decision',
      regime: 'legality',
      ...topical(chart),
      ...point,
    },
  ],
});
