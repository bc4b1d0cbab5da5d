/** Elections and resignations: no committee need prepare them (KL 5:29, R-014). */
import { Route } from './route.ts';

const nominating = {
  id: 'nomination',
  type: 'preparation',
  label: { sv: 'Valberedningen', en: 'Nominating committee' },
} as const;

const council = {
  id: 'kf',
  type: 'meeting',
  body: 'kf',
  role: 'decide',
  referTo: ['nomination'],
  concerns: 'election',
} as const;

/** Route L: the council elects, openly or by secret ballot; a tie is settled by lot. */
export const election: Route = Route.parse({
  name: 'election',
  version: 1,
  label: { sv: 'Val', en: 'Election' },
  stages: [nominating, council],
});

/** Route M: the council grants a resignation, and elects a successor where that is its to do. */
export const resignationMatter: Route = Route.parse({
  name: 'resignation',
  version: 1,
  label: { sv: 'Avsägelse och fyllnadsval', en: 'Resignation and by-election' },
  stages: [
    nominating,
    { id: 'resignation', type: 'resignation', label: { sv: 'Avsägelsen', en: 'The resignation' } },
    council,
  ],
  remark:
    'Who follows a councillor is decided by the county administrative board: from memory, not verified.',
});
