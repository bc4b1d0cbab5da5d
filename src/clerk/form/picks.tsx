/** Controls to tick: one of few, some of few, or a statement. */
import { type Candidate, idOf, textOf } from './around.ts';
import { type ControlProps, hintOf, Optional, Problem } from './controls.tsx';

interface PickedProps extends ControlProps {
  readonly candidates: readonly Candidate[];
  readonly many?: boolean;
  /** What is said where there is nothing to choose. */
  readonly none?: string;
}

/** One of few, or some of few. */
export const Picked = (props: PickedProps) => {
  const { field, path, value, around, insist, candidates, none, many = false } = props;
  const hint = hintOf(props);
  const chosen = many ? (Array.isArray(value) ? value.map(textOf) : []) : [textOf(value ?? field.fallback)];
  const id = idOf(around, path);
  return (
    <fieldset
      class="ds-fieldset"
      id={id}
      tabindex={-1}
      aria-describedby={around.errors.has(path) ? `${id}-error` : undefined}
    >
      <legend class="ds-label">
        {around.say(field.label)}
        <Optional field={field} around={around} />
      </legend>
      {hint && <p data-field="description">{hint}</p>}
      {candidates.length === 0 && none && <p class="muted">{none}</p>}
      <div class={candidates.every((it) => it.text.length < 20) ? 'picks in-line' : 'picks'}>
        {candidates.map((it, index) => (
          <div class="ds-field">
            <input
              class="ds-input"
              type={many ? 'checkbox' : 'radio'}
              id={`${id}--${index}`}
              name={path}
              value={it.value}
              checked={chosen.includes(it.value)}
              required={!many && field.required && insist}
            />
            <label for={`${id}--${index}`}>{it.text}</label>
          </div>
        ))}
      </div>
      <Problem path={path} around={around} />
    </fieldset>
  );
};

/** Stated by a tick. */
export const Ticked = (props: ControlProps) => {
  const { field, path, value, around } = props;
  const id = idOf(around, path);
  const hint = hintOf(props);
  return (
    <div class="ds-field">
      <input
        class="ds-input"
        type="checkbox"
        id={id}
        name={path}
        value="true"
        checked={value === true}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <label for={id}>{around.say(field.label)}</label>
      {hint && (
        <p data-field="description" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Problem path={path} around={around} />
    </div>
  );
};
