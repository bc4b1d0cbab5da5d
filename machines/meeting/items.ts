/** The items of a meeting, one by one: opened with a paragraph of their own, concluded or left. */
import * as z from 'zod';
import { type Action, assigning, causing, type EventDeclaration, type Guard, guard } from '../chart.ts';
import { count, deciding, line, message, oneOf, several } from '../events.ts';
import { tell } from '../tell.ts';
import { type AgendaItem, changeItem, itemStandings, type MeetingContext, matterField } from './memory.ts';

const nextParagraph = (context: MeetingContext): number =>
  Math.max(context.firstParagraph - 1, ...context.items.map((item) => item.paragraph ?? 0)) + 1;

export const itemEvents: Readonly<Record<string, EventDeclaration>> = {
  'item.open': deciding({
    label: { sv: 'Öppna punkt', en: 'Open item' },
    by: ['clerk', 'chair'],
    rule: 'R-016',
    fields: {
      matter: matterField,
      recused: z.array(line('Jävig', 'Recused')).max(200).optional().meta({ sv: 'Jäviga', en: 'Recused' }),
      present: count('Närvarande vid punkten', 'Present for the item').optional(),
    },
  }),
  'reservation.record': deciding({
    label: { sv: 'Anteckna reservation', en: 'Record a reservation' },
    by: ['clerk', 'chair'],
    rule: 'R-053',
    fields: { matter: matterField, by: several('Reservanter', 'Dissenting members', line('Namn', 'Name')) },
  }),
  'meeting.close': deciding({
    label: { sv: 'Avsluta sammanträdet', en: 'Close the meeting' },
    by: ['clerk', 'chair'],
    rule: 'R-045',
  }),
  'item.concluded': message(
    { sv: 'Behandlat', en: 'Concluded' },
    { matter: matterField, points: z.array(z.string()) },
  ),
  'item.left': message(
    { sv: 'Lämnar dagordningen', en: 'Leaves the agenda' },
    {
      matter: matterField,
      how: oneOf('Hur', 'How', itemStandings),
      points: z.array(z.string()),
    },
  ),
};

export const itemGuards: Readonly<Record<string, Guard>> = {
  treatedHere: guard<MeetingContext, { matter: string }>({
    rule: 'R-053',
    version: 1,
    says: {
      sv: 'Ärendet har inte avgjorts vid sammanträdet.',
      en: 'The matter was not decided at this meeting.',
    },
    holds: (context, event) =>
      context.items.some((item) => item.matter === event.matter && item.points.length > 0),
  }),
  noneOpen: guard<MeetingContext>({
    rule: 'R-045',
    version: 1,
    says: {
      sv: 'En punkt är öppen. Avgör, bordlägg eller återremittera den först.',
      en: 'An item is open. Decide, defer or refer it first.',
    },
    holds: (context) => context.items.every((item) => item.standing !== 'open'),
  }),
};

export const itemActions: Readonly<Record<string, Action>> = {
  openMatter: causing<MeetingContext, { matter: string; present?: number; recused?: readonly string[] }>(
    1,
    (context, { matter, present, recused }) =>
      tell(matter, 'item.opened', {
        meeting: context.self.id,
        paragraph: nextParagraph(context),
        present: (present ?? context.present ?? 0) - (recused?.length ?? 0),
      }),
  ),
  openItem: assigning<MeetingContext, { matter: string }>(1, (context, { matter }) => {
    const paragraph = nextParagraph(context);
    return { items: changeItem(context, matter, (item) => ({ ...item, standing: 'open', paragraph })) };
  }),
  concludeItem: assigning<MeetingContext, { matter: string; points: readonly string[] }>(
    1,
    (context, { matter, points }) => ({
      items: changeItem(context, matter, (item) => ({ ...item, standing: 'concluded', points })),
    }),
  ),
  leaveItem: assigning<
    MeetingContext,
    { matter: string; how: AgendaItem['standing']; points: readonly string[] }
  >(1, (context, { matter, how, points }) => ({
    items: changeItem(context, matter, (item) => ({ ...item, standing: how, points })),
  })),
};
