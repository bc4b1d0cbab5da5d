/** Where an actor stands, in words. */
import type { NamedState } from '../views/labels.ts';
import type { View } from './view.ts';

interface StandingProps {
  readonly view: View;
  readonly actor: { readonly states: readonly NamedState[]; readonly ended: boolean };
}

export const Standing = ({ view, actor }: StandingProps) => (
  <span class="cluster tight">
    {remarkable(actor.states).map((it) => (
      <span class="ds-tag" data-color={actor.ended ? 'neutral' : 'accent'}>
        {briefly(view.say(it.label))}
      </span>
    ))}
  </span>
);

/** States that say nothing of a decision point: it has no condition, and there is nothing to execute yet. */
const unremarkable = ['condition.unconditional', 'execution.idle', 'stay.free'];

const remarkable = (states: readonly NamedState[]) =>
  states.filter(({ path }) => !unremarkable.includes(path));

/** Between the whole and the state itself there is nothing that people need: `Beslutet: Kan överklagas`. */
const briefly = (name: string): string => {
  const parts = name.split(': ');
  return parts.length > 2 ? `${parts[0]}: ${parts.at(-1)}` : name;
};
