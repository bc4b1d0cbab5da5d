/** Planning a meeting of a body; its seats, approvers and notice board come from the municipality's data. */
import { meeting } from '../../machines/actors/meeting.ts';
import { type MeetingWords, openMeeting } from '../engine/openings.ts';
import { paragraphAfter } from '../views/paragraphs.ts';
import { type Creation, create, showCreation } from './creation.tsx';

const words = meeting.input.pick({ date: true, time: true, place: true, firstParagraph: true });

/** The value of a place: a municipality and one of its bodies. */
function readPlace(place: string) {
  const [municipality = '', body = ''] = place.split('/');
  return { municipality, body };
}

export const newMeeting: Creation = {
  title: { sv: 'Planera ett sammanträde', en: 'Plan a meeting' },
  by: ['clerk', 'registrar', 'chair'],
  above: ({ say }) => [{ href: '/meetings', text: say('Sammanträden', 'Meetings') }],
  tenantOf: (place) => readPlace(place).municipality,
  place: { sv: 'Organ', en: 'Body' },
  places: ({ services, say }) =>
    services.municipalities.flatMap(({ id, name, bodies }) =>
      bodies.map((body) => ({ value: `${id}/${body.id}`, text: `${name}: ${say(body.label)}` })),
    ),
  words: () => words,
  choices: () => ({}),
  hints: ({ say }) => ({
    time: say('Till exempel 13:00.', 'Such as 13:00.'),
    firstParagraph: say(
      'Den paragraf som protokollet börjar på. Föreslagen är den efter organets sista i år; ett annat år har en följd för sig.',
      "The paragraph at which the minutes begin. Suggested is the one after the body's last this year; another year has a sequence of its own.",
    ),
  }),
  suggested: async ({ source, today }, place) => {
    const { municipality, body } = readPlace(place);
    return { firstParagraph: await paragraphAfter(source, { municipality, body, year: today.slice(0, 4) }) };
  },
  open: (offer, place, given) => {
    // The words have been parsed by the schema above, which has what a meeting needs.
    return openMeeting(offer, { ...(given as unknown as MeetingWords), ...readPlace(place) });
  },
  done: 'meeting.planned',
  at: '/meetings',
};

export const newMeetingPage = showCreation(newMeeting);
export const createMeeting = create(newMeeting);
