/** What is wrong with a route in a municipality, field by field. */
import type { Municipality, ReviewWindow } from '../municipalities/municipality.ts';
import { endings } from '../outcomes.ts';
import { type AnyStage, type Fault, fault } from '../stages/kind.ts';
import { kindOf } from '../stages/kinds.ts';
import type { Route } from './route.ts';
import { siteOf } from './site.ts';

/** States of every route, beside its stages. */
const RESERVED = ['after', ...Object.keys(endings)];

/** Empty for a route that can be composed. */
export function faultsOf(route: Route, municipality: Municipality): readonly Fault[] {
  const { stages, dates = [] } = route;
  const [first] = stages;
  const last = stages.findLast((it) => kindOf(it).ends !== undefined);
  const begins = first !== undefined && kindOf(first).begins === true;
  const ends = last !== undefined && kindOf(last).ends?.(last) === true;
  return [
    ...(begins
      ? []
      : [fault('/stages/0', 'ett ärende börjar med sin beredning', 'a matter begins with its preparation')]),
    ...stages.flatMap((stage, index) => [
      ...nameFaults(stages, stage, index),
      ...(kindOf(stage).faults?.(stage, siteOf(stages, index, municipality)) ?? []).map((it) => ({
        ...it,
        pointer: `/stages/${index}${it.pointer}`,
      })),
    ]),
    ...dates.flatMap((it, index) =>
      stages.some(({ id }) => id === it.leaves)
        ? []
        : [
            fault(
              `/dates/${index}/leaves`,
              `vägen har inget steg ”${it.leaves}”`,
              `the route has no stage "${it.leaves}"`,
            ),
          ],
    ),
    ...windowFaults(route, municipality),
    ...(ends ? [] : [fault('/stages', 'inget organ beslutar till slut', 'no body decides in the end')]),
  ];
}

/** What suspends a decision is a stage of its route, unless the route says why it does not apply. */
function windowFaults({ stages, exempt = [] }: Route, { reviewWindows }: Municipality): readonly Fault[] {
  const passed = [
    ...stages.flatMap((it) => ('window' in it ? [it.window] : [])),
    ...exempt.map((it) => it.window),
  ];
  const decidedBy = stages.flatMap((it) => kindOf(it).decides?.(it) ?? []);
  const left = reviewWindows.filter(
    (it) => suspendsAsStage(it) && decidedBy.includes(it.of) && !passed.includes(it.id),
  );
  return [
    ...left.map(({ id, of }) =>
      fault(
        '/stages',
        `granskningsfönstret ”${id}” skjuter upp verkställigheten av det som ${of} beslutar: ta med det som ett steg, eller ange i exempt varför det inte gäller`,
        `the review window "${id}" suspends what ${of} decides: have it as a stage, or say in exempt why it does not apply`,
      ),
    ),
    ...exempt.flatMap(({ window }, index) =>
      reviewWindows.some(({ id }) => id === window)
        ? []
        : [
            fault(
              `/exempt/${index}/window`,
              `det finns inget granskningsfönster ”${window}”`,
              `there is no review window "${window}"`,
            ),
          ],
    ),
  ];
}

/** Of the other windows only the data is kept: those that do not suspend, or lead elsewhere than to the same body. */
const suspendsAsStage = ({ suspensive, target }: ReviewWindow): boolean =>
  suspensive && target === 'sameBody';

function nameFaults(stages: readonly AnyStage[], { id }: AnyStage, index: number): readonly Fault[] {
  const pointer = `/stages/${index}/id`;
  return [
    ...(RESERVED.includes(id)
      ? [fault(pointer, `”${id}” heter varje vägs slut`, `"${id}" is the name of every route's end`)]
      : []),
    ...(stages.slice(0, index).some((it) => it.id === id)
      ? [fault(pointer, `”${id}” finns två gånger`, `"${id}" is there twice`)]
      : []),
  ];
}
