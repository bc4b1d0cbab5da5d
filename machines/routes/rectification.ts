/** What follows when a decision that has been executed is annulled (KL 13:15). */
import { committeeMatter } from './bodies.ts';
import type { Route } from './route.ts';

/** Route Z: the body that decided decides how it is undone, without unreasonable delay. */
export const rectification = (body: string): Route => ({
  ...committeeMatter(body),
  name: `${body}-rectification`,
  label: { sv: 'Rättelse av verkställighet', en: 'Rectification' },
});
