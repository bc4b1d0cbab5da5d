/** Under which order a delegate decides, and whether it covers the decision. */
import * as z from 'zod';
import { type Guard, guard, type JsonObject } from '../../chart.ts';
import { date, line, oneOf, prose } from '../../events.ts';
import type { Label } from '../../label.ts';
import type { Delegation } from '../../municipalities/delegation.ts';
import { outcomes } from '../../outcomes.ts';
import type { MatterContext } from '../matter.ts';

/** What only the committee itself may decide: a judgement, recorded with the decision. */
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
} as const satisfies Record<string, Label>;

/** What a delegate states with the decision. */
export interface Taken {
  readonly order: string;
  readonly by: string;
  readonly position: string;
  readonly askedBy?: string;
  readonly outcome: keyof typeof outcomes;
  readonly text?: string;
  readonly nature?: keyof typeof natures;
  readonly amount?: number;
  readonly urgency?: string;
  readonly nextMeeting?: string;
}

const { approved, approvedAmended, rejected } = outcomes;

/** The fields of a decision under one of the orders, which are urgent or not. */
export const takenFields = (orders: readonly Delegation[], urgent: boolean): z.ZodRawShape => ({
  order: oneOf('Enligt', 'Under', Object.fromEntries(orders.map(({ id, label }) => [id, label]))),
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
        nature: oneOf('Ärendets art', 'Nature of the matter', natures),
        askedBy: line('På uppdrag av', 'At the request of').optional(),
        amount: z.int().min(0).max(100_000_000_000).optional().meta({ sv: 'Belopp i kronor', en: 'Kronor' }),
      }),
});

interface Under {
  readonly orders: readonly Delegation[];
}

const orderOf = ({ orders }: Under, { order }: Taken) => orders.find((it) => it.id === order);

export const orderGuards: Readonly<Record<string, Guard>> = {
  orderInForce: guard<MatterContext, Taken, Under>({
    rule: 'R-091',
    version: 1,
    says: {
      sv: 'Delegationen gäller inte den dagen.',
      en: 'The delegation is not in force on that day.',
    },
    holds: (_, event, under) => {
      const order = orderOf(under, event);
      return (
        order !== undefined && order.from <= event.meta.on && (order.to ?? event.meta.on) >= event.meta.on
      );
    },
  }),
  withinLimit: guard<MatterContext, Taken, Under>({
    rule: 'R-091',
    version: 1,
    says: {
      sv: 'Beloppet saknas eller är större än delegationen omfattar.',
      en: 'The amount is not stated, or larger than the delegation covers.',
    },
    holds: (_, event, under) => {
      const { limit } = orderOf(under, event) ?? {};
      return limit === undefined || (event.amount !== undefined && event.amount <= limit);
    },
  }),
  isDelegate: guard<MatterContext, Taken, Under>({
    rule: 'R-094',
    version: 1,
    says: {
      sv: 'Uppdraget är inte givet till den befattningen, och har inte fått lämnas vidare till den.',
      en: 'The power is not given to that position, and could not be handed on to it.',
    },
    holds: (_, event, under) => {
      const order = orderOf(under, event);
      const { position } = order?.delegate ?? {};
      return event.position === position || (order?.handedOn === true && event.askedBy === position);
    },
  }),
  delegable: guard<MatterContext, Taken>({
    rule: 'R-092',
    version: 1,
    says: { sv: 'Det får bara nämnden själv besluta.', en: 'Only the committee itself may decide that.' },
    holds: (_, event) => event.nature === 'ordinary',
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
  recordedAs: guard<MatterContext, Taken, Under & { readonly as: Delegation['recorded'] }>({
    rule: 'R-095',
    version: 1,
    says: { sv: 'Beslutet redovisas på annat sätt.', en: 'The decision is recorded otherwise.' },
    holds: (_, event, under) => orderOf(under, event)?.recorded === under.as,
  }),
};

/** The orders as data of a chart. */
export const asJson = (orders: readonly Delegation[]): readonly JsonObject[] =>
  orders.map(({ remark: _, label: __, ...order }) => structuredClone(order) as unknown as JsonObject);
