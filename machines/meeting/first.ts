/** What was otherwise in version 1 of a meeting: the logs of those that were started on it are replayed under it. */
import { type Action, all, assigning, type Chart, type EventDeclaration, type StateData } from '../chart.ts';
import { type ItemOpening, openedItem } from './items.ts';
import { changeItem, type MeetingContext } from './memory.ts';
import { type Decided, decidedItem, recusalDecision } from './recusal.ts';

/** Nobody was named to preside in the place of one who was found recused while an item was treated. */
export const firstDecision: EventDeclaration = {
  ...recusalDecision,
  fields: recusalDecision.fields.omit({ chair: true }),
};

export const firstGuards = ({
  presidedByOther: _,
  presidedByServing: __,
  openedHere: ___,
  ...guards
}: Chart['guards']): Chart['guards'] => guards;

/** Who presided for an item was not remembered. */
export const firstActions: Readonly<Record<string, Action>> = {
  openItem: assigning<MeetingContext, ItemOpening>(1, (context, event) => ({
    items: changeItem(context, event.matter, (item) => openedItem(context, event, item)),
  })),
  decideRecusal: assigning<MeetingContext, Decided>(1, (context, event) => ({
    items: changeItem(context, event.matter, (item) => decidedItem(item, event)),
  })),
};

/** A separate statement was recorded only on what had been decided. */
export const firstOpen = (open: StateData = {}): StateData => ({
  ...open,
  on: {
    ...open.on,
    'recusal.decide': {
      guard: all({ type: 'wasRaised' }, { type: 'takesPartIfNeeded' }, { type: 'quorateWithout' }),
      actions: [{ type: 'tellRecusal' }, { type: 'decideRecusal' }],
    },
    'note.record': { guard: { type: 'treatedHere' } },
  },
});
