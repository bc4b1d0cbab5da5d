/** The conditions and actions that every matter has, whichever route it takes. */
import { type Action, assigning, causing, type Guard, guard } from '../../chart.ts';
import type { Ending } from '../../outcomes.ts';
import { tell } from '../../tell.ts';
import { type MatterContext, remaining } from '../matter.ts';
import { type Draft, procures, saysWhyNot } from './draft.ts';
import { outcomeActions, withOutcome } from './outcomes.ts';
import { pointActions } from './points.ts';

export const matterGuards: Readonly<Record<string, Guard>> = {
  undecided: guard<MatterContext>({
    rule: 'R-063',
    version: 1,
    says: {
      sv: 'Ett ärende kan återkallas bara innan någon punkt är beslutad.',
      en: 'A matter can be withdrawn only before any point has been decided.',
    },
    holds: (context) => context.points.every((point) => point.standing === 'open'),
  }),
  procures: guard<MatterContext, Draft>({
    rule: 'R-075',
    version: 1,
    says: {
      sv: 'Det som överprövas som upphandling godkänner ett avtal som är upphandlat.',
      en: 'What is reviewed as a procurement approves a contract that is procured.',
    },
    holds: (_, event) => procures(event),
  }),
  saysWhyNot: guard<MatterContext, Draft, { councils: readonly string[] }>({
    rule: 'R-075',
    version: 1,
    says: {
      sv: 'Fullmäktiges beslut kan alltid överklagas; för ett annat beslut som inte kan det anges varför.',
      en: 'What the council decides can always be appealed; of another decision that cannot, say why.',
    },
    holds: (_, event, { councils }) => saysWhyNot(event, councils),
  }),
  nothingPut: guard<MatterContext>({
    rule: 'R-063',
    version: 1,
    says: {
      sv: 'Propositionen är ställd: organet avgör ärendet.',
      en: 'The question has been put: the body decides the matter.',
    },
    holds: (context) => context.question === null,
  }),
  goesOn: guard<MatterContext>({
    rule: 'R-063',
    version: 1,
    says: {
      sv: 'Ärendet har redan avslutats utan beslut.',
      en: 'The matter has already ended without a decision.',
    },
    holds: ({ ended }) => ended === null,
  }),
  notSeized: guard<MatterContext>({
    rule: 'R-063',
    version: 1,
    says: {
      sv: 'Ärendet är väckt i fullmäktige: bara fullmäktige kan avskriva det.',
      en: 'The matter is before the council: only the council can write it off.',
    },
    holds: (context) => !context.seized,
  }),
  openFor: guard<MatterContext, unknown, { scope: readonly string[] }>({
    rule: 'R-067',
    version: 1,
    says: {
      sv: 'Det finns ingen öppen beslutspunkt för organet.',
      en: 'No decision point is open for the body.',
    },
    holds: (context, _, { scope }) => remaining(context, scope).length > 0,
  }),
  openElsewhere: guard<MatterContext, unknown, { scope: readonly string[] }>({
    rule: 'R-067',
    version: 1,
    says: {
      sv: 'Ingen punkt väntar på ett annat organ.',
      en: 'No point is waiting for another body.',
    },
    holds: (context, _, { scope }) =>
      context.points.some((point) => point.standing === 'open' && scope.includes(point.body)),
  }),
  notDispatched: guard<MatterContext>({
    rule: 'R-087',
    version: 1,
    says: {
      sv: 'Beslutet är redan expedierat; mottagarna är frysta.',
      en: 'The decision is already dispatched; its recipients are frozen.',
    },
    holds: (context) => context.dispatches === 0,
  }),
  returnsTo: guard<MatterContext, { body: string }, { body: string }>({
    rule: 'R-065',
    version: 1,
    says: { sv: 'Punkten hör till ett annat organ.', en: 'The point belongs to another body.' },
    holds: (_, event, { body }) => event.body === body,
  }),
};

/** What a matter remembers of a visit to a body when there has been none. */
const nothingTreated = {
  treated: [],
  question: null,
  meeting: null,
  paragraph: null,
  present: null,
  recused: [],
  motions: [],
  unlisted: false,
} as const;

export const matterActions: Readonly<Record<string, Action>> = {
  ...pointActions,
  ...outcomeActions,
  startEarlierDecisions: causing<MatterContext>(1, (context) =>
    context.refersTo.map((earlier, index) => ({
      kind: 'start',
      chart: 'earlier-decision',
      key: `earlier${index + 1}`,
      input: earlier,
    })),
  ),
  askAffected: causing<MatterContext>(1, (context) =>
    context.affected.map(({ body, reason }, index) => ({
      kind: 'start',
      chart: 'consultation',
      key: `affected${index + 1}`,
      input: { body, question: reason, affected: true },
    })),
  ),
  terminateEarlier: causing<MatterContext>(1, (context) =>
    context.refersTo.flatMap((earlier, index) =>
      earlier.relation === 'terminates'
        ? tell(`${context.self.id}.earlier${index + 1}`, 'decision.terminated', { by: context.number })
        : [],
    ),
  ),
  answered: assigning<MatterContext, { actor: string }>(1, (context, event) => ({
    unanswered: context.unanswered.filter((id) => id !== event.actor),
  })),
  delivered: assigning<MatterContext, { actor: string }>(1, (context, event) => ({
    undelivered: context.undelivered.filter((id) => id !== event.actor),
  })),
  /** A visit to a body, or to the administration, begins with nothing treated and no meeting. */
  arrive: assigning<MatterContext, unknown, { body: string }>(1, (_, __, { body }) => ({
    ...nothingTreated,
    body,
  })),
  end: assigning<MatterContext, unknown, { as: Ending }>(1, (context, event, { as }) => ({
    ...nothingTreated,
    outcomes: withOutcome(context, event, as),
    body: null,
    sender: null,
    awaited: [],
    ended: as,
  })),
  seize: assigning<MatterContext>(1, () => ({ seized: true })),
  reviseRecipients: assigning<MatterContext, { recipients: readonly string[] }>(1, (_, event) => ({
    recipients: event.recipients,
  })),
  leaveAgenda: causing<MatterContext>(1, (context) =>
    tell(context.meeting, 'item.left', { matter: context.self.id, how: 'withdrawn', points: [] }),
  ),
};
