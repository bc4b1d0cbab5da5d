/** The agenda: what is put on it, struck from it, and left when the meeting is over. */
import { type Action, assigning, causing, type EventDeclaration, type Guard, guard } from '../chart.ts';
import { clerical, date, prose } from '../events.ts';
import { tell } from '../tell.ts';
import { clerks, current, type MeetingContext, matterField } from './memory.ts';

export const agendaEvents: Readonly<Record<string, EventDeclaration>> = {
  'agenda.add': clerical({
    label: { sv: 'För upp på dagordningen', en: 'Add to the agenda' },
    by: [...clerks, 'chair'],
    rule: 'R-016',
    fields: { matter: matterField },
  }),
  'agenda.strike': clerical({
    label: { sv: 'Utgår', en: 'Strike from the agenda' },
    by: [...clerks, 'chair'],
    rule: 'R-063',
    fields: { matter: matterField, reason: prose('Skäl', 'Reason') },
  }),
  'meeting.summon': clerical({
    label: { sv: 'Kalla', en: 'Summon' },
    by: [...clerks, 'chair'],
    rule: 'R-026',
    fields: { sentOn: date('Kallelsen skickad', 'Summons sent on') },
  }),
  'meeting.cancel': clerical({
    label: { sv: 'Ställ in', en: 'Cancel' },
    by: ['chair', 'clerk'],
    rule: 'R-028',
    fields: { reason: prose('Skäl', 'Reason') },
  }),
};

export const agendaGuards: Readonly<Record<string, Guard>> = {
  notListed: guard<MeetingContext, { matter: string }>({
    rule: null,
    version: 1,
    says: { sv: 'Ärendet står redan på dagordningen.', en: 'The matter is already on the agenda.' },
    holds: (context, event) => !current(context, event.matter),
  }),
  isListed: guard<MeetingContext, { matter: string }>({
    rule: null,
    version: 1,
    says: { sv: 'Ärendet väntar inte på dagordningen.', en: 'The matter is not waiting on the agenda.' },
    // The standing is asked first: where nothing is listed, no matter has to be named to know it.
    holds: (context, event) =>
      context.items.some((item) => item.standing === 'listed' && item.matter === event.matter),
  }),
};

export const agendaActions: Readonly<Record<string, Action>> = {
  inviteMatter: causing<MeetingContext, { matter: string }>(1, (context, event) =>
    tell(event.matter, 'agenda.listed', {
      meeting: context.self.id,
      municipality: context.self.tenant,
      body: context.body,
    }),
  ),
  list: assigning<MeetingContext, { matter: string }>(1, (context, { matter }) => ({
    items: [...context.items, { matter, paragraph: null, standing: 'listed', points: [] }],
  })),
  strikeMatter: causing<MeetingContext, { matter: string }>(1, (context, event) =>
    tell(event.matter, 'item.struck', { meeting: context.self.id }),
  ),
  strike: assigning<MeetingContext, { matter: string }>(1, (context, { matter }) => ({
    items: context.items.filter((item) => !(item.matter === matter && item.standing === 'listed')),
  })),
  releaseUnopened: causing<MeetingContext>(1, (context) =>
    tell(
      context.items.filter((item) => item.standing === 'listed').map((item) => item.matter),
      'item.leftOver',
      { meeting: context.self.id },
    ),
  ),
  dropUnopened: assigning<MeetingContext>(1, (context) => ({
    items: context.items.filter((item) => item.standing !== 'listed'),
  })),
};
