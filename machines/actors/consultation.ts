/** A body asked for its opinion, or a body that a decision affects and that must decide or answer. */
import * as z from 'zod';
import { assigning, causing, defineChart, guard, type Identity } from '../chart.ts';
import {
  clerical,
  comingDate,
  date,
  line,
  message,
  oneOf,
  pastDate,
  period,
  prose,
  reference,
  several,
  yesNo,
} from '../events.ts';
import { tell } from '../tell.ts';

interface ConsultationContext {
  readonly self: Identity;
  readonly body: string;
  readonly question: string;
  readonly overdue: boolean;
  /** Its answer goes to the council. */
  readonly toCouncil: boolean;
  /** The matter waits for it at a stage of its own, and is told when the time is out. */
  readonly awaited: boolean;
  /** The matter in which the body decides on its opinion. */
  readonly answeredIn: string | null;
}

const answers = {
  decided: { sv: 'eget beslut', en: 'own decision' },
  answered: { sv: 'yttrande', en: 'opinion' },
  proposed: { sv: 'yttrande med eget förslag', en: 'opinion with a proposal of its own' },
  waived: { sv: 'avstår', en: 'waived' },
} as const;

const answerers = {
  full: { sv: 'organet i dess helhet', en: 'the full body' },
  workingCommittee: { sv: 'ett utskott', en: 'a working committee' },
  delegate: { sv: 'på delegation', en: 'on delegation' },
} as const;

const matterField = reference('Ärende', 'Matter', 'matters');

const staff = ['clerk', 'registrar', 'caseOfficer'] as const;

export const consultation = defineChart({
  name: 'consultation',
  version: 1,
  label: { sv: 'Remiss', en: 'Consultation' },
  input: z.strictObject({
    body: line('Organ', 'Body'),
    question: prose('Fråga', 'Question'),
    affected: z.boolean(),
    due: date('Svar senast', 'Answer by').optional(),
    within: period('Svarstid', 'Time to answer').optional(),
    toCouncil: yesNo('Till fullmäktige', 'To the council').optional(),
    awaited: yesNo('Ärendet väntar', 'The matter waits').optional(),
  }),
  context: { overdue: false, toCouncil: false, awaited: false, answeredIn: null },
  card: (context) => {
    const it = context as unknown as ConsultationContext;
    return { title: it.question, number: null, body: it.body };
  },
  events: {
    'consultation.answer': clerical({
      label: { sv: 'Svar in', en: 'Record the answer' },
      by: staff,
      rule: 'R-019',
      fields: {
        how: oneOf('Hur', 'How', answers),
        on: pastDate('Datum', 'Date'),
        by: oneOf('Beslutat av', 'Decided by', answerers).optional(),
        paragraph: line('Paragraf', 'Paragraph').optional(),
        opinion: prose('Yttrande', 'Opinion').optional(),
      },
    }),
    'consultation.lack': clerical({
      label: { sv: 'Begär komplettering', en: 'Ask for what is missing' },
      by: staff,
      rule: 'R-011',
      fields: { missing: prose('Saknas', 'Missing') },
    }),
    'consultation.supplement': clerical({
      label: { sv: 'Komplettera', en: 'Supplement' },
      by: staff,
      rule: 'R-011',
      fields: {
        material: several('Underlag', 'Material', line('Handling', 'Document'), 50),
        due: comingDate('Svar senast', 'Answer by').optional(),
      },
    }),
    'consultation.takenUp': message(
      { sv: 'Tas upp hos organet', en: 'Taken up by the body' },
      { matter: matterField, bodies: several('Beslutande organ', 'Deciding bodies', line('Organ', 'Body')) },
      'R-020',
    ),
    'consultation.given': message(
      { sv: 'Organets yttrande', en: "The body's opinion" },
      { matter: matterField, opinion: prose('Yttrande', 'Opinion') },
      'R-020',
    ),
  },
  deadlines: {
    answerDue: {
      label: { sv: 'Svar ska ha kommit', en: 'Answer due' },
      rule: 'R-019',
      from: 'due',
      period: { days: 0 },
      roll: false,
    },
    answerTime: {
      label: { sv: 'Svarstiden går ut', en: 'Time to answer ends' },
      rule: 'R-019',
      periodFrom: 'within',
      roll: false,
    },
  },
  guards: {
    byFullBody: guard<ConsultationContext, { how: keyof typeof answers; by?: keyof typeof answerers }>({
      rule: 'R-020',
      version: 1,
      says: {
        sv: 'Ett yttrande till fullmäktige ska nämnden själv besluta om: ange att organet i dess helhet har gjort det.',
        en: 'The committee itself must decide on a statement to the council: state that the full body has done so.',
      },
      holds: ({ toCouncil }, { how, by }) => !toCouncil || how === 'waived' || by === 'full',
    }),
    isAsked: guard<ConsultationContext, { bodies: readonly string[] }>({
      rule: 'R-020',
      version: 1,
      says: {
        sv: 'Ett annat organ är tillfrågat: det svarar självt.',
        en: 'Another body is asked: it answers itself.',
      },
      holds: ({ body }, { bodies }) => bodies.every((it) => it === body),
    }),
    fromItsMatter: guard<ConsultationContext, { matter: string }>({
      rule: 'R-020',
      version: 1,
      says: { sv: 'Organet svarar i ett annat ärende.', en: 'The body answers in another matter.' },
      holds: ({ answeredIn }, { matter }) => answeredIn === matter,
    }),
    ownProposalWorded: guard<ConsultationContext, { how: keyof typeof answers; opinion?: string }>({
      rule: 'R-013',
      version: 1,
      says: {
        sv: 'Ett eget förslag måste ha en lydelse.',
        en: 'A proposal of its own must have its wording.',
      },
      holds: (_, { how, opinion }) => how !== 'proposed' || opinion !== undefined,
    }),
  },
  actions: {
    tellAnswer: causing<ConsultationContext, { how?: keyof typeof answers }>(
      1,
      ({ self, body }, { how = 'answered' }) =>
        tell(self.parent, 'consultation.answered', { actor: self.id, body, how }),
    ),
    takeUp: assigning<ConsultationContext, { matter: string }>(1, (_, { matter }) => ({
      answeredIn: matter,
    })),
    keepOpinion: assigning<ConsultationContext & { opinion: string }, { opinion: string }>(
      1,
      (_, { opinion }) => ({ opinion }),
    ),
    tellExpiry: causing<ConsultationContext>(1, ({ self, body, awaited }) =>
      awaited ? tell(self.parent, 'consultation.expired', { actor: self.id, body }) : [],
    ),
    markOverdue: assigning<ConsultationContext>(1, () => ({ overdue: true })),
    setDue: assigning<ConsultationContext & { due: string }, { due?: string }>(1, (_, { due }) =>
      due === undefined ? {} : { due },
    ),
  },
  states: {
    sent: { sv: 'Väntar på svar', en: 'Awaiting an answer' },
    incomplete: { sv: 'Underlag saknas', en: 'Material missing' },
    overdue: { sv: 'Svar saknas', en: 'Overdue' },
    answered: { sv: 'Besvarad', en: 'Answered' },
  },
  data: {
    initial: 'sent',
    on: {
      'consultation.answer': {
        target: '.answered',
        guard: { type: 'all', params: { guards: [{ type: 'byFullBody' }, { type: 'ownProposalWorded' }] } },
        actions: [{ type: 'tellAnswer' }],
      },
      'consultation.takenUp': { guard: { type: 'isAsked' }, actions: [{ type: 'takeUp' }] },
      'consultation.given': {
        target: '.answered',
        guard: { type: 'fromItsMatter' },
        actions: [{ type: 'keepOpinion' }, { type: 'tellAnswer' }],
      },
    },
    states: {
      sent: {
        after: {
          answerDue: { target: 'overdue', actions: [{ type: 'markOverdue' }, { type: 'tellExpiry' }] },
          answerTime: { target: 'overdue', actions: [{ type: 'markOverdue' }, { type: 'tellExpiry' }] },
        },
        on: { 'consultation.lack': { target: 'incomplete' } },
      },
      // The time to answer begins anew when what was missing is there.
      incomplete: { on: { 'consultation.supplement': { target: 'sent', actions: [{ type: 'setDue' }] } } },
      overdue: {},
      // Answered in some other way while the body still had its matter.
      answered: { meta: { end: true }, on: { 'consultation.given': {} } },
    },
  },
});
