/** Every chart that can run, by name and version. A version once released stays here: matters are pinned to it. */
import { agreement, firstAgreement } from './actors/agreement.ts';
import { consultation } from './actors/consultation.ts';
import { contract } from './actors/contract.ts';
import { decisionPoint, firstDecisionPoint } from './actors/decision-point.ts';
import { delegation, firstDelegation } from './actors/delegation.ts';
import { dispatch } from './actors/dispatch.ts';
import { earlierDecision } from './actors/earlier-decision.ts';
import { exit } from './actors/exit.ts';
import { followUp } from './actors/follow-up.ts';
import { initiative } from './actors/initiative.ts';
import { jointMatter } from './actors/joint-matter.ts';
import { firstMeeting, meeting } from './actors/meeting.ts';
import { firstNotice, notice } from './actors/notice.ts';
import { party } from './actors/party.ts';
import { request } from './actors/request.ts';
import { task } from './actors/task.ts';
import type { Chart } from './chart.ts';
import { huddinge } from './municipalities/huddinge.ts';
import type { Municipality } from './municipalities/municipality.ts';
import { sodertorn } from './municipalities/sodertorn.ts';
import { boardMatter, committeeMatter, councilMatter, urgentCouncilMatter } from './routes/bodies.ts';
import { composeRoute } from './routes/compose.ts';
import { committeeToCouncil, draftedMatter } from './routes/consulted.ts';

import { committeeContract, contractApproval, contractTermination } from './routes/contracts.ts';
import { delegatedDecision, urgentDecision } from './routes/delegation.ts';
import { election, resignationMatter } from './routes/elections.ts';
import { annualReport, budgetMatter } from './routes/finance.ts';
import { heardMatter, offeredMatter } from './routes/hearing.ts';
import { citizenProposal, motion } from './routes/initiatives.ts';
import { interpellation, question } from './routes/inquiries.ts';
import { jointBodyMatter, jointCommitteeMatter } from './routes/joint.ts';

import { detailedPlan, lesserPlan } from './routes/plans.ts';
import { authorityConsultation, committeeOpinion, information } from './routes/received.ts';
import { rectification } from './routes/rectification.ts';
import { popularInitiative } from './routes/referendum.ts';
import type { Route } from './routes/route.ts';

/** A chart or a municipality that is not there. Where several servers share a database another may have published it. */
export class Unregistered extends Error {}

/** The charts, in any order. Throws for two of the same name and version. */
export class Registry {
  readonly #charts = new Map<string, Chart>();
  readonly #latest = new Map<string, Chart>();

  constructor(charts: readonly Chart[]) {
    for (const chart of charts) this.add(chart);
  }

  /** Registers a chart from now on. Throws for one of a name and version that is there already. */
  add(chart: Chart): void {
    const key = `${chart.name}@${chart.version}`;
    if (this.#charts.has(key)) throw new Error(`chart ${key} is registered twice`);
    this.#charts.set(key, chart);
    const latest = this.#latest.get(chart.name);
    if (!latest || latest.version < chart.version) this.#latest.set(chart.name, chart);
  }

  /** The chart of that name and version, or null. */
  find(name: string, version: number): Chart | null {
    return this.#charts.get(`${name}@${version}`) ?? null;
  }

  /**
   * The chart of that name and version.
   * @param by what runs on it, to be named where there is none.
   * @throws Unregistered
   */
  get(name: string, version: number, by: string): Chart {
    const chart = this.find(name, version);
    if (!chart) throw new Unregistered(`${by}: ${name}@${version} is not registered`);
    return chart;
  }

  /** The newest version of that name, or null. */
  latest(name: string): Chart | null {
    return this.#latest.get(name) ?? null;
  }

  all(): readonly Chart[] {
    return [...this.#charts.values()];
  }

  /** Of each name the newest version. */
  newest(): readonly Chart[] {
    return [...this.#latest.values()];
  }
}

const actors = [
  firstDecisionPoint,
  decisionPoint,
  firstMeeting,
  meeting,
  firstDelegation,
  delegation,
  firstNotice,
  notice,
  dispatch,
  task,
  followUp,
  consultation,
  contract,
  firstAgreement,
  agreement,
  earlierDecision,
  jointMatter,
  initiative,
  request,
  party,
  exit,
];

export const municipalities = sodertorn;

/** Huddinge has them all: one line for each. */
const huddingeRoutes: readonly Route[] = [
  councilMatter,
  urgentCouncilMatter,
  committeeMatter('sn'),
  committeeMatter('von'),
  committeeToCouncil('sn'),
  draftedMatter(['sn', 'von', 'gan']),
  heardMatter(['sn', 'von', 'gan'], 2),
  offeredMatter(['sn', 'von']),
  motion(['sn', 'von', 'gan']),
  citizenProposal('sn'),
  interpellation,
  question,
  authorityConsultation,
  committeeOpinion('sn'),
  information('ks'),
  jointCommitteeMatter('sun'),
  budgetMatter(['sn', 'von']),
  annualReport,
  election,
  resignationMatter,
  popularInitiative,
  rectification('sn'),
  detailedPlan('nbn'),
  lesserPlan('nbn'),
  contractApproval,
  committeeContract('sn'),
  contractTermination('sn'),
  delegatedDecision('sn'),
  urgentDecision('sn'),
];

/** Those that take part in the example of a joint committee, and may form another. */
const formingTogether: readonly string[] = ['huddinge', 'botkyrka', 'salem'];

interface BuiltInRoute {
  readonly route: Route;
  readonly jurisdiction: Municipality;
  readonly chart: Chart;
}

const built = (route: Route, jurisdiction: Municipality): BuiltInRoute => ({
  route,
  jurisdiction,
  chart: composeRoute(route, jurisdiction),
});

/** The built-in routes: data of the same kind as what administrators publish, and the charts composed from it. */
export const builtInRoutes: readonly BuiltInRoute[] = [
  ...huddingeRoutes.map((route) => built(route, huddinge)),
  ...municipalities.map((it) => built(boardMatter(it.bodies.some((body) => body.id === 'au')), it)),
  ...municipalities.filter(({ id }) => formingTogether.includes(id)).map((it) => built(jointBodyMatter, it)),
];

/** The charts of the built-in routes and actors, in a registry that can take in more. */
export const builtIn = (): Registry => new Registry([...actors, ...builtInRoutes.map((it) => it.chart)]);
