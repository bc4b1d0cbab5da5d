/** What follows when a detailed plan is adopted: announced the same day, the county board told the day after at the latest. */
import {
  type Action,
  all,
  assigning,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { daysAfter } from '../day.ts';
import { clerical, date, line, pastDate, prose, several, yesNo } from '../events.ts';
import type { PointContext } from './memory.ts';

const late = prose('Varför det är sent', 'Why it is late').optional();
const registry = ['clerk', 'registrar', 'caseOfficer'] as const;

export const planEvents: Readonly<Record<string, EventDeclaration>> = {
  'plan.announce': clerical({
    label: { sv: 'Anslå att planen är antagen', en: 'Announce that the plan is adopted' },
    by: registry,
    rule: 'R-083',
    fields: {
      on: pastDate(
        'Anslaget, och handlingarna på webbplatsen',
        'Posted, and the documents on the website, on',
      ),
      at: line('Handlingarna finns på', 'Where the documents are'),
      until: date('Handlingarna finns till och med', 'The documents are there until'),
      late,
    },
  }),
  'plan.report': clerical({
    label: { sv: 'Meddelande om antagen plan', en: 'Message that the plan is adopted' },
    by: registry,
    rule: 'R-083',
    fields: {
      on: pastDate('Skickat', 'Sent on'),
      countyBoard: yesNo(
        'Till länsstyrelsen och lantmäterimyndigheten, med protokollsutdrag',
        'To the county board and the land survey, with an extract of the minutes',
      ),
      others: several('Även till', 'Also to', line('Mottagare', 'Recipient')).optional(),
      late,
    },
  }),
};

interface Told {
  readonly on: string;
  readonly late?: string;
}

const THREE_WEEKS = 21;

export const planGuards: Readonly<Record<string, Guard>> = {
  isPlan: guard<PointContext>({
    rule: 'R-083',
    version: 1,
    says: {
      sv: 'Ingen antagen detaljplan vars protokoll har tillkännagetts.',
      en: 'No adopted detailed plan of which the minutes have been announced.',
    },
    holds: ({ regime, announcedOn }) => regime === 'planning' && announcedOn !== null,
  }),
  sameDay: guard<PointContext, Told>({
    rule: 'R-083',
    version: 1,
    says: {
      sv: 'Underrättelsen anslås samma dag som justeringen tillkännages; sker det senare, ange varför.',
      en: 'The notice goes up on the day on which the approval is announced; if it is later, say why.',
    },
    holds: ({ announcedOn }, { on, late: why }) =>
      announcedOn !== null && (on === announcedOn || (on > announcedOn && why !== undefined)),
  }),
  threeWeeks: guard<PointContext, Told & { until: string }>({
    rule: 'R-083',
    version: 1,
    says: {
      sv: 'Handlingarna ska vara tillgängliga i minst tre veckor.',
      en: 'The documents must be there for at least three weeks.',
    },
    holds: (_, { on, until }) => until >= daysAfter(on, THREE_WEEKS),
  }),
  toCountyBoard: guard<PointContext, { countyBoard: boolean }>({
    rule: 'R-083',
    version: 1,
    says: {
      sv: 'Meddelandet går till länsstyrelsen och lantmäterimyndigheten.',
      en: 'The message goes to the county board and the land survey.',
    },
    holds: (_, { countyBoard }) => countyBoard,
  }),
  byNextDay: guard<PointContext, Told>({
    rule: 'R-083',
    version: 1,
    says: {
      sv: 'Meddelandet skickas senast dagen efter tillkännagivandet; sker det senare, ange varför.',
      en: 'The message is sent at the latest on the day after the announcement; if it is later, say why.',
    },
    holds: ({ announcedOn }, { on, late: why }) =>
      announcedOn !== null && (on <= daysAfter(announcedOn, 1) || why !== undefined),
  }),
  planMadeKnown: guard<PointContext>({
    rule: 'R-083',
    version: 1,
    says: {
      sv: 'Att planen är antagen är inte anslaget och meddelat.',
      en: 'That the plan is adopted has not been announced and reported.',
    },
    holds: ({ regime, planAnnouncedOn, planReportedOn }) =>
      regime !== 'planning' || (planAnnouncedOn !== null && planReportedOn !== null),
  }),
  /** Unlike other decisions, one on a plan applies only when it has final force (PBL 5:40). */
  planApplies: guard<PointContext>({
    rule: 'R-083',
    version: 1,
    says: {
      sv: 'En detaljplan gäller först när den har laga kraft.',
      en: 'A detailed plan applies only when it has final force.',
    },
    holds: ({ regime, inForce }) => regime !== 'planning' || inForce,
  }),
};

export const planActions: Readonly<Record<string, Action>> = {
  announcePlan: assigning<PointContext, Told>(1, (_, { on }) => ({ planAnnouncedOn: on })),
  reportPlan: assigning<PointContext, Told>(1, (_, { on }) => ({ planReportedOn: on })),
};

/** What is done with a plan wherever its decision has got to. */
export const planOn: NonNullable<StateData['on']> = {
  'plan.announce': {
    guard: all({ type: 'isPlan' }, { type: 'sameDay' }, { type: 'threeWeeks' }),
    actions: [{ type: 'announcePlan' }],
  },
  'plan.report': {
    guard: all({ type: 'isPlan' }, { type: 'toCountyBoard' }, { type: 'byNextDay' }),
    actions: [{ type: 'reportPlan' }],
  },
};
