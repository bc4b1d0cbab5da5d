/** What is wrong with a route in a municipality, field by field. */
import type { Municipality } from '../municipalities/municipality.ts';
import { endings } from '../outcomes.ts';
import { type AnyStage, type Fault, fault } from '../stages/kind.ts';
import { kindOf } from '../stages/kinds.ts';
import type { Route } from './route.ts';
import { siteOf } from './site.ts';

/** States of every route, beside its stages. */
const RESERVED = ['after', ...Object.keys(endings)];

/** Empty for a route that can be composed. */
export function faultsOf({ stages, dates = [] }: Route, municipality: Municipality): readonly Fault[] {
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
    ...(ends ? [] : [fault('/stages', 'inget organ beslutar till slut', 'no body decides in the end')]),
  ];
}

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
