/**
 * Several bodies are asked at once, each by a consultation of its own; the route declares when the matter goes on.
 * An opportunity to comment is given when there is an answer or the time is out; an answer is there
 * only when it has come.
 */
import * as z from 'zod';
import {
  type Action,
  assigning,
  causing,
  type EventDeclaration,
  type Guard,
  guard,
  type JsonObject,
  type Named,
  type Period,
  type StateData,
} from '../chart.ts';
import { clerical, line, message, prose, reference, several } from '../events.ts';
import type { Label } from '../label.ts';
import { bodyOf, type Municipality } from '../municipalities/municipality.ts';
import { type Fault, fault, routeId, routeLabel, type Site, stageKind } from './kind.ts';
import type { MatterContext } from './matter.ts';

const Join = z.discriminatedUnion('rule', [
  /** Every body has answered. */
  z.strictObject({ rule: z.literal('all') }),
  z.strictObject({ rule: z.literal('first') }),
  z.strictObject({ rule: z.literal('atLeast'), answers: z.int().min(1).max(20) }),
  /** Every body has answered, or its time is out: each has had the opportunity. */
  z.strictObject({ rule: z.literal('deadline') }),
]);
type Join = z.infer<typeof Join>;

const schema = z.strictObject({
  id: routeId,
  type: z.literal('consultation'),
  label: routeLabel,
  bodies: z.array(routeId).min(1).max(20),
  /** Whether it is chosen in each matter which of the bodies are asked. */
  choose: z.boolean().default(false),
  join: Join,
  /** The time to answer, from the day on which the material is complete. */
  within: z.strictObject({ weeks: z.int().positive().max(52) }),
  /** What the bodies must have to answer: nothing is sent, and no time runs, before it is there. */
  material: z.array(z.string().min(1).max(100)).max(20).default([]),
  /** The answers are statements to the council, which are not delegated. */
  toCouncil: z.boolean().default(false),
});
type ConsultationStage = z.infer<typeof schema>;

type Standing = 'asked' | 'answered' | 'waived' | 'expired';

/** The bodies asked in the latest round of a stage. Earlier rounds keep their answers in their own consultations. */
interface Round {
  readonly number: number;
  readonly bodies: { readonly [body: string]: Standing };
}

interface ConsultedContext extends MatterContext {
  readonly rounds: { readonly [stage: string]: Round };
}

const staff = ['caseOfficer', 'clerk', 'registrar'] as const;

const events: Readonly<Record<string, EventDeclaration>> = {
  'consultation.open': clerical({
    label: { sv: 'Sänd ut på remiss', en: 'Send out for consultation' },
    by: staff,
    rule: 'R-011',
    fields: {
      question: prose('Fråga', 'Question'),
      material: several('Underlag', 'Material', line('Handling', 'Document'), 50),
      bodies: several('Remissinstanser', 'Bodies consulted', line('Organ', 'Body'), 20).optional(),
    },
  }),
  'consultation.close': clerical({
    label: { sv: 'Gå vidare utan fler svar', en: 'Go on without further answers' },
    by: staff,
    rule: 'R-012',
    fields: { reason: prose('Skäl', 'Reason') },
  }),
  'consultation.expired': message(
    { sv: 'Svarstiden ute', en: 'Time to answer is out' },
    { actor: reference('Aktör', 'Actor', 'actors'), body: line('Organ', 'Body') },
  ),
};

const states: Readonly<Record<string, Label>> = {
  assembling: { sv: 'Underlag ställs samman', en: 'Material being assembled' },
  out: { sv: 'Ute på remiss', en: 'Out for consultation' },
};

const at = ({ rounds }: ConsultedContext, stage: string): Round => rounds[stage] ?? { number: 0, bodies: {} };

const keyIn = (stage: string, round: number, body: string) => `${stage}${round}-${body}`;

/** True for the consultation of a body in the latest round of the stage. */
const isOf = (context: ConsultedContext, stage: string, { actor, body }: { actor: string; body: string }) => {
  const { number, bodies } = at(context, stage);
  return body in bodies && actor === `${context.self.id}.${keyIn(stage, number, body)}`;
};

function isJoined(bodies: readonly Standing[], join: Join): boolean {
  const answered = bodies.filter((it) => it === 'answered').length;
  const given = (standing: Standing) => standing !== 'asked';
  const settled = (standing: Standing) => standing === 'answered' || standing === 'waived';
  if (bodies.every(join.rule === 'deadline' ? given : settled)) return true;
  if (join.rule === 'first') return answered > 0;
  return join.rule === 'atLeast' && answered >= join.answers;
}

interface At {
  readonly stage: string;
}

/** Every body of that sort has answered, or its time is out. */
const opportunityGiven = (rule: 'R-011' | 'R-012', says: Label): Guard =>
  guard<ConsultedContext, unknown, At & { bodies: readonly string[] }>({
    rule,
    version: 1,
    says,
    holds: (context, _, { stage, bodies }) => {
      const asked = at(context, stage).bodies;
      return bodies.every((body) => asked[body] !== 'asked');
    },
  });

const guards: Readonly<Record<string, Guard>> = {
  materialComplete: guard<ConsultedContext, { material: readonly string[] }, { material: readonly string[] }>(
    {
      rule: 'R-011',
      version: 1,
      says: {
        sv: 'Underlaget är inte komplett: svarstiden kan inte börja löpa.',
        en: 'The material is not complete: the time to answer cannot begin.',
      },
      holds: (_, event, { material }) => material.every((it) => event.material.includes(it)),
    },
  ),
  bodiesOfStage: guard<ConsultedContext, { bodies?: readonly string[] }, { bodies: readonly string[] }>({
    rule: 'R-019',
    version: 1,
    says: {
      sv: 'Vägen säger vilka organ som tillfrågas här.',
      en: 'The route says which bodies are asked here.',
    },
    holds: (_, event, { bodies }) => (event.bodies ?? []).every((it) => bodies.includes(it)),
  }),
  askedAt: guard<ConsultedContext, { actor: string; body: string }, At>({
    rule: 'R-019',
    version: 1,
    says: { sv: 'Organet är inte tillfrågat här.', en: 'The body has not been asked here.' },
    holds: (context, event, { stage }) => isOf(context, stage, event),
  }),
  joined: guard<ConsultedContext, unknown, At & { join: Join }>({
    rule: 'R-019',
    version: 1,
    says: { sv: 'De svar som krävs har inte kommit.', en: 'The answers that are needed have not come.' },
    holds: (context, _, { stage, join }) => isJoined(Object.values(at(context, stage).bodies), join),
  }),
  committeeOpportunity: opportunityGiven('R-011', {
    sv: 'En nämnd som ärendet berör har inte svarat, och dess tid är inte ute.',
    en: 'A committee concerned has not answered, and its time is not out.',
  }),
  boardOpportunity: opportunityGiven('R-012', {
    sv: 'Styrelsen har inte svarat, och dess tid är inte ute.',
    en: 'The board has not answered, and its time is not out.',
  }),
};

interface Asked {
  readonly question: string;
  readonly bodies?: readonly string[];
}

interface Terms extends At {
  readonly bodies: readonly string[];
  readonly within: Period;
  readonly toCouncil: boolean;
}

const hear = (context: ConsultedContext, stage: string, body: string, standing: Standing) => {
  const round = at(context, stage);
  return {
    rounds: { ...context.rounds, [stage]: { ...round, bodies: { ...round.bodies, [body]: standing } } },
  };
};

const actions: Readonly<Record<string, Action>> = {
  ask: causing<ConsultedContext, Asked, Terms>(1, (context, event, { stage, bodies, within, toCouncil }) =>
    (event.bodies ?? bodies).map((body) => ({
      kind: 'start',
      chart: 'consultation',
      key: keyIn(stage, at(context, stage).number + 1, body),
      input: {
        body,
        question: event.question,
        affected: false,
        within: { ...within },
        toCouncil,
        awaited: true,
      },
    })),
  ),
  beginRound: assigning<ConsultedContext, Asked, Terms>(1, (context, event, { stage, bodies }) => ({
    rounds: {
      ...context.rounds,
      [stage]: {
        number: at(context, stage).number + 1,
        bodies: Object.fromEntries((event.bodies ?? bodies).map((body) => [body, 'asked' as const])),
      },
    },
  })),
  hearAnswer: assigning<ConsultedContext, { body: string; how: string }, At>(1, (context, event, { stage }) =>
    hear(context, stage, event.body, event.how === 'waived' ? 'waived' : 'answered'),
  ),
  hearExpiry: assigning<ConsultedContext, { body: string }, At>(1, (context, event, { stage }) =>
    hear(context, stage, event.body, 'expired'),
  ),
};

const all = (...guards: Named[]): Named => ({ type: 'all', params: { guards: guards as never } });

const kindsOf = (bodies: readonly string[], municipality: Municipality): JsonObject =>
  Object.fromEntries(bodies.map((body) => [body, bodyOf(municipality, body).kind]));

function stateOf(stage: ConsultationStage, municipality: Municipality, next: string): StateData {
  const { id, bodies, join, material, within, toCouncil } = stage;
  const kinds = kindsOf(bodies, municipality);
  const boards = bodies.filter((it) => kinds[it] === 'board');
  const others = bodies.filter((it) => kinds[it] !== 'board');
  const terms = { stage: id, bodies, within, toCouncil };
  const asked: Named = { type: 'askedAt', params: { stage: id } };
  const opportunities = [
    { type: 'committeeOpportunity', params: { stage: id, bodies: others } },
    { type: 'boardOpportunity', params: { stage: id, bodies: boards } },
  ].filter((it) => it.params.bodies.length > 0);
  return {
    id,
    initial: 'assembling',
    meta: { stage: id, role: 'consult', consulted: kinds, choose: stage.choose },
    entry: [{ type: 'arrive', params: { body: id } }],
    states: {
      assembling: {
        on: {
          'consultation.open': {
            target: 'out',
            guard: all(
              { type: 'bodiesOfStage', params: { bodies: stage.choose ? bodies : [] } },
              { type: 'materialComplete', params: { material } },
            ),
            actions: [
              { type: 'ask', params: terms },
              { type: 'beginRound', params: terms },
            ],
          },
        },
      },
      out: {
        meta: { refuses: { 'consultation.close': boards.length > 0 ? 'R-012' : 'R-011' } },
        always: [{ target: `#${next}`, guard: { type: 'joined', params: { stage: id, join } } }],
        on: {
          'consultation.answered': { guard: asked, actions: [{ type: 'hearAnswer', params: { stage: id } }] },
          'consultation.expired': { guard: asked, actions: [{ type: 'hearExpiry', params: { stage: id } }] },
          ...(join.rule !== 'deadline' && {
            'consultation.close': { target: `#${next}`, guard: all(...opportunities) },
          }),
        },
      },
    },
  };
}

function faultsOf({ bodies, join, choose }: ConsultationStage, { municipality }: Site): readonly Fault[] {
  const { name, bodies: known } = municipality;
  return [
    ...bodies.flatMap((body, index) =>
      known.some((it) => it.id === body)
        ? []
        : [fault(`/bodies/${index}`, `${name} har inget organ ”${body}”`, `${name} has no body "${body}"`)],
    ),
    ...(new Set(bodies).size < bodies.length
      ? [fault('/bodies', 'ett organ frågas två gånger', 'a body is asked twice')]
      : []),
    ...(join.rule === 'atLeast' && (choose ? join.answers > 1 : join.answers > bodies.length)
      ? [fault('/join/answers', 'fler svar än organ som frågas', 'more answers than bodies that are asked')]
      : []),
  ];
}

export const consultation = stageKind(schema, {
  label: ({ label }) => label,
  faults: faultsOf,
  state: (stage, { municipality, next }) => stateOf(stage, municipality, next),
  parts: () => ({
    events,
    states,
    guards,
    actions,
    context: { rounds: {} },
    // The time may run out when the matter has gone elsewhere.
    on: { 'consultation.expired': {} },
  }),
});
