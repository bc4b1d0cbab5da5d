import { intoAnother } from './into-another.ts';

/** Two matters about the same are treated as one. */
export const joined = intoAnother(
  'matter.join',
  { sv: 'Lägg samman med annat ärende', en: 'Join to another matter' },
  'joined',
);
