/** What members of the council and residents raise: motions and citizen proposals (routes F and G). */
import { Route } from './route.ts';

const administration = {
  id: 'administration',
  type: 'preparation',
  label: { sv: 'Förvaltningen', en: 'Administration' },
} as const;

/** What committees say of a motion, each by itself. */
const consulted = (committees: readonly string[]) => [
  {
    id: 'committees',
    type: 'consultation',
    label: { sv: 'Remiss till nämnder', en: 'Consultation of committees' },
    bodies: committees,
    choose: true,
    join: { rule: 'all' },
    within: { weeks: 10 },
    material: ['Initiativets text'],
    toCouncil: true,
  },
];

/** How an initiative is prepared that the council decides itself. */
const prepared = [
  administration,
  { id: 'au', type: 'meeting', body: 'au', role: 'prepare', referTo: ['administration'] },
  { id: 'ks', type: 'meeting', body: 'ks', role: 'propose', referTo: ['au', 'administration'] },
  { id: 'kf', type: 'meeting', body: 'kf', role: 'decide', referTo: ['ks', 'administration'] },
];

/** Route F: raised, remitted by the council, answered by committees, prepared, decided. */
export const motion = (committees: readonly string[]): Route =>
  Route.parse({
    name: 'motion',
    version: 1,
    label: { sv: 'Motion', en: 'Motion' },
    stages: [
      { id: 'raised', type: 'initiative', of: 'motion' },
      { id: 'remitted', type: 'remittal', body: 'kf', to: ['committees', 'administration'] },
      ...consulted(committees),
      ...prepared,
    ],
    remark: 'How long the committees have to answer is assumed.',
  });

/** Route G: the council keeps the proposal and has it prepared, or assigns it to a committee. */
export const citizenProposal = (assigned: string): Route =>
  Route.parse({
    name: 'citizen-proposal',
    version: 1,
    label: { sv: 'Medborgarförslag', en: 'Citizen proposal' },
    stages: [
      { id: 'raised', type: 'initiative', of: 'citizenProposal' },
      {
        id: 'remitted',
        type: 'remittal',
        body: 'kf',
        to: ['administration'],
        assign: [{ body: assigned, stage: `${assigned}-administration` }],
      },
      {
        id: `${assigned}-administration`,
        type: 'preparation',
        label: { sv: 'Nämndens förvaltning', en: "The committee's administration" },
      },
      {
        id: assigned,
        type: 'meeting',
        body: assigned,
        role: 'decide',
        referTo: [`${assigned}-administration`],
      },
      ...prepared,
    ],
  });
