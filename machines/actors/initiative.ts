/** The year of a motion or a citizen proposal, and what is told to the council meanwhile. */
import * as z from 'zod';
import { assigning, defineChart, guard } from '../chart.ts';
import { clerical, date, line, message, oneOf, pastDate, prose } from '../events.ts';
import type { RuleId } from '../law/rules.ts';

/** What members of the council and residents may raise. */
export const initiatives = {
  motion: { sv: 'Motion', en: 'Motion' },
  citizenProposal: { sv: 'Medborgarförslag', en: 'Citizen proposal' },
} as const;

interface InitiativeContext {
  readonly title: string;
  readonly of: keyof typeof initiatives;
  readonly raisedOn: string;
  readonly informedOn: string | null;
  readonly unreported: boolean;
}

const onceRaised = (rule: RuleId) =>
  guard<InitiativeContext, { on: string }>({
    rule,
    version: 1,
    says: {
      sv: 'Fullmäktige får inte veta något om det innan det är väckt.',
      en: 'The council is told nothing of it before it has been raised.',
    },
    holds: ({ raisedOn }, { on }) => on >= raisedOn,
  });

const secretariat = ['clerk', 'registrar'] as const;

export const initiative = defineChart({
  name: 'initiative',
  version: 1,
  label: { sv: 'Initiativ', en: 'Initiative' },
  input: z.strictObject({
    title: line('Rubrik', 'Title'),
    of: oneOf('Slag', 'Kind', initiatives),
    raisedOn: date('Väckt', 'Raised on'),
  }),
  context: { informedOn: null, unreported: false },
  card: (context) => {
    const { title, of } = context as unknown as InitiativeContext;
    return { title: `${initiatives[of].sv}: ${title}`, number: null, body: null };
  },
  events: {
    'initiative.report': clerical({
      label: { sv: 'Anmäl till fullmäktige', en: 'Report to the council' },
      by: secretariat,
      rule: 'R-101',
      asks: { onceRaised: onceRaised('R-101') },
      fields: {
        on: pastDate('Datum', 'Date'),
        paragraph: line('Paragraf', 'Paragraph').optional(),
        emerged: prose('Vad som kommit fram', 'What has emerged'),
      },
    }),
    'initiative.inform': clerical({
      label: { sv: 'Informera fullmäktige', en: 'Inform the council' },
      by: secretariat,
      rule: 'R-104',
      asks: { onceRaised: onceRaised('R-104') },
      fields: { on: pastDate('Datum', 'Date'), information: prose('Information', 'Information') },
    }),
    'initiative.assigned': message(
      { sv: 'Överlåten till nämnd', en: 'Assigned to a committee' },
      {},
      'R-008',
    ),
    'initiative.closed': message({ sv: 'Avgjord eller återkallad', en: 'Decided or withdrawn' }, {}, 'R-101'),
  },
  deadlines: {
    oneYear: {
      label: { sv: 'Beslut, eller anmälan till fullmäktige', en: 'A decision, or a report to the council' },
      rule: 'R-101',
      from: 'raisedOn',
      period: { years: 1 },
      roll: false,
    },
    yearlyInformation: {
      label: { sv: 'Information till fullmäktige', en: 'Information to the council' },
      rule: 'R-104',
      from: 'informedOn',
      period: { years: 1 },
      roll: false,
    },
  },
  actions: {
    markUnreported: assigning<InitiativeContext>(1, () => ({ unreported: true })),
    startYear: assigning<InitiativeContext>(1, (_, event) => ({ informedOn: event.meta.on })),
  },
  states: {
    open: { sv: 'Väckt', en: 'Raised' },
    report: { sv: 'Anmälan', en: 'Report' },
    running: { sv: 'Året löper', en: 'Within the year' },
    overdue: { sv: 'Ska anmälas', en: 'To be reported' },
    reported: { sv: 'Anmäld', en: 'Reported' },
    information: { sv: 'Information', en: 'Information' },
    none: { sv: 'Hos fullmäktige', en: 'With the council' },
    waiting: { sv: 'Hos nämnden', en: 'With the committee' },
    due: { sv: 'Fullmäktige ska informeras', en: 'The council is to be informed' },
    closed: { sv: 'Avslutad', en: 'Closed' },
  },
  data: {
    initial: 'open',
    on: { 'initiative.closed': { target: '.closed' } },
    states: {
      open: {
        type: 'parallel',
        states: {
          // That the year has passed ends nothing: only the council may write the matter off.
          report: {
            initial: 'running',
            states: {
              running: {
                after: { oneYear: { target: 'overdue', actions: [{ type: 'markUnreported' }] } },
                on: { 'initiative.report': { target: 'reported' } },
              },
              overdue: { on: { 'initiative.report': { target: 'reported' } } },
              reported: {},
            },
          },
          information: {
            initial: 'none',
            states: {
              none: {
                on: { 'initiative.assigned': { target: 'waiting', actions: [{ type: 'startYear' }] } },
              },
              waiting: {
                after: { yearlyInformation: { target: 'due' } },
                on: {
                  'initiative.inform': { target: 'waiting', reenter: true, actions: [{ type: 'startYear' }] },
                },
              },
              due: { on: { 'initiative.inform': { target: 'waiting', actions: [{ type: 'startYear' }] } } },
            },
          },
        },
      },
      closed: { meta: { end: true } },
    },
  },
});
