/** What is explored to prove a chart: the chart alone first, then small companies for what crosses actors. */
import type { Chart, JsonObject } from '../../machines/chart.ts';
import { Body, bodyOf, type Municipality } from '../../machines/municipalities/municipality.ts';
import { matterParts } from './matter-parts.ts';
import { appealedModel, pointInput, pointModel, pointStarts, task } from './models/decision-point.ts';
import { fromMeetings, matterModel, without } from './models/matter.ts';
import { IN_TIME, meetingInput, meetingModel, minutesModel } from './models/meeting.ts';
import { others } from './models/others.ts';
import type { Member, Part } from './part.ts';

/** What is proved: a chart of a municipality, among the other charts by name. */
export interface Subject {
  readonly chart: Chart;
  readonly municipality: Municipality;
  readonly charts: (name: string) => Chart;
}

/** The parts that prove a chart. @throws Error for a chart that no model is known of. */
export function partsOf(subject: Subject): readonly Part[] {
  const { chart } = subject;
  if (chart.name.includes('/')) return matterParts(subject);
  if (chart.name === 'decision-point') return pointParts(subject);
  if (chart.name === 'meeting') return meetingParts(subject);
  if (chart.name === 'joint-matter') return [single(chart), jointCompany(subject)];
  if (chart.name === 'delegation')
    return [
      single(chart),
      single(chart, { name: 'to an automated function', input: { kind: 'automated', mayHandOn: false } }),
    ];
  if (chart.name === 'agreement')
    return [single(chart), single(chart, { name: 'without procurement', input: { procured: false } })];
  return [single(chart)];
}

/** True when one of the leaf states is an end of the chart, as its data says. */
const endsOf = (chart: Chart) => (leaves: readonly string[]) =>
  leaves.some((leaf) => chart.machine.getStateNodeById(idOf(chart, leaf)).meta?.end === true);

const idOf = ({ machine }: Chart, path: string): string =>
  path.split('.').reduce((node, key) => node.states[key] ?? node, machine.root).id;

function single(chart: Chart, more?: { readonly name: string; readonly input: JsonObject }): Part {
  const said = others[chart.name];
  if (!said) throw new Error(`no model of ${chart.name} to prove it with`);
  const member: Member = {
    id: 'm.x',
    parent: 'm',
    model: { ...said.model, chart },
    input: { ...said.input, ...more?.input },
    open: 'all',
  };
  const name = `${chart.name} alone${more ? `, ${more.name}` : ''}`;
  return { name, members: [member], isWhole: false, isEnd: endsOf(chart) };
}

/** A point has no end of its own: a ruling may come late. It must be able to gain force, or be annulled. */
const isSettled = (leaves: readonly string[]): boolean =>
  leaves.some((leaf) => leaf === 'standing.made.finalForce' || leaf === 'standing.made.annulled');

const POINT = 'm.p3';
const MEETINGS = ['ks-1', 'ks-2'];

function pointParts({ chart, charts }: Subject): Part[] {
  const alone = Object.entries(pointStarts).map(
    ([name, { input, left, meetings = MEETINGS }]): Part => ({
      name: `decision-point alone, ${name}`,
      members: [
        {
          id: POINT,
          parent: 'm',
          model: without(pointModel(chart, POINT, meetings), ...left),
          input,
          open: 'all',
        },
      ],
      isWhole: false,
      isEnd: isSettled,
    }),
  );
  return [
    ...alone,
    appealed(chart, 'decision-point alone, appealed', pointInput()),
    appealed(chart, 'decision-point alone, appealed by parties', pointInput({ regime: 'administrative' })),
    executionCompany(chart, charts),
    signingCompany(chart, charts),
    partiesCompany(chart, charts),
  ];
}

/** A decision with several cases at court. */
const appealed = (chart: Chart, name: string, input: JsonObject): Part => ({
  name,
  members: [{ id: POINT, parent: 'm', model: appealedModel(chart, POINT, ['ks-1']), input, open: 'all' }],
  isWhole: false,
  isEnd: isSettled,
});

/** An actor that a point starts to carry it out. */
const follower = (charts: Subject['charts'], key: string, name: string): Member => ({
  id: `${POINT}.${key}`,
  parent: POINT,
  model: { ...others[name]?.model, chart: charts(name) },
  input: null,
  open: [],
});

const fromOutside = ['point.decided', 'minutes.approved', 'notice.posted', 'notice.broken'];

const isExecuted = (leaves: readonly string[]): boolean =>
  isSettled(leaves) && !leaves.some((leaf) => leaf.startsWith('execution.open'));

/** A decision with everything that carries it out. */
function executionCompany(chart: Chart, charts: Subject['charts']): Part {
  const input = pointInput({
    tasks: [task],
    followUps: [{ title: 'Uppföljning', assignee: 'Kommundirektör', every: { years: 1 } }],
    terminates: { contract: 'Avtal', counterparty: 'RISE', noticePeriod: { years: 1 } },
  });
  return {
    name: 'decision-point with its tasks',
    members: [
      { id: POINT, parent: 'm', model: pointModel(chart, POINT, ['ks-1']), input, open: fromOutside },
      follower(charts, 'task1', 'task'),
      follower(charts, 'contract', 'contract'),
      follower(charts, 'followup1', 'follow-up'),
    ],
    isWhole: false,
    isEnd: isExecuted,
  };
}

/** A decision with the contract that it lets be signed. */
const signingCompany = (chart: Chart, charts: Subject['charts']): Part => ({
  name: 'decision-point with a contract to be signed',
  members: [
    {
      id: POINT,
      parent: 'm',
      model: pointModel(chart, POINT, ['ks-1']),
      input: pointInput({
        concludes: { contract: 'Avtal', counterparty: 'RISE', signatory: 'Direktör', procured: true },
      }),
      open: fromOutside,
    },
    follower(charts, 'agreement', 'agreement'),
  ],
  isWhole: false,
  isEnd: isExecuted,
});

/** A decision on two parties, each told of it. */
const partiesCompany = (chart: Chart, charts: Subject['charts']): Part => ({
  name: 'decision-point with its parties',
  members: [
    {
      id: POINT,
      parent: 'm',
      model: without(
        pointModel(chart, POINT, ['ks-1']),
        'execution.assess',
        'execution.stay',
        'appeal.file',
        'appeal.forward',
      ),
      input: pointInput({ regime: 'administrative', conditionalOn: ['p1'] }),
      open: ['point.decided', 'minutes.approved', 'condition.decided'],
    },
    follower(charts, 'party1', 'party'),
    follower(charts, 'party2', 'party'),
  ],
  isWhole: false,
  // When it is decided anew, all the parties that are explored may have been told of the decision before.
  isEnd: (leaves) => isSettled(leaves) || leaves.includes('standing.made.approved'),
});

/** In the council and in a board the quorum is reckoned differently; where seats are not known, not at all. */
function meetingParts({ chart, municipality, charts }: Subject): Part[] {
  const board: JsonObject = { ...meetingInput(bodyOf(municipality, 'ks')), summonBy: IN_TIME };
  const inputs = [meetingInput(bodyOf(municipality, 'kf')), board, { ...board, seats: null }];
  const alone = inputs.map((input): Part => {
    const seats = typeof input.seats === 'number' ? input.seats : null;
    const model = meetingModel(chart, seats, 'm');
    return {
      name: `meeting alone, ${input.body}, ${seats ?? 'unknown'} seats`,
      members: [{ id: 'ks-1', parent: null, model, input, open: 'all' }],
      isWhole: false,
      isEnd: endsOf(chart),
    };
  });
  return [...alone, minutesCompany(chart, charts)];
}

/** A meeting, its notice, and a point that may be decided there or elsewhere. */
function minutesCompany(chart: Chart, charts: Subject['charts']): Part {
  const input = { ...meetingInput({ ...BOARD }), seats: null };
  return {
    name: 'meeting with its notice and a point',
    members: [
      {
        id: 'ks-1',
        parent: null,
        model: without(minutesModel(chart, null, 'm'), 'paragraph.announce'),
        input,
        open: ['item.concluded', 'item.left'],
      },
      { id: 'ks-1.notice', parent: 'ks-1', model: { chart: charts('notice') }, input: null, open: [] },
      {
        id: 'm.p1',
        parent: 'm',
        model: without(
          pointModel(charts('decision-point'), 'm.p1', MEETINGS),
          'appeal.file',
          'execution.assess',
          'execution.stay',
        ),
        input: pointInput(),
        open: ['point.prepared', 'point.decided', 'point.sentBack'],
      },
    ],
    isWhole: false,
    isEnd: endsOf(chart),
  };
}

const BOARD = Body.parse({
  id: 'ks',
  label: { sv: 'Kommunstyrelsen', en: 'Municipal board' },
  kind: 'board',
  seats: 15,
  seatsAssumed: true,
  approvers: 1,
});

/** A joint matter with the matter of one of its municipalities; what the other decides may come at any time. */
function jointCompany({ chart, charts }: Subject): Part {
  const said = others['joint-matter'];
  const member = charts('salem/board-matter');
  const id = 'j.salem';
  const model = matterModel(member, { id, byVotes: false, meetings: 1 });
  const points = ['p1', 'p2'].map(
    (key): Member => ({
      id: `${id}.${key}`,
      parent: id,
      model: without(
        pointModel(charts('decision-point'), `${id}.${key}`, ['ks-1']),
        'execution.assess',
        'execution.stay',
      ),
      input: null,
      open: [],
    }),
  );
  return {
    name: 'joint matter with the matter of a municipality',
    members: [
      {
        id: 'j',
        parent: null,
        model: { ...said?.model, chart, values: { ...said?.model.values, municipality: ['huddinge'] } },
        input: said?.input ?? {},
        open: ['member.decided'],
      },
      { id, parent: 'j', tenant: 'salem', model, input: null, open: fromMeetings },
      ...points,
    ],
    isWhole: false,
    isEnd: endsOf(chart),
  };
}
