/** On the agenda of the body's meeting, and off it. */
import * as z from 'zod';
import { type Action, assigning, causing, type EventDeclaration, type Guard, guard } from '../../chart.ts';
import { across, count, line, message, prose, reference, yesNo } from '../../events.ts';
import { tell } from '../../tell.ts';
import { type MatterContext, pointId } from '../matter.ts';

const treatedIds = (context: MatterContext): readonly string[] =>
  context.treated.map((key) => pointId(context, key));

export const itemOpened = message(
  { sv: 'Öppna punkt', en: 'Open item' },
  {
    meeting: reference('Sammanträde', 'Meeting', 'meetings'),
    paragraph: count('Paragraf', 'Paragraph'),
    present: count('Närvarande', 'Present'),
    recused: z.array(z.string()).optional(),
    open: yesNo('Öppna dörrar', 'Open doors').optional(),
    public: yesNo('Offentligt', 'In public').optional(),
  },
);

export const agendaEvents: Readonly<Record<string, EventDeclaration>> = {
  'agenda.listed': across(
    message(
      { sv: 'Förs upp', en: 'Listed' },
      {
        meeting: reference('Sammanträde', 'Meeting', 'meetings'),
        municipality: line('Kommun', 'Municipality'),
        body: line('Organ', 'Body'),
        urgent: yesNo('Brådskande', 'Urgent').optional(),
      },
      'R-010',
    ),
  ),
  'item.opened': itemOpened,
  'item.struck': message(
    { sv: 'Utgår', en: 'Struck from the agenda' },
    {
      meeting: reference('Sammanträde', 'Meeting', 'meetings'),
      reason: prose('Skäl', 'Reason'),
    },
    'R-063',
  ),
  'item.leftOver': message(
    { sv: 'Hanns inte med', en: 'Not reached' },
    {
      meeting: reference('Sammanträde', 'Meeting', 'meetings'),
    },
  ),
};

export const agendaGuards: Readonly<Record<string, Guard>> = {
  ownMunicipality: guard<MatterContext, { municipality: string }>({
    rule: 'R-114',
    version: 1,
    says: {
      sv: 'Ärendet hör till en annan kommun.',
      en: 'The matter belongs to another municipality.',
    },
    holds: (context, event) => event.municipality === context.self.tenant,
  }),
  isBody: guard<MatterContext, { body: string }, { body: string }>({
    rule: 'R-003',
    version: 1,
    says: { sv: 'Ärendet väntar på ett annat organ.', en: 'The matter is waiting for another body.' },
    holds: (_, event, { body }) => event.body === body,
  }),
  prepared: guard<MatterContext>({
    rule: 'R-010',
    version: 1,
    says: {
      sv: 'Ärendet är inte berett av någon nämnd eller fullmäktigeberedning.',
      en: 'No committee or council drafting committee has prepared the matter.',
    },
    holds: (context) => context.preparedBy.length > 0,
  }),
  cannotWait: guard<MatterContext, { urgent?: boolean }>({
    rule: 'R-015',
    version: 1,
    says: {
      sv: 'Ett ärende som inte är berett avgörs bara om det är brådskande: ange skälen när det förs upp.',
      en: 'A matter that is not prepared is decided only if it is urgent: say why when it is listed.',
    },
    holds: (_, { urgent }) => urgent === true,
  }),
};

export const agendaActions: Readonly<Record<string, Action>> = {
  join: assigning<MatterContext, { meeting: string }>(1, (_, event) => ({ meeting: event.meeting })),
  open: assigning<MatterContext, { paragraph: number; present: number; recused?: readonly string[] }>(
    1,
    (_, { paragraph, present, recused = [] }) => ({ paragraph, present, recused }),
  ),
  conclude: causing<MatterContext>(1, (context) =>
    tell(context.meeting, 'item.concluded', {
      matter: context.self.id,
      points: treatedIds(context),
      ...(context.unlisted && { unlisted: true }),
    }),
  ),
  rememberPreparation: assigning<MatterContext, unknown, { body: string }>(1, (context, _, { body }) => ({
    preparedBy: [...context.preparedBy.filter((it) => it !== body), body],
  })),
  leave: causing<MatterContext, unknown, { how: string }>(1, (context, _, { how }) =>
    tell(context.meeting, 'item.left', {
      matter: context.self.id,
      how,
      points: treatedIds(context),
      ...(context.unlisted && { unlisted: true }),
    }),
  ),
};
