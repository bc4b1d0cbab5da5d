/** One control each: a label, a hint, what is wrong, and the input itself. */
import type { Child } from 'hono/jsx';
import type { Json } from '../../../machines/chart.ts';
import { type Around, type Candidate, choiceFor, idOf, textOf } from './around.ts';
import type { Field } from './field.ts';

export interface ControlProps {
  readonly field: Field;
  readonly path: string;
  readonly value: Json | undefined;
  readonly around: Around;
  /** Whether the browser may insist: not for what belongs to an optional group. */
  readonly insist: boolean;
}

export const hintOf = ({ field, around }: Pick<ControlProps, 'field' | 'around'>): string | null =>
  around.hints[field.name] ?? null;

/** The attributes that tie an input to its label, its hint and its error. */
function tied({ path, around, field, insist }: ControlProps, hint = hintOf({ field, around })) {
  const id = idOf(around, path);
  const described = [hint && `${id}-hint`, around.errors.has(path) && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  return {
    id,
    name: path,
    class: 'ds-input',
    ...(field.required && insist && { required: true }),
    ...(around.errors.has(path) && { 'aria-invalid': 'true' }),
    ...(described && { 'aria-describedby': described }),
  };
}

export const Optional = ({ field, around }: Pick<ControlProps, 'field' | 'around'>) =>
  field.required || field.fallback !== undefined ? null : (
    <span class="optional"> ({around.say('frivilligt', 'optional')})</span>
  );

export const Problem = ({ path, around }: Pick<ControlProps, 'path' | 'around'>) => {
  const problem = around.errors.get(path);
  return problem ? (
    <p class="ds-validation-message" id={`${idOf(around, path)}-error`}>
      {problem}
    </p>
  ) : null;
};

const Labelled = (props: ControlProps & { hint?: string; children: Child }) => {
  const { field, path, around, hint = hintOf(props), children } = props;
  const id = idOf(around, path);
  return (
    <div class="ds-field">
      <label class="ds-label" for={id}>
        {around.say(field.label)}
        <Optional field={field} around={around} />
      </label>
      {hint && (
        <p data-field="description" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      <Problem path={path} around={around} />
    </div>
  );
};

/** Text on one line or several, a date, or a number. */
export const Typed = (props: ControlProps) => {
  const { field, path, value, around } = props;
  if (field.kind === 'text' && field.multiline)
    return (
      <Labelled {...props}>
        <textarea {...tied(props)} rows={3}>
          {textOf(value)}
        </textarea>
      </Labelled>
    );
  const list = field.kind === 'text' ? choiceFor(around, path) : undefined;
  const listId = `${idOf(around, path)}-list`;
  return (
    <Labelled {...props}>
      <input
        {...tied(props)}
        {...typeOf(field, around)}
        value={textOf(value)}
        list={list ? listId : undefined}
      />
      {list && (
        <datalist id={listId}>
          {list.candidates.map((it) => (
            <option value={it.value}>{it.text}</option>
          ))}
        </datalist>
      )}
    </Labelled>
  );
};

function typeOf(field: Field, { today }: Pick<Around, 'today'>) {
  if (field.kind === 'date') {
    const min = field.coming ? today : '1900-01-01';
    const max = field.past ? today : '2499-12-31';
    return { type: 'date', class: 'ds-input short', min, max };
  }
  if (field.kind === 'number')
    return {
      type: 'number',
      class: 'ds-input short',
      step: 1,
      min: field.least ?? undefined,
      max: field.most ?? undefined,
    };
  return { type: 'text' };
}

/** Several texts, one on each line; several numbers, in one line. */
export const Several = (props: ControlProps) => {
  const { field, path, value, around } = props;
  const items = Array.isArray(value) ? value.map(textOf) : [];
  const known = choiceFor(around, path)?.candidates.map((it) => it.text) ?? [];
  if (field.kind === 'numbers') {
    const hint = hintOf(props) ?? around.say('Nummer, till exempel 1, 2', 'Numbers, for example 1, 2');
    return (
      <Labelled {...props} hint={hint}>
        <input {...tied(props, hint)} class="ds-input short" type="text" value={items.join(', ')} />
      </Labelled>
    );
  }
  const perLine = hintOf(props) ?? around.say('En per rad.', 'One on each line.');
  const hint =
    known.length > 0
      ? `${perLine} ${around.say('Till exempel', 'For example')}: ${known.join(', ')}.`
      : perLine;
  return (
    <Labelled {...props} hint={hint}>
      <textarea {...tied(props, hint)} rows={Math.min(8, Math.max(2, items.length + 1))}>
        {items.join('\n')}
      </textarea>
    </Labelled>
  );
};

/** One of many. */
export const Selected = (props: ControlProps & { candidates: readonly Candidate[] }) => {
  const { field, value, around, candidates } = props;
  const chosen = textOf(value ?? field.fallback);
  return (
    <Labelled {...props}>
      <select {...tied(props)}>
        {field.fallback === undefined && (
          <option value="">
            {candidates.length > 0
              ? around.say('Välj …', 'Choose …')
              : around.say('Inget att välja', 'Nothing to choose')}
          </option>
        )}
        {candidates.map((it) => (
          <option value={it.value} selected={it.value === chosen}>
            {it.text}
          </option>
        ))}
      </select>
    </Labelled>
  );
};
