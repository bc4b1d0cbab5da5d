/** After the last decision: minutes, dispatch, execution and follow-up, closing, archive. */
import * as z from 'zod';
import {
  type Action,
  type Addressee,
  all,
  assigning,
  causing,
  type EventDeclaration,
  type Guard,
  guard,
  type Received,
  type StateData,
} from '../chart.ts';
import { clerical, line, prose, several } from '../events.ts';
import type { Label } from '../label.ts';
import { asWritten } from '../municipalities/addressees.ts';
import { bodyOf, type Municipality } from '../municipalities/municipality.ts';
import type { MatterContext } from './matter.ts';

const registry = ['registrar', 'clerk'] as const;

export const afterEvents: Readonly<Record<string, EventDeclaration>> = {
  'decision.dispatch': clerical({
    label: { sv: 'Expediera', en: 'Dispatch' },
    by: registry,
    rule: 'R-087',
    addresses: (context, event) => namesOf(context as unknown as MatterContext, event as Dispatch),
    fields: {
      none: z
        .literal(true)
        .optional()
        .meta({ sv: 'Beslutet ska inte skickas till någon', en: 'The decision is sent to no one' }),
      recipients: several('Mottagare', 'Recipients', line('Mottagare', 'Recipient')).optional(),
    },
  }),
  'matter.close': clerical({ label: { sv: 'Avsluta', en: 'Close' }, by: registry, rule: 'R-067' }),
  'matter.reopen': clerical({
    label: { sv: 'Öppna på nytt', en: 'Reopen' },
    by: ['registrar'],
    rule: 'R-125',
    fields: { reason: prose('Skäl', 'Reason') },
  }),
  'matter.archive': clerical({
    label: { sv: 'Arkivera', en: 'Archive' },
    by: ['registrar'],
    rule: 'R-125',
    fields: { reference: line('Arkivbeteckning', 'Archive reference').optional() },
  }),
};

export const afterStates: Readonly<Record<string, Label>> = {
  after: { sv: 'Verkställighet', en: 'After the decision' },
  minutes: { sv: 'Väntar på justering', en: 'Awaiting approved minutes' },
  toDispatch: { sv: 'Att expediera', en: 'To be dispatched' },
  dispatched: { sv: 'Expedieras och följs upp', en: 'Being dispatched and followed up' },
  closed: { sv: 'Avslutat', en: 'Closed' },
  archived: { sv: 'Arkiverat', en: 'Archived' },
};

interface Dispatch {
  readonly none?: true;
  readonly recipients?: readonly string[];
}

const namesOf = (context: MatterContext, event: Dispatch): readonly string[] =>
  event.none ? [] : (event.recipients ?? context.recipients);

export const afterGuards: Readonly<Record<string, Guard>> = {
  allApproved: guard<MatterContext>({
    rule: 'R-087',
    version: 1,
    says: {
      sv: 'Protokollet är inte justerat för alla beslutade punkter.',
      en: 'The minutes are not approved for every point decided.',
    },
    holds: (context) =>
      context.points.every((point) => point.standing === 'approved' || point.standing === 'settled'),
  }),
  recipientsStated: guard<MatterContext, Dispatch>({
    rule: 'R-087',
    version: 1,
    says: {
      sv: 'Ange mottagare, eller uttryckligen att beslutet inte ska skickas till någon.',
      en: 'State the recipients, or expressly that there are none.',
    },
    holds: (context, event) => event.none === true || namesOf(context, event).length > 0,
  }),
  oneOrTheOther: guard<MatterContext, Dispatch>({
    rule: 'R-087',
    version: 1,
    says: {
      sv: 'Beslutet kan inte både ha mottagare och inte skickas till någon. Ta bort det ena.',
      en: 'The decision cannot both have recipients and be sent to no one. Remove one of the two.',
    },
    holds: (_, { none, recipients = [] }) => none !== true || recipients.length === 0,
  }),
  allSettled: guard<MatterContext>({
    rule: 'R-074',
    version: 1,
    says: { sv: 'Alla punkter har inte laga kraft.', en: 'Not every point has final force.' },
    holds: (context) => context.points.every((point) => point.standing === 'settled'),
  }),
  allExecuted: guard<MatterContext>({
    rule: 'R-086',
    version: 1,
    says: { sv: 'Alla uppdrag är inte verkställda.', en: 'Not every task has been carried out.' },
    holds: (context) => context.points.every((point) => !point.executing),
  }),
  allDelivered: guard<MatterContext>({
    rule: 'R-087',
    version: 1,
    says: {
      sv: 'Beslutet har inte nått alla mottagare.',
      en: 'The decision has not reached every recipient.',
    },
    holds: (context) => context.undelivered.length === 0,
  }),
  allAnswered: guard<MatterContext>({
    rule: 'R-019',
    version: 1,
    says: {
      sv: 'Ett berört organ har varken beslutat eller svarat.',
      en: 'A body that is affected has neither decided nor answered.',
    },
    holds: (context) => context.unanswered.length === 0,
  }),
};

/** Whom the decision goes to, as the register stood; without one, names are kept as written. */
const addressed = (context: MatterContext, event: Received<Dispatch>): readonly Addressee[] =>
  event.meta.addressees ?? namesOf(context, event).map(asWritten);

const dispatchKey = (index: number, round: number) => `dispatch${round}-${index + 1}`;

export const afterActions: Readonly<Record<string, Action>> = {
  dispatch: causing<MatterContext, Dispatch>(1, (context, event) =>
    addressed(context, event).map((addressee, index) => ({
      kind: 'start',
      chart: 'dispatch',
      key: dispatchKey(index, context.dispatches + 1),
      input: { ...addressee, title: context.title, number: context.number },
    })),
  ),
  awaitDelivery: assigning<MatterContext, Dispatch>(1, (context, event) => ({
    recipients: namesOf(context, event),
    dispatches: context.dispatches + 1,
    undelivered: [
      ...context.undelivered,
      ...addressed(context, event).map(
        (_, index) => `${context.self.id}.${dispatchKey(index, context.dispatches + 1)}`,
      ),
    ],
  })),
};

/** The stage as data. `returns` are the stages to which a conditional point may come back to be decided anew. */
export function afterStage(
  municipality: Municipality,
  returns: readonly { stage: string; body: string }[],
): StateData {
  for (const { body } of returns) bodyOf(municipality, body);
  return {
    id: 'after',
    initial: 'minutes',
    meta: { stage: 'after', role: 'after' },
    ...(returns.length > 0 && {
      on: {
        'point.returned': returns.map(({ stage, body }) => ({
          target: `#${stage}`,
          guard: { type: 'returnsTo', params: { body } },
          actions: [{ type: 'reopenPoint' }],
        })),
      },
    }),
    states: {
      minutes: { always: [{ target: 'toDispatch', guard: { type: 'allApproved' } }] },
      toDispatch: {
        on: {
          'decision.dispatch': {
            target: 'dispatched',
            guard: all({ type: 'oneOrTheOther' }, { type: 'recipientsStated' }),
            actions: [{ type: 'dispatch' }, { type: 'awaitDelivery' }],
          },
        },
      },
      dispatched: {
        on: {
          'matter.close': {
            target: 'closed',
            guard: all(
              { type: 'allSettled' },
              { type: 'allExecuted' },
              { type: 'allDelivered' },
              { type: 'allAnswered' },
            ),
          },
        },
      },
      closed: {
        on: { 'matter.reopen': { target: 'dispatched' }, 'matter.archive': { target: 'archived' } },
      },
      archived: { meta: { end: true } },
    },
  };
}
