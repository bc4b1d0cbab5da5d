/** What is given with a delegation, and what must hold of it from the start. */
import * as z from 'zod';
import type { Identity } from '../chart.ts';
import { date, line, oneOf, pastDate, reference, yesNo } from '../events.ts';
import type { Label } from '../label.ts';
import { saying } from '../label.ts';

/** To whom a committee may delegate. Only a head of administration may be let to hand it on. */
export const delegateKinds = {
  presidium: { sv: 'presidiet', en: 'the presidium' },
  workingCommittee: { sv: 'utskott', en: 'a sub-committee' },
  member: { sv: 'ledamot', en: 'a member' },
  substitute: { sv: 'ersättare', en: 'a substitute' },
  headOfAdministration: { sv: 'förvaltningschef', en: 'the head of administration' },
  employee: { sv: 'anställd', en: 'an employee' },
  automated: { sv: 'automatiserad beslutsfunktion', en: 'an automated decision function' },
} as const satisfies Record<string, Label>;
export type DelegateKind = keyof typeof delegateKinds;

/** A group of matters of the committee's delegation scheme, as it was called when the delegation was given. */
export interface Group {
  readonly id: string;
  readonly label: string;
}

export interface DelegationContext {
  readonly self: Identity;
  readonly body: string;
  readonly groups: readonly Group[];
  /** The one matter that it is for; null for every matter of the groups. */
  readonly matter: string | null;
  readonly kind: DelegateKind;
  /** The position that decides, not the person. */
  readonly position: string;
  /** The municipality whose employee it is, and the agreement on cooperation that says so. */
  readonly of: string | null;
  readonly agreement: string | null;
  /** Kronor; null where the scope is not measured in money. */
  readonly limit: number | null;
  readonly mayHandOn: boolean;
  readonly from: string;
  /** The last day; null until further notice. */
  readonly to: string | null;
  readonly decidedOn: string;
  /** The decision that gave it: a paragraph of the committee's minutes, or the head's own decision. */
  readonly decision: string;
  /** How many it has been handed on to: they are `ID.s1` and so on. */
  readonly handedOn: number;
  /** How it was taken back: by which decision, and why; null as long as it was not. */
  readonly revoked: { readonly on: string; readonly decision: string } | null;
}

/** Kronor, to the whole crown. */
const kronor = z
  .int()
  .min(1)
  .max(100_000_000_000)
  .meta({ sv: 'Högsta belopp i kronor', en: 'Largest amount in kronor' });

/** What people say of it when it is given. */
export const givenShape = {
  kind: oneOf('Till', 'To', delegateKinds),
  position: line('Befattning eller uppdrag', 'Position or office'),
  of: line('Anställd i kommunen', 'Employed by the municipality').optional(),
  agreement: line('Enligt avtal om samverkan', 'Under the cooperation agreement').optional(),
  matter: reference('Bara i ärendet', 'Only in the matter', 'matters').optional(),
  limit: kronor.optional(),
  mayHandOn: yesNo('Får lämnas vidare till annan anställd', 'May be handed on to another employee').default(
    false,
  ),
  decidedOn: pastDate('Beslutad', 'Decided on'),
  decision: line('Beslutet som gav den', 'The decision that gave it'),
  from: date('Gäller från', 'In force from'),
  to: date('Gäller till och med', 'In force until').optional(),
};

/** What is handed on: the same, or less of it. */
export const handedOnShape = {
  position: givenShape.position,
  limit: givenShape.limit,
  decision: line('Uppdragsbeslutet', 'The decision that hands it on'),
  from: givenShape.from,
  to: givenShape.to,
};

type Given = Pick<DelegationContext, 'kind' | 'mayHandOn' | 'from' | 'decidedOn'> &
  Partial<Record<'to' | 'of' | 'agreement', string | undefined>>;

const isEmployee = (kind: DelegateKind): boolean => kind === 'employee' || kind === 'headOfAdministration';

/** A form of it as data in which what contradicts itself is refused, by the field. */
export const sound = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> => {
  const unless = (
    at: string,
    sv: string,
    en: string,
    holds: (given: Given) => boolean,
  ): Parameters<z.ZodObject['refine']> => [
    (it) => holds(it as unknown as Given),
    { ...saying(sv, en), path: [at] },
  ];
  return z
    .strictObject(shape)
    .refine(
      ...unless(
        'to',
        'inte före första dagen',
        'not before the first day',
        (it) => (it.to ?? it.from) >= it.from,
      ),
    )
    .refine(
      ...unless(
        'from',
        'gäller tidigast den dag den beslutades (R-091)',
        'in force no earlier than the day it was decided (R-091)',
        (it) => it.from >= it.decidedOn,
      ),
    )
    .refine(
      ...unless(
        'mayHandOn',
        'bara en förvaltningschef får lämna den vidare (R-094)',
        'only a head of administration may hand it on (R-094)',
        (it) => !it.mayHandOn || it.kind === 'headOfAdministration',
      ),
    )
    .refine(
      ...unless(
        'agreement',
        'en annan kommuns anställd beslutar enligt ett avtal om samverkan (R-098)',
        "another municipality's employee decides under a cooperation agreement (R-098)",
        (it) => (it.of === undefined) === (it.agreement === undefined),
      ),
    )
    .refine(
      ...unless(
        'of',
        'i en annan kommun bara en anställd (R-098)',
        'in another municipality only an employee (R-098)',
        (it) => it.of === undefined || isEmployee(it.kind),
      ),
    );
};

/** What the head of administration says of what is handed on. */
export interface HandedOn {
  readonly position: string;
  readonly limit?: number;
  readonly decision: string;
  readonly from: string;
  readonly to?: string;
}
