/** Planning a meeting of a body; its seats, approvers and notice board come from the municipality's data. */
import { meeting } from '../../machines/actors/meeting.ts';
import { type MeetingWords, openMeeting } from '../engine/openings.ts';
import { type Creation, create, showCreation } from './creation.tsx';

const words = meeting.input.pick({ date: true, time: true, place: true, firstParagraph: true });

export const newMeeting: Creation = {
  title: { sv: 'Planera ett sammanträde', en: 'Plan a meeting' },
  by: ['clerk', 'registrar', 'chair'],
  above: ({ say }) => [{ href: '/meetings', text: say('Sammanträden', 'Meetings') }],
  tenantOf: (place) => place.split('/')[0] ?? null,
  place: { sv: 'Organ', en: 'Body' },
  places: ({ services, say }) =>
    services.municipalities.flatMap(({ id, name, bodies }) =>
      bodies.map((body) => ({ value: `${id}/${body.id}`, text: `${name}: ${say(body.label)}` })),
    ),
  words: () => words,
  choices: () => ({}),
  hints: ({ say }) => ({
    firstParagraph: say(
      'Den paragraf som protokollet börjar på.',
      'The paragraph at which the minutes begin.',
    ),
  }),
  suggested: () => ({ firstParagraph: 1 }),
  open: (offer, place, given) => {
    const [municipality = '', body = ''] = place.split('/');
    // The words have been parsed by the schema above, which has what a meeting needs.
    return openMeeting(offer, { ...(given as unknown as MeetingWords), municipality, body });
  },
  done: 'meeting.planned',
  at: '/meetings',
};

export const newMeetingPage = showCreation(newMeeting);
export const createMeeting = create(newMeeting);
