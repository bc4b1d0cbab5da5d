/** What others send: a consultation to answer, an opinion to give, something to note (routes U, V and Y). */
import { Route } from './route.ts';

const administration = {
  id: 'administration',
  type: 'preparation',
  label: { sv: 'Förvaltningen', en: 'Administration' },
} as const;

/** Route U: a state or other authority consults the municipality; the board answers by the day that it has set. */
export const authorityConsultation: Route = Route.parse({
  name: 'authority-consultation',
  version: 1,
  label: { sv: 'Remissvar', en: 'Answer to a consultation' },
  stages: [
    { id: 'received', type: 'received', label: { sv: 'Inkommen remiss', en: 'Received' }, answer: true },
    administration,
    { id: 'au', type: 'meeting', body: 'au', role: 'prepare', referTo: ['administration'] },
    { id: 'ks', type: 'meeting', body: 'ks', role: 'decide', referTo: ['au', 'administration'] },
  ],
});

/** Route V: the board, or the council, asks a committee; the full committee gives its opinion. */
export const committeeOpinion = (body: string): Route =>
  Route.parse({
    name: `${body}-opinion`,
    version: 1,
    label: { sv: 'Nämndens yttrande', en: "Committee's opinion" },
    stages: [
      {
        id: 'received',
        type: 'received',
        label: { sv: 'Inkommen remiss', en: 'Received' },
        answer: true,
        within: true,
      },
      administration,
      { id: body, type: 'meeting', body, role: 'decide', referTo: ['administration'] },
    ],
  });

/** Route Y: what a body is only to take note of. */
export const information = (body: string): Route =>
  Route.parse({
    name: `${body}-information`,
    version: 1,
    label: { sv: 'Anmälan', en: 'For information' },
    stages: [
      { id: 'received', type: 'received', label: { sv: 'Inkommet', en: 'Received' } },
      { id: body, type: 'meeting', body, role: 'decide' },
    ],
  });
