/** A path through an exploration as people read it. */
import type { Exploration } from './exploration.ts';
import type { PathStep } from './result.ts';
import type { Move, Trigger } from './system.ts';

/** The steps of a path given by its edges. */
export const pathOf = (graph: Exploration, edges: readonly number[]): readonly PathStep[] =>
  edges.map((edge) => stepOf(graph, edge));

function stepOf(graph: Exploration, edge: number): PathStep {
  const { system, meaning, states, facts } = graph;
  const { trigger, origin } = graph.sending(edge);
  const outcome = system.command(states[graph.from(edge)] ?? [], trigger);
  const moves = outcome === null || typeof outcome === 'string' ? [] : outcome.moves;
  return {
    ...sentAs(graph, trigger),
    origin,
    states: Object.fromEntries(
      moves.map(({ member, made }) => [
        system.members[member]?.id ?? '',
        system.locals[member]?.statesOf(made.to) ?? [],
      ]),
    ),
    transitions: transitionsOf(graph, moves),
    facts: meaning.index
      .factsOf(facts[edge] ?? 0)
      .map(({ name, about, value }) =>
        [name, ...Object.values(about), ...(value === undefined ? [] : [value])].join(' '),
      ),
  };
}

/** An actor may move several times in one command. */
function transitionsOf({ system }: Exploration, moves: readonly Move[]): PathStep['transitions'] {
  const byMember = Map.groupBy(moves, ({ member }) => system.members[member]?.id ?? '');
  return Object.fromEntries(
    [...byMember].map(([id, list]) => [id, list.flatMap(({ made }) => made.taken.map((it) => it.id))]),
  );
}

/** A command that was refused: it moves nobody. */
export const refusedStep = (graph: Exploration, trigger: Trigger): PathStep => ({
  ...sentAs(graph, trigger),
  origin: trigger.offer.origins[0] ?? 'person',
  states: {},
  transitions: {},
  facts: [],
});

const DEADLINE = /^xstate\.after\.([^.]+)\./;

function sentAs(
  { system }: Exploration,
  { member, offer }: Trigger,
): Pick<PathStep, 'actor' | 'event' | 'payload'> {
  const { type, ...payload } = offer.event;
  const actor = system.members[member]?.id ?? '';
  const deadline = DEADLINE.exec(type)?.[1];
  return deadline ? { actor, event: `deadline ${deadline}`, payload: {} } : { actor, event: type, payload };
}

/** The path as lines of text, one step after another. */
export function written(path: readonly PathStep[]): string {
  return path
    .map(({ actor, event, payload, origin, states, facts }, index) => {
      const sent = Object.keys(payload).length > 0 ? ` ${JSON.stringify(payload)}` : '';
      const by = origin === 'person' ? '' : ` (${origin})`;
      const moved = Object.entries(states).map(([id, at]) => `     ${id}: ${at.join(', ')}`);
      const meant = facts.length > 0 ? [`     facts: ${facts.join('; ')}`] : [];
      return [`${String(index + 1).padStart(3)}. ${actor} ← ${event}${sent}${by}`, ...moved, ...meant].join(
        '\n',
      );
    })
    .join('\n');
}
