/**
 * What several municipalities decide in parallel: a programme (R-114, seed 003), or to form a body of their own, which
 * exists when all their councils have adopted it (R-117). Its standing is derived from the members' own decisions and
 * never overrides one of them.
 */
import * as z from 'zod';
import {
  assigning,
  causing,
  defineChart,
  type Effect,
  type Guard,
  guard,
  type Identity,
  type StateData,
} from '../chart.ts';
import {
  across,
  clerical,
  date,
  line,
  message,
  oneOf,
  pastDate,
  period,
  prose,
  reference,
  several,
} from '../events.ts';
import { adopting, asProposed, type Outcome, outcomes } from '../outcomes.ts';
import {
  isMarked,
  type Secrecy,
  SecrecyMark,
  secrecyActions,
  secrecyEvents,
  secrecyGuards,
  secrecyOn,
} from '../secrecy.ts';
import { tell } from '../tell.ts';

interface JointContext {
  readonly self: Identity;
  readonly title: string;
  readonly text: string;
  readonly members: readonly {
    readonly municipality: string;
    readonly route: string;
    readonly body: string;
    readonly number: string;
  }[];
  /** What each has decided, or that a court has annulled it. */
  readonly outcomes: { readonly [municipality: string]: Outcome | 'annulled' };
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly plans: {
    readonly title: string;
    readonly assignee: string;
    readonly every: { readonly years: number };
  } | null;
  readonly adoptedOn: string | null;
  readonly forms: keyof typeof formed | null;
  /** How long before it leaves a member gives notice; three years where the charter is silent. */
  readonly exitNotice: { readonly months: number };
  /** The members that have given notice, and those of them that have left. */
  readonly leaving: readonly string[];
  readonly left: readonly string[];
  readonly secrecy: Secrecy | null;
}

/** What municipalities can form together (KL 9:1, 9:19). */
const formed = {
  jointCommittee: { sv: 'gemensam nämnd', en: 'joint committee' },
  federation: { sv: 'kommunalförbund', en: 'federation of municipalities' },
} as const;

const decided = (context: JointContext): readonly (Outcome | 'annulled')[] =>
  context.members.flatMap(({ municipality }) => context.outcomes[municipality] ?? []);

const says = {
  sv: 'Kommunernas beslut ger ett annat läge.',
  en: "The municipalities' decisions add up otherwise.",
};

const isAmong = (outcome: Outcome | 'annulled', among: readonly Outcome[]): boolean =>
  outcome !== 'annulled' && among.includes(outcome);

const derived = (holds: (outcomes: readonly (Outcome | 'annulled')[], members: number) => boolean): Guard =>
  guard<JointContext>({
    rule: 'R-114',
    version: 1,
    says,
    holds: (context) => holds(decided(context), context.members.length),
  });

/** What the municipalities' own matters tell, as long as it adds up to something. */
const members: StateData['on'] = {
  'member.decided': { target: 'collecting', actions: [{ type: 'recordMember' }] },
  'member.annulled': { target: 'collecting', actions: [{ type: 'recordAnnulment' }] },
};
/** The same, when it changes nothing any more. */
const recorded: StateData['on'] = {
  'member.decided': { actions: [{ type: 'recordMember' }] },
  'member.annulled': { actions: [{ type: 'recordAnnulment' }] },
};

const membersOf = ({ self, members: its }: JointContext): readonly string[] =>
  its.map(({ municipality }) => `${self.id}.${municipality}`);

/** Its mark is its members' too, who have its title and its text; before they are started there is nobody to tell. */
const marking: StateData['on'] = {
  'secrecy.mark': {
    ...secrecyOn['secrecy.mark'],
    actions: [{ type: 'unmarkMembers' }, { type: 'mark' }, { type: 'markMembers' }],
  },
  'secrecy.lift': {
    ...secrecyOn['secrecy.lift'],
    actions: [{ type: 'unmarkMembers' }, { type: 'liftMark' }],
  },
};

export const jointMatter = defineChart({
  name: 'joint-matter',
  version: 1,
  label: { sv: 'Gemensamt ärende', en: 'Joint matter' },
  record: { startedBy: ['registrar', 'clerk'] },
  input: z.strictObject({
    title: line('Rubrik', 'Title'),
    number: line('Diarienummer', 'Registry number'),
    text: prose('Förslag till beslut', 'Proposed decision'),
    members: several(
      'Kommuner',
      'Municipalities',
      z.strictObject({
        municipality: line('Kommun', 'Municipality'),
        route: line('Väg', 'Route'),
        body: line('Beslutande organ', 'Deciding body'),
        number: line('Diarienummer', 'Registry number'),
      }),
      400,
    ),
    validFrom: date('Gäller från', 'Valid from'),
    /** Nothing where it holds until further notice. */
    validUntil: date('Gäller till och med', 'Valid until').optional(),
    /** The body that is formed, and whose agreement or charter the text is. */
    forms: oneOf('Bildar', 'Forms', formed).optional(),
    /** Of a federation, where its charter sets less than three years. */
    exitNotice: z
      .strictObject({ months: z.int().min(1).max(36).meta({ sv: 'Månader', en: 'Months' }) })
      .meta({ sv: 'Uppsägningstid vid utträde', en: 'Notice of exit' })
      .optional(),
    plans: z
      .strictObject({
        title: line('Plan', 'Plan'),
        assignee: line('Ansvarig roll', 'Responsible role'),
        every: period('Hur ofta', 'How often'),
      })
      .optional(),
    secrecy: SecrecyMark.optional(),
  }),
  context: {
    outcomes: {},
    plans: null,
    validUntil: null,
    forms: null,
    adoptedOn: null,
    exitNotice: { months: 36 },
    leaving: [],
    left: [],
    secrecy: null,
  },
  card: (context) => {
    const it = context as unknown as JointContext & { number: string };
    return { title: it.title, number: it.number, body: null, confidential: isMarked(it) };
  },
  events: {
    'joint.propose': clerical({
      label: { sv: 'Föreslå kommunerna', en: 'Propose to the municipalities' },
      by: ['registrar', 'clerk'],
      rule: 'R-114',
    }),
    'member.decided': across(
      message(
        { sv: 'Kommun beslutar', en: 'Municipality decides' },
        {
          matter: reference('Ärende', 'Matter', 'matters'),
          municipality: line('Kommun', 'Municipality'),
          outcome: oneOf('Utgång', 'Outcome', outcomes),
        },
        'R-114',
      ),
    ),
    'member.annulled': across(
      message(
        { sv: 'Kommuns beslut upphävt', en: "Municipality's decision annulled" },
        {
          matter: reference('Ärende', 'Matter', 'matters'),
          municipality: line('Kommun', 'Municipality'),
        },
        'R-114',
      ),
    ),
    'exit.give': clerical({
      label: { sv: 'Kommun säger upp sitt medlemskap', en: 'Municipality gives notice of exit' },
      by: ['registrar', 'clerk'],
      rule: 'R-117',
      fields: { municipality: line('Kommun', 'Municipality'), on: pastDate('Uppsagt', 'Notice given on') },
    }),
    'member.left': across(
      message(
        { sv: 'Kommun har trätt ut', en: 'Municipality has left' },
        { actor: reference('Aktör', 'Actor', 'actors'), municipality: line('Kommun', 'Municipality') },
        'R-117',
      ),
    ),
    'term.begin': clerical({
      label: { sv: 'Ny mandatperiod', en: 'New term of office' },
      by: ['registrar', 'clerk', 'integration'],
      rule: 'R-118',
      fields: { from: date('Från', 'From') },
    }),
    'joint.renew': clerical({
      label: { sv: 'Uppdaterat program', en: 'Programme renewed' },
      by: ['registrar', 'clerk'],
      rule: 'R-118',
      fields: { by: line('Nytt ärende', 'New matter') },
    }),
    ...secrecyEvents,
  },
  deadlines: {
    validityEnds: {
      label: { sv: 'Programmet slutar gälla', en: 'The programme ceases to apply' },
      rule: 'R-118',
      from: 'validUntil',
      period: { days: 0 },
      roll: false,
    },
  },
  guards: {
    mayLeave: guard<JointContext, { municipality: string }>({
      rule: 'R-117',
      version: 1,
      says: {
        sv: 'Bara den som är medlem i kommunalförbundet, och inte redan har sagt upp det, träder ut.',
        en: 'Only a member of the federation that has not given notice already leaves it.',
      },
      holds: ({ forms, members, leaving }, { municipality }) =>
        forms === 'federation' &&
        members.some((it) => it.municipality === municipality) &&
        !leaving.includes(municipality),
    }),
    anyAnnulled: derived((all) => all.includes('annulled')),
    anyRejected: derived((all) => all.some((outcome) => !isAmong(outcome, adopting))),
    allAsProposed: derived(
      (all, members) => all.length === members && all.every((it) => isAmong(it, asProposed)),
    ),
    allButDiffering: derived((all, members) => all.length === members),
    ...secrecyGuards,
  },
  actions: {
    startMembers: causing<JointContext>(1, (context) =>
      context.members.map(
        ({ municipality, route, body, number }): Effect => ({
          kind: 'start',
          chart: `${municipality}/${route}`,
          key: municipality,
          tenant: municipality,
          input: {
            title: context.title,
            number,
            initiator: context.self.id,
            proposals: [{ text: context.text, body, kind: 'decision', regime: 'legality' }],
            joint: context.self.id,
            ...(context.secrecy && { secrecy: { ...context.secrecy } }),
          },
        }),
      ),
    ),
    recordMember: assigning<JointContext, { municipality: string; outcome: Outcome }>(
      1,
      (context, { municipality, outcome }) => ({
        outcomes: { ...context.outcomes, [municipality]: outcome },
      }),
    ),
    recordAnnulment: assigning<JointContext, { municipality: string }>(1, (context, { municipality }) => ({
      outcomes: { ...context.outcomes, [municipality]: 'annulled' },
    })),
    startExit: causing<JointContext, { municipality: string; on: string }>(
      1,
      ({ title, exitNotice }, { municipality, on }) => [
        {
          kind: 'start',
          chart: 'exit',
          key: `exit-${municipality}`,
          input: { title, municipality, givenOn: on, notice: { ...exitNotice } },
        },
      ],
    ),
    noteLeaving: assigning<JointContext, { municipality: string }>(1, ({ leaving }, { municipality }) => ({
      leaving: [...leaving, municipality],
    })),
    noteLeft: assigning<JointContext, { municipality: string }>(1, ({ left }, { municipality }) => ({
      left: [...left.filter((it) => it !== municipality), municipality],
    })),
    adopt: assigning<JointContext>(1, (_, event) => ({ adoptedOn: event.meta.on })),
    ...secrecyActions,
    markMembers: causing<JointContext>(1, (context) =>
      context.secrecy ? tell(membersOf(context), 'joint.marked', { ...context.secrecy }) : [],
    ),
    unmarkMembers: causing<JointContext>(1, (context) =>
      context.secrecy ? tell(membersOf(context), 'joint.unmarked', { ...context.secrecy }) : [],
    ),
    startPlans: causing<JointContext>(1, (context, event) =>
      context.plans && context.adoptedOn === null
        ? [
            {
              kind: 'start',
              chart: 'follow-up',
              key: 'plans',
              input: {
                ...context.plans,
                ...(context.validUntil && { until: context.validUntil }),
                decidedOn: event.meta.on,
              },
            },
          ]
        : [],
    ),
  },
  states: {
    draft: { sv: 'Förslag tas fram', en: 'Proposal in draft' },
    collecting: { sv: 'Räknar samman', en: 'Counting' },
    pending: { sv: 'Kommunerna beslutar', en: 'Municipalities deciding' },
    annulledInSome: { sv: 'Upphävt i någon kommun', en: 'Annulled in some' },
    rejectedBySome: { sv: 'Avslaget av någon', en: 'Rejected by some' },
    divergent: { sv: 'Beslut med olika lydelse', en: 'Divergent decisions' },
    adoptedByAll: { sv: 'Antaget av alla', en: 'Adopted by all' },
    valid: { sv: 'Gäller', en: 'In force' },
    renewalDue: { sv: 'Ska uppdateras', en: 'To be renewed' },
    expired: { sv: 'Har slutat gälla', en: 'No longer in force' },
    renewed: { sv: 'Ersatt av nytt program', en: 'Renewed' },
  },
  data: {
    initial: 'draft',
    // The federation may have been renewed meanwhile, or a decision to form it annulled.
    on: { 'member.left': { actions: [{ type: 'noteLeft' }] }, ...marking },
    states: {
      draft: {
        on: { 'joint.propose': { target: 'pending', actions: [{ type: 'startMembers' }] }, ...secrecyOn },
      },
      pending: { on: members },
      collecting: {
        always: [
          { target: 'annulledInSome', guard: { type: 'anyAnnulled' } },
          { target: 'rejectedBySome', guard: { type: 'anyRejected' } },
          { target: 'adoptedByAll', guard: { type: 'allAsProposed' } },
          { target: 'divergent', guard: { type: 'allButDiffering' } },
          { target: 'pending' },
        ],
      },
      annulledInSome: { on: { ...members, 'joint.renew': { target: 'renewed' } } },
      rejectedBySome: {
        on: { ...members, 'joint.renew': { target: 'renewed' } },
      },
      divergent: {
        on: { ...members, 'joint.renew': { target: 'renewed' } },
      },
      adoptedByAll: {
        initial: 'valid',
        entry: [{ type: 'startPlans' }, { type: 'adopt' }],
        after: { validityEnds: { target: 'expired' } },
        on: {
          'joint.renew': { target: 'renewed' },
          'member.annulled': { target: 'collecting', actions: [{ type: 'recordAnnulment' }] },
          'exit.give': {
            guard: { type: 'mayLeave' },
            actions: [{ type: 'startExit' }, { type: 'noteLeaving' }],
          },
        },
        states: {
          valid: { meta: { rest: true }, on: { 'term.begin': { target: 'renewalDue' } } },
          renewalDue: {},
        },
      },
      expired: { on: { ...recorded, 'term.begin': {}, 'joint.renew': { target: 'renewed' } } },
      // Whoever decides after the renewal has decided all the same.
      renewed: { meta: { end: true }, on: recorded },
    },
  },
});
