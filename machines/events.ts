/** How events and their fields are declared. One declaration is the source for types, validation, OpenAPI and forms. */
import * as z from 'zod';
import type { EventDeclaration } from './chart.ts';
import { type Label, saying } from './label.ts';
import type { RuleId } from './law/rules.ts';
import type { Role } from './roles.ts';

interface Declared {
  readonly label: Label;
  readonly by?: readonly Role[];
  readonly rule?: RuleId;
  readonly instead?: EventDeclaration['instead'];
  readonly asks?: EventDeclaration['asks'];
  readonly fields?: z.ZodRawShape;
  readonly addresses?: EventDeclaration['addresses'];
  readonly register?: boolean;
}

const declare =
  (kind: EventDeclaration['kind']) =>
  ({
    label,
    by = [],
    rule,
    instead,
    asks,
    fields = {},
    addresses,
    register,
  }: Declared): EventDeclaration => ({
    kind,
    label,
    by,
    rule: rule ?? null,
    fields: z.strictObject(fields),
    ...(instead && { instead }),
    ...(asks && { asks }),
    ...(addresses && { addresses }),
    ...(register && { register }),
  });

/** A body's act: recorded by the secretary or the chair, never by a webhook or a timer. */
export const deciding = declare('deciding');
/** Clerical work: registration, agenda, notices, signatures, receipts. */
export const clerical = declare('clerical');
/** From another actor only. */
export const message = (label: Label, fields: z.ZodRawShape = {}, rule?: RuleId): EventDeclaration =>
  declare('message')({ label, fields, ...(rule && { rule }) });

/** A message that may come from another municipality as well. */
export const across = (declared: EventDeclaration): EventDeclaration => ({ ...declared, across: true });

const MAX_TEXT = 10_000;
const MAX_LINE = 300;

/** One line of text. */
export const line = (sv: string, en: string) => z.string().trim().min(1).max(MAX_LINE).meta({ sv, en });
/** Several lines of text. */
export const prose = (sv: string, en: string) =>
  z.string().trim().min(1).max(MAX_TEXT).meta({ sv, en, multiline: true });
/** The years that people mean; any legal period from one of them stays within what the calendar reckons. */
const YEAR = /^(19|2[0-4])\d\d-/;
/** A local date, `YYYY-MM-DD`, of the years 1900 to 2499. */
export const day = z.iso
  .date()
  .refine((it) => YEAR.test(it), saying('ett år från 1900 till 2499', 'a year from 1900 to 2499'));
/** A day as a field. */
export const date = (sv: string, en: string) => day.meta({ sv, en });
/** A day on which something has happened: nobody can state one that is still to come. */
export const pastDate = (sv: string, en: string) => date(sv, en).meta({ past: true });
/** A day by which or on which something is to happen: nobody can state one that has passed. */
export const comingDate = (sv: string, en: string) => date(sv, en).meta({ coming: true });
/** A whole number of persons, votes or paragraphs. */
export const count = (sv: string, en: string) => z.int().min(0).max(10_000).meta({ sv, en });
/** Yes or no. */
export const yesNo = (sv: string, en: string) => z.boolean().meta({ sv, en });
/** A body, by its id or its name, or another's: of one of the municipality's own the engine keeps the id. */
export const bodyName = (sv: string, en: string) => line(sv, en).meta({ body: true });
/** The id of an actor. `of` names the collection that a form offers to choose from. */
export const reference = (sv: string, en: string, of: string) =>
  z
    .string()
    .regex(/^[a-z0-9.-]{1,120}$/i)
    .meta({ sv, en, of });
/** Several of something. */
export const several = <T extends z.ZodType>(sv: string, en: string, of: T, most = 200) =>
  z.array(of).min(1).max(most).meta({ sv, en });
/** A text of the form that a pattern has, which is told in words for people. */
export const formed = (pattern: RegExp, sv: string, en: string) =>
  z
    .string()
    .refine((it) => pattern.test(it), saying(sv, en))
    .meta({ pattern: pattern.source });
/** One of a closed list, each with its label. */
export const oneOf = <const T extends Readonly<Record<string, Label>>>(sv: string, en: string, options: T) =>
  z.enum(Object.keys(options) as [keyof T & string, ...(keyof T & string)[]]).meta({ sv, en, options });
/** One of a closed list as a fact that the sender states: all are offered, also those that the law answers with no. */
export const fact = <const T extends Readonly<Record<string, Label>>>(sv: string, en: string, options: T) =>
  oneOf(sv, en, options).meta({ fact: true });

/** A period as people write it in a form or an API: units of the calendar, at least one of them. */
export const period = (sv: string, en: string) =>
  z
    .strictObject({
      years: z.int().min(0).max(100).optional(),
      months: z.int().min(0).max(1200).optional(),
      weeks: z.int().min(0).max(5200).optional(),
      days: z.int().min(0).max(36500).optional(),
    })
    .refine(
      (it) => Object.values(it).some((n) => (n ?? 0) > 0),
      saying('minst en enhet över noll', 'at least one unit above zero'),
    )
    .meta({ sv, en });
