/**
 * One numbered point: proposed by one body, decided by another, conditional on others, appealed, executed.
 * State belongs to the point, not to the matter: each decision has its own minutes, notice and clock.
 */
import * as z from 'zod';
import {
  assigning,
  causing,
  defineChart,
  type Effect,
  guard,
  type Identity,
  type JsonObject,
} from '../chart.ts';
import { clerical, count, date, line, message, oneOf, period, prose, reference, yesNo } from '../events.ts';
import { adopting, asProposed, type Outcome, outcomes } from '../outcomes.ts';
import { PointDraft } from '../stages/matter.ts';
import { tell } from '../tell.ts';

interface Assessment {
  readonly by: string;
  readonly on: string;
  readonly reversible: boolean;
  readonly reason: string;
}

interface PointContext {
  readonly self: Identity;
  readonly label: string;
  readonly title: string;
  readonly text: string;
  readonly body: string;
  readonly matter: string;
  readonly kind: string;
  readonly appealable: boolean;
  readonly conditionalOn: readonly string[];
  readonly tasks: readonly JsonObject[];
  readonly followUps: readonly JsonObject[];
  readonly terminates: JsonObject | null;
  /** What the bodies before the deciding one put forward, in order. */
  readonly prepared: readonly { readonly body: string; readonly outcome: Outcome }[];
  readonly outcome: Outcome | null;
  readonly decidedOn: string | null;
  readonly meeting: string | null;
  readonly paragraph: number | null;
  readonly announcedOn: string | null;
  /** What became of the points that this one depends on. */
  readonly references: { readonly [key: string]: Outcome };
  /** Those of them that have gained final force. */
  readonly referencesInForce: readonly string[];
  readonly condition: 'none' | 'pending' | 'met' | 'failed' | 'anew';
  readonly openTasks: readonly string[];
  readonly assessment: Assessment | null;
  readonly inForce: boolean;
  readonly annulled: boolean;
}

const outcomeField = oneOf('Utgång', 'Outcome', outcomes);
const wording = prose('Lydelse', 'Wording').optional();
const meetingField = reference('Sammanträde', 'Meeting', 'meetings');
const taskField = reference('Aktör', 'Actor', 'actors');
const court = ['registrar', 'clerk', 'integration'] as const;

const all = (...guards: readonly { type: string }[]) => ({ type: 'all', params: { guards } });

const referencesAll = (context: PointContext, among: readonly Outcome[]) =>
  context.conditionalOn.every((key) => {
    const outcome = context.references[key];
    return outcome !== undefined && among.includes(outcome);
  });

const startExecution = (context: PointContext): Effect[] => [
  ...tell(context.matter, 'execution.opened', { actor: context.self.id }),
  ...context.tasks.map(
    (task, index): Effect => ({
      kind: 'start',
      chart: 'task',
      key: `task${index + 1}`,
      input: { ...task, point: context.self.id },
    }),
  ),
  ...context.followUps.map(
    (followUp, index): Effect => ({
      kind: 'start',
      chart: 'follow-up',
      key: `followup${index + 1}`,
      input: { ...followUp, decidedOn: context.decidedOn },
    }),
  ),
  ...(context.terminates
    ? [{ kind: 'start', chart: 'contract', key: 'contract', input: context.terminates } as const]
    : []),
];

const tasksOf = (context: PointContext): readonly string[] => [
  ...context.tasks.map((_, index) => `${context.self.id}.task${index + 1}`),
  ...(context.terminates ? [`${context.self.id}.contract`] : []),
];

/** A proposal, and what a body does with a matter that it only prepares, cannot be appealed. */
const preparatory = { 'appeal.file': 'R-062', 'noAppeal.confirm': 'R-062' } as const;

export const decisionPoint = defineChart({
  name: 'decision-point',
  version: 1,
  label: { sv: 'Beslutspunkt', en: 'Decision point' },
  input: z.strictObject({
    ...PointDraft.omit({ onCondition: true }).shape,
    label: line('Nummer', 'Number'),
    title: line('Rubrik', 'Title'),
    matter: z.string(),
    conditionalOn: z.array(z.string()),
    appealPeriod: period('Överklagandetid', 'Appeal period').optional(),
  }),
  context: {
    appealPeriod: { weeks: 3 },
    tasks: [],
    followUps: [],
    terminates: null,
    prepared: [],
    outcome: null,
    decidedOn: null,
    meeting: null,
    paragraph: null,
    announcedOn: null,
    references: {},
    referencesInForce: [],
    condition: 'none',
    openTasks: [],
    assessment: null,
    inForce: false,
    annulled: false,
  },
  card: (context) => {
    const point = context as unknown as PointContext;
    return {
      title: `${point.title}, punkt ${point.label}`,
      number: point.paragraph ? `§ ${point.paragraph}` : null,
      body: point.body,
    };
  },
  events: {
    'point.prepared': message(
      { sv: 'Föreslås', en: 'Put forward' },
      {
        body: line('Organ', 'Body'),
        role: line('Roll', 'Role'),
        outcome: outcomeField,
        meeting: meetingField,
        text: wording,
      },
    ),
    'point.decided': message(
      { sv: 'Beslutas', en: 'Decided' },
      {
        body: line('Organ', 'Body'),
        outcome: outcomeField,
        meeting: meetingField,
        paragraph: count('Paragraf', 'Paragraph'),
        text: wording,
      },
    ),
    'point.sentBack': message({ sv: 'Återförs', en: 'Sent back' }),
    'condition.decided': message(
      { sv: 'Villkorspunkten beslutad', en: 'Referenced point decided' },
      {
        point: line('Punkt', 'Point'),
        outcome: outcomeField,
      },
      'R-064',
    ),
    'condition.inForce': message(
      { sv: 'Villkorspunkten har laga kraft', en: 'Referenced point in final force' },
      { point: line('Punkt', 'Point') },
      'R-077',
    ),
    'minutes.approved': message(
      { sv: 'Justeras', en: 'Minutes approved' },
      { meeting: meetingField, on: date('Datum', 'Date') },
    ),
    'notice.posted': message(
      { sv: 'Anslås', en: 'Announced' },
      { meeting: meetingField, on: date('Datum', 'Date') },
      'R-072',
    ),
    'notice.broken': message(
      { sv: 'Anslaget bröts', en: 'Notice broken' },
      { meeting: meetingField },
      'R-073',
    ),
    'appeal.file': clerical({
      label: { sv: 'Överklagas', en: 'Appealed' },
      by: court,
      rule: 'R-074',
      fields: {
        court: line('Domstol', 'Court'),
        caseNumber: line('Målnummer', 'Case number'),
        on: date('Ingivet', 'Filed on'),
      },
    }),
    'appeal.rule': clerical({
      label: { sv: 'Dom eller beslut', en: 'Ruling' },
      by: court,
      rule: 'R-076',
      fields: {
        ruling: oneOf('Utgång i domstol', 'Ruling', {
          upheld: { sv: 'avslås, beslutet står fast', en: 'decision upheld' },
          dismissed: { sv: 'avvisas', en: 'appeal dismissed' },
          annulled: { sv: 'beslutet upphävs', en: 'decision annulled' },
        }),
        on: date('Datum', 'Date'),
      },
    }),
    'noAppeal.confirm': clerical({
      label: { sv: 'Inget överklagande', en: 'No appeal confirmed' },
      by: court,
      rule: 'R-074',
      fields: { source: line('Besked från', 'Confirmed by') },
    }),
    'execution.assess': clerical({
      label: { sv: 'Bedöm verkställighet', en: 'Assess execution' },
      by: ['clerk', 'caseOfficer', 'chair'],
      rule: 'R-077',
      fields: {
        reversible: yesNo('Kan rättas om beslutet upphävs', 'Can be undone if annulled'),
        reason: prose('Bedömning', 'Assessment'),
      },
    }),
    'execution.stay': clerical({
      label: { sv: 'Inhibition', en: 'Stay' },
      by: court,
      rule: 'R-078',
      fields: { court: line('Domstol', 'Court'), on: date('Datum', 'Date') },
    }),
    'execution.resume': clerical({
      label: { sv: 'Inhibitionen upphör', en: 'Stay lifted' },
      by: court,
      rule: 'R-078',
      fields: { on: date('Datum', 'Date') },
    }),
    'execution.begun': message({ sv: 'Verkställs', en: 'Execution begun' }, { actor: taskField }, 'R-077'),
    'task.done': message({ sv: 'Uppdrag klart', en: 'Task done' }, { actor: taskField }),
  },
  deadlines: {
    appealPeriod: {
      label: { sv: 'Överklagandetiden går ut', en: 'The appeal period ends' },
      rule: 'R-072',
      from: 'announcedOn',
      periodFrom: 'appealPeriod',
      roll: true,
    },
  },
  guards: {
    ownMeeting: guard<PointContext, { meeting: string }>({
      rule: 'R-066',
      version: 1,
      says: {
        sv: 'Beslutet fattades vid ett annat sammanträde.',
        en: 'The decision was made at another meeting.',
      },
      holds: (context, event) => context.meeting === event.meeting,
    }),
    appealable: guard<PointContext>({
      rule: 'R-075',
      version: 1,
      says: { sv: 'Beslutet kan inte överklagas.', en: 'The decision cannot be appealed.' },
      holds: (context) => context.appealable,
    }),
    notAppealable: guard<PointContext>({
      rule: 'R-075',
      version: 1,
      says: { sv: 'Beslutet kan överklagas.', en: 'The decision can be appealed.' },
      holds: (context) => !context.appealable,
    }),
    decidedAnew: guard<PointContext>({
      rule: 'R-065',
      version: 1,
      says: { sv: 'Punkten är redan beslutad.', en: 'The point is already decided.' },
      holds: (context) => context.condition === 'anew',
    }),
    isDecided: guard<PointContext>({
      rule: 'R-065',
      version: 1,
      says: { sv: 'Punkten är inte beslutad.', en: 'The point is not decided.' },
      holds: (context) => context.outcome !== null,
    }),
    isConditional: guard<PointContext>({
      rule: 'R-064',
      version: 1,
      says: { sv: 'Punkten är inte villkorad.', en: 'The point is not conditional.' },
      holds: (context) => context.conditionalOn.length > 0,
    }),
    rejectedReference: guard<PointContext>({
      rule: 'R-065',
      version: 1,
      says: { sv: 'Villkoret har inte fallit.', en: 'The condition has not failed.' },
      holds: (context) => Object.values(context.references).some((outcome) => !adopting.includes(outcome)),
    }),
    amendedReference: guard<PointContext>({
      rule: 'R-065',
      version: 1,
      says: { sv: 'Ingen villkorspunkt har ändrats.', en: 'No referenced point was amended.' },
      holds: (context) => referencesAll(context, adopting) && !referencesAll(context, asProposed),
    }),
    metAsProposed: guard<PointContext>({
      rule: 'R-064',
      version: 1,
      says: { sv: 'Villkoret är inte uppfyllt.', en: 'The condition is not met.' },
      holds: (context) => referencesAll(context, asProposed),
    }),
    adopted: guard<PointContext>({
      rule: 'R-064',
      version: 1,
      says: {
        sv: 'Punkten är inte antagen eller väntar på sitt villkor.',
        en: 'The point is not adopted, or awaits its condition.',
      },
      holds: (context) =>
        context.outcome !== null &&
        adopting.includes(context.outcome) &&
        !context.annulled &&
        (context.condition === 'none' || context.condition === 'met'),
    }),
    mayExecute: guard<PointContext>({
      rule: 'R-077',
      version: 1,
      says: {
        sv: 'Beslutet har inte laga kraft, och ingen bedömning av förtida verkställighet är antecknad.',
        en: 'The decision has no final force, and no assessment of earlier execution is recorded.',
      },
      // To execute a decision made on condition of others is to execute those too.
      holds: ({ inForce, conditionalOn, referencesInForce, assessment }) =>
        assessment !== null || (inForce && conditionalOn.every((key) => referencesInForce.includes(key))),
    }),
    nothingLeft: guard<PointContext>({
      rule: null,
      version: 1,
      says: { sv: 'Uppdrag återstår.', en: 'Tasks remain.' },
      holds: (context) => context.openTasks.length === 0,
    }),
    annuls: guard<PointContext, { ruling: string }>({
      rule: 'R-076',
      version: 1,
      says: { sv: 'Beslutet står fast.', en: 'The decision stands.' },
      holds: (_, event) => event.ruling === 'annulled',
    }),
    stands: guard<PointContext, { ruling: string }>({
      rule: 'R-076',
      version: 1,
      says: { sv: 'Beslutet är upphävt.', en: 'The decision is annulled.' },
      holds: (_, event) => event.ruling !== 'annulled',
    }),
    isAnnulled: guard<PointContext>({
      rule: 'R-079',
      version: 1,
      says: { sv: 'Beslutet är inte upphävt.', en: 'The decision is not annulled.' },
      holds: (context) => context.annulled,
    }),
  },
  actions: {
    prepare: assigning<PointContext, { body: string; outcome: Outcome; text?: string }>(
      1,
      (context, { body, outcome, text }) => ({
        prepared: [...context.prepared, { body, outcome }],
        ...(text && { text }),
      }),
    ),
    decide: assigning<PointContext, { outcome: Outcome; meeting: string; paragraph: number; text?: string }>(
      1,
      (_, { outcome, meeting, paragraph, text, meta }) => ({
        outcome,
        meeting,
        paragraph,
        decidedOn: meta.on,
        announcedOn: null,
        inForce: false,
        annulled: false,
        // What was assessed was another decision.
        assessment: null,
        ...(text && { text }),
      }),
    ),
    announce: assigning<PointContext, { on: string }>(1, (_, event) => ({ announcedOn: event.on })),
    recordReference: assigning<PointContext, { point: string; outcome: Outcome }>(
      1,
      (context, { point, outcome }) => ({
        references: { ...context.references, [point]: outcome },
      }),
    ),
    recordForce: assigning<PointContext, { point: string }>(1, ({ referencesInForce }, { point }) => ({
      referencesInForce: [...referencesInForce, point],
    })),
    setCondition: assigning<PointContext, unknown, { is: PointContext['condition'] }>(1, (_, __, { is }) => ({
      condition: is,
    })),
    gainForce: assigning<PointContext>(1, () => ({ inForce: true })),
    annul: assigning<PointContext>(1, () => ({ annulled: true })),
    withdrawTasks: causing<PointContext>(1, (context) => tell(context.openTasks, 'task.withdrawn')),
    assess: assigning<PointContext, { reversible: boolean; reason: string }>(
      1,
      (_, { reversible, reason, meta }) => ({
        assessment: { by: meta.sender, on: meta.on, reversible, reason },
      }),
    ),
    startExecution: causing<PointContext>(1, startExecution),
    openTasks: assigning<PointContext>(1, (context) => ({ openTasks: tasksOf(context) })),
    finishTask: assigning<PointContext, { actor: string }>(1, (context, event) => ({
      openTasks: context.openTasks.filter((id) => id !== event.actor),
    })),
    tellMatter: causing<PointContext, unknown, { event: string }>(1, (context, _, { event }) =>
      tell(context.matter, event, { actor: context.self.id }),
    ),
    askAnew: causing<PointContext>(1, (context) =>
      tell(context.matter, 'point.returned', { actor: context.self.id, body: context.body }),
    ),
  },
  states: {
    standing: { sv: 'Beslutet', en: 'Decision' },
    condition: { sv: 'Villkor', en: 'Condition' },
    execution: { sv: 'Verkställighet', en: 'Execution' },
    draft: { sv: 'Utkast', en: 'Draft' },
    proposed: { sv: 'Föreslagen', en: 'Proposed' },
    made: { sv: 'Beslut fattat', en: 'Decision made' },
    decided: { sv: 'Beslutad', en: 'Decided' },
    approved: { sv: 'Justerad', en: 'Minutes approved' },
    appealOpen: { sv: 'Kan överklagas', en: 'Open to appeal' },
    periodExpired: { sv: 'Överklagandetiden ute', en: 'Appeal period over' },
    appealed: { sv: 'Överklagad', en: 'Appealed' },
    finalForce: { sv: 'Laga kraft', en: 'Final force' },
    annulled: { sv: 'Upphävd', en: 'Annulled' },
    unconditional: { sv: 'Ovillkorad', en: 'Unconditional' },
    pending: { sv: 'Villkoret prövas', en: 'Condition pending' },
    met: { sv: 'Villkoret uppfyllt', en: 'Condition met' },
    failed: { sv: 'Förfallen', en: 'Lapsed' },
    anew: { sv: 'Ska beslutas på nytt', en: 'To be decided anew' },
    idle: { sv: 'Inte aktuell', en: 'Not open' },
    open: { sv: 'Verkställs', en: 'In execution' },
    running: { sv: 'Pågår', en: 'Under way' },
    stayed: { sv: 'Inhiberad', en: 'Stayed' },
    done: { sv: 'Verkställd', en: 'Executed' },
    withdrawn: { sv: 'Verkställs inte', en: 'Not to be executed' },
    'standing.made.appealed.running': { sv: 'Överklagandetiden löper', en: 'Period running' },
    'standing.made.appealed.unannounced': { sv: 'Anslaget brutet', en: 'Notice broken' },
    over: { sv: 'Överklagandetiden ute', en: 'Period over' },
  },
  data: {
    type: 'parallel',
    on: { 'condition.inForce': { actions: [{ type: 'recordForce' }] } },
    states: {
      standing: {
        initial: 'draft',
        states: {
          draft: {
            meta: { refuses: preparatory },
            on: {
              'point.prepared': { target: 'proposed', actions: [{ type: 'prepare' }] },
              'point.decided': { target: 'made', actions: [{ type: 'decide' }] },
              'point.sentBack': {},
              'minutes.approved': {},
              'notice.posted': {},
              'notice.broken': {},
            },
          },
          proposed: {
            meta: { refuses: preparatory },
            on: {
              'point.prepared': { actions: [{ type: 'prepare' }] },
              'point.decided': { target: 'made', actions: [{ type: 'decide' }] },
              'point.sentBack': { target: 'draft' },
              'minutes.approved': {},
              'notice.posted': {},
              'notice.broken': {},
            },
          },
          made: {
            initial: 'decided',
            on: {
              'point.decided': {
                target: '.decided',
                guard: { type: 'decidedAnew' },
                actions: [{ type: 'decide' }],
              },
              'point.prepared': { guard: { type: 'decidedAnew' }, actions: [{ type: 'prepare' }] },
              'execution.assess': { actions: [{ type: 'assess' }] },
              'point.sentBack': {},
              'minutes.approved': {},
              'notice.posted': {},
              'notice.broken': {},
            },
            states: {
              decided: {
                on: {
                  'minutes.approved': {
                    target: 'approved',
                    guard: { type: 'ownMeeting' },
                    actions: [{ type: 'tellMatter', params: { event: 'point.approved' } }],
                  },
                },
              },
              approved: {
                id: 'unannounced',
                on: {
                  'notice.posted': [
                    {
                      target: 'appealOpen',
                      guard: all({ type: 'ownMeeting' }, { type: 'appealable' }),
                      actions: [{ type: 'announce' }],
                    },
                    {
                      target: 'finalForce',
                      guard: all({ type: 'ownMeeting' }, { type: 'notAppealable' }),
                      actions: [{ type: 'announce' }],
                    },
                  ],
                },
              },
              appealOpen: {
                id: 'appealOpen',
                after: { appealPeriod: { target: 'periodExpired' } },
                on: {
                  'notice.broken': { target: 'approved', guard: { type: 'ownMeeting' } },
                  'appeal.file': { target: 'appealed.running' },
                },
              },
              periodExpired: {
                on: {
                  'noAppeal.confirm': { target: 'finalForce' },
                  'appeal.file': { target: 'appealed.over' },
                },
              },
              // One appeal does not end the period for everyone else: a ruling gives force only when it is over.
              appealed: {
                initial: 'running',
                on: { 'appeal.rule': { target: 'annulled', guard: { type: 'annuls' } } },
                states: {
                  running: {
                    meta: { rest: true },
                    after: { appealPeriod: { target: 'over' } },
                    on: {
                      'notice.broken': { target: 'unannounced', guard: { type: 'ownMeeting' } },
                      'appeal.rule': { target: '#appealOpen', guard: { type: 'stands' } },
                    },
                  },
                  unannounced: {
                    on: {
                      'notice.posted': {
                        target: 'running',
                        guard: { type: 'ownMeeting' },
                        actions: [{ type: 'announce' }],
                      },
                      'appeal.rule': { target: '#unannounced', guard: { type: 'stands' } },
                    },
                  },
                  over: { on: { 'appeal.rule': { target: '#finalForce', guard: { type: 'stands' } } } },
                },
              },
              finalForce: {
                id: 'finalForce',
                entry: [
                  { type: 'gainForce' },
                  { type: 'tellMatter', params: { event: 'point.settled' } },
                  { type: 'tellMatter', params: { event: 'point.inForce' } },
                ],
              },
              annulled: {
                entry: [{ type: 'annul' }, { type: 'tellMatter', params: { event: 'point.settled' } }],
              },
            },
          },
        },
      },
      condition: {
        initial: 'unconditional',
        states: {
          unconditional: { always: [{ target: 'pending', guard: { type: 'isConditional' } }] },
          pending: {
            entry: [{ type: 'setCondition', params: { is: 'pending' } }],
            on: {
              'condition.decided': { actions: [{ type: 'recordReference' }] },
              // Whoever decides after the change decides in knowledge of it.
              'point.decided': { target: 'met', guard: { type: 'amendedReference' } },
            },
            always: [
              { target: 'failed', guard: { type: 'rejectedReference' } },
              { target: 'anew', guard: all({ type: 'isDecided' }, { type: 'amendedReference' }) },
              { target: 'met', guard: { type: 'metAsProposed' } },
            ],
          },
          met: { entry: [{ type: 'setCondition', params: { is: 'met' } }] },
          anew: {
            entry: [{ type: 'setCondition', params: { is: 'anew' } }, { type: 'askAnew' }],
            on: { 'point.decided': { target: 'met' } },
          },
          failed: {
            entry: [{ type: 'setCondition', params: { is: 'failed' } }],
            on: { 'condition.decided': { actions: [{ type: 'recordReference' }] } },
          },
        },
      },
      execution: {
        initial: 'idle',
        states: {
          idle: { always: [{ target: 'open', guard: { type: 'adopted' } }] },
          open: {
            initial: 'running',
            entry: [{ type: 'startExecution' }, { type: 'openTasks' }],
            always: [
              { target: 'withdrawn', guard: { type: 'isAnnulled' } },
              { target: 'done', guard: { type: 'nothingLeft' } },
            ],
            on: { 'task.done': { actions: [{ type: 'finishTask' }] } },
            states: {
              running: {
                meta: { rest: true },
                on: {
                  'execution.begun': { guard: { type: 'mayExecute' } },
                  'execution.stay': { target: 'stayed' },
                },
              },
              stayed: {
                meta: { refuses: { 'execution.begun': 'R-078' } },
                on: { 'execution.resume': { target: 'running' } },
              },
            },
          },
          done: { entry: [{ type: 'tellMatter', params: { event: 'execution.finished' } }] },
          withdrawn: {
            meta: { refuses: { 'execution.begun': 'R-079' } },
            // A contract of which notice was given still comes to its end.
            on: { 'task.done': {} },
            entry: [
              { type: 'withdrawTasks' },
              { type: 'tellMatter', params: { event: 'execution.finished' } },
            ],
          },
        },
      },
    },
  },
});
