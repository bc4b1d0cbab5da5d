/** The items of a meeting, one by one: opened with a paragraph of their own, concluded or left. */
import * as z from 'zod';
import { type Action, assigning, causing, type EventDeclaration, type Guard, guard } from '../chart.ts';
import { count, deciding, line, message, oneOf, prose, several } from '../events.ts';
import { ofCommittees, ofCouncil } from '../law/elsewhere.ts';
import { isAmong, peopleIn } from '../person.ts';
import { tell } from '../tell.ts';
import { atDistance, type Presence, replacedBy, takingPart } from './attendance.ts';
import { type Doors, doorFields, isCommitteeInPublic, isPublic } from './doors.ts';
import {
  type AgendaItem,
  areDistinct,
  changeItem,
  itemStandings,
  type MeetingContext,
  matterField,
  Serving,
} from './memory.ts';

export const nextParagraph = (context: MeetingContext): number =>
  Math.max(context.firstParagraph - 1, ...context.items.map((item) => item.paragraph ?? 0)) + 1;

interface Treated {
  readonly matter: string;
  readonly points: readonly string[];
  readonly unlisted?: boolean;
}

export interface ItemOpening extends Presence, Doors {
  readonly matter: string;
  readonly chair?: string;
}

const isServing = ({ serving }: MeetingContext, name: string): boolean =>
  serving.some((it) => it.name === name);

/** Where no roll is kept, all that is known of those who took part is who did not. */
const mayReserve = ({ recused, serving }: AgendaItem, name: string): boolean =>
  !recused.includes(name) && (serving.length === 0 || serving.includes(name));

/** Who serves for an item, by name. */
const servingFor = ({ serving }: MeetingContext, { recused = [], substitutes = [] }: ItemOpening) =>
  serving.length === 0
    ? []
    : [...serving, ...substitutes].map((it) => it.name).filter((it) => !recused.includes(it));

export const notPresiding = {
  sv: 'Ordföranden är jävig: ange vem som leder punkten i stället.',
  en: 'The chair is recused: say who presides for the item instead.',
} as const;

export const servesToPreside = {
  sv: 'Den som leder punkten tjänstgör vid den: ange vem som leder den.',
  en: 'Whoever presides serves for the item: say who presides for it.',
} as const;

export const chairForItem = line('Ordförande vid punkten', 'Chair for the item').optional();

const presiderServes = guard<MeetingContext, ItemOpening>({
  rule: 'R-033',
  version: 1,
  says: servesToPreside,
  holds: (context, event) =>
    context.serving.length === 0
      ? takingPart(context, event) > 0
      : servingFor(context, event).includes(event.chair ?? context.chair ?? ''),
});

const ledByOther = guard<MeetingContext, ItemOpening>({
  rule: 'R-038',
  instead: ofCouncil('R-037'),
  version: 1,
  says: notPresiding,
  holds: (context, { recused = [], chair }) => !isAmong(recused, chair ?? context.chair ?? ''),
});

const inThePlace = guard<MeetingContext, ItemOpening>({
  rule: 'R-033',
  version: 1,
  says: {
    sv: 'En ersättare vid punkten tjänstgör i stället för en som är jävig, en för var.',
    en: 'A substitute for the item serves in place of one who is recused, one for each.',
  },
  holds: (_, { recused = [], substitutes = [] }) => {
    const replaced = replacedBy(substitutes);
    return peopleIn(replaced) === replaced.length && replaced.every((it) => recused.includes(it));
  },
});

const presentOnce = {
  rule: 'R-038',
  instead: ofCouncil('R-037'),
  version: 1,
  says: {
    sv: 'Var och en är jävig en gång, och är bland de närvarande.',
    en: 'Everyone is recused once, and is among those present.',
  },
} as const;

const recusedOnce = guard<MeetingContext, ItemOpening>({
  ...presentOnce,
  holds: (_, { recused = [] }) => peopleIn(recused) === recused.length,
});

const oneForEach = {
  rule: 'R-033',
  version: 1,
  says: {
    sv: 'En ersättare tjänstgör i en jävigs ställe, en för var, och inte redan för sig själv.',
    en: 'A substitute serves in place of one recused, one for each, and does not serve already.',
  },
} as const;

const calledInOnce = guard<MeetingContext, ItemOpening>({
  ...oneForEach,
  holds: ({ serving }, { recused = [], substitutes = [] }) => {
    const names = substitutes.map((it) => it.name);
    const others = [...recused, ...serving.map((it) => it.name)];
    return peopleIn(names) === names.length && names.every((it) => !isAmong(others, it));
  },
});

interface Reservation {
  readonly matter: string;
  readonly by: readonly string[];
}

/** The paragraphs of a matter on which something was decided. */
const decidedOn = ({ items }: MeetingContext, matter: string): readonly AgendaItem[] =>
  items.filter((item) => item.matter === matter && item.points.length > 0);

const ofThoseDeciding = {
  rule: 'R-053',
  version: 1,
  says: {
    sv: 'Bara den som har deltagit i avgörandet får reservera sig.',
    en: 'Only one who took part in the decision may enter a reservation.',
  },
} as const;

/** Nor more than there were: it is not known of each whether they took part where no roll is kept. */
const amongThoseDeciding = guard<MeetingContext, Reservation>({
  ...ofThoseDeciding,
  holds: (context, { matter, by }) => {
    const items = decidedOn(context, matter);
    const deciding = items.reduce((sum, { present }) => sum + (present ?? 0), 0);
    return (
      peopleIn(by) <= deciding && by.every((name) => items.some(({ recused }) => !isAmong(recused, name)))
    );
  },
});

export const itemEvents: Readonly<Record<string, EventDeclaration>> = {
  'item.open': deciding({
    label: { sv: 'Öppna punkt', en: 'Open item' },
    by: ['clerk', 'chair'],
    rule: 'R-016',
    instead: ofCommittees(null),
    asks: { presiderServes, ledByOther, recusedOnce, calledInOnce, inThePlace, atDistance },
    fields: {
      matter: matterField,
      recused: z.array(line('Jävig', 'Recused')).max(200).optional().meta({ sv: 'Jäviga', en: 'Recused' }),
      substitutes: z
        .array(Serving)
        .max(200)
        .optional()
        .meta({ sv: 'Ersättare för jäviga', en: 'Substitutes for those recused' }),
      chair: chairForItem,
      present: count('Närvarande vid punkten', 'Present for the item').optional(),
      ...doorFields,
    },
  }),
  'answer.open': deciding({
    label: { sv: 'Öppna för svar utan beslutförhet', en: 'Open for an answer below quorum' },
    by: ['clerk', 'chair'],
    rule: 'R-029',
    fields: { matter: matterField },
  }),
  'reservation.record': deciding({
    label: { sv: 'Anteckna reservation', en: 'Record a reservation' },
    by: ['clerk', 'chair'],
    rule: 'R-053',
    asks: { amongThoseDeciding },
    fields: { matter: matterField, by: several('Reservanter', 'Dissenting members', line('Namn', 'Name')) },
  }),
  'note.record': deciding({
    label: { sv: 'Anteckna särskilt yttrande', en: 'Record a separate statement' },
    by: ['clerk', 'chair'],
    rule: 'R-054',
    fields: {
      matter: matterField,
      by: several('Av', 'By', line('Namn', 'Name')),
      text: prose('Yttrande', 'Statement').optional(),
      permittedBy: line('Medgivet av', 'Allowed by'),
    },
  }),
  'meeting.close': deciding({
    label: { sv: 'Avsluta sammanträdet', en: 'Close the meeting' },
    by: ['clerk', 'chair'],
    rule: 'R-045',
  }),
  'item.concluded': message(
    { sv: 'Behandlat', en: 'Concluded' },
    { matter: matterField, points: z.array(z.string()), unlisted: z.boolean().optional() },
  ),
  'item.left': message(
    { sv: 'Lämnar dagordningen', en: 'Leaves the agenda' },
    {
      matter: matterField,
      how: oneOf('Hur', 'How', itemStandings),
      points: z.array(z.string()),
      unlisted: z.boolean().optional(),
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
    holds: (context, event) => decidedOn(context, event.matter).length > 0,
  }),
  /** How many took part is asked first: where nothing has been opened, no matter has to be named to know it. */
  openedHere: guard<MeetingContext, { matter: string }>({
    rule: 'R-054',
    version: 1,
    says: {
      sv: 'Ärendet har inte behandlats vid sammanträdet.',
      en: 'The matter was not treated at this meeting.',
    },
    holds: ({ items }, event) => items.some((item) => item.present !== null && item.matter === event.matter),
  }),
  tookPart: guard<MeetingContext, Reservation>({
    ...ofThoseDeciding,
    holds: (context, { matter, by }) => {
      const items = decidedOn(context, matter);
      return by.every((name) => items.some((item) => mayReserve(item, name)));
    },
  }),
  recusedFit: guard<MeetingContext, ItemOpening>({
    ...presentOnce,
    holds: (context, { recused = [], present }) =>
      areDistinct(recused) &&
      recused.length <= (present ?? context.present ?? 0) &&
      (context.serving.length === 0 || recused.every((it) => isServing(context, it))),
  }),
  substitutesFit: guard<MeetingContext, ItemOpening>({
    ...oneForEach,
    holds: (context, { recused = [], substitutes = [] }) => {
      const names = substitutes.map((it) => it.name);
      return (
        areDistinct(names) &&
        names.length <= recused.length &&
        names.every((it) => !recused.includes(it) && !isServing(context, it))
      );
    },
  }),
  byRoll: guard<MeetingContext, ItemOpening>({
    rule: 'R-033',
    version: 1,
    says: {
      sv: 'Närvaron förs med namn: ändra den där.',
      en: 'The attendance is kept by name: change it there.',
    },
    holds: ({ serving, present: now }, { present }) =>
      serving.length === 0 || present === undefined || present === now,
  }),
  chairTakesPart: guard<MeetingContext, ItemOpening>({
    rule: 'R-038',
    instead: ofCouncil('R-037'),
    version: 1,
    says: notPresiding,
    holds: (context, { recused = [], chair }) => !recused.includes(chair ?? context.chair ?? ''),
  }),
  answersBelowQuorum: guard<MeetingContext>({
    rule: 'R-029',
    version: 1,
    says: {
      sv: 'Fullmäktige har inte bestämt att interpellationer och frågor får besvaras när färre är närvarande.',
      en: 'The council has not decided that interpellations and questions may be answered with fewer present.',
    },
    holds: ({ answersBelowQuorum }) => answersBelowQuorum,
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

/** The item when it is opened. */
export const openedItem = (context: MeetingContext, event: ItemOpening, item: AgendaItem): AgendaItem => ({
  ...item,
  standing: 'open',
  paragraph: nextParagraph(context),
  recused: event.recused ?? [],
  present: takingPart(context, event),
  serving: servingFor(context, event),
});

export const itemActions: Readonly<Record<string, Action>> = {
  openMatter: causing<MeetingContext, ItemOpening>(1, (context, event) =>
    tell(event.matter, 'item.opened', {
      meeting: context.self.id,
      paragraph: nextParagraph(context),
      present: takingPart(context, event),
      recused: event.recused ?? [],
      ...(isPublic(context, event) && { open: true }),
      ...(isCommitteeInPublic(context, event) && { public: true }),
    }),
  ),
  openForAnswer: causing<MeetingContext, { matter: string }>(1, (context, { matter }) =>
    tell(matter, 'answer.opened', {
      meeting: context.self.id,
      paragraph: nextParagraph(context),
      present: context.present ?? 0,
    }),
  ),
  openItem: assigning<MeetingContext, ItemOpening>(2, (context, event) => ({
    items: changeItem(context, event.matter, (item) => ({
      ...openedItem(context, event, item),
      ...(event.chair !== undefined && { chair: event.chair }),
    })),
  })),
  concludeItem: assigning<MeetingContext, Treated>(1, (context, { matter, points, unlisted = false }) => ({
    items: changeItem(context, matter, (item) => ({ ...item, standing: 'concluded', points, unlisted })),
  })),
  leaveItem: assigning<MeetingContext, Treated & { how: AgendaItem['standing'] }>(
    1,
    (context, { matter, how, points, unlisted = false }) => ({
      items: changeItem(context, matter, (item) => ({ ...item, standing: how, points, unlisted })),
    }),
  ),
};
