/** Where a stage stands on its route, among the others. */
import type { Municipality } from '../municipalities/municipality.ts';
import type { AnyStage, Decider, Site } from '../stages/kind.ts';
import { kindOf } from '../stages/kinds.ts';

/** The stages at which points are decided, with the body that does it. */
export const decidersOf = (stages: readonly AnyStage[]): readonly Decider[] =>
  stages.flatMap((stage, index) => {
    const body = kindOf(stage).decides?.(stage) ?? null;
    return body === null ? [] : [{ stage: stage.id, index, body }];
  });

/** The place of the stage with that index. */
export const siteOf = (stages: readonly AnyStage[], index: number, municipality: Municipality): Site => ({
  municipality,
  stages,
  index,
  deciders: decidersOf(stages),
  earlier: stages.slice(0, index).flatMap((it) => (kindOf(it).isOpen === false ? [] : [it.id])),
});
