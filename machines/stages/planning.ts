/**
 * A step of making a detailed plan: programme, consultation or review. The proposal is there for all to see, for so long
 * as the route says; then the views that came in are accounted for (PBL 5:10–25). What is of principle is adopted by the
 * council; a lesser plan may be by the board or a committee that it has authorised, and by nobody else.
 */
import * as z from 'zod';
import {
  type Action,
  assigning,
  type DeadlineRule,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { clerical, line, pastDate, prose, several, yesNo } from '../events.ts';
import type { Label } from '../label.ts';
import type { Municipality } from '../municipalities/municipality.ts';
import { type Fault, fault, routeId, routeLabel, type Site, stageKind } from './kind.ts';
import type { MatterContext } from './matter.ts';

const schema = z.strictObject({
  id: routeId,
  type: z.literal('planning'),
  label: routeLabel,
  /** How long the proposal is there to see; the Act has several times, for plans of several sorts. */
  within: z.strictObject({ weeks: z.int().positive().max(52) }),
  /** Whether a plan may be made without the step. */
  optional: z.boolean().default(false),
});
type PlanningStage = z.infer<typeof schema>;

interface PlannedContext extends MatterContext {
  /** As it was judged last; of principle until it is judged. */
  readonly ofPrinciple: boolean;
}

const planners = ['caseOfficer', 'clerk', 'registrar'] as const;

const events: Readonly<Record<string, EventDeclaration>> = {
  'plan.open': clerical({
    label: { sv: 'Håll planförslaget tillgängligt', en: 'Make the proposed plan available' },
    by: planners,
    rule: 'R-083',
    fields: {
      material: several('Handlingar', 'Documents', line('Handling', 'Document'), 50),
      at: line('Var de finns', 'Where they are'),
    },
  }),
  'plan.view': clerical({
    label: { sv: 'Anteckna en synpunkt', en: 'Record a view' },
    by: planners,
    rule: 'R-083',
    fields: {
      from: line('Från', 'From'),
      on: pastDate('Inkommen', 'Received on'),
      text: prose('Synpunkt', 'View'),
    },
  }),
  'plan.account': clerical({
    label: { sv: 'Redogör för synpunkterna', en: 'Account for the views' },
    by: planners,
    rule: 'R-083',
    fields: {
      dated: pastDate('Redogörelsens datum', 'Date of the account'),
      changed: yesNo('Förslaget ändras väsentligt', 'The proposal changes substantially'),
      principle: yesNo(
        'Planen är av principiell beskaffenhet eller annars av större vikt',
        'The plan is of principle, or otherwise of major importance',
      ),
    },
  }),
  'plan.skip': clerical({
    label: { sv: 'Hoppa över steget', en: 'Leave the step out' },
    by: planners,
    rule: 'R-083',
    fields: { reason: prose('Skäl', 'Reason') },
  }),
};

const guards: Readonly<Record<string, Guard>> = {
  isChanged: guard<MatterContext, { changed: boolean }>({
    rule: 'R-083',
    version: 1,
    says: { sv: 'Förslaget ändras inte väsentligt.', en: 'The proposal does not change substantially.' },
    holds: (_, { changed }) => changed,
  }),
  isUnchanged: guard<MatterContext, { changed: boolean }>({
    rule: 'R-083',
    version: 1,
    says: {
      sv: 'Det ändrade förslaget ska hållas tillgängligt på nytt.',
      en: 'The changed proposal must be made available again.',
    },
    holds: (_, { changed }) => !changed,
  }),
  mayAdoptPlan: guard<PlannedContext, unknown, { councils: readonly string[] }>({
    rule: 'R-083',
    version: 1,
    says: {
      sv: 'En plan av principiell beskaffenhet eller större vikt antas av fullmäktige.',
      en: 'A plan of principle or major importance is adopted by the council.',
    },
    holds: ({ body, ofPrinciple }, _, { councils }) => !ofPrinciple || councils.includes(body ?? ''),
  }),
};

const actions: Readonly<Record<string, Action>> = {
  judgePlan: assigning<PlannedContext, { principle: boolean }>(1, (_, { principle }) => ({
    ofPrinciple: principle,
  })),
};

const states: Readonly<Record<string, Label>> = {
  proposing: { sv: 'Planförslaget tas fram', en: 'Plan being drawn up' },
  available: { sv: 'Planförslaget är tillgängligt', en: 'Proposed plan available' },
  accounting: { sv: 'Synpunkterna sammanställs', en: 'Views being accounted for' },
};

const timeOf = (id: string): string => `${id}-time`;

const stateOf = ({ id, optional }: PlanningStage, next: string): StateData => ({
  id,
  initial: 'proposing',
  meta: { stage: id, role: 'planning' },
  entry: [{ type: 'arrive', params: { body: id } }],
  states: {
    proposing: {
      on: {
        'plan.open': { target: 'available' },
        ...(optional && { 'plan.skip': { target: `#${next}` } }),
      },
    },
    available: { after: { [timeOf(id)]: { target: 'accounting' } }, on: { 'plan.view': {} } },
    accounting: {
      on: {
        'plan.account': [
          { target: 'proposing', guard: { type: 'isChanged' }, actions: [{ type: 'judgePlan' }] },
          { target: `#${next}`, guard: { type: 'isUnchanged' }, actions: [{ type: 'judgePlan' }] },
        ],
      },
    },
  },
});

const deadlineOf = ({ id, label, within }: PlanningStage): readonly [string, DeadlineRule] => [
  timeOf(id),
  {
    label: { sv: `${label.sv}: tiden ute`, en: `${label.en}: time out` },
    rule: 'R-083',
    period: within,
    roll: true,
  },
];

/** Whose decisions on a plan the law knows (PBL 5:27). */
const mayAdopt: readonly string[] = ['council', 'board', 'committee'];

const faultsOf = (_: PlanningStage, { stages, deciders, municipality }: Site): readonly Fault[] =>
  deciders.flatMap(({ stage, body }) => {
    const kind = municipality.bodies.find((it) => it.id === body)?.kind ?? '';
    const delegated = stages.some((it) => it.id === stage && it.type === 'delegated');
    return delegated || !mayAdopt.includes(kind)
      ? [
          fault(
            '/type',
            `en plan antas inte i steget ${stage}: uppdraget delegeras inte vidare (R-083)`,
            `a plan is not adopted at stage ${stage}: it is not delegated further (R-083)`,
          ),
        ]
      : [];
  });

const councilsOf = ({ bodies }: Municipality): readonly string[] =>
  bodies.flatMap(({ id, kind }) => (kind === 'council' ? [id] : []));

export const planning = stageKind(schema, {
  regime: 'planning',
  label: ({ label }) => label,
  faults: faultsOf,
  state: (stage, { next }) => stateOf(stage, next),
  parts: (stages, municipality) => {
    const { 'plan.skip': skip, ...others } = events;
    return {
      events: { ...others, ...(stages.some((it) => it.optional) && skip && { 'plan.skip': skip }) },
      guards,
      actions,
      states,
      deadlines: Object.fromEntries(stages.map(deadlineOf)),
      context: { ofPrinciple: true },
      question: { type: 'mayAdoptPlan', params: { councils: councilsOf(municipality) } },
    };
  },
});
