/** What is done with an interpellation or a question in the council: whether it may be put, and its answer. */
import { type Action, assigning, type EventDeclaration, type Guard, guard } from '../../chart.ts';
import { count, deciding, line, message, prose, reference, several } from '../../events.ts';
import { adopting } from '../../outcomes.ts';
import { agendaActions, agendaEvents, agendaGuards } from '../body/agenda.ts';
import { counterActions, counterGuards } from '../body/counter-proposal.ts';
import { delayEvents } from '../body/delay.ts';
import { questionActions, questionEvents, questionGuards } from '../body/question.ts';
import { secretary } from '../body/secretary.ts';
import { voteActions, voteEvents, voteGuards } from '../body/vote.ts';
import { type MatterContext, type Question, remaining } from '../matter.ts';

interface AnsweredContext extends MatterContext {
  readonly askedBy: string;
  readonly askedOf: string;
  /** Whether the council has permitted it. */
  readonly permitted: boolean;
  /** Whether it was handed in long enough before. */
  readonly inTime: boolean;
}

interface Answer {
  readonly answeredBy: string;
  readonly inPlace?: string;
  readonly speakers: readonly string[];
}

/** What may be sent at the stage: no motion is made, and no counter-proposal. */
export const answerEvents = (): Readonly<Record<string, EventDeclaration>> => {
  const { 'item.defer': defer } = delayEvents;
  return {
    ...agendaEvents,
    ...questionEvents,
    ...voteEvents,
    ...(defer && { 'item.defer': defer }),
    'answer.opened': message(
      { sv: 'Öppna för svar', en: 'Open for the answer' },
      {
        meeting: reference('Sammanträde', 'Meeting', 'meetings'),
        paragraph: count('Paragraf', 'Paragraph'),
        present: count('Närvarande', 'Present'),
      },
      'R-029',
    ),
    'answer.give': deciding({
      label: { sv: 'Anteckna svaret', en: 'Record the answer' },
      by: secretary,
      rule: 'R-105',
      fields: {
        answeredBy: line('Besvarad av', 'Answered by'),
        inPlace: prose('Varför någon annan svarar', 'Why someone else answers').optional(),
        speakers: several('Talare', 'Speakers', line('Namn', 'Name')),
        answer: prose('Svaret', 'The answer').optional(),
      },
    }),
    'inquiry.writeOff': deciding({
      label: { sv: 'Avskriv', en: 'Write off' },
      by: secretary,
      rule: 'R-063',
      fields: { reason: prose('Skäl', 'Reason') },
    }),
  };
};

export const answerGuards: Readonly<Record<string, Guard>> = {
  ...agendaGuards,
  ...questionGuards,
  ...voteGuards,
  ...counterGuards,
  handedInInTime: guard<AnsweredContext>({
    rule: 'R-105',
    version: 1,
    says: {
      sv: 'Den har lämnats in senare än fullmäktiges arbetsordning medger för det här sammanträdet.',
      en: "It was handed in later than the council's rules of procedure allow for this meeting.",
    },
    holds: ({ inTime }) => inTime,
  }),
  permitsOrRefuses: guard<MatterContext, Pick<Question, 'proposals'>>({
    rule: 'R-105',
    version: 1,
    says: {
      sv: 'Fullmäktige beslutar bara om den får ställas: bifall eller avslag.',
      en: 'The council decides only whether it may be put: approval or rejection.',
    },
    holds: (_, { proposals }) =>
      proposals.every(({ outcome }) => outcome === 'approved' || outcome === 'rejected') &&
      new Set(proposals.map(({ outcome }) => outcome)).size === proposals.length,
  }),
  asOne: guard<MatterContext, { points?: readonly number[] }, { scope: readonly string[] }>({
    rule: 'R-105',
    version: 1,
    says: {
      sv: 'Det beslutas en gång om den får ställas: alla punkter på en gång.',
      en: 'Whether it may be put is decided once: all the points at once.',
    },
    holds: (context, { points }, { scope }) =>
      points === undefined ||
      remaining(context, scope).every(({ key }) => points.includes(Number(key.slice(1)))),
  }),
  isPermitted: guard<AnsweredContext>({
    rule: 'R-105',
    version: 1,
    says: { sv: 'Fullmäktige har inte medgivit att den ställs.', en: 'The council has not permitted it.' },
    holds: ({ permitted }) => permitted,
  }),
  answersHimself: guard<AnsweredContext, Answer>({
    rule: 'R-105',
    version: 1,
    says: {
      sv: 'Den som den är ställd till svarar; svarar någon annan, ange varför.',
      en: 'The one to whom it was put answers; if another does, say why.',
    },
    holds: ({ askedOf }, { answeredBy, inPlace }) => answeredBy === askedOf || inPlace !== undefined,
  }),
  onlyTwoSpeak: guard<AnsweredContext, Answer>({
    rule: 'R-106',
    version: 1,
    says: {
      sv: 'När en fråga besvaras får bara den som ställer frågan och den som svarar delta i överläggningen.',
      en: 'When a question is answered only the one who asks and the one who answers take part in the debate.',
    },
    holds: ({ askedBy }, { answeredBy, speakers }) =>
      speakers.every((it) => it === askedBy || it === answeredBy),
  }),
};

export const answerActions: Readonly<Record<string, Action>> = {
  ...agendaActions,
  ...questionActions,
  ...voteActions,
  ...counterActions,
  recordPermission: assigning<AnsweredContext, { finds: number }>(1, ({ question }, { finds }) => {
    const outcome = question?.proposals[finds - 1]?.outcome;
    return { permitted: outcome !== undefined && adopting.includes(outcome) };
  }),
  /** The rules on conflicts of interest do not reach interpellations. */
  recuseNobody: assigning<AnsweredContext>(1, () => ({ recused: [] })),
  leadPasses: assigning<AnsweredContext>(1, () => ({ inTime: true })),
};
