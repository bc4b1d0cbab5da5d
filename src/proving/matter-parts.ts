/** What is explored to prove a route: the matter alone, and the matter among meetings, points and those who carry out. */
import type { Chart, JsonObject } from '../../machines/chart.ts';
import { bodyOf, type Municipality } from '../../machines/municipalities/municipality.ts';
import { isEnding } from '../../machines/outcomes.ts';
import { decidingBodies } from '../../machines/routes/deciding.ts';
import type { Model } from './model.ts';
import { pointModel, task } from './models/decision-point.ts';
import { carrierOf, matterInput, topical } from './models/matter/registered.ts';
import { asksSeparately, assignable, hearingsOf, takesConditions, visitsOf } from './models/matter/stages.ts';
import { fromHearings, fromMeetings, fromReferral, matterModel, without } from './models/matter.ts';

import { agendaModel, isVacant, meetingInput } from './models/meeting.ts';
import { others } from './models/others.ts';
import type { Member, Part } from './part.ts';

interface Among {
  readonly chart: Chart;
  readonly municipality: Municipality;
  readonly charts: (name: string) => Chart;
}

/** The id of the matter in every exploration of its route. */
export const MATTER = 'm';
/** Two meetings of each body may be alive at once: the one that is over, and the next. */
const MEETINGS = 2;

export const matterParts = (among: Among): readonly Part[] => [
  alone(among),
  ...aloneForTheFirst(among),
  withMeetings(among),
  withPoints(among),
  ...pairsOf(decidingBodies(among.chart)).map((pair) => withThreePoints(among, pair)),
  toTheEnd(among),
  withWhatFalls(among),
  withOthers(among),
  ...(hearingsOf(among.chart).length > 0 ? [withHearings(among)] : []),
];

/** Those who are asked at a stage of the route say what they will, where they are not explored together with the matter. */
const matter = (model: Model, input: JsonObject, open: readonly string[]): Member => ({
  id: MATTER,
  parent: null,
  model,
  input,
  open: [...open, ...fromHearings(model.chart)],
});

/** How the bodies that are asked answer is explored with the matter alone; in company their time runs out. */
const acclaimed = (chart: Chart, meetings: number): Model =>
  without(
    matterModel(chart, { id: MATTER, byVotes: false, meetings }),
    ...(hearingsOf(chart).length > 0 ? ['consultation.answered'] : []),
  );

const hasMinutes = (leaves: readonly string[]) =>
  leaves.some((leaf) => isEnding(leaf) || (leaf.startsWith('after.') && leaf !== 'after.minutes'));

const isOver = (leaves: readonly string[]) =>
  leaves.some((leaf) => leaf === 'after.archived' || isEnding(leaf));

/** What the bodies do with a matter. The messages of its own points come from those: they are explored in company. */
const alone = ({ chart }: Among): Part => ({
  name: 'matter alone',
  members: [
    matter(matterModel(chart, { id: MATTER, byVotes: true, meetings: 1 }), matterInput(chart), [
      ...fromMeetings,
      ...fromReferral,
    ]),
  ],
  isWhole: false,
});

/** Where no point comes back, a matter that ends with the first body that decides is one that began so. */
function aloneForTheFirst({ chart }: Among): readonly Part[] {
  const [first, ...others] = decidingBodies(chart);
  if (first === undefined || others.length === 0 || takesConditions(chart)) return [];
  const model = without(matterModel(chart, { id: MATTER, byVotes: false, meetings: 1 }), 'point.add');
  const input = matterInput(chart, { body: first });
  return [
    {
      name: `matter alone, for ${first}`,
      members: [matter(model, input, [...fromMeetings, ...fromHearings(chart)])],
      isWhole: false,
    },
  ];
}

/** The matter and the meetings that put it on their agendas; ends when the bodies are done with it. */
function withMeetings({ chart, municipality, charts }: Among): Part {
  const bodies = [...new Set(visitsOf(chart).map(({ body }) => body))].map((id) => bodyOf(municipality, id));
  // Only what is answered can be opened for its answer.
  const left = chart.events['answer.opened'] ? [] : ['answer.open'];
  const meetings = bodies.flatMap((body) =>
    Array.from(
      { length: MEETINGS },
      (_, index): Member => ({
        id: `${body.id}-${index + 1}`,
        parent: null,
        model: without(agendaModel(charts('meeting'), body.seats, MATTER), ...left),
        input: meetingInput(body),
        open: [],
        pool: { of: `meetings of ${body.id}`, isVacant },
      }),
    ),
  );
  const model = without(acclaimed(chart, MEETINGS), 'point.add', 'consultation.send');
  return {
    name: 'matter with meetings',
    members: [matter(model, matterInput(chart), []), ...meetings],
    isWhole: false,
    isEnd: (leaves) => leaves.some((leaf) => leaf.startsWith('after.') || isEnding(leaf)),
  };
}

const point = (
  { charts, chart }: Among,
  key: string,
  open: readonly string[],
  ...left: readonly string[]
): Member => {
  const meetings = visitsOf(chart).flatMap(({ body }) => [`${body}-1`, `${body}-2`]);
  // A decision with minutes of its own has its matter in place of a meeting.
  const own = visitsOf(chart).some(({ role }) => role === 'delegated') ? MATTER : undefined;
  const id = `${MATTER}.${key}`;
  const model = pointModel(charts('decision-point'), id, meetings, own);
  return {
    id,
    parent: MATTER,
    model: without({ ...model, values: { ...model.values, body: decidingBodies(chart) } }, ...left),
    input: null,
    open,
  };
};

/** What is done with a decision at court and by those who carry it out, where another part looks at it. */
const afterwards = ['appeal.file', 'appeal.forward', 'execution.assess', 'execution.stay'];

/** The keys of so many points, and of the one that is added when the matter is assigned to a committee. */
const keysOf = (chart: Chart, points: number): readonly string[] =>
  Array.from({ length: points + (assignable(chart).length > 0 ? 1 : 0) }, (_, index) => `p${index + 1}`);

/** The matter with two points, one of them on condition of the other, as far as their approved minutes. */
const withPoints = (among: Among): Part => ({
  name: 'matter with its points',
  members: [
    matter(
      without(acclaimed(among.chart, MEETINGS), 'consultation.send'),
      withSecond(among.chart),
      fromMeetings,
    ),
    ...['p1', 'p2'].map((key) => point(among, key, ['minutes.approved'], ...afterwards)),
  ],
  isWhole: true,
  isEnd: hasMinutes,
});

/** Where none can be added, the matter has its second point from the beginning. */
function withSecond(chart: Chart): JsonObject {
  const input = matterInput(chart);
  if (chart.events['point.add']) return input;
  const [first] = input.proposals as readonly JsonObject[];
  const second = { ...first, ...(takesConditions(chart) && { onCondition: [1] }) };
  return { ...input, proposals: [first ?? {}, second] };
}

/** Every body that decides with every later one; a body with itself where no other decides. */
const pairsOf = (bodies: readonly string[]): readonly (readonly [string, string])[] =>
  bodies.length === 1
    ? bodies.map((body) => [body, body] as const)
    : bodies.flatMap((first, index) => bodies.slice(index + 1).map((later) => [first, later] as const));

/** Two points for one body, and one for an earlier body on condition of the first of them. */
function withThreePoints(among: Among, [first, later]: readonly [string, string]): Part {
  const proposals = [
    { text: 'Text', body: later, ...topical(among.chart) },
    { text: 'Text', body: first, ...(takesConditions(among.chart) && { onCondition: [1] }) },
    { text: 'Text', body: later },
  ];
  const model = without(
    acclaimed(among.chart, 1),
    'consultation.send',
    'point.add',
    'item.defer',
    'item.referBack',
  );
  return {
    name: `matter with three points, ${first} on condition of ${later}`,
    members: [
      matter(model, { ...matterInput(among.chart), proposals }, fromMeetings),
      ...keysOf(among.chart, 3).map((key) => point(among, key, ['minutes.approved'], ...afterwards)),
    ],
    isWhole: true,
    isEnd: hasMinutes,
  };
}

/** The matter with one point and its task, from registration to the archive. */
const toTheEnd = (among: Among): Part => ({
  name: 'matter to the archive',
  members: [
    matter(
      dispatchingTo(
        [{ none: true }],
        without(acclaimed(among.chart, 1), 'consultation.send', 'point.add', 'item.defer'),
      ),
      matterInput(among.chart, { tasks: [task] }),
      fromMeetings,
    ),
    point(among, 'p1', ['minutes.approved', 'notice.posted', 'notice.broken'], 'execution.stay'),
    follower(among, 'p1.task1', 'task'),
    ...carriers(among),
    ...assignedPoint(among),
  ],
  isWhole: true,
  isEnd: isOver,
});

/** Who carries out what a matter on the route must be about. */
function carriers(among: Among): readonly Member[] {
  const name = carrierOf(among.chart);
  return name === null ? [] : [follower(among, `p1.${name}`, name)];
}

/** A decision that a court stays or annulls, and one made on condition of it: both are decided as proposed. */
function withWhatFalls(among: Among): Part {
  const { chart } = among;
  const proposals = [
    { text: 'Text', body: decidingBodies(chart).at(-1) ?? '', ...topical(chart) },
    {
      text: 'Text',
      body: decidingBodies(chart)[0] ?? '',
      tasks: [task],
      ...(takesConditions(chart) && { onCondition: [1] }),
    },
  ];
  const model = without(
    asProposedOnly(acclaimed(chart, 1)),
    'consultation.send',
    'point.add',
    'item.defer',
    'item.referBack',
    'matter.withdraw',
    'initiative.assign',
    'decision.dispatch',
  );
  return {
    name: 'matter with decisions that fall',
    members: [
      matter(model, { ...matterInput(chart), proposals }, fromMeetings),
      point(among, 'p1', ['minutes.approved', 'notice.posted'], 'appeal.forward', 'execution.assess'),
      point(among, 'p2', ['minutes.approved'], 'appeal.file', 'appeal.forward', 'execution.stay'),
      follower(among, 'p2.task1', 'task'),
    ],
    isWhole: true,
    isEnd: hasMinutes,
  };
}

const asProposedOnly = (model: Model): Model => ({
  ...model,
  payloads: {
    ...model.payloads,
    'question.put': ['endorsed', 'approved'].flatMap((outcome) => {
      const question = { proposals: [{ outcome }] };
      const apart = asksSeparately(model.chart) ? [1, 2].map((n) => ({ ...question, points: [n] })) : [];
      return [question, ...apart];
    }),
  },
});

/** The point that a committee decides to which the matter is assigned, where there was one point before. */
const assignedPoint = (among: Among): readonly Member[] =>
  keysOf(among.chart, 1)
    .slice(1)
    .map((key) => point(among, key, ['minutes.approved', 'notice.posted'], ...afterwards));

const dispatchingTo = (payloads: readonly JsonObject[], model: Model): Model => ({
  ...model,
  payloads: { ...model.payloads, 'decision.dispatch': payloads },
});

const follower = ({ charts }: Among, key: string, name: string): Member => ({
  id: `${MATTER}.${key}`,
  parent: `${MATTER}.${key}`.slice(0, `${MATTER}.${key}`.lastIndexOf('.')),
  model: { ...others[name]?.model, chart: charts(name) },
  input: null,
  open: [],
});

/** What is missing is asked for in the consultation alone. */
const briefly: NonNullable<Model['payloads']> = {
  'consultation.lack': [],
  'consultation.answer': [{ how: 'answered', on: '2026-12-01', by: 'full' }],
};

/** A consultation among others: the answer comes, or its time runs out. */
function asked(among: Among, key: string): Member {
  const member = follower(among, key, 'consultation');
  return { ...member, model: { ...member.model, payloads: briefly } };
}

const unappealable = { regime: 'none', noAppealFor: 'executive' };

/** The last body is a council under the Swedish act: what it decides can be appealed. */
const isAlwaysAppealable = (chart: Chart): boolean =>
  visitsOf(chart).some(
    ({ body, bodyKind, law }) => bodyKind === 'council' && !law && body === decidingBodies(chart).at(-1),
  );

/** The matter with those whom it asks and tells. */
const withOthers = (among: Among): Part => ({
  name: 'matter with consultations and dispatches',
  members: [
    matter(
      without(acclaimed(among.chart, 1), 'point.add', 'item.defer', 'item.referBack'),
      {
        ...matterInput(among.chart, isAlwaysAppealable(among.chart) ? {} : unappealable),
        affected: [{ body: 'sn', reason: 'Delar kostnaden' }],
        refersTo: [
          { body: 'sn', on: '2021-04-14', paragraph: '4', subject: 'Avtal', relation: 'terminates' },
        ],
      },
      fromMeetings,
    ),
    point(among, 'p1', ['minutes.approved', 'notice.posted'], ...afterwards),
    ...assignedPoint(among),
    asked(among, 'affected1'),
    ...(among.chart.events['consultation.send'] ? [asked(among, 'remiss-a')] : []),
    follower(among, 'earlier1', 'earlier-decision'),
    follower(among, 'dispatch1-1', 'dispatch'),
    ...carriers(among),
  ],
  isWhole: true,
  isEnd: isOver,
});

/** The matter with those who are asked at its stages, once each: the messages between them are accepted. */
function withHearings(among: Among): Part {
  const { chart } = among;
  const one = matter(
    without(acclaimed(chart, 1), 'point.add', 'consultation.send', 'item.defer', 'item.referBack'),
    matterInput(chart),
    fromMeetings,
  );
  return {
    name: 'matter with those who are asked',
    members: [
      { ...one, open: fromMeetings },
      ...hearingsOf(chart).flatMap(({ stage, bodies, choose }) =>
        (choose ? bodies.slice(0, 2) : bodies).map((body) => asked(among, `${stage}1-${body}`)),
      ),
    ],
    isWhole: false,
    isEnd: (leaves) => leaves.some((leaf) => leaf.startsWith('after.') || isEnding(leaf)),
  };
}
