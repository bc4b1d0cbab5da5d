/** Matters of bodies that several municipalities have together. */
import { committeeMatter, councilMatter } from './bodies.ts';
import type { Route } from './route.ts';

/** Route R, in each municipality that is to take part: the board proposes, the council adopts agreement or charter. */
export const jointBodyMatter: Route = {
  ...councilMatter,
  name: 'joint-body',
  label: { sv: 'Bilda gemensamt organ', en: 'Forming a joint body' },
  stages: councilMatter.stages.flatMap((stage) =>
    stage.id === 'au' ? [] : stage.id === 'ks' ? [{ ...stage, referTo: ['administration'] }] : [stage],
  ),
};

/**
 * Route Q: a joint committee decides. It is a committee of its host; what is special is its notice, which goes up on
 * the boards of all that take part (`otherNoticeBoards` of the body, R-116).
 */
export const jointCommitteeMatter = (body: string): Route => ({
  ...committeeMatter(body),
  label: { sv: 'Ärende i gemensam nämnd', en: 'Joint committee matter' },
});
