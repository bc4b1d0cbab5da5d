/** The ways of a matter through the bodies: what most matters take (routes A to C of the rulebook). */
import { Route } from './route.ts';

const administration = {
  id: 'administration',
  type: 'preparation',
  label: { sv: 'Förvaltningen', en: 'Administration' },
} as const;

/** Route B: administration → working committee → board → council (seeds 000 and 001). */
export const councilMatter: Route = Route.parse({
  name: 'council-matter',
  version: 1,
  label: { sv: 'Fullmäktigeärende', en: 'Council matter' },
  stages: [
    administration,
    { id: 'au', type: 'meeting', body: 'au', role: 'prepare', referTo: ['administration'] },
    { id: 'ks', type: 'meeting', body: 'ks', role: 'propose', referTo: ['au', 'administration'] },
    { id: 'kf', type: 'meeting', body: 'kf', role: 'decide', referTo: ['ks', 'administration'] },
  ],
});

/** An urgent matter that nobody has prepared: the council decides it if all present agree on the decision. */
export const urgentCouncilMatter: Route = Route.parse({
  name: 'urgent-council-matter',
  version: 1,
  label: { sv: 'Brådskande fullmäktigeärende utan beredning', en: 'Urgent council matter, not prepared' },
  stages: [
    administration,
    {
      id: 'kf',
      type: 'meeting',
      body: 'kf',
      role: 'decide',
      referTo: ['administration'],
      unprepared: true,
    },
  ],
});

/** Route A: the board decides. `au` only where the municipality has a working committee. */
export const boardMatter = (withWorkingCommittee: boolean): Route =>
  Route.parse({
    name: 'board-matter',
    version: 1,
    label: { sv: 'Kommunstyrelseärende', en: 'Board matter' },
    stages: [
      administration,
      ...(withWorkingCommittee
        ? [{ id: 'au', type: 'meeting', body: 'au', role: 'prepare', referTo: ['administration'] }]
        : []),
      {
        id: 'ks',
        type: 'meeting',
        body: 'ks',
        role: 'decide',
        referTo: [...(withWorkingCommittee ? ['au'] : []), 'administration'],
      },
    ],
  });

/** Route C: a committee decides alone (seed 004). */
export const committeeMatter = (body: string): Route =>
  Route.parse({
    name: `${body}-matter`,
    version: 1,
    label: { sv: 'Nämndärende', en: 'Committee matter' },
    stages: [
      administration,
      { id: body, type: 'meeting', body, role: 'decide', referTo: ['administration'] },
    ],
  });
