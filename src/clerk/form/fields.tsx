/** The fields of a payload as controls: groups and rows nest, each kind of field has its control. */
import type { Child } from 'hono/jsx';
import type { JsonObject } from '../../../machines/chart.ts';
import { type Around, type Candidate, type Choice, choiceFor, idOf } from './around.ts';
import { type ControlProps, Problem, Selected, Several, Typed } from './controls.tsx';
import type { Field } from './field.ts';
import { Picked, Ticked } from './picks.tsx';
import { pathTo } from './read.ts';

/** More options than this are a list to open, not buttons to see. */
const MOST_BUTTONS = 4;

interface FieldsProps {
  readonly fields: readonly Field[];
  readonly values: JsonObject;
  readonly around: Around;
  readonly at?: string;
  readonly insist?: boolean;
}

export const Fields = ({ fields, values, around, at = '', insist = true }: FieldsProps) => (
  <>
    {fields.map((field) => (
      <Control
        field={field}
        path={pathTo(at, field.name)}
        value={values[field.name]}
        around={around}
        insist={insist}
      />
    ))}
  </>
);

/** The first button of a form is what Enter in a field presses: without this it adds a row where there are rows. */
export const Enter = () => <button class="enter" type="submit" />;

const Control = (props: ControlProps) => {
  const { field, around } = props;
  const { say } = around;
  const choice = choiceFor(around, props.path);
  switch (field.kind) {
    case 'group':
      return <Group {...props} fields={field.fields} />;
    case 'rows':
      return <Rows {...props} fields={field.fields} most={field.most} />;
    case 'tick':
      return <Ticked {...props} />;
    case 'yesNo':
      return (
        <Picked {...props} candidates={yesOrNo.map(([value, sv, en]) => ({ value, text: say(sv, en) }))} />
      );
    case 'lines':
      return <Several {...props} />;
    case 'numbers':
      if (field.ofRows && around.row && !choice) return <OtherRows {...props} />;
      return choice || field.among ? (
        <Picked {...props} candidates={numbered(field.among, choice)} many />
      ) : (
        <Several {...props} />
      );
    case 'choice': {
      const all = field.options.map((it) => ({ value: it.value, text: say(it.label) }));
      const open = choice ? all.filter(isAmong(choice.candidates.map((it) => it.value))) : all;
      return open.length > MOST_BUTTONS || !field.required ? (
        <Selected {...props} candidates={open} />
      ) : (
        <Picked {...props} candidates={open} />
      );
    }
    case 'number':
      return choice || field.among ? (
        <Picked {...props} candidates={numbered(field.among, choice)} />
      ) : (
        <Typed {...props} />
      );
    default:
      return choice && !choice.open ? (
        <Selected {...props} candidates={choice.candidates} />
      ) : (
        <Typed {...props} />
      );
  }
};

const isAmong =
  (values: readonly string[]) =>
  ({ value }: Candidate): boolean =>
    values.includes(value);

/** The numbers that are taken, in the words that there are for them. */
function numbered(among: readonly string[] | null, choice: Choice | undefined): readonly Candidate[] {
  const named = choice?.candidates ?? among?.map((value) => ({ value, text: value })) ?? [];
  return among ? named.filter(isAmong(among)) : named;
}

const yesOrNo = [
  ['true', 'Ja', 'Yes'],
  ['false', 'Nej', 'No'],
] as const;

type Nested = ControlProps & { fields: readonly Field[] };

/** What may be left out is folded away until something in it is filled in or wrong. */
const Folded = ({ field, path, value, around, children }: ControlProps & { children?: unknown }) => {
  const wrong = [...around.errors.keys()].some((it) => it === path || it.startsWith(`${path}.`));
  return (
    <details
      class="folded"
      id={idOf(around, path)}
      open={value !== undefined || around.rows.has(path) || wrong}
    >
      <summary>
        {around.say(field.label)} <span class="optional">({around.say('frivilligt', 'optional')})</span>
      </summary>
      <div class="stack">{children as never}</div>
      <Problem path={path} around={around} />
    </details>
  );
};

const Group = (props: Nested) => {
  const { field, fields, path, value, around, insist } = props;
  const inner = (
    <div class={fields.every((it) => it.kind === 'number') ? 'side-by-side' : 'stack'}>
      <Fields
        fields={fields}
        values={asObject(value)}
        around={around}
        at={path}
        insist={insist && field.required}
      />
    </div>
  );
  if (!field.required) return <Folded {...props}>{inner}</Folded>;
  return (
    <fieldset class="ds-fieldset" id={idOf(around, path)} tabindex={-1}>
      <legend class="ds-label">{around.say(field.label)}</legend>
      {inner}
      <Problem path={path} around={around} />
    </fieldset>
  );
};

const Rows = (props: Nested & { most: number }) => {
  const { field, fields, path, value, around, insist, most } = props;
  const values = Array.isArray(value) ? value : [];
  const shown = Math.min(most, Math.max(1, values.length, around.rows.get(path) ?? 0));
  const rows = Array.from({ length: shown }, (_, index) => (
    <Row
      {...props}
      path={pathTo(path, index)}
      number={index + 1}
      among={shown}
      list={path}
      fields={fields}
      value={values[index]}
      insist={insist && field.required && index === 0}
    />
  ));
  const more = shown < most && (
    <RowsButton asks={`${path}:${shown + 1}`}>{around.say('Lägg till en rad', 'Add a row')}</RowsButton>
  );
  return field.required ? (
    <fieldset class="ds-fieldset" id={idOf(around, path)} tabindex={-1}>
      <legend class="ds-label">{around.say(field.label)}</legend>
      <div class="stack">
        {rows}
        <Problem path={path} around={around} />
        {more}
      </div>
    </fieldset>
  ) : (
    <Folded {...props}>
      {rows}
      {more}
    </Folded>
  );
};

/** A row, the `number`th among so many of a list. The one that was asked for is where one goes on. */
const Row = (props: Nested & { number: number; among: number; list: string }) => {
  const { fields, path, value, around, insist, number, among, list } = props;
  return (
    <fieldset
      class="ds-fieldset row"
      tabindex={-1}
      id={idOf(around, path)}
      autofocus={around.rows.get(list) === number}
    >
      <legend class="ds-label">{number}</legend>
      <div class="stack">
        <Fields
          fields={fields}
          values={asObject(value)}
          around={{ ...around, row: { number, among } }}
          at={path}
          insist={insist}
        />
        <Problem path={path} around={around} />
        {among > 1 && (
          <RowsButton asks={`${list}:${among - 1}-${number - 1}`}>
            {around.say(`Ta bort rad ${number}`, `Remove row ${number}`)}
          </RowsButton>
        )}
      </div>
    </fieldset>
  );
};

/** A submit that shows the form again, with what was typed and another number of rows. */
const RowsButton = ({ asks, children }: { asks: string; children?: Child }) => (
  <div>
    <button
      class="ds-button"
      data-variant="secondary"
      data-size="sm"
      type="submit"
      name="_rows"
      value={asks}
      formnovalidate
    >
      {children}
    </button>
  </div>
);

/** Which of the other rows of the list, by their numbers. */
const OtherRows = (props: ControlProps) => {
  const { row, say } = props.around;
  const candidates = Array.from({ length: row?.among ?? 0 }, (_, index) => String(index + 1))
    .filter((it) => it !== String(row?.number))
    .map((value) => ({ value, text: value }));
  const none = say('Det finns ingen annan rad än.', 'There is no other row yet.');
  return <Picked {...props} candidates={candidates} none={none} many />;
};

const asObject = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
