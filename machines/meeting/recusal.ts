/**
 * A question of recusal that comes up while an item is treated: the body decides it promptly, as an act of its own,
 * before the item goes on (KL 6:30 st 3, 5:47; R-039).
 */
import {
  type Action,
  all,
  assigning,
  causing,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { deciding, line, prose, yesNo } from '../events.ts';
import { ofCouncil } from '../law/elsewhere.ts';
import { isQuorate } from '../municipalities/municipality.ts';
import { isAmong } from '../person.ts';
import { tell } from '../tell.ts';
import { atDistance } from './attendance.ts';
import { chairForItem, notPresiding, servesToPreside } from './items.ts';
import { type AgendaItem, changeItem, current, type MeetingContext, matterField, Serving } from './memory.ts';

interface Raised {
  readonly matter: string;
  readonly person: string;
}

export interface Decided extends Raised {
  readonly recused: boolean;
  readonly tookPart: boolean;
  readonly substitute?: Serving;
  readonly chair?: string;
}

const ofOneTakingPart = {
  rule: 'R-039',
  version: 1,
  says: {
    sv: 'Frågan gäller en som deltar i ärendet, och ingen annan sådan fråga är öppen.',
    en: 'The question concerns one who takes part in the item, and no other such question is open.',
  },
} as const;

const notYetRecused = guard<MeetingContext, Raised>({
  ...ofOneTakingPart,
  holds: (context, { matter, person }) => !isAmong(current(context, matter)?.recused ?? [], person),
});

const isCalledIn = guard<MeetingContext, Decided>({
  rule: 'R-033',
  version: 1,
  says: {
    sv: 'Ersättaren kallas in i stället för den jäviga: en annan, som inte redan tjänstgör och inte själv är jävig.',
    en: 'The substitute is called in for the one recused: another, who does not serve already and is not recused.',
  },
  holds: (context, { matter, person, substitute }) => {
    if (!substitute) return true;
    const { serving = [], recused = [] } = current(context, matter) ?? {};
    const { name, substituteFor = person } = substitute;
    return substituteFor === person && !isAmong([person, ...serving, ...recused], name);
  },
});

export const recusalDecision = deciding({
  label: { sv: 'Avgör frågan om jäv', en: 'Decide the question of recusal' },
  by: ['clerk', 'chair'],
  rule: 'R-039',
  asks: { isCalledIn, atDistance },
  fields: {
    matter: matterField,
    person: line('Den det gäller', 'Whom it concerns'),
    recused: yesNo('Organet finner jäv', 'The body finds a conflict of interest'),
    tookPart: yesNo('Den det gäller deltog i prövningen', 'The person took part in deciding it'),
    substitute: Serving.optional().meta({
      sv: 'Ersättare för den jäviga',
      en: 'Substitute for the one recused',
    }),
    chair: chairForItem,
  },
});

export const recusalEvents: Readonly<Record<string, EventDeclaration>> = {
  'recusal.raise': deciding({
    label: { sv: 'Väck fråga om jäv', en: 'Raise a question of recusal' },
    by: ['clerk', 'chair'],
    rule: 'R-039',
    asks: { notYetRecused },
    fields: {
      matter: matterField,
      person: line('Den det gäller', 'Whom it concerns'),
      ground: prose('Grund', 'Ground').optional(),
    },
  }),
  'recusal.decide': recusalDecision,
};

/** How many take part in the item without the person, and with a substitute where there is one. */
const withoutPerson = ({ present }: AgendaItem, { substitute }: Partial<Decided>): number =>
  (present ?? 0) - 1 + (substitute ? 1 : 0);

const isQuorateWithout = (context: MeetingContext, event: Decided): boolean => {
  const item = current(context, event.matter);
  return item !== undefined && isQuorate(context.quorum, context.seats, withoutPerson(item, event));
};

/** The item when it is decided, and who presides for it then; null where none is open. */
function afterwards(context: MeetingContext, event: Decided) {
  const before = current(context, event.matter);
  if (!before) return null;
  const item = ledItem(before, event);
  return { ...item, chair: item.chair ?? context.chair ?? '' };
}

export const recusalGuards: Readonly<Record<string, Guard>> = {
  mayBeRecused: guard<MeetingContext, Raised>({
    ...ofOneTakingPart,
    holds: (context, { matter, person }) => {
      const item = current(context, matter);
      return (
        item?.asked === null &&
        !item.recused.includes(person) &&
        (item.serving.length === 0 || item.serving.includes(person))
      );
    },
  }),
  wasRaised: guard<MeetingContext, Raised>({
    rule: 'R-039',
    version: 1,
    says: {
      sv: 'Ingen sådan fråga om jäv har väckts.',
      en: 'No such question of recusal has been raised.',
    },
    holds: (context, { matter, person }) => current(context, matter)?.asked === person,
  }),
  takesPartIfNeeded: guard<MeetingContext, Decided>({
    rule: 'R-039',
    version: 1,
    says: {
      sv: 'Den det gäller deltar i prövningen bara om organet annars inte är beslutsfört och ingen kan kallas in.',
      en: 'The person takes part in deciding it only if there is no quorum otherwise and nobody can be called in.',
    },
    holds: (context, event) => !event.tookPart || !isQuorateWithout(context, event),
  }),
  quorateWithout: guard<MeetingContext, Decided>({
    rule: 'R-031',
    version: 1,
    says: {
      sv: 'Utan den jäviga är organet inte beslutsfört: kalla in en ersättare, eller bordlägg ärendet.',
      en: 'Without the one recused there is no quorum: call in a substitute, or defer the matter.',
    },
    holds: (context, event) =>
      !event.recused || context.kind === 'council' || isQuorateWithout(context, event),
  }),
  presidedByOther: guard<MeetingContext, Decided>({
    rule: 'R-038',
    instead: ofCouncil('R-037'),
    version: 1,
    says: notPresiding,
    holds: (context, event) => {
      const item = afterwards(context, event);
      return item === null || !isAmong(item.recused, item.chair);
    },
  }),
  presidedByServing: guard<MeetingContext, Decided>({
    rule: 'R-033',
    version: 1,
    says: servesToPreside,
    holds: (context, event) => {
      const item = afterwards(context, event);
      if (item === null) return true;
      return item.serving.length === 0 ? (item.present ?? 0) > 0 : item.serving.includes(item.chair);
    },
  }),
  recusalDecided: guard<MeetingContext, { matter: string }>({
    rule: 'R-039',
    version: 1,
    says: {
      sv: 'En fråga om jäv är väckt: avgör den först.',
      en: 'A question of recusal has been raised: decide it first.',
    },
    holds: (context, { matter }) => current(context, matter)?.asked === null,
  }),
};

/** The item when it is decided: the person is out of it, with a substitute in the place or without. */
export function decidedItem(item: AgendaItem, event: Decided): AgendaItem {
  const { person, substitute } = event;
  if (!event.recused) return { ...item, asked: null };
  const serving =
    item.serving.length === 0 ? [] : [...item.serving, ...(substitute ? [substitute.name] : [])];
  return {
    ...item,
    asked: null,
    present: withoutPerson(item, event),
    recused: [...item.recused, person],
    serving: serving.filter((it) => it !== person),
  };
}

/** The same, with whoever is named to preside from then on. */
const ledItem = (item: AgendaItem, event: Decided): AgendaItem => ({
  ...decidedItem(item, event),
  ...(event.chair !== undefined && { chair: event.chair }),
});

export const recusalActions: Readonly<Record<string, Action>> = {
  tellRecusalRaised: causing<MeetingContext, Raised>(1, (_, { matter }) => tell(matter, 'recusal.raised')),
  raiseRecusal: assigning<MeetingContext, Raised>(1, (context, { matter, person }) => ({
    items: changeItem(context, matter, (item) => ({ ...item, asked: person })),
  })),
  tellRecusal: causing<MeetingContext, Decided>(1, (context, event) => {
    const item = current(context, event.matter);
    if (!item) return [];
    const { present, recused } = decidedItem(item, event);
    return tell(event.matter, 'recusal.decided', { present: present ?? 0, recused });
  }),
  decideRecusal: assigning<MeetingContext, Decided>(2, (context, event) => ({
    items: changeItem(context, event.matter, (item) => ledItem(item, event)),
  })),
};

/** What may be done about a conflict of interest while an item is treated. */
export const recusalOn: NonNullable<StateData['on']> = {
  'recusal.raise': {
    guard: all({ type: 'isUnderWay' }, { type: 'mayBeRecused' }),
    actions: [{ type: 'tellRecusalRaised' }, { type: 'raiseRecusal' }],
  },
  'recusal.decide': {
    guard: all(
      { type: 'wasRaised' },
      { type: 'takesPartIfNeeded' },
      { type: 'quorateWithout' },
      { type: 'presidedByOther' },
      { type: 'presidedByServing' },
    ),
    actions: [{ type: 'tellRecusal' }, { type: 'decideRecusal' }],
  },
};
