/** How a motion or a citizen proposal begins: raised, and registered as what may be raised. */
import * as z from 'zod';
import { initiatives } from '../actors/initiative.ts';
import { type Action, causing, type EventDeclaration, type Guard, guard, type StateData } from '../chart.ts';
import { clerical, fact, line, pastDate } from '../events.ts';
import { tell } from '../tell.ts';
import { fault, routeId, type Site, stageKind } from './kind.ts';
import type { MatterContext } from './matter.ts';

const schema = z.strictObject({
  id: routeId,
  type: z.literal('initiative'),
  of: z.enum(Object.keys(initiatives) as [keyof typeof initiatives]),
});
type InitiativeStage = z.infer<typeof schema>;

const capacities = {
  member: { sv: 'ledamot i fullmäktige', en: 'member of the council' },
  servingSubstitute: { sv: 'tjänstgörande ersättare', en: 'serving substitute' },
  substitute: { sv: 'ersättare som inte tjänstgör', en: 'substitute who does not serve' },
  resident: {
    sv: 'folkbokförd i kommunen, eller unionsmedborgare som bor där',
    en: 'registered resident, or EU citizen living there',
  },
  other: { sv: 'någon annan', en: 'someone else' },
} as const;
type Capacity = keyof typeof capacities;

interface RaisedContext extends MatterContext {
  readonly raisedOn: string;
}

const events: Readonly<Record<string, EventDeclaration>> = {
  'initiative.register': clerical({
    label: { sv: 'Ta upp som väckt', en: 'Accept as raised' },
    by: ['registrar', 'clerk'],
    rule: 'R-102',
    fields: {
      capacity: fact('Väckt i egenskap av', 'Raised in the capacity of', capacities),
    },
  }),
};

const guards: Readonly<Record<string, Guard>> = {
  mayRaiseMotion: guard<RaisedContext, { capacity: Capacity }>({
    rule: 'R-006',
    version: 1,
    says: {
      sv: 'En motion väcks av en ledamot, eller av en ersättare som tjänstgör.',
      en: 'A motion is raised by a member, or by a substitute who serves.',
    },
    holds: (_, { capacity }) => capacity === 'member' || capacity === 'servingSubstitute',
  }),
  mayRaiseProposal: guard<RaisedContext, { capacity: Capacity }>({
    rule: 'R-103',
    version: 1,
    says: {
      sv: 'Ett medborgarförslag väcks av den som är folkbokförd i kommunen, eller av en unionsmedborgare som bor där.',
      en: 'A citizen proposal is raised by a registered resident, or by an EU citizen who lives there.',
    },
    holds: (_, { capacity }) => capacity === 'resident',
  }),
};

const actions: Readonly<Record<string, Action>> = {
  startInitiative: causing<RaisedContext, unknown, { of: string }>(1, ({ title, raisedOn }, _, { of }) => [
    { kind: 'start', chart: 'initiative', key: 'initiative', input: { title, of, raisedOn } },
  ]),
  closeInitiative: causing<RaisedContext>(1, ({ self }) =>
    tell(`${self.id}.initiative`, 'initiative.closed'),
  ),
};

const stateOf = ({ id, of }: InitiativeStage, next: string): StateData => ({
  id,
  initial: 'raised',
  meta: { stage: id, role: 'initiative', of },
  entry: [{ type: 'arrive', params: { body: id } }],
  states: {
    raised: {
      on: {
        'initiative.register': {
          target: `#${next}`,
          guard: { type: of === 'motion' ? 'mayRaiseMotion' : 'mayRaiseProposal' },
        },
      },
    },
  },
});

const faultsOf = ({ of }: InitiativeStage, { municipality: { name, citizenProposals } }: Site) =>
  of === 'citizenProposal' && !citizenProposals
    ? [
        fault(
          '/of',
          `fullmäktige i ${name} har inte infört medborgarförslag (R-103)`,
          `the council of ${name} has not allowed citizen proposals (R-103)`,
        ),
      ]
    : [];

export const initiative = stageKind(schema, {
  begins: true,
  label: ({ of }) => initiatives[of],
  faults: faultsOf,
  state: (stage, { next }) => stateOf(stage, next),
  parts: ([stage]) => ({
    events,
    guards,
    actions,
    states: { raised: { sv: 'Väckt', en: 'Raised' } },
    input: {
      raisedBy: line('Väckt av', 'Raised by'),
      raisedOn: pastDate(
        'Väckt (inkommen till kansliet, eller vid sammanträdet)',
        'Raised (received, or at the meeting)',
      ),
    },
    entry: [{ type: 'startInitiative', params: { of: stage?.of ?? '' } }],
    reaching: { after: [{ type: 'closeInitiative' }], ended: [{ type: 'closeInitiative' }] },
  }),
});
