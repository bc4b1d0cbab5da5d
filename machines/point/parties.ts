/** The parties to a decision under the Administrative Procedure Act: each is told, and has a clock of its own. */
import { type Action, assigning, causing, type EventDeclaration, type Guard, guard } from '../chart.ts';
import { clerical, line, message, reference, yesNo } from '../events.ts';
import type { PointContext } from './memory.ts';

export const partyEvents: Readonly<Record<string, EventDeclaration>> = {
  'party.notify': clerical({
    label: { sv: 'Underrätta en part', en: 'Notify a party' },
    by: ['caseOfficer', 'clerk', 'registrar'],
    rule: 'R-085',
    fields: {
      party: line('Part', 'Party'),
      inFull: yesNo('Beslutet i sin helhet', 'The decision in full'),
      howToAppeal: yesNo('Hur det överklagas', 'How it is appealed'),
    },
  }),
  'party.over': message(
    { sv: 'Partens överklagandetid ute', en: "Party's time to appeal over" },
    { actor: reference('Aktör', 'Actor', 'actors') },
    'R-085',
  ),
};

export const partyGuards: Readonly<Record<string, Guard>> = {
  ofParties: guard<PointContext>({
    rule: 'R-085',
    version: 1,
    says: {
      sv: 'Beslutet överklagas inte genom förvaltningsbesvär.',
      en: 'The decision is not open to administrative appeal.',
    },
    holds: ({ regime }) => regime === 'administrative',
  }),
  toldInFull: guard<PointContext, { inFull: boolean; howToAppeal: boolean }>({
    rule: 'R-085',
    version: 1,
    says: {
      sv: 'Parten ska få hela beslutet, och veta hur det överklagas.',
      en: 'The party must have the whole decision, and know how it is appealed.',
    },
    holds: (_, { inFull, howToAppeal }) => inFull && howToAppeal,
  }),
  allOver: guard<PointContext>({
    rule: 'R-085',
    version: 1,
    says: { sv: 'Överklagandetiden löper för en part.', en: 'The time to appeal runs for a party.' },
    holds: ({ parties }) => Object.values(parties).every((it) => it === 'over'),
  }),
};

const keyOf = ({ notified }: PointContext): string => `party${notified + 1}`;

export const partyActions: Readonly<Record<string, Action>> = {
  startParty: causing<PointContext, { party: string }>(1, (context, { party, meta }) => [
    {
      kind: 'start',
      chart: 'party',
      key: keyOf(context),
      input: { party, title: context.title, notifiedOn: meta.on },
    },
  ]),
  recordParty: assigning<PointContext>(1, (context) => ({
    parties: { ...context.parties, [`${context.self.id}.${keyOf(context)}`]: 'running' },
    notified: context.notified + 1,
  })),
  /** One that was told of an earlier decision is nothing to this one. */
  partyOver: assigning<PointContext, { actor: string }>(1, ({ parties }, { actor }) =>
    actor in parties ? { parties: { ...parties, [actor]: 'over' } } : {},
  ),
};
