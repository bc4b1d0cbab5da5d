/** Detailed plans (PBL chapter 5). */
import { Route } from './route.ts';

const administration = {
  id: 'administration',
  type: 'preparation',
  label: { sv: 'Förvaltningen', en: 'Administration' },
} as const;

/** The proposal is there to see, and views are taken in, once or more. */
const planning = [
  {
    id: 'programme',
    type: 'planning',
    label: { sv: 'Planprogram', en: 'Programme' },
    within: { weeks: 4 },
    optional: true,
  },
  { id: 'consultation', type: 'planning', label: { sv: 'Samråd', en: 'Consultation' }, within: { weeks: 3 } },
  { id: 'review', type: 'planning', label: { sv: 'Granskning', en: 'Review' }, within: { weeks: 3 } },
];
const again = ['review', 'consultation', 'administration'];
const remark =
  'Three weeks is what the Act asks of a plan of the greater sort (PBL 5:11 d, 5:18 a); of a programme it asks none.';

/** Route X: drawn up, proposed by the committee and the board, adopted by the council. */
export const detailedPlan = (committee: string): Route =>
  Route.parse({
    name: 'detailed-plan',
    version: 1,
    label: { sv: 'Detaljplan', en: 'Detailed plan' },
    stages: [
      administration,
      ...planning,
      { id: committee, type: 'meeting', body: committee, role: 'propose', referTo: again },
      { id: 'ks', type: 'meeting', body: 'ks', role: 'propose', referTo: [committee, ...again] },
      { id: 'kf', type: 'meeting', body: 'kf', role: 'decide', referTo: ['ks', committee, ...again] },
    ],
    remark,
  });

/** Route X for a plan that is not of principle, where the council has authorised the committee to adopt it. */
export const lesserPlan = (committee: string): Route =>
  Route.parse({
    name: `${committee}-plan`,
    version: 1,
    label: { sv: 'Detaljplan som nämnden antar', en: 'Detailed plan for the committee' },
    stages: [
      administration,
      ...planning,
      { id: committee, type: 'meeting', body: committee, role: 'decide', referTo: again },
    ],
    remark,
  });
