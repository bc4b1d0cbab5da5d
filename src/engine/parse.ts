/** What may enter: declared events with exactly their declared fields, from those who may send them. */
import type * as z from 'zod';
import {
  type Chart,
  type EventDeclaration,
  type Json,
  type JsonObject,
  type Law,
  type Origin,
  ruleFor,
} from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { RuleId } from '../../machines/law/rules.ts';
import type { Role } from '../../machines/roles.ts';
import { administers, type Grants, type Lack, lacking, type Place } from '../access/grant.ts';
import { citeOf, type FieldError, Refusal } from './refusal.ts';
import { wrongIn } from './wrong.ts';

/** Whoever sends a command. */
export interface Sender {
  readonly id: string;
  readonly name: string;
  readonly origin: Origin;
  readonly grants: Grants;
}

/**
 * The declaration of an event that people or systems may send. XState's own events (`xstate.…`), wildcards and
 * messages between actors are not declared for anyone outside, so they are unknown here.
 * @throws Refusal `undeclared`.
 */
export function declarationOf(chart: Chart, type: string): EventDeclaration {
  const declaration = Object.hasOwn(chart.events, type) ? chart.events[type] : undefined;
  if (!declaration || declaration.kind === 'message')
    throw new Refusal('undeclared', {
      sv: `Händelsen ”${type}” finns inte för ${chart.label.sv.toLowerCase()}.`,
      en: `There is no event "${type}" for a ${chart.label.en.toLowerCase()}.`,
    });
  return declaration;
}

/**
 * @param law under which it would be done.
 * @throws Refusal `refused` by R-093, or `forbidden` naming the roles that may.
 */
export function authorise(
  declaration: EventDeclaration,
  type: string,
  sender: Sender,
  place: Place,
  law: Law,
): void {
  mayDecide(declaration, sender.origin);
  const lack = lacking(sender.grants, place, declaration.by, type);
  if (lack === null) return;
  const says: Readonly<Record<Lack, Label>> = {
    ...lacks,
    role: { sv: 'Din roll får inte sända den händelsen.', en: 'Your role may not send this event.' },
    event: {
      sv: `${sender.name} är inte anmäld för att sända ”${type}”.`,
      en: `${sender.name} is not declared to send "${type}".`,
    },
  };
  throw forbidden(says[lack], declaration.by, ruleFor(declaration, law));
}

/**
 * @param event by which it would be brought about otherwise, where its start does more than start it.
 * @throws Refusal `forbidden` naming the roles that may start such a record.
 */
export function authoriseStart(
  startedBy: readonly Role[],
  sender: Sender,
  place: Place,
  event?: string,
): void {
  const lack = lacking(sender.grants, place, startedBy, event);
  if (lack === null) return;
  const says = {
    ...lacks,
    role: { sv: 'Din roll får inte starta det.', en: 'Your role may not start one.' },
  };
  throw forbidden(says[lack], startedBy, null);
}

/** What is said of each lack that is no matter of what was to be done. */
const lacks: Readonly<Record<Lack, Label>> = {
  municipality: {
    sv: 'Du har inget uppdrag i den kommunen.',
    en: 'You have no commission in that municipality.',
  },
  role: { sv: 'Din roll räcker inte.', en: 'Your role does not suffice.' },
  body: {
    sv: 'Ditt uppdrag gäller andra organ än det som har ärendet.',
    en: 'Your commission is for other bodies than the one that has the matter.',
  },
  event: {
    sv: 'Ditt uppdrag gäller andra händelser.',
    en: 'Your commission is for other events.',
  },
  sight: {
    sv: 'Bara den som ser det som är sekretessmarkerat får markera det eller häva markeringen.',
    en: 'Only those who see what is marked as confidential may mark it or lift the mark.',
  },
};

/** Who may have a deadline tried again. */
const retrying: readonly Role[] = ['clerk', 'registrar', 'administrator'];

/** @throws Refusal `forbidden` naming the roles that may have a deadline tried again. */
export function authoriseRetry(sender: Sender, place: Place): void {
  const lack = lacking(sender.grants, place, retrying);
  if (lack === null) return;
  const role = {
    sv: 'Din roll får inte pröva en frist på nytt.',
    en: 'Your role may not have a deadline tried again.',
  };
  throw forbidden({ ...lacks, role }[lack], retrying, null);
}

/**
 * @param tenant the municipality whose route it is; before that is known, whichever the sender administers.
 * @throws Refusal `forbidden`.
 */
export function authorisePublication({ grants }: Sender, tenant?: string): void {
  const places = tenant === undefined ? grants.map((it) => it.tenant) : [tenant];
  if (places.some((it) => administers(grants, it))) return;
  throw forbidden(
    {
      sv: 'Du förvaltar inte den kommunens vägar.',
      en: 'You do not administer the routes of that municipality.',
    },
    administering,
    null,
  );
}

const administering: readonly Role[] = ['administrator'];

/** @throws Refusal `forbidden` for whoever does not administer the municipality. */
export function authoriseRedaction({ grants }: Sender, tenant: string): void {
  if (administers(grants, tenant)) return;
  const says = { sv: 'Du gallrar inte i den kommunen.', en: 'You do not redact in that municipality.' };
  throw forbidden(says, administering, 'R-125');
}

const forbidden = (says: Label, who: readonly Role[], rule: RuleId | null): Refusal =>
  new Refusal('forbidden', says, {
    explanation: {
      rule,
      cite: citeOf(rule),
      says,
      unmet: [],
      who,
      when: { states: [], from: null },
    },
  });

/** A webhook or a timer never decides, whichever way its message takes. @throws Refusal `refused` by R-093. */
export function mayDecide(declaration: EventDeclaration, origin: Origin): void {
  if (declaration.kind !== 'deciding' || origin === 'person') return;
  throw new Refusal(
    'refused',
    {
      sv: 'Ett system får inte fatta eller bekräfta beslut.',
      en: 'A system may not make or confirm decisions.',
    },
    {
      explanation: {
        rule: 'R-093',
        cite: citeOf('R-093'),
        says: { sv: 'Ett system får inte fatta beslut.', en: 'A system may not decide.' },
        unmet: [],
        who: declaration.by,
        when: { states: [], from: null },
      },
    },
  );
}

/** @throws Refusal `invalid` naming each wrong field. */
export function parseFields(schema: z.ZodObject, payload: unknown): JsonObject {
  const result = schema.safeParse(payload, { reportInput: true });
  const fields = result.success ? unsound(result.data as JsonObject, '') : wrongIn(schema, result.error);
  if (fields.length > 0 || !result.success)
    throw new Refusal(
      'invalid',
      { sv: 'En eller flera uppgifter är fel.', en: 'The fields are not valid.' },
      { fields },
    );
  return withoutUndefined(result.data) as JsonObject;
}

/** Text that no database keeps as it is: lone surrogates and NUL. */
function unsound(value: Json | undefined, pointer: string): FieldError[] {
  if (typeof value === 'string')
    return value.isWellFormed() && !value.includes('\0')
      ? []
      : [{ pointer, detail: { sv: 'inte välformad text', en: 'not well-formed text' } }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, it]) => [
    ...unsound(key, pointer),
    ...unsound(it, `${pointer}/${key}`),
  ]);
}

/** Optional fields that are absent stay absent: JSON has no undefined. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, it]) => (it === undefined ? [] : [[key, withoutUndefined(it)]])),
  );
}
