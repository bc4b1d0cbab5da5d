/** Board matters on which several committees are asked, where the board need not wait for all. */
import { Route } from './route.ts';

const administration = {
  id: 'administration',
  type: 'preparation',
  label: { sv: 'Förvaltningen', en: 'Administration' },
} as const;

const board = {
  id: 'ks',
  type: 'meeting',
  body: 'ks',
  role: 'decide',
  referTo: ['committees', 'administration'],
} as const;

/** The matter goes on when so many of the committees have answered. */
export const heardMatter = (committees: readonly string[], answers: number): Route =>
  Route.parse({
    name: 'heard-matter',
    version: 1,
    label: { sv: 'Kommunstyrelseärende efter remiss', en: 'Board matter after a consultation' },
    stages: [
      administration,
      {
        id: 'committees',
        type: 'consultation',
        label: { sv: 'Remiss till nämnder', en: 'Consultation of committees' },
        bodies: committees,
        join: { rule: 'atLeast', answers },
        within: { weeks: 6 },
      },
      board,
    ],
    remark: 'How many answers suffice, and the time to answer, are assumed.',
  });

/** It goes on with the first committee that takes it. */
export const offeredMatter = (committees: readonly string[]): Route =>
  Route.parse({
    name: 'offered-matter',
    version: 1,
    label: { sv: 'Uppgift som erbjuds nämnderna', en: 'Task offered to the committees' },
    stages: [
      administration,
      {
        id: 'committees',
        type: 'consultation',
        label: { sv: 'Vilken nämnd tar uppgiften?', en: 'Which committee takes the task?' },
        bodies: committees,
        join: { rule: 'first' },
        within: { weeks: 3 },
      },
      board,
    ],
    remark: 'An example of a consultation that ends with the first answer.',
  });
