/** A popular initiative is verified before anybody prepares it: a tenth of the voters, within six months (KL 8:2, R-107). */
import * as z from 'zod';
import { type EventDeclaration, type Guard, guard } from '../chart.ts';
import { clerical, pastDate } from '../events.ts';
import type { Label } from '../label.ts';
import { routeId, routeLabel, stageKind } from './kind.ts';
import type { MatterContext } from './matter.ts';

const schema = z.strictObject({ id: routeId, type: z.literal('petition'), label: routeLabel });

const voters = (sv: string, en: string) => z.int().min(0).max(10_000_000).meta({ sv, en });

const events: Readonly<Record<string, EventDeclaration>> = {
  'petition.verify': clerical({
    label: { sv: 'Underskrifterna kontrollerade', en: 'Signatures verified' },
    by: ['registrar', 'clerk'],
    rule: 'R-107',
    fields: {
      signatures: voters('Giltiga underskrifter', 'Valid signatures'),
      voters: voters('Röstberättigade', 'Persons entitled to vote'),
      first: pastDate('Första underskriften', 'First signature'),
      last: pastDate('Sista underskriften', 'Last signature'),
    },
  }),
};

interface Verified {
  readonly signatures: number;
  readonly voters: number;
  readonly first: string;
  readonly last: string;
}

/** The day of the same number six months on; of a month that lacks it, one that every day of that month precedes. */
function sixMonthsFrom(day: string): string {
  const [year = 0, month = 0, number = ''] = [...day.split('-').slice(0, 2).map(Number), day.slice(8)] as [
    number,
    number,
    string,
  ];
  const months = year * 12 + month - 1 + 6;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-${number}`;
}

const guards: Readonly<Record<string, Guard>> = {
  tenthSigned: guard<MatterContext, Verified>({
    rule: 'R-107',
    version: 1,
    says: {
      sv: 'Minst tio procent av de röstberättigade ska ha skrivit under.',
      en: 'At least ten per cent of those entitled to vote must have signed.',
    },
    holds: (_, { signatures, voters: all }) => all > 0 && signatures <= all && 10 * signatures >= all,
  }),
  withinSixMonths: guard<MatterContext, Verified>({
    rule: 'R-107',
    version: 1,
    says: {
      sv: 'Underskrifterna ska ha samlats in inom sex månader.',
      en: 'The signatures must have been collected within six months.',
    },
    holds: (_, { first, last }) => first <= last && last <= sixMonthsFrom(first),
  }),
};

const states: Readonly<Record<string, Label>> = {
  verifying: { sv: 'Underskrifterna kontrolleras', en: 'Signatures to be verified' },
};

export const petition = stageKind(schema, {
  label: ({ label }) => label,
  state: ({ id }, { next }) => ({
    id,
    initial: 'verifying',
    meta: { stage: id, role: 'petition' },
    entry: [{ type: 'arrive', params: { body: id } }],
    states: {
      verifying: {
        on: {
          'petition.verify': {
            target: `#${next}`,
            guard: {
              type: 'all',
              params: { guards: [{ type: 'tenthSigned' }, { type: 'withinSixMonths' }] },
            },
          },
        },
      },
    },
  }),
  parts: () => ({ events, guards, states }),
});
