/**
 * Before the council takes it up, a proposal is on the municipality's website, from the announcement of that meeting on
 * (KL 8:14–16 a, R-110). In an election year a budget is the new council's to adopt (KL 11:8–11, R-109).
 */
import * as z from 'zod';
import { type EventDeclaration, type Guard, guard, type Named, type StateData } from '../chart.ts';
import { clerical, date, line, pastDate } from '../events.ts';
import type { Label } from '../label.ts';
import { itemOpened } from './body/agenda.ts';
import { routeId, routeLabel, stageKind } from './kind.ts';
import type { MatterContext } from './matter.ts';

const schema = z.strictObject({
  id: routeId,
  type: z.literal('publication'),
  label: routeLabel,
  /** Whether in an election year only the newly elected council may take it up. */
  newCouncil: z.boolean().default(false),
});
type PublicationStage = z.infer<typeof schema>;

const events: Readonly<Record<string, EventDeclaration>> = {
  'proposal.publish': clerical({
    label: { sv: 'Publicera på webbplatsen', en: 'Publish on the website' },
    by: ['clerk', 'registrar', 'integration'],
    rule: 'R-110',
    fields: {
      on: pastDate('Publicerat', 'Published on'),
      at: line('Adress', 'Address'),
      announcedOn: date('Sammanträdet tillkännages', 'Meeting announced on'),
      meetingOn: date('Fullmäktiges sammanträde', 'Meeting of the council'),
    },
  }),
};

interface Published {
  readonly on: string;
  readonly announcedOn: string;
  readonly meetingOn: string;
}

/** Ordinary elections are held every fourth year (KL 5:9); 2022 was one. */
const isElectionYear = (year: number): boolean => (year - 2022) % 4 === 0;

/** The council that is elected then takes office on 15 October (KL 5:9, R-118). */
const TAKES_OFFICE = '-10-15';

const isNewCouncil = (day: string): boolean => {
  const year = day.slice(0, 4);
  return !isElectionYear(Number(year)) || day >= year + TAKES_OFFICE;
};

const byNewCouncil = {
  rule: 'R-109',
  version: 1,
  says: {
    sv: 'Valår fastställs budgeten av nyvalda fullmäktige, från den 15 oktober.',
    en: 'In an election year the newly elected council adopts the budget, from 15 October.',
  },
} as const;

const guards: Readonly<Record<string, Guard>> = {
  inTime: guard<MatterContext, Published>({
    rule: 'R-110',
    version: 1,
    says: {
      sv: 'Förslaget ska finnas på webbplatsen när sammanträdet tillkännages.',
      en: 'The proposal must be on the website when the meeting is announced.',
    },
    holds: (_, event) => event.on <= event.announcedOn && event.announcedOn <= event.meetingOn,
  }),
  newlyElected: guard<MatterContext, Published>({
    ...byNewCouncil,
    holds: (_, { meetingOn }) => isNewCouncil(meetingOn),
  }),
};

/** Whatever meeting was announced, the day on which a council takes the matter up is that of the new one. */
const takenUpBy = (councils: readonly string[]): EventDeclaration => ({
  ...itemOpened,
  asks: {
    newlyElected: guard<MatterContext>({
      ...byNewCouncil,
      holds: ({ body }, { meta }) => body === null || !councils.includes(body) || isNewCouncil(meta.on),
    }),
  },
});

const states: Readonly<Record<string, Label>> = {
  toPublish: { sv: 'Ska publiceras', en: 'To be published' },
};

const stateOf = ({ id, newCouncil }: PublicationStage, next: string): StateData => {
  const must: Named[] = [{ type: 'inTime' }, ...(newCouncil ? [{ type: 'newlyElected' }] : [])];
  return {
    id,
    initial: 'toPublish',
    meta: { stage: id, role: 'publication', ...(newCouncil && { newCouncil }) },
    entry: [{ type: 'arrive', params: { body: id } }],
    states: {
      toPublish: {
        on: {
          'proposal.publish': {
            target: `#${next}`,
            guard: { type: 'all', params: { guards: must as never } },
          },
        },
      },
    },
  };
};

export const publication = stageKind(schema, {
  label: ({ label }) => label,
  state: (stage, { next }) => stateOf(stage, next),
  parts: (stages, { bodies }) => {
    const councils = bodies.filter(({ kind }) => kind === 'council').map(({ id }) => id);
    const isHeld = stages.some(({ newCouncil }) => newCouncil);
    return { events: { ...events, ...(isHeld && { 'item.opened': takenUpBy(councils) }) }, guards, states };
  },
});
