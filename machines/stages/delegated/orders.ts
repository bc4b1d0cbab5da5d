/** What a delegate states with a decision, and what must hold of it whoever decides. */
import * as z from 'zod';
import { type Guard, guard, type JsonObject } from '../../chart.ts';
import { date, fact, line, oneOf, prose, reference } from '../../events.ts';
import type { Label } from '../../label.ts';
import type { MatterGroup } from '../../municipalities/delegation.ts';
import { outcomes } from '../../outcomes.ts';
import type { MatterContext } from '../matter.ts';

/** What only the committee itself may decide, and what is no decision: a judgement, recorded with it. */
const natures = {
  ordinary: { sv: 'kan delegeras', en: 'may be delegated' },
  goals: {
    sv: 'verksamhetens mål, inriktning, omfattning eller kvalitet',
    en: 'goals, focus, extent or quality of operations',
  },
  statement: {
    sv: 'framställning eller yttrande till fullmäktige, yttrande över överklagande',
    en: 'proposal or statement to the council, statement on an appeal',
  },
  authority: {
    sv: 'myndighetsutövning av principiell beskaffenhet eller större vikt',
    en: 'exercise of public authority that is of principle or of major importance',
  },
  citizenProposal: { sv: 'överlämnat medborgarförslag', en: 'a citizen proposal handed over' },
  reserved: { sv: 'får enligt lag inte delegeras', en: 'reserved by law' },
  execution: { sv: 'ren verkställighet, inget beslut', en: 'pure execution, no decision' },
} as const satisfies Record<string, Label>;

/** What a delegate states with the decision. */
export interface Taken {
  /** The entry of the register: an actor's id. */
  readonly delegation: string;
  readonly order: string;
  readonly by: string;
  readonly position: string;
  readonly outcome: keyof typeof outcomes;
  readonly text?: string;
  readonly nature?: keyof typeof natures;
  readonly amount?: number;
  readonly urgency?: string;
  readonly nextMeeting?: string;
}

const { approved, approvedAmended, rejected } = outcomes;

/** Kronor, to the whole crown. */
const kronor = z.int().min(0).max(100_000_000_000);

/** The fields of a decision in one of the groups of matters, which are urgent or not. */
export const takenFields = (groups: readonly MatterGroup[], urgent: boolean): z.ZodRawShape => ({
  delegation: reference('Delegation', 'Delegation', 'delegations'),
  order: oneOf(
    'Grupp av ärenden',
    'Group of matters',
    Object.fromEntries(groups.map(({ id, label }) => [id, label])),
  ),
  by: line('Beslutat av', 'Decided by'),
  position: line('Befattning', 'Position'),
  outcome: oneOf('Utgång', 'Outcome', { approved, approvedAmended, rejected }),
  text: prose('Lydelse', 'Wording').optional(),
  ...(urgent
    ? {
        urgency: prose('Varför nämnden inte kan avvaktas', 'Why the committee cannot be awaited').optional(),
        nextMeeting: date('Nämndens nästa sammanträde', 'Next meeting of the committee'),
      }
    : {
        nature: fact('Ärendets art', 'Nature of the matter', natures),
        amount: kronor.optional().meta({ sv: 'Belopp i kronor', en: 'Kronor' }),
      }),
});

interface Under {
  readonly orders: readonly MatterGroup[];
}

/** What is asked of a decision that could not wait. */
export const nextToCome = guard<MatterContext, { nextMeeting: string }>({
  rule: 'R-096',
  version: 1,
  says: {
    sv: 'Beslutet anmäls vid ett sammanträde som är kvar: ange när nämnden sammanträder nästa gång.',
    en: 'The decision is notified at a meeting that is still to be held: say when the committee meets next.',
  },
  holds: (_, { nextMeeting, meta }) => nextMeeting >= meta.on,
});

export const orderGuards: Readonly<Record<string, Guard>> = {
  delegable: guard<MatterContext, Taken>({
    rule: 'R-092',
    version: 1,
    says: { sv: 'Det får bara nämnden själv besluta.', en: 'Only the committee itself may decide that.' },
    holds: (_, { nature }) => nature === 'ordinary' || nature === 'execution',
  }),
  isDecision: guard<MatterContext, Taken>({
    rule: 'R-097',
    version: 1,
    says: {
      sv: 'Ren verkställighet är inte ett beslut: den utförs, och delegeras inte.',
      en: 'Pure execution is no decision: it is carried out, and not delegated.',
    },
    holds: (_, event) => event.nature !== 'execution',
  }),
  cannotWait: guard<MatterContext, Taken>({
    rule: 'R-096',
    version: 1,
    says: {
      sv: 'Ange varför nämndens avgörande inte kan avvaktas.',
      en: 'State why the decision of the committee cannot be awaited.',
    },
    holds: (_, event) => event.urgency !== undefined,
  }),
  newWording: guard<MatterContext, Taken>({
    rule: 'R-068',
    version: 1,
    says: { sv: 'En ändring måste ha en lydelse.', en: 'An amendment must have its wording.' },
    holds: (_, event) => event.outcome !== 'approvedAmended' || event.text !== undefined,
  }),
  recordedAs: guard<MatterContext, Taken, Under & { readonly as: MatterGroup['recorded'] }>({
    rule: 'R-095',
    version: 1,
    says: { sv: 'Beslutet redovisas på annat sätt.', en: 'The decision is recorded otherwise.' },
    holds: (_, { order }, { orders, as }) => orders.find(({ id }) => id === order)?.recorded === as,
  }),
};

/** The groups as data of a chart. */
export const asJson = (groups: readonly MatterGroup[]): readonly JsonObject[] =>
  groups.map(({ remark: _, label: __, ...group }): JsonObject => ({ ...group }));
