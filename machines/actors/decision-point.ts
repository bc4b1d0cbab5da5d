/**
 * One numbered point: proposed by one body, decided by another, conditional on others, appealed, executed.
 * State belongs to the point, not to the matter: each decision has its own minutes, notice and clock.
 */
import * as z from 'zod';
import { defineChart } from '../chart.ts';
import { line, period } from '../events.ts';
import { appealActions, appealDeadlines, appealEvents, appealGuards } from '../point/appeal.ts';
import {
  condition,
  conditionActions,
  conditionEvents,
  conditionGuards,
  conditionStates,
} from '../point/condition.ts';
import {
  execution,
  executionActions,
  executionEvents,
  executionGuards,
  executionStates,
} from '../point/execution.ts';
import { firstPromulgate, firstStanding } from '../point/first.ts';
import { type PointContext, pointContext } from '../point/memory.ts';
import { partyActions, partyEvents, partyGuards } from '../point/parties.ts';
import { planActions, planEvents, planGuards } from '../point/plan.ts';
import {
  standing,
  standingActions,
  standingEvents,
  standingGuards,
  standingStates,
} from '../point/standing.ts';
import { stay, stayActions, stayEvents, stayGuards, stayStates } from '../point/stay.ts';
import { appealStates } from '../point/until-force.ts';
import { PointDraft } from '../stages/matter/draft.ts';

export const decisionPoint = defineChart({
  name: 'decision-point',
  version: 2,
  label: { sv: 'Beslutspunkt', en: 'Decision point' },
  input: z.strictObject({
    ...PointDraft.omit({ onCondition: true }).shape,
    regime: PointDraft.shape.regime.unwrap().default('legality'),
    label: line('Nummer', 'Number'),
    title: line('Rubrik', 'Title'),
    matter: z.string(),
    conditionalOn: z.array(z.string()),
    appealPeriod: period('Överklagandetid', 'Appeal period').optional(),
  }),
  context: pointContext,
  card: (context) => {
    const point = context as unknown as PointContext;
    return {
      title: `${point.title}, punkt ${point.label}`,
      number: point.paragraph ? `§ ${point.paragraph}` : null,
      body: point.body,
    };
  },
  events: {
    ...standingEvents,
    ...conditionEvents,
    ...appealEvents,
    ...partyEvents,
    ...planEvents,
    ...executionEvents,
    ...stayEvents,
  },
  deadlines: appealDeadlines,
  guards: {
    ...standingGuards,
    ...conditionGuards,
    ...appealGuards,
    ...partyGuards,
    ...planGuards,
    ...executionGuards,
    ...stayGuards,
  },
  actions: {
    ...standingActions,
    ...conditionActions,
    ...appealActions,
    ...partyActions,
    ...planActions,
    ...executionActions,
    ...stayActions,
  },
  states: { ...standingStates, ...conditionStates, ...appealStates, ...executionStates, ...stayStates },
  data: {
    type: 'parallel',
    on: {
      'condition.inForce': { actions: [{ type: 'recordForce' }] },
      'condition.stayed': { actions: [{ type: 'recordStay' }] },
      'condition.resumed': { actions: [{ type: 'recordResumed' }] },
    },
    states: { standing, condition, execution, stay },
  },
});

/** As it was first; what runs on it goes on with it. */
export const firstDecisionPoint = defineChart({
  ...decisionPoint,
  version: 1,
  actions: { ...decisionPoint.actions, promulgate: firstPromulgate },
  data: { ...decisionPoint.data, states: { ...decisionPoint.data.states, standing: firstStanding } },
});
