/** What is wrong with a route in a municipality, field by field. */
import type { Municipality } from '../municipalities/municipality.ts';
import type { Route, Stage } from './route.ts';

/** A field of the route, as a JSON pointer into it, and what is wrong there. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** States of every route, beside its stages. */
const RESERVED = ['after', 'withdrawn'];

/** Empty for a route that can be composed. */
export function faultsOf({ stages }: Route, municipality: Municipality): readonly Fault[] {
  const last = stages.findLast((it) => it.type === 'meeting');
  const decides = last?.role === 'decide' ? [] : [at('/stages', 'no body decides in the end')];
  const [first] = stages;
  const begins =
    first?.type === 'preparation' ? [] : [at('/stages/0', 'a matter begins with its preparation')];
  return [
    ...begins,
    ...stages.flatMap((stage, index) => stageFaults(stages, stage, index, municipality)),
    ...decides,
  ];
}

const at = (pointer: string, detail: string): Fault => ({ pointer, detail });

function stageFaults(
  stages: readonly Stage[],
  stage: Stage,
  index: number,
  municipality: Municipality,
): readonly Fault[] {
  const here = `/stages/${index}`;
  const before = stages.slice(0, index);
  return [
    ...(RESERVED.includes(stage.id)
      ? [at(`${here}/id`, `"${stage.id}" is the name of every route's end`)]
      : []),
    ...(before.some((it) => it.id === stage.id) ? [at(`${here}/id`, `"${stage.id}" is there twice`)] : []),
    ...(stage.type === 'meeting' ? meetingFaults(before, stage, here, municipality) : []),
    ...(stage.type === 'callIn' ? callInFaults(stages, index, here, municipality) : []),
  ];
}

function meetingFaults(
  before: readonly Stage[],
  { id, body, role, referTo }: Extract<Stage, { type: 'meeting' }>,
  here: string,
  { name, bodies }: Municipality,
): readonly Fault[] {
  const earlier = before.filter((it) => it.type !== 'callIn').map((it) => it.id);
  const decidedBefore =
    role !== 'prepare' &&
    before.some((it) => it.type === 'meeting' && it.role !== 'prepare' && it.body === body);
  return [
    ...(bodies.some((it) => it.id === body) ? [] : [at(`${here}/body`, `${name} has no body "${body}"`)]),
    ...(decidedBefore ? [at(`${here}/body`, `${body} decides at two stages`)] : []),
    ...referTo.flatMap((to, index) =>
      earlier.includes(to)
        ? []
        : [at(`${here}/referTo/${index}`, `stage ${id} refers back to ${to}, which does not come before it`)],
    ),
  ];
}

function callInFaults(
  stages: readonly Stage[],
  index: number,
  here: string,
  { name, reviewWindows }: Municipality,
): readonly Fault[] {
  const stage = stages[index] as Extract<Stage, { type: 'callIn' }>;
  const window = reviewWindows.find((it) => it.id === stage.window);
  const decided = stages[index - 1];
  const follows = decided?.type === 'meeting' && decided.role === 'decide';
  if (!window) return [at(`${here}/window`, `${name} has no review window "${stage.window}"`)];
  return [
    ...(index === stages.length - 1 ? [] : [at(here, 'a review window stands last, before execution')]),
    ...(follows && decided.body === window.of
      ? []
      : [at(here, `the window is about decisions of ${window.of}, which does not decide just before it`)]),
    ...(window.suspensive
      ? []
      : [at(`${here}/window`, 'a window that does not suspend is no stage: nothing waits for it')]),
    ...(window.maxUses === 1 ? [] : [at(`${here}/window`, 'a decision can be returned once')]),
    ...(window.target === 'sameBody'
      ? []
      : [
          at(
            `${here}/window`,
            `a decision can be returned to the body that made it, not to ${window.target}`,
          ),
        ]),
  ];
}
