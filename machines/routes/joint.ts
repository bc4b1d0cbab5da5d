/** Matters of bodies that several municipalities have together. */
import { committeeMatter } from './bodies.ts';
import type { Route } from './route.ts';

/**
 * Route Q: a joint committee decides. It is a committee of its host; what is special is its notice, which goes up on
 * the boards of all that take part (`otherNoticeBoards` of the body, R-116).
 */
export const jointCommitteeMatter = (body: string): Route => ({
  ...committeeMatter(body),
  label: { sv: 'Ärende i gemensam nämnd', en: 'Joint committee matter' },
});
