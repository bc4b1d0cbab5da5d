import { intoAnother } from './into-another.ts';

/** It turns out to be of another kind, and takes that kind's route: as the matter that was registered for it there. */
export const converted = intoAnother(
  'matter.convert',
  { sv: 'Övergå till ärende av annat slag', en: 'Convert to another kind' },
  'converted',
);
