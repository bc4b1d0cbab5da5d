import { countDue } from '../store/deadlines.ts';
import { countWaiting } from '../store/deliveries.ts';
import type { Source } from './source.ts';

/** Beyond this the number tells nothing more: it is too many. */
const MOST = 100_000;

/** How many deadlines are due and not carried out. */
export const deadlinesDue = ({ db, now }: Pick<Source, 'db' | 'now'>): Promise<number> =>
  countDue(db, now(), MOST);

/** How many messages to other systems wait to be delivered. */
export const deliveriesWaiting = ({ db }: Pick<Source, 'db'>): Promise<number> => countWaiting(db, MOST);
