/** A matter on a route: what is sent to it follows from the stages that its chart names. */
import { type Chart, type JsonObject, statesOf, transitionsOf } from '../../../machines/chart.ts';
import type { MatterGroup } from '../../../machines/municipalities/delegation.ts';
import { decidingBodies } from '../../../machines/routes/deciding.ts';
import type { Model } from '../model.ts';
import { TODAY } from '../sent.ts';
import { inquiryPayloads } from './inquiries.ts';
import { abstract } from './matter/abstraction.ts';
import {
  assignable,
  decidesUnprepared,
  hearingsOf,
  isAuthority,
  paramsOf,
  takesConditions,
  visitsOf,
} from './matter/stages.ts';
import {
  acclaimed,
  ballots,
  demands,
  electionDemands,
  finds,
  motions,
  PRESENT,
  reason,
  refusals,
  rounds,
  separately,
  votedOn,
  votes,
  writtenOff,
} from './matter/votes.ts';

const ended = { decidedBy: 'Registrator', reason };
const otherMatter = { matter: 'x', number: '2', title: 'Annat ärende' };

/** What another matter asks that is to go on in this one: of its own municipality and of another. */
const absorbed = (municipality: string): readonly JsonObject[] => [
  { ...otherMatter, how: 'joined', municipality },
  { ...otherMatter, how: 'overtaken', municipality },
  { ...otherMatter, how: 'joined', municipality: 'elsewhere' },
];

/** A motion is made once at a visit, at the first consideration of the matter. */
const hasNoMotion = ({ motions: made, minorityDelayUsed, unlisted }: JsonObject): boolean =>
  (made as readonly unknown[]).length === 0 && minorityDelayUsed === false && unlisted === false;

/** Whether a question is put on more than two proposals. */
const hasMany = ({ proposals }: JsonObject): boolean => Array.isArray(proposals) && proposals.length > 2;

/** Just too few to call a decision in, and just enough, for each threshold that the chart names. */
const callIns = ({ data }: Chart): readonly JsonObject[] =>
  [...statesOf(data)]
    .flatMap(([, state]) => transitionsOf(state))
    .flatMap(([, { guard }]) => (guard?.type === 'enoughCallIn' ? [Number(guard.params?.threshold)] : []))
    .flatMap((threshold) => [threshold - 1, threshold])
    .map((requesters) => ({ requesters, by: 'Ledamot', reason }));

const RECUSED = 'Jävig';

/** In each group of matters: as it may be, and in each way not. What the register says of it is proved there. */
const taken = ({ data }: Chart): readonly JsonObject[] =>
  Object.values(data.states ?? {}).flatMap(({ meta }) =>
    ((meta?.orders ?? []) as unknown as readonly MatterGroup[]).flatMap(({ id, urgent }) => {
      const base = {
        delegation: 'd',
        order: id,
        by: 'Beslutsfattare',
        position: 'Befattning',
        outcome: 'approved',
        ...(urgent ? { nextMeeting: '2026-12-15' } : { nature: 'ordinary' }),
      };
      const whole = urgent ? { ...base, urgency: reason } : base;
      return [
        whole,
        { ...whole, by: RECUSED },
        { ...whole, outcome: 'rejected' },
        { ...whole, outcome: 'approvedAmended' },
        { ...whole, outcome: 'approvedAmended', text: 'Ändrad.' },
        ...(urgent
          ? [base]
          : [
              { ...base, nature: 'goals' },
              { ...base, nature: 'execution' },
            ]),
      ];
    }),
  );

const MAX_POINTS = 2;

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
      'recusal.declare': [{ person: RECUSED, ground: 'affected', how: 'unasked' }],
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
      'no matter is marked as confidential: the mark decides nothing, and leads nowhere',
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
