import * as z from 'zod';
import type { Chart, EventDeclaration } from '../../machines/chart.ts';
import { defineChart } from '../../machines/chart.ts';
import type { RuleId } from '../../machines/law/rules.ts';
import { type Patch, patched } from './patch.ts';
import { authorityMatter, chartNamed } from './proving.ts';

/** A chart with a mistake in it, and how the mistake is found. */
export interface Mutant {
  readonly rule: RuleId;
  /** What the author got wrong. */
  readonly mistake: string;
  readonly chart: Chart;
  /** The chart that is proved with the mistaken one among the others, or that one itself. */
  readonly proves: string;
  /** The exploration that finds it. */
  readonly part: string;
  /** Steps of the shortest path that shows it. */
  readonly steps: number;
}

const council = 'huddinge/council-matter';
const elections = 'huddinge/election';
const urgent = 'huddinge/urgent-council-matter';
const committee = 'huddinge/sn-council-matter';
const motion = 'huddinge/motion';
const proposal = 'huddinge/citizen-proposal';
const drafted = 'huddinge/drafted-matter';
const point = 'decision-point';
const initiative = 'huddinge/popular-initiative';
const resigns = 'huddinge/resignation';
const accounts = 'huddinge/annual-report';
const asking = 'huddinge/interpellation';
const questioning = 'huddinge/question';
const publishing = '/states/web/states/toPublish/on/proposal.publish';
const delegatedDecision = 'huddinge/sn-delegated';
const use = '/states/given/on/delegation.use/guard/params/guards';
const undecided = '/states/delegate/states/undecided/on/decision.take';

/** The guard of a transition without some of its conjuncts. */
const without = (chart: string, path: string, ...left: readonly string[]): Patch =>
  withoutIn(chartNamed(chart), path, ...left);

const withoutIn = ({ data }: Chart, path: string, ...left: readonly string[]): Patch => {
  const guards = path
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], data) as {
    type: string;
  }[];
  return [{ op: 'replace', path, value: guards.filter((it) => !left.includes(it.type)) as never }];
};

const deliberating = '/states/kf/states/deliberating/on';
const minority = (guard: string): Patch =>
  [0, 1, 2].flatMap((n) =>
    without(council, `${deliberating}/minority.delay/${n}/guard/params/guards`, guard),
  );

const declared = (name: string, type: string, change: Partial<EventDeclaration>): Chart => {
  const chart = chartNamed(name);
  const event = chart.events[type];
  if (!event) throw new Error(`${name} declares no ${type}`);
  return defineChart({ ...chart, events: { ...chart.events, [type]: { ...event, ...change } } });
};

const clericalByIntegration = { kind: 'clerical', by: ['clerk', 'integration'] } as const;

/** Registered without a number: the declaration forgets that there must be one. */
const unnumbered = (): Chart => {
  const chart = chartNamed(council);
  return defineChart({ ...chart, input: chart.input.extend({ number: z.string().transform(() => '') }) });
};

/** A delegated decision whose declaration forgets what is said of the delegation. */
const underNone = (): Chart => {
  const { fields } = chartNamed(delegatedDecision).events['decision.take'] ?? {};
  if (!fields) throw new Error(`${delegatedDecision} takes no decision`);
  const delegation = z.string().transform(() => '');
  return declared(delegatedDecision, 'decision.take', { fields: fields.extend({ delegation }) });
};

const of = (
  rule: RuleId,
  mistake: string,
  chart: string,
  part: string,
  steps: number,
  patch: Patch,
  proves = chart,
): Mutant => ({ rule, mistake, chart: patched(chartNamed(chart), patch), proves, part, steps });

const standing = '/states/standing/states/made/states';
const open = '/states/execution/states/open';
const whatFalls = 'matter with decisions that fall';
const withPoints = 'matter with its points';
const meetingOfCouncil = 'meeting alone, kf, 61 seats';
const summoning = '/states/planned/on/meeting.summon';
const meetingOfBoard = 'meeting alone, ks, 15 seats';
const pointWithTask = 'decision-point alone, with a task';

export const mutants = (): readonly Mutant[] => [
  of('R-010', 'the administration hands over to the council', council, 'matter alone', 8, [
    { op: 'replace', path: '/states/administration/states/signed/on/matter.handOver/target', value: '#kf' },
    ...without(council, '/states/kf/states/awaiting/on/agenda.listed/guard/params/guards', 'prepared'),
  ]),
  of('R-010', 'what nobody has prepared is decided although some disagree', urgent, 'matter alone', 8, [
    ...without(
      urgent,
      '/states/kf/states/proposition/on/decision.confirm/guard/params/guards',
      'agreedByAll',
    ),
  ]),
  of('R-015', 'what nobody has prepared is decided although it can wait', urgent, 'matter alone', 8, [
    ...without(urgent, '/states/kf/states/awaiting/on/agenda.listed/guard/params/guards', 'cannotWait'),
  ]),
  of('R-006', 'anyone raises a motion', motion, 'matter alone', 1, [
    { op: 'remove', path: '/states/raised/states/raised/on/initiative.register/guard' },
  ]),
  of('R-103', 'anyone raises a citizen proposal', proposal, 'matter alone', 1, [
    { op: 'remove', path: '/states/raised/states/raised/on/initiative.register/guard' },
  ]),
  of('R-008', 'a committee is assigned what only the council may decide', proposal, 'matter alone', 4, [
    ...without(
      proposal,
      '/states/remitted/states/deliberating/on/initiative.assign/0/guard/params/guards',
      'notReserved',
    ),
  ]),
  of(
    'R-019',
    'a consultation counts as answered when its time is out',
    'consultation',
    'consultation alone',
    1,
    [{ op: 'replace', path: '/states/sent/after/answerTime/target', value: 'answered' }],
  ),
  of('R-020', 'a working committee answers the council', 'consultation', 'consultation alone', 1, [
    ...without('consultation', '/on/consultation.answer/guard/params/guards', 'byFullBody'),
  ]),
  of('R-101', 'a motion lapses after a year', 'initiative', 'initiative alone', 1, [
    {
      op: 'replace',
      path: '/states/open/states/report/states/running/after/oneYear/target',
      value: '#lapsed',
    },
    { op: 'add', path: '/states/closed/id', value: 'lapsed' },
  ]),
  of('R-011', 'what a drafting committee prepared goes past the committees', drafted, 'matter alone', 14, [
    {
      op: 'replace',
      path: '/states/bered/states/concluded/always/1/target',
      value: '#board',
    },
  ]),
  of('R-012', 'the matter goes on as soon as the board is asked', committee, 'matter alone', 13, [
    { op: 'replace', path: '/states/board/states/assembling/on/consultation.open/target', value: '#kf' },
  ]),
  of('R-012', 'a committee stands where the board should', council, 'matter alone', 13, [
    { op: 'replace', path: '/states/ks/meta/bodyKind', value: 'committee' },
  ]),
  of('R-013', 'the board prepares without a proposal of its own', council, 'matter alone', 13, [
    { op: 'replace', path: '/states/ks/meta/role', value: 'prepare' },
  ]),
  {
    rule: 'R-119',
    mistake: 'no number',
    chart: unnumbered(),
    proves: council,
    part: 'matter alone',
    steps: 5,
  },
  of('R-029', 'a meeting opens with anyone', 'meeting', 'meeting alone, kf, 61 seats', 2, [
    { op: 'remove', path: '/states/summoned/on/meeting.open/guard' },
  ]),
  of('R-016', 'the council takes up what was not announced', 'meeting', meetingOfCouncil, 3, [
    ...without('meeting', '/states/open/on/agenda.add/guard/params/guards', 'takenUpByAll'),
  ]),
  of('R-026', 'a council is summoned at any time', 'meeting', meetingOfCouncil, 1, [
    ...without('meeting', `${summoning}/guard/params/guards`, 'councilNotice'),
  ]),
  of('R-027', 'what is urgent is announced on the day itself', 'meeting', meetingOfCouncil, 1, [
    ...without('meeting', `${summoning}/guard/params/guards`, 'urgentNotice'),
  ]),
  of('R-028', 'a committee is summoned at any time', 'meeting', meetingOfBoard, 1, [
    ...without('meeting', `${summoning}/guard/params/guards`, 'committeeNotice'),
  ]),
  of('R-034', 'a committee lets the public in by itself', 'meeting', meetingOfBoard, 4, [
    ...without('meeting', '/states/open/on/item.open/guard/params/guards', 'mayMeetInPublic'),
  ]),
  {
    rule: 'R-034',
    mistake: 'public authority is exercised in public',
    chart: patched(authorityMatter, [
      { op: 'remove', path: '/states/sn/states/onAgenda/on/item.opened/guard' },
    ]),
    proves: authorityMatter.name,
    part: 'matter alone',
    steps: 6,
  },
  of('R-039', 'the item goes on while it is asked who is recused', 'meeting', meetingOfBoard, 6, [
    ...without('meeting', '/states/open/on/item.concluded/guard/params/guards', 'recusalDecided'),
  ]),
  of('R-031', 'a committee opens with anyone', 'meeting', meetingOfBoard, 2, [
    { op: 'remove', path: '/states/summoned/on/meeting.open/guard' },
  ]),
  of('R-031', 'those recused are counted', 'meeting', meetingOfBoard, 4, [
    ...without('meeting', '/states/open/on/item.open/guard/params/guards', 'committeeQuorum'),
  ]),
  of('R-053', 'a reservation while the minutes are written', 'meeting', meetingOfBoard, 4, [
    { op: 'add', path: '/states/minutes/states/draft/on/reservation.record', value: {} },
  ]),
  of('R-045', 'a decision while the vote goes on', council, 'matter alone', 9, [
    { op: 'add', path: '/states/au/states/voting/on/decision.confirm', value: { target: 'concluded' } },
  ]),
  of('R-049', 'the chair finds otherwise than the vote', council, 'matter alone', 10, [
    { op: 'remove', path: '/states/au/states/counted/on/decision.confirm/guard' },
  ]),
  of('R-050', 'what the votes leave undecided is decided', council, 'matter alone', 10, [
    { op: 'replace', path: '/states/au/states/voting/on/votes.count/0/target', value: 'counted' },
    { op: 'remove', path: '/states/au/states/counted/on/decision.confirm/guard' },
  ]),
  {
    rule: 'R-050',
    mistake: 'some abstain in a matter of public authority',
    chart: patched(authorityMatter, [
      ...[0, 1].flatMap((n) =>
        withoutIn(
          authorityMatter,
          `/states/sn/states/voting/on/votes.count/${n}/guard/params/guards`,
          'allVote',
        ),
      ),
    ]),
    proves: authorityMatter.name,
    part: 'matter alone',
    steps: 9,
  },
  of('R-052', 'a few make an election proportional', elections, 'matter alone', 7, [
    ...without(elections, `${deliberating}/election.demand/guard/params/guards`, 'quotaDemands'),
  ]),
  of('R-052', 'substitutes are elected proportionally by themselves', elections, 'matter alone', 7, [
    ...without(elections, `${deliberating}/election.demand/guard/params/guards`, 'membersFirst'),
  ]),
  of('R-046', 'a vote among four without a counter-proposal', council, 'matter alone', 9, [
    { op: 'replace', path: '/states/au/states/proposition/on/vote.demand/1/target', value: 'voting' },
  ]),
  of('R-048', 'a secret ballot on anything', council, 'matter alone', 9, [
    ...without(council, '/states/au/states/voting/on/votes.count/1/guard/params/guards', 'openBallot'),
  ]),
  of('R-055', 'a few are enough', council, 'matter alone', 12, minority('thirdDemands')),
  of('R-056', 'a minority delays again and again', council, 'matter alone', 15, minority('minorityUnused')),
  of('R-058', 'a referral back without a reason', council, 'matter alone', 12, minority('motivated')),
  of('R-060', 'a minority of the board delays', council, 'matter alone', 8, [
    {
      op: 'add',
      path: '/states/ks/states/deliberating/on/minority.delay',
      value: { target: 'deferred', actions: [{ type: 'leave', params: { how: 'deferred' } }] },
    },
  ]),
  of('R-062', 'a proposal is open to appeal', point, pointWithTask, 2, [
    {
      op: 'replace',
      path: '/states/standing/states/proposed/on/notice.posted',
      value: { target: '#appealOpen', actions: [{ type: 'announce' }] },
    },
  ]),
  of('R-063', 'withdrawn whatever is decided', council, withPoints, 11, [
    { op: 'add', path: '/states/kf/on', value: { 'matter.withdraw': { target: '#withdrawn' } } },
  ]),
  of('R-063', 'withdrawn when the council has referred it back', council, 'matter alone', 11, [
    ...without(council, '/states/ks/on/matter.withdraw/guard/params/guards', 'notSeized'),
  ]),
  of(
    'R-064',
    'the condition is met as soon as it is set',
    point,
    withPoints,
    10,
    [{ op: 'remove', path: '/states/condition/states/pending/always/2/guard' }],
    council,
  ),
  of(
    'R-065',
    'a change counts as adopted as proposed',
    point,
    withPoints,
    14,
    [{ op: 'replace', path: '/states/condition/states/pending/always/1/target', value: 'met' }],
    council,
  ),
  of('R-066', 'any minutes approve the decision', point, pointWithTask, 2, [
    { op: 'remove', path: `${standing}/decided/on/minutes.approved/guard` },
  ]),
  of('R-068', 'the minutes of an open vote without its names', 'meeting', meetingOfBoard, 7, [
    { op: 'remove', path: '/states/minutes/states/draft/on/minutes.complete/guard' },
  ]),
  of('R-070', 'a paragraph is approved that nobody has read', 'meeting', meetingOfBoard, 5, [
    ...without('meeting', '/states/open/on/paragraph.approve/guard/params/guards', 'isWritten'),
  ]),
  of('R-068', 'minutes are approved while they are written', 'meeting', meetingOfBoard, 4, [
    {
      op: 'add',
      path: '/states/minutes/states/draft/on/minutes.approve',
      value: { target: '#approved', guard: { type: 'enoughApprovers' } },
    },
  ]),
  of('R-069', 'one approver is enough', 'meeting', meetingOfBoard, 5, [
    { op: 'remove', path: '/states/minutes/states/complete/on/minutes.approve/guard' },
  ]),
  of('R-071', 'minutes are announced before they are approved', 'meeting', meetingOfBoard, 5, [
    { op: 'add', path: '/states/minutes/states/complete/on/notice.post', value: { target: '#announced' } },
    { op: 'add', path: '/states/announced/id', value: 'announced' },
  ]),
  of('R-071', 'the notice is taken down at will', 'notice', 'notice alone', 2, [
    { op: 'add', path: '/states/posted/on/notice.remove', value: { target: 'removed' } },
  ]),
  of('R-072', 'a ruling gives force while others may appeal', point, pointWithTask, 5, [
    { op: 'add', path: `${standing}/finalForce/id`, value: 'finalForce' },
    {
      op: 'replace',
      path: `${standing}/appealed/states/running/on/appeal.rule/target`,
      value: '#finalForce',
    },
  ]),
  of('R-073', 'the period of a broken notice ends', 'notice', 'notice alone', 3, [
    { op: 'add', path: '/states/broken/after', value: { appealPeriod: { target: 'removable' } } },
  ]),
  of('R-073', 'a broken notice changes nothing', point, pointWithTask, 5, [
    { op: 'replace', path: `${standing}/appealOpen/on/notice.broken`, value: {} },
  ]),
  of('R-073', 'an outage that is found out late changes nothing', point, pointWithTask, 6, [
    { op: 'remove', path: `${standing}/periodExpired/on/notice.broken` },
  ]),
  of('R-076', 'the first ruling ends every case', point, 'decision-point alone, appealed', 6, [
    { op: 'add', path: `${standing}/appealed/on/appeal.rule/1/target`, value: '#periodExpired' },
  ]),
  of('R-074', 'the end of the period gives force', point, pointWithTask, 4, [
    { op: 'replace', path: `${standing}/appealOpen/after/appealPeriod/target`, value: 'finalForce' },
  ]),
  of('R-077', 'executed at once', point, pointWithTask, 2, [
    ...without(point, `${open}/on/execution.begun/guard/params/guards`, 'mayExecute'),
  ]),
  of('R-078', 'a stay does not hinder', point, pointWithTask, 4, [
    ...without(point, `${open}/on/execution.begun/guard/params/guards`, 'notStayed'),
  ]),
  of(
    'R-078',
    'a stay does not reach what depends on the decision',
    point,
    whatFalls,
    16,
    [{ op: 'replace', path: '/on/condition.stayed', value: {} }],
    council,
  ),
  of(
    'R-065',
    'the annulment of a decision does not reach what depends on it',
    point,
    whatFalls,
    18,
    [{ op: 'replace', path: '/states/condition/states/met/on/condition.annulled', value: {} }],
    council,
  ),
  of(
    'R-079',
    'what was executed of an annulled decision is left as it is',
    point,
    'matter to the archive',
    20,
    [
      { op: 'replace', path: `${open}/always/0/target`, value: 'withdrawn' },
      { op: 'remove', path: '/states/execution/states/done/always' },
    ],
    council,
  ),
  of('R-087', 'dispatched before the minutes', council, withPoints, 14, [
    { op: 'remove', path: '/states/after/states/minutes/always/0/guard' },
  ]),
  of('R-090', 'a contract ends with the decision', 'contract', 'contract alone', 1, [
    { op: 'replace', path: '/states/inForce/on/notice.give/target', value: 'ended' },
  ]),
  {
    rule: 'R-093',
    mistake: 'an integration confirms decisions',
    chart: declared(council, 'decision.confirm', clericalByIntegration),
    proves: council,
    part: 'matter alone',
    steps: 8,
  },
  {
    rule: 'R-093',
    mistake: 'an integration confirms decisions, and its points are decided',
    chart: declared(council, 'decision.confirm', clericalByIntegration),
    proves: council,
    part: withPoints,
    steps: 10,
  },
  of('R-093', 'an item that is not reached counts as decided', council, 'matter alone', 6, [
    { op: 'replace', path: '/states/au/states/onAgenda/on/item.leftOver/target', value: 'concluded' },
  ]),
  {
    rule: 'R-093',
    mistake: 'an integration opens meetings',
    chart: declared('meeting', 'meeting.open', clericalByIntegration),
    proves: 'meeting',
    part: meetingOfBoard,
    steps: 2,
  },
  {
    rule: 'R-091',
    mistake: 'it is decided for a committee under no delegation',
    chart: underNone(),
    proves: delegatedDecision,
    part: 'matter alone',
    steps: 5,
  },
  of('R-091', 'a delegate decides on any amount', 'delegation', 'delegation alone', 1, [
    ...without('delegation', use, 'isWithinLimit'),
  ]),
  of('R-092', 'a delegate decides whatever it is about', delegatedDecision, 'matter alone', 5, [
    ...without(delegatedDecision, `${undecided}/0/guard/params/guards`, 'delegable'),
  ]),
  of(
    'R-093',
    'what is given to an automated function is decided by it',
    'delegation',
    'delegation alone, to an automated function',
    1,
    [...without('delegation', use, 'isHuman')],
  ),
  of('R-094', 'anyone decides under a delegation', 'delegation', 'delegation alone', 1, [
    ...without('delegation', use, 'isDelegate'),
  ]),
  of('R-097', 'what is carried out is called a decision', delegatedDecision, 'matter alone', 5, [
    ...without(delegatedDecision, `${undecided}/0/guard/params/guards`, 'isDecision'),
  ]),
  of('R-038', 'a delegate decides in spite of a conflict of interest', delegatedDecision, 'matter alone', 6, [
    ...without(delegatedDecision, `${undecided}/0/guard/params/guards`, 'notRecused'),
  ]),
  of('R-095', 'a delegated decision is notified to nobody', delegatedDecision, 'matter to the archive', 9, [
    {
      op: 'replace',
      path: '/states/delegate/states/notifying/states/onAgenda/on/item.opened/target',
      value: '#after',
    },
  ]),
  of('R-096', 'the chair decides although it can wait', 'huddinge/sn-urgent', 'matter alone', 5, [
    ...without(
      'huddinge/sn-urgent',
      '/states/chair/states/undecided/on/urgent.decide/0/guard/params/guards',
      'cannotWait',
    ),
  ]),
  of(
    'R-084',
    'a procured contract is signed while others may challenge it',
    'agreement',
    'agreement alone',
    2,
    [
      {
        op: 'add',
        path: '/states/standstill/on/contract.sign',
        value: { target: 'signed', guard: { type: 'isSignatory' } },
      },
    ],
  ),
  of('R-084', 'a contract is signed on a day that has passed', 'agreement', 'agreement alone', 3, [
    ...without('agreement', '/states/toSign/on/contract.sign/guard/params/guards', 'afterStandstill'),
  ]),
  of('R-084', 'a contract is signed on a day before the ruling', 'agreement', 'agreement alone', 5, [
    ...without('agreement', '/states/toSign/on/contract.sign/guard/params/guards', 'afterRuling'),
  ]),
  of('R-117', 'the first council forms the joint body', 'joint-matter', 'joint-matter alone', 2, [
    { op: 'remove', path: '/states/collecting/always/2/guard' },
  ]),
  of('R-022', 'a major change is decided without a negotiation', 'huddinge/budget', 'matter alone', 17, [
    { op: 'replace', path: '/states/unions/states/judging/on/negotiation.judge/0/target', value: '#ks' },
  ]),
  of('R-109', 'the council that leaves may adopt it', accounts, 'matter alone', 10, [
    { op: 'add', path: '/states/web/meta/newCouncil', value: true },
  ]),
  of('R-110', 'published when the meeting has been announced', accounts, 'matter alone', 10, [
    ...without(accounts, `${publishing}/guard/params/guards`, 'inTime'),
  ]),
  of('R-112', 'discharge together with the annual report', accounts, 'matter alone', 13, [
    ...without(
      accounts,
      '/states/kf/states/deliberating/on/question.put/guard/params/guards',
      'reportFirst',
      'reportApproved',
    ),
  ]),
  of('R-112', 'discharge although the annual report is not approved', accounts, withPoints, 16, [
    ...without(
      accounts,
      '/states/kf/states/deliberating/on/question.put/guard/params/guards',
      'reportApproved',
    ),
  ]),
  of('R-113', 'a remark without its reason', accounts, 'matter alone', 9, [
    ...without(
      accounts,
      '/states/auditors/states/auditing/on/audit.report/1/guard/params/guards',
      'reasonGiven',
    ),
  ]),
  of('R-014', 'a remark goes on without an explanation', accounts, 'matter alone', 14, [
    { op: 'replace', path: '/states/auditors/states/auditing/on/audit.report/1/target', value: '#web' },
  ]),
  of('R-107', 'any petition will do', initiative, 'matter alone', 5, [
    ...without(
      initiative,
      '/states/petition/states/verifying/on/petition.verify/guard/params/guards',
      'tenthSigned',
    ),
  ]),
  of('R-108', 'a resignation is refused without a reason', resigns, 'matter alone', 8, [
    ...without(
      resigns,
      '/states/kf/states/deliberating/on/question.put/guard/params/guards',
      'refusalReasoned',
    ),
  ]),
  of('R-085', 'the end of one period is the end of all', point, 'decision-point with its parties', 4, [
    { op: 'remove', path: `${standing}/notifying/always/0/guard` },
  ]),
  of(
    'R-083',
    'a plan gains force that has not been made known',
    point,
    'decision-point alone, of a plan',
    5,
    [{ op: 'remove', path: `${standing}/periodExpired/on/noAppeal.confirm/guard` }],
  ),
  of('R-083', 'a plan is executed before it has force', point, 'decision-point alone, of a plan', 4, [
    ...without(point, `${open}/on/execution.begun/guard/params/guards`, 'planApplies'),
  ]),
  of('R-083', 'the committee adopts a plan of principle', 'huddinge/nbn-plan', 'matter alone', 15, [
    ...without(
      'huddinge/nbn-plan',
      '/states/nbn/states/deliberating/on/question.put/guard/params/guards',
      'mayAdoptPlan',
    ),
  ]),
  of('R-105', 'what has no definite content is taken up', asking, 'matter alone', 1, [
    ...without(asking, '/states/asked/states/handedIn/on/inquiry.register/guard/params/guards', 'isDefinite'),
  ]),
  of('R-105', 'an interpellation is answered without being permitted', asking, 'matter alone', 4, [
    {
      op: 'replace',
      path: '/states/kf/states/onAgenda/on/item.opened/target',
      value: 'answering',
    },
  ]),
  of('R-106', 'everybody debates a question', questioning, 'matter alone', 6, [
    ...without(questioning, '/states/kf/states/answering/on/answer.give/guard/params/guards', 'onlyTwoSpeak'),
  ]),
  of('R-029', 'any council answers below quorum', 'meeting', meetingOfBoard, 4, [
    ...without('meeting', '/states/open/on/answer.open/guard/params/guards', 'answersBelowQuorum'),
  ]),
  of('R-116', 'the time for appeal runs from the first board', 'notice', 'notice alone', 0, [
    { op: 'remove', path: '/states/partly/always/0/guard' },
  ]),
  of('R-114', 'the first to adopt adopts for all', 'joint-matter', 'joint-matter alone', 2, [
    { op: 'remove', path: '/states/collecting/always/2/guard' },
  ]),
];
