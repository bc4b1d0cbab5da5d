/** The form of an event: posts to the actor, comes back to the page it was on, and does nothing twice. */
import { randomUUID } from 'node:crypto';
import type { EventDeclaration, JsonObject } from '../../../machines/chart.ts';
import { schemaOf } from '../../engine/payload.ts';
import type { Refusal } from '../../engine/refusal.ts';
import type { View } from '../view.ts';
import type { Around, Choices, Hints } from './around.ts';
import { type Field, fieldsOf } from './field.ts';
import { Enter, Fields } from './fields.tsx';

/** What was typed, and what became of it. */
export interface Attempt {
  readonly draft: JsonObject;
  readonly errors: Around['errors'];
  readonly rows: Around['rows'];
  /** The key that it was sent with, where it is to be sent once more as the same. */
  readonly key?: string;
}

/** The key of a form: sent again with it, the same is done once. */
export const keyOf = (attempt: Attempt | undefined): string => attempt?.key ?? randomUUID();

/** The key of a form that nobody knows to have been carried out. */
export const sameKey = ({ code }: Refusal, posted: FormData): Pick<Attempt, 'key'> => {
  const key = posted.get('_key');
  return code === 'unavailable' && typeof key === 'string' ? { key } : {};
};

interface EventFormProps {
  readonly view: View;
  readonly actor: { readonly id: string; readonly version: number };
  readonly type: string;
  readonly declaration: EventDeclaration;
  /** JSON Schema of what the present state permits as payload; what is declared where it permits none. */
  readonly permitted?: JsonObject | undefined;
  readonly choices?: Choices;
  readonly hints?: Hints;
  /** What it does besides what it is called. */
  readonly consequence?: string | null;
  /** Fields that the page has decided: sent, but not shown. */
  readonly fixed?: Readonly<Record<string, string>>;
  readonly suggested?: JsonObject;
  readonly attempt?: Attempt | undefined;
  readonly returnTo?: string | undefined;
  /** Where the page's forms are many and small. */
  readonly quiet?: boolean;
}

const known = new WeakMap<JsonObject, readonly Field[]>();

/** The fields of a payload's schema, read once. */
function fieldsIn(schema: JsonObject): readonly Field[] {
  const fields = known.get(schema) ?? fieldsOf(schema);
  known.set(schema, fields);
  return fields;
}

/** The fields of an event as they are declared. */
export const fieldsOfEvent = (declaration: EventDeclaration): readonly Field[] =>
  fieldsIn(schemaOf(declaration));

/** The id of an event's form on a page, and the beginning of the ids in it. */
export const formId = (actor: string, type: string, fixed: Readonly<Record<string, string>> = {}): string =>
  ['form', actor, type, ...Object.values(fixed)].join('-').replaceAll(/[^\w-]/g, '-');

export const EventForm = (props: EventFormProps) => {
  const {
    view,
    actor,
    type,
    declaration,
    permitted = schemaOf(declaration),
    choices = {},
    fixed = {},
    suggested = {},
    attempt,
    returnTo,
    quiet,
    consequence,
  } = props;
  const id = formId(actor.id, type, fixed);
  const fields = fieldsIn(permitted).filter((it) => !(it.name in fixed));
  const around = {
    form: id,
    say: view.say,
    choices,
    today: view.today,
    hints: props.hints ?? {},
    errors: attempt?.errors ?? new Map(),
    rows: attempt?.rows ?? new Map(),
  };
  return (
    <form
      method="post"
      action={`/actors/${actor.id}/events/${type}`}
      id={id}
      class="stack event"
      data-shown-again
    >
      <Enter />
      <input type="hidden" name="_return" value={returnTo ?? view.here} />
      <input type="hidden" name="_version" value={actor.version} />
      <input type="hidden" name="_key" value={keyOf(attempt)} />
      {Object.entries(fixed).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Fields fields={fields} values={attempt?.draft ?? suggested} around={around} />
      {consequence && (
        <p class="ds-alert" data-color="warning">
          {consequence}
        </p>
      )}
      <div>
        <button class="ds-button" type="submit" data-variant={quiet ? 'secondary' : 'primary'}>
          {view.say(declaration.label)}
        </button>
      </div>
    </form>
  );
};
