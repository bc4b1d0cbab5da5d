/**
 * The secrecy mark of a record: the provision that may apply, which authority made it, and when (OSL 5:5; R-120). It is
 * a reminder and decides nothing: what is asked for is tried when it is asked for. Who sees what is marked is said by
 * the grants (src/access). Who marked a record, and who lifted the mark and why, is in its log.
 */
import * as z from 'zod';
import { type Action, assigning, type EventDeclaration, type Guard, guard, type StateData } from './chart.ts';
import { clerical, date, line, prose } from './events.ts';
import { type Label, saying } from './label.ts';

export interface Secrecy {
  readonly provision: string;
  readonly authority: string;
  /** A local date. */
  readonly on: string;
}

interface Marked {
  readonly secrecy: Secrecy | null;
}

/** Whether the record is marked; by its context, or by what it is started with. */
export const isMarked = ({ secrecy }: Partial<Marked>): boolean => secrecy != null;

/** A provision is named by its chapter and section: `OSL 19:3`, `19 kap. 3 § OSL`, `39 kap. 5 a §`. */
const CITATION = /(^|\D)\d{1,2} ?(kap\.?|:) ?\d{1,2}( ?[a-z] ?)?( ?§|\b)/;

const cites = (provision: string | undefined): boolean => CITATION.test(provision ?? '');

/** The provisions that are met most; any other is written. */
export const typicalProvisions: Readonly<Record<string, Label>> = {
  'OSL 19:1': { sv: 'affärs- eller driftförhållanden', en: 'business and operations' },
  'OSL 19:3': { sv: 'inköp, avtal och anbud', en: 'purchases, contracts and tenders' },
  'OSL 26:1': { sv: 'socialtjänst', en: 'social services' },
  'OSL 31:16': { sv: 'motpartens affärsförhållanden', en: 'the business of a counterparty' },
  'OSL 39:2': { sv: 'personaladministration', en: 'staff administration' },
};

const provision = line('Sekretessbestämmelse', 'Provision on secrecy');
const authority = line('Myndighet som gör markeringen', 'Authority that makes the mark');

const incomplete = {
  sv: 'En sekretessmarkering anger bestämmelsen, med kapitel och paragraf (OSL 19:3), och myndigheten som gör den.',
  en: 'A secrecy mark states the provision, by chapter and section (OSL 19:3), and the authority that makes it.',
} as const;

const label = { sv: 'Sekretessmarkering', en: 'Secrecy mark' };

/** What is said of the mark of a record that is marked when it is registered. */
export const NewMark = z
  .strictObject({
    provision: provision.refine(cites, saying(`${incomplete.sv} (R-120)`, `${incomplete.en} (R-120)`)),
    authority,
  })
  .meta(label);

/** The mark that a record begins with. */
export const SecrecyMark = NewMark.extend({ on: date('Markerat', 'Marked on') }).meta(label);

/** A form asks for it. Whoever sends the event without it is refused by its rule, which says more than a field. */
const needed = { needed: true };

export const secrecyEvents: Readonly<Record<string, EventDeclaration>> = {
  'secrecy.mark': clerical({
    label: { sv: 'Sekretessmarkera', en: 'Mark as confidential' },
    by: ['registrar', 'clerk'],
    rule: 'R-120',
    fields: { provision: provision.optional().meta(needed), authority: authority.optional().meta(needed) },
    register: true,
  }),
  'secrecy.lift': clerical({
    label: { sv: 'Häv sekretessmarkeringen', en: 'Lift the secrecy mark' },
    by: ['registrar', 'clerk'],
    rule: 'R-120',
    fields: { reason: prose('Skäl', 'Reason') },
    register: true,
  }),
};

export const secrecyGuards: Readonly<Record<string, Guard>> = {
  statesProvision: guard<unknown, Partial<Secrecy>>({
    rule: 'R-120',
    version: 1,
    says: incomplete,
    holds: (_, event) => event.authority !== undefined && cites(event.provision),
  }),
  isMarked: guard<Marked>({
    rule: 'R-120',
    version: 1,
    says: { sv: 'Det är inte sekretessmarkerat.', en: 'It is not marked as confidential.' },
    holds: isMarked,
  }),
};

export const secrecyActions: Readonly<Record<string, Action>> = {
  mark: assigning<Marked, Omit<Secrecy, 'on'>>(1, (_, { provision, authority, meta }) => ({
    secrecy: { provision, authority, on: meta.on },
  })),
  liftMark: assigning<Marked>(1, () => ({ secrecy: null })),
};

/** Wherever the record is. */
export const secrecyOn = {
  'secrecy.mark': { guard: { type: 'statesProvision' }, actions: [{ type: 'mark' }] },
  'secrecy.lift': { guard: { type: 'isMarked' }, actions: [{ type: 'liftMark' }] },
} as const satisfies NonNullable<StateData['on']>;
