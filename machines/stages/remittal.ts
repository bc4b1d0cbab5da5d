/**
 * The council has an initiative before it for the first time: it is remitted for preparation, or a citizen proposal is
 * assigned to a committee that decides in the council's place. For that no preparation is needed.
 */
import * as z from 'zod';
import {
  type Action,
  all,
  assigning,
  causing,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
  type TransitionData,
} from '../chart.ts';
import { deciding, line, oneOf, prose, yesNo } from '../events.ts';
import { bodyOf, type Municipality } from '../municipalities/municipality.ts';
import { tell } from '../tell.ts';
import { defers } from './body/delay.ts';
import { openedBy } from './body/special.ts';
import {
  type AnyStage,
  type Fault,
  fault,
  routeId,
  type Site,
  type Surroundings,
  stageKind,
} from './kind.ts';
import type { Draft } from './matter/draft.ts';
import { type PointTerms, startPoint, withTerms } from './matter/points.ts';
import { type MatterContext, pointId } from './matter.ts';

const schema = z.strictObject({
  id: routeId,
  type: z.literal('remittal'),
  body: routeId,
  /** Stages to which it may be remitted, each later on the route. */
  to: z.array(routeId).min(1).max(10),
  /** Committees to which it may be assigned, with the stage at which each of them receives it. */
  assign: z
    .array(z.strictObject({ body: routeId, stage: routeId }))
    .max(30)
    .default([]),
});
type RemittalStage = z.infer<typeof schema>;

export const isRemittal = (stage: AnyStage): stage is RemittalStage => stage.type === 'remittal';

const secretary = ['clerk', 'chair'] as const;

const remits = deciding({
  label: { sv: 'Remittera', en: 'Remit' },
  by: secretary,
  rule: 'R-010',
  fields: { to: line('Till', 'To') },
});

const assigns = (bodies: readonly string[], municipality: Municipality): EventDeclaration =>
  deciding({
    label: { sv: 'Överlåt till nämnd', en: 'Assign to a committee' },
    by: secretary,
    rule: 'R-008',
    fields: {
      body: oneOf(
        'Nämnd',
        'Committee',
        Object.fromEntries(bodies.map((it) => [it, bodyOf(municipality, it).label])),
      ),
      text: prose('Vad nämnden ska besluta om', 'What the committee is to decide'),
      reserved: yesNo(
        'Hör till dem som bara fullmäktige får besluta (KL 5:1)',
        'Is one that only the council may decide (KL 5:1)',
      ),
    },
  });

const guards: Readonly<Record<string, Guard>> = {
  assignedTo: guard<MatterContext, { body: string }, { body: string }>({
    rule: 'R-008',
    version: 1,
    says: { sv: 'Till den nämnden överlåts det inte.', en: 'It is not assigned to that committee.' },
    holds: (_, event, { body }) => event.body === body,
  }),
  notReserved: guard<MatterContext, { reserved: boolean }>({
    rule: 'R-008',
    version: 1,
    says: {
      sv: 'Ärendet hör till dem som bara fullmäktige får besluta (KL 5:1).',
      en: 'The matter is one of those that only the council may decide (KL 5:1).',
    },
    holds: (_, { reserved }) => !reserved,
  }),
};

/** What the council itself would decide. */
const openFor = ({ points }: MatterContext, body: string) =>
  points.filter((it) => it.standing === 'open' && it.body === body);

const actions: Readonly<Record<string, Action>> = {
  /** The council has decided its points: the committee decides in its place. */
  assignPoints: causing<MatterContext, unknown, { body: string }>(1, (context, _, { body }) =>
    openFor(context, body).flatMap(({ key }) =>
      tell(pointId(context, key), 'point.decided', {
        body,
        outcome: 'assigned',
        meeting: context.meeting,
        paragraph: context.paragraph,
      }),
    ),
  ),
  markAssigned: assigning<MatterContext, unknown, { body: string }>(1, (context, _, { body }) => {
    const treated = openFor(context, body).map(({ key }) => key);
    return {
      treated,
      points: context.points.map((it) => (treated.includes(it.key) ? { ...it, standing: 'decided' } : it)),
    };
  }),
  startAssigned: causing<MatterContext, Pick<Draft, 'text' | 'body'>, PointTerms>(
    1,
    (context, { text, body }, terms) => [
      startPoint(
        context,
        { text, body, kind: 'decision', regime: 'legality' },
        context.points.length + 1,
        terms,
      ),
    ],
  ),
  tellAssigned: causing<MatterContext>(1, ({ self }) => tell(`${self.id}.initiative`, 'initiative.assigned')),
};

function stateOf(stage: RemittalStage, { municipality, terms }: Surroundings): StateData {
  const { id, body, to, assign } = stage;
  const listed: TransitionData = {
    target: 'onAgenda',
    guard: all({ type: 'ownMunicipality' }, { type: 'isBody', params: { body } }),
    actions: [{ type: 'join' }],
  };
  const waiting = { entry: [{ type: 'arrive', params: { body } }], on: { 'agenda.listed': listed } };
  const assigned = assign.map(
    (it): TransitionData => ({
      target: `#${it.stage}`,
      guard: all({ type: 'assignedTo', params: { body: it.body } }, { type: 'notReserved' }),
      actions: [
        { type: 'assignPoints', params: { body } },
        { type: 'markAssigned', params: { body } },
        withTerms('startAssigned', terms),
        withTerms('addPoint', terms),
        { type: 'tellAssigned' },
        { type: 'conclude' },
      ],
    }),
  );
  return {
    id,
    initial: 'awaiting',
    meta: {
      stage: id,
      body,
      bodyKind: bodyOf(municipality, body).kind,
      role: 'remit',
      refuses: { 'matter.withdraw': 'R-063' },
    },
    entry: [{ type: 'seize' }],
    states: {
      awaiting: waiting,
      onAgenda: {
        on: {
          'item.opened': { target: 'deliberating', ...openedBy({}), actions: [{ type: 'open' }] },
          'item.struck': { target: 'awaiting' },
          'item.leftOver': { target: 'awaiting' },
        },
      },
      deliberating: {
        on: {
          'initiative.remit': to.map((it) => ({
            target: `#${it}`,
            guard: { type: 'goesTo', params: { to: it } },
            actions: [{ type: 'conclude' }],
          })),
          ...(assigned.length > 0 && { 'initiative.assign': assigned }),
          'item.defer': defers,
        },
      },
      deferred: waiting,
    },
  };
}

function faultsOf({ id, body, to, assign }: RemittalStage, site: Site): readonly Fault[] {
  const { stages, index, municipality, deciders } = site;
  const later = stages.slice(index + 1).map((it) => it.id);
  return [
    ...(municipality.bodies.some((it) => it.id === body && it.kind === 'council')
      ? []
      : [
          fault(
            '/body',
            `${municipality.name} har inget fullmäktige ”${body}”`,
            `${municipality.name} has no council "${body}"`,
          ),
        ]),
    ...to.flatMap((it, nth) =>
      later.includes(it)
        ? []
        : [
            fault(
              `/to/${nth}`,
              `steget ${id} remitterar till ${it}, som inte kommer efter det`,
              `stage ${id} remits to ${it}, which does not come after it`,
            ),
          ],
    ),
    ...(assign.length === 0 || stages.some((it) => it.type === 'initiative')
      ? []
      : [
          fault(
            '/assign',
            'bara ett medborgarförslag överlåts (KL 5:23)',
            'only a citizen proposal is assigned (KL 5:23)',
          ),
        ]),
    ...assign.flatMap((it, nth) => [
      ...(later.includes(it.stage)
        ? []
        : [
            fault(
              `/assign/${nth}/stage`,
              `steget ${it.stage} kommer inte efter ${id}`,
              `stage ${it.stage} does not come after ${id}`,
            ),
          ]),
      ...(deciders.some((decider) => decider.body === it.body)
        ? []
        : [
            fault(
              `/assign/${nth}/body`,
              `${it.body} beslutar ingenstans på vägen`,
              `${it.body} decides nowhere on the route`,
            ),
          ]),
    ]),
  ];
}

export const remittal = stageKind(schema, {
  label: () => ({ sv: 'Väckt i fullmäktige', en: 'Raised in the council' }),
  faults: faultsOf,
  seizes: (_, { stages, index }) => stages.slice(index).map((it) => it.id),
  state: stateOf,
  parts: (stages, municipality) => {
    const bodies = stages.flatMap(({ assign }) => assign.map((it) => it.body));
    return {
      events: {
        'initiative.remit': remits,
        ...(bodies.length > 0 && { 'initiative.assign': assigns(bodies, municipality) }),
      },
      guards,
      actions,
    };
  },
});
