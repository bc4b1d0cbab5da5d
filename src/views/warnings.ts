/** What looks wrong in a record. Warnings never block and never correct anything: a person decides. */
import { folded } from '../../db/fold.ts';
import type { Label } from '../../machines/label.ts';
import { isRegistered } from '../../machines/municipalities/addressees.ts';
import type { Body, Municipality } from '../../machines/municipalities/municipality.ts';
import type { ActorView } from './actor.ts';
import type { RecordSummary } from './lists.ts';
import { closest } from './matching.ts';

export type WarningCode =
  | 'unknownRecipient'
  | 'similarRecipient'
  | 'addresseeMismatch'
  | 'affectedUnanswered'
  | 'minutesOverdue'
  | 'noticeOverdue'
  | 'notificationOverdue'
  | 'dateMissed'
  | 'deferredUnlisted';

export interface Warning {
  readonly code: WarningCode;
  /** JSON pointer into the record's view. */
  readonly field: string;
  readonly says: Label;
  /** What was probably meant. */
  readonly suggestion: string | null;
}

/**
 * The warnings of a matter, or of a meeting, in a fixed order.
 * @param unlisted the deferred matters that a meeting lacks.
 */
export const warningsOf = (
  record: ActorView,
  parts: readonly ActorView[],
  municipality: Municipality,
  unlisted: readonly RecordSummary[] = [],
): readonly Warning[] => [
  ...recipientWarnings(record, municipality),
  ...addresseeWarnings(record, parts, municipality),
  ...affectedWarnings(record, parts, municipality),
  ...lateWarnings(record),
  ...missedDates(record),
  ...unlisted.map(deferredUnlisted),
];

/** A recipient is known by the name or id of the registry, or as the name of a group. */
function recipientWarnings({ context }: ActorView, register: Municipality): Warning[] {
  const names = [...register.recipients.map((it) => it.name), ...Object.keys(register.groups)];
  return strings(context.recipients).flatMap((name, index): Warning[] => {
    if (isRegistered(name, register)) return [];
    const suggestion = closest(name, names);
    const field = `/context/recipients/${index}`;
    return [
      suggestion
        ? { code: 'similarRecipient', field, says: similar(name, suggestion), suggestion }
        : { code: 'unknownRecipient', field, says: unknown(name), suggestion },
    ];
  });
}

const similar = (name: string, suggestion: string): Label => ({
  sv: `Mottagaren ”${name}” finns inte i registret. Menas ”${suggestion}”?`,
  en: `The recipient "${name}" is not in the register. Is "${suggestion}" meant?`,
});

const unknown = (name: string): Label => ({
  sv: `Mottagaren ”${name}” finns inte i registret.`,
  en: `The recipient "${name}" is not in the register.`,
});

/**
 * The administration proposes that one body approve what another decides (seed 000). What is approved are the
 * points that are decisions; instructions and notes count only where there is nothing else.
 */
function addresseeWarnings(
  { context }: ActorView,
  parts: readonly ActorView[],
  municipality: Municipality,
): Warning[] {
  const addressee = context.addressedTo;
  if (typeof addressee !== 'string') return [];
  const points = parts.filter((it) => it.chart.name === 'decision-point');
  const decisions = points.filter((it) => it.context.kind === 'decision');
  const deciding = [...new Set((decisions.length > 0 ? decisions : points).map((it) => it.body))];
  const named = bodyNamed(addressee, municipality);
  if (deciding.length === 0 || deciding.includes(named?.id ?? null)) return [];
  const bodies = municipality.bodies.filter((it) => deciding.includes(it.id));
  const who = {
    sv: bodies.map((it) => it.label.sv).join(', '),
    en: bodies.map((it) => it.label.en).join(', '),
  };
  const says = {
    sv: `Förslaget riktas till ${named?.label.sv ?? addressee}, men beslutande organ är ${who.sv}.`,
    en: `The proposal is addressed to ${named?.label.en ?? addressee}, but the deciding body is ${who.en}.`,
  };
  return [
    {
      code: 'addresseeMismatch',
      field: '/context/addressedTo',
      says,
      suggestion: bodies[0]?.label.sv ?? null,
    },
  ];
}

/** A body that the decision affects has neither decided nor answered. */
function affectedWarnings(
  record: ActorView,
  parts: readonly ActorView[],
  { bodies }: Municipality,
): Warning[] {
  const open = parts.filter(
    (it) => it.chart.name === 'consultation' && it.context.affected === true && !it.ended,
  );
  return open.map((it): Warning => {
    const field = `/context/unanswered/${strings(record.context.unanswered).indexOf(it.id)}`;
    const name = bodies.find((body) => body.id === it.body)?.label ?? { sv: it.body, en: it.body };
    const says = {
      sv: `${name.sv} berörs av beslutet men har varken beslutat eller svarat: ${it.title}`,
      en: `${name.en} is affected by the decision but has neither decided nor answered: ${it.title}`,
    };
    return { code: 'affectedUnanswered', field, says, suggestion: null };
  });
}

const late = {
  minutesOverdue: {
    sv: 'Protokollet justerades inte inom fjorton dagar från sammanträdet.',
    en: 'The minutes were not approved within fourteen days of the meeting.',
  },
  noticeOverdue: {
    sv: 'Justeringen anslogs inte senast den andra dagen efter den.',
    en: 'The approval of the minutes was not announced by the second day after it.',
  },
  notificationOverdue: {
    sv: 'Det brådskande beslutet anmäldes inte vid nämndens nästa sammanträde.',
    en: 'The urgent decision was not notified at the next meeting of the committee.',
  },
} as const;

/** Days of the year by which the law wanted the matter on its way. */
const missedDates = ({ context }: ActorView): Warning[] =>
  strings(context.missed).map((_, index) => ({
    code: 'dateMissed',
    field: `/context/missed/${index}`,
    says: {
      sv: 'En dag passerades då ärendet enligt lag skulle ha kommit längre.',
      en: 'A day has passed by which the law wanted the matter further on its way.',
    },
    suggestion: null,
  }));

/** The agenda lacks a matter that comes up at the meeting unless the council decides otherwise. */
function deferredUnlisted({ number, title }: RecordSummary): Warning {
  const matter = [number, title].filter(Boolean).join(' ');
  return {
    code: 'deferredUnlisted',
    field: '/context/items',
    says: {
      sv: `Bordlagt ärende som inte är uppfört på dagordningen: ${matter}. Det ska tas upp vid det här sammanträdet, om fullmäktige inte har beslutat något annat.`,
      en: `Deferred matter that is not on the agenda: ${matter}. It is to be taken up at this meeting, unless the council has decided otherwise.`,
    },
    suggestion: null,
  };
}

/** Legal times that have passed; the decisions hold all the same. */
const lateWarnings = ({ context }: ActorView): Warning[] =>
  (Object.keys(late) as (keyof typeof late)[])
    .filter((code) => context[code] === true)
    .map((code) => ({ code, field: `/context/${code}`, says: late[code], suggestion: null }));

/** The body that a text names by id or by name, as people and scanners write it; null when none is alike. */
export function bodyNamed(text: string, { bodies }: Municipality): Body | null {
  const name = closest(
    text,
    bodies.flatMap((it) => [it.id, it.label.sv, it.label.en]),
  );
  return bodies.find(({ id, label }) => name === id || name === label.sv || name === label.en) ?? null;
}

/** The municipality that a text names, with or without the word "kommun"; null when none is alike. */
export function municipalityNamed(
  text: string,
  municipalities: readonly Municipality[],
): Municipality | null {
  const bare = (name: string) => folded(name).replace(/ kommuns?$/, '');
  const name = closest(
    bare(text),
    municipalities.map((it) => bare(it.name)),
  );
  return municipalities.find((it) => bare(it.name) === name) ?? null;
}

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((it): it is string => typeof it === 'string') : [];
