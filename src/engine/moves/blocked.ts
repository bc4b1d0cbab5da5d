import type { Label } from '../../../machines/label.ts';

/**
 * Why something is not moved. `ended`: it has come to its end. `elsewhere`: it does not run on the version that the
 * plan moves from. `state`: it is in a state that the new version lacks, or that would not rest there. `deadline`: the
 * plan does not say what becomes of one, or what it says cannot be. `secrecy`: it would be marked as confidential, or
 * no longer. `force`: a decision would have final force, or no longer.
 * `undecided`: a point of it is open that nothing would decide any more. `context`: it would remember what
 * the new version does not, or lose its title or its number. `peers`: it is in the middle of a joint matter of which
 * others stay behind. `fault`: its log does not give what is stored, or the new version fails on it.
 */
export const blocks = [
  'ended',
  'elsewhere',
  'state',
  'deadline',
  'secrecy',
  'force',
  'undecided',
  'context',
  'peers',
  'fault',
] as const;
export interface Blocked {
  readonly why: (typeof blocks)[number];
  readonly says: Label;
}
