import { intoAnother } from './into-another.ts';

/** What another matter decides, or has decided, leaves nothing to decide. */
export const overtaken = intoAnother(
  'matter.overtake',
  { sv: 'Överspelat av annat ärende', en: 'Overtaken by another matter' },
  'overtaken',
);
