/** How an interpellation or a question begins: handed in by a member of the council, to a chair. */
import * as z from 'zod';
import { all, type EventDeclaration, type Guard, guard, type Named, type StateData } from '../chart.ts';
import { clerical, fact, line, pastDate, prose, yesNo } from '../events.ts';
import { type AnyStage, routeId, stageKind } from './kind.ts';
import type { MatterContext } from './matter.ts';

/** What a member of the council may ask. */
export const inquiries = {
  interpellation: { sv: 'Interpellation', en: 'Interpellation' },
  question: { sv: 'Fråga', en: 'Question' },
} as const;
export const inquiryKind = z.enum(Object.keys(inquiries) as [keyof typeof inquiries]);

const schema = z.strictObject({ id: routeId, type: z.literal('inquiry'), of: inquiryKind });
type InquiryStage = z.infer<typeof schema>;

export const isInquiry = (stage: AnyStage): stage is InquiryStage => stage.type === 'inquiry';

const capacities = {
  member: { sv: 'ledamot i fullmäktige', en: 'member of the council' },
  servingSubstitute: { sv: 'tjänstgörande ersättare', en: 'serving substitute' },
  other: { sv: 'någon annan', en: 'someone else' },
} as const;

const offices = {
  committeeChair: { sv: 'ordförande i en nämnd', en: 'chair of a committee' },
  draftingChair: { sv: 'ordförande i en fullmäktigeberedning', en: 'chair of a council drafting committee' },
  named: { sv: 'annan som fullmäktige har bestämt', en: 'another whom the council has named' },
  other: { sv: 'någon annan', en: 'someone else' },
} as const;

interface HandedIn {
  readonly capacity: keyof typeof capacities;
  readonly office: keyof typeof offices;
  readonly definite: boolean;
  readonly reasons?: string;
  readonly authority: boolean;
}

const events: Readonly<Record<string, EventDeclaration>> = {
  'inquiry.register': clerical({
    label: { sv: 'Ta upp som inlämnad', en: 'Accept as handed in' },
    by: ['registrar', 'clerk'],
    rule: 'R-105',
    fields: {
      capacity: fact('Ställd i egenskap av', 'Asked in the capacity of', capacities),
      office: fact('Ställd till', 'Put to', offices),
      definite: yesNo('Har ett bestämt innehåll', 'Has a definite content'),
      reasons: prose('Motivering eller inledande förklaring', 'Reasons, or introduction').optional(),
      authority: yesNo(
        'Avser myndighetsutövning mot någon enskild',
        'Concerns public authority towards an individual',
      ),
    },
  }),
};

const guards: Readonly<Record<string, Guard>> = {
  mayAsk: guard<MatterContext, HandedIn>({
    rule: 'R-105',
    version: 1,
    says: {
      sv: 'Den ställs av en ledamot, eller av en ersättare som tjänstgör.',
      en: 'It is put by a member, or by a substitute who serves.',
    },
    holds: (_, { capacity }) => capacity !== 'other',
  }),
  mayBeAsked: guard<MatterContext, HandedIn>({
    rule: 'R-105',
    version: 1,
    says: {
      sv: 'Den ställs till ordföranden i en nämnd eller fullmäktigeberedning, eller till den som fullmäktige har bestämt.',
      en: 'It is put to the chair of a committee or drafting committee, or to one whom the council has named.',
    },
    holds: (_, { office }) => office !== 'other',
  }),
  isDefinite: guard<MatterContext, HandedIn>({
    rule: 'R-105',
    version: 1,
    says: { sv: 'Den ska ha ett bestämt innehåll.', en: 'It must have a definite content.' },
    holds: (_, { definite }) => definite,
  }),
  isReasoned: guard<MatterContext, HandedIn>({
    rule: 'R-105',
    version: 1,
    says: { sv: 'En interpellation ska vara motiverad.', en: 'An interpellation must state its reasons.' },
    holds: (_, { reasons }) => reasons !== undefined,
  }),
  noAuthority: guard<MatterContext, HandedIn>({
    rule: 'R-105',
    version: 1,
    says: {
      sv: 'Den får inte avse myndighetsutövning mot någon enskild.',
      en: 'It may not concern public authority towards an individual.',
    },
    holds: (_, { authority }) => !authority,
  }),
};

/** A question may have an introduction; an interpellation must have reasons. */
const musts = (of: InquiryStage['of']): readonly Named[] => [
  { type: 'mayAsk' },
  { type: 'mayBeAsked' },
  { type: 'isDefinite' },
  ...(of === 'interpellation' ? [{ type: 'isReasoned' }] : []),
  { type: 'noAuthority' },
];

const stateOf = ({ id, of }: InquiryStage, next: string): StateData => ({
  id,
  initial: 'handedIn',
  meta: { stage: id, role: 'inquiry', of },
  entry: [{ type: 'arrive', params: { body: id } }],
  states: {
    handedIn: { on: { 'inquiry.register': { target: `#${next}`, guard: all(...musts(of)) } } },
  },
});

export const inquiry = stageKind(schema, {
  begins: true,
  label: ({ of }) => inquiries[of],
  state: (stage, { next }) => stateOf(stage, next),
  parts: () => ({
    events,
    guards,
    states: { handedIn: { sv: 'Inlämnad', en: 'Handed in' } },
    input: {
      askedBy: line('Ställd av', 'Asked by'),
      askedOf: line('Ställd till', 'Put to'),
      handedInOn: pastDate('Inlämnad', 'Handed in on'),
    },
  }),
});
