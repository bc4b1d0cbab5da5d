/** Who is present: the quorum of the meeting and of each item. */
import * as z from 'zod';
import { type Action, assigning, type EventDeclaration, type Guard, guard } from '../chart.ts';
import { count, deciding, line } from '../events.ts';
import { isMoreThanHalf, isQuorate } from '../municipalities/municipality.ts';
import type { MeetingContext } from './memory.ts';

interface Presence {
  /** Present and serving; for an item, those present for it. */
  readonly present?: number;
  readonly recused?: readonly string[];
}

const isQuorum = ({ quorum, seats }: MeetingContext, present: number) => isQuorate(quorum, seats, present);

/** More than half, as the Swedish act says; any other rule is the body's own. */
const hasOwnRule = ({ quorum }: MeetingContext) => !isMoreThanHalf(quorum);

export const quorum = [
  { type: 'councilQuorum' },
  { type: 'committeeQuorum' },
  { type: 'ownQuorum' },
] as const;

export const attendanceEvents: Readonly<Record<string, EventDeclaration>> = {
  'meeting.open': deciding({
    label: { sv: 'Öppna sammanträdet', en: 'Open the meeting' },
    by: ['clerk', 'chair'],
    rule: 'R-029',
    fields: {
      present: count('Närvarande och tjänstgörande', 'Present and serving'),
      chair: line('Ordförande', 'Chair'),
      approvers: z
        .array(line('Justerare', 'Approver'))
        .max(20)
        .optional()
        .meta({ sv: 'Justerare', en: 'Approvers' }),
    },
  }),
};

export const attendanceGuards: Readonly<Record<string, Guard>> = {
  /** In the council a conflict of interest does not break the quorum. */
  councilQuorum: guard<MeetingContext, Presence>({
    rule: 'R-029',
    version: 1,
    says: {
      sv: 'Fullmäktige är inte beslutsfört: fler än hälften av ledamöterna måste vara närvarande.',
      en: 'The council has no quorum: more than half of the members must be present.',
    },
    holds: (context, event) =>
      hasOwnRule(context) ||
      context.kind !== 'council' ||
      isQuorum(context, event.present ?? context.present ?? 0),
  }),
  committeeQuorum: guard<MeetingContext, Presence>({
    rule: 'R-031',
    version: 1,
    says: {
      sv: 'Organet är inte beslutsfört: fler än hälften av ledamöterna måste vara närvarande, jäviga oräknade.',
      en: 'No quorum: more than half of the members must be present, not counting those recused.',
    },
    holds: (context, event) =>
      hasOwnRule(context) ||
      context.kind === 'council' ||
      isQuorum(context, (event.present ?? context.present ?? 0) - (event.recused?.length ?? 0)),
  }),
  /** Those recused take no part and do not count. */
  ownQuorum: guard<MeetingContext, Presence>({
    rule: null,
    version: 1,
    says: {
      sv: 'Organet är inte beslutsfört: färre deltar än dess regler kräver.',
      en: 'No quorum: fewer take part than the rules of the body require.',
    },
    holds: (context, event) =>
      !hasOwnRule(context) ||
      isQuorum(context, (event.present ?? context.present ?? 0) - (event.recused?.length ?? 0)),
  }),
  notMoreThanSeats: guard<MeetingContext, { present: number }>({
    rule: 'R-033',
    version: 1,
    says: {
      sv: 'Fler kan inte tjänstgöra än organet har platser.',
      en: 'No more can serve than the body has seats.',
    },
    holds: (context, event) => context.seats === null || event.present <= context.seats,
  }),
};

export const attendanceActions: Readonly<Record<string, Action>> = {
  attend: assigning<MeetingContext, { present: number }>(1, (_, { present }) => ({ present })),
};
