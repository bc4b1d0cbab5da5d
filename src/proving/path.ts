/** A path through an exploration as people read it. */
import { type Chart, stateLabel } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
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
    says: wordsOf(graph, trigger, moves),
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

/** States as people know them: `Kommunfullmäktige: Överläggning`. */
export function stateWords(chart: Chart, leaves: readonly string[]): Label {
  const named = leaves.map((leaf) => {
    const [stage = '', ...rest] = leaf.split('.');
    const [outer, inner] = [stateLabel(chart, stage), stateLabel(chart, leaf)];
    return rest.length === 0 ? inner : { sv: `${outer.sv}: ${inner.sv}`, en: `${outer.en}: ${inner.en}` };
  });
  return { sv: named.map(({ sv }) => sv).join(', '), en: named.map(({ en }) => en).join(', ') };
}

/** What was sent, and where it led whom it was sent to. */
function wordsOf({ system }: Exploration, trigger: Trigger, moves: readonly Move[]): Label {
  const local = system.locals[trigger.member];
  if (!local) return { sv: '', en: '' };
  const { chart } = local.model;
  const { type } = trigger.offer.event;
  const deadline = DEADLINE.exec(type)?.[1];
  const { sv, en } = (deadline ? chart.deadlines[deadline] : chart.events[type])?.label ?? {
    sv: type,
    en: type,
  };
  const move = moves.findLast(({ member }) => member === trigger.member);
  if (!move) return { sv, en };
  const at = stateWords(chart, local.statesOf(move.made.to));
  return { sv: `${sv} → ${at.sv}`, en: `${en} → ${at.en}` };
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
  says: wordsOf(graph, trigger, []),
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

/** The path as lines of text, one step after another, in a language. */
export function written(path: readonly PathStep[], language: keyof Label): string {
  const means = { sv: 'betyder', en: 'facts' }[language];
  return path
    .map(({ actor, event, says, payload, origin, states, facts }, index) => {
      const sent = Object.keys(payload).length > 0 ? ` ${JSON.stringify(payload)}` : '';
      const by = origin === 'person' ? '' : ` (${origin})`;
      const moved = Object.entries(states).map(([id, at]) => `     ${id}: ${at.join(', ')}`);
      const meant = facts.length > 0 ? [`     ${means}: ${facts.join('; ')}`] : [];
      const words = `     ${says[language]}`;
      return [
        `${String(index + 1).padStart(3)}. ${actor} ← ${event}${sent}${by}`,
        words,
        ...moved,
        ...meant,
      ].join('\n');
    })
    .join('\n');
}
