/** What an event said, in words: the fields of its payload with their names, as its declaration has them. */
import type { EventDeclaration, Json, JsonObject } from '../../machines/chart.ts';
import { MOVED, type MovedPayload } from '../engine/moves/moved.ts';
import type { RecordName } from '../views/names.ts';
import type { PathStep } from '../views/path.ts';
import { fieldsOfEvent } from './form/event-form.tsx';
import type { Field } from './form/field.ts';
import type { View } from './view.ts';

/** The substance of a recorded step; nothing for one that said nothing but what it is. */
export const Particulars = ({
  view,
  municipality,
  step,
  names = new Map(),
}: {
  view: View;
  municipality: string;
  step: PathStep;
  /** The other records that the step may name; those that are not among them are left out. */
  names?: ReadonlyMap<string, RecordName>;
}) => {
  const declaration = declared(view, step.event.type);
  const said =
    step.payload.confidential === true
      ? [view.say('Sekretess', 'Confidential')]
      : step.event.type === MOVED
        ? saidOfMove(view, step.payload as unknown as MovedPayload)
        : declaration
          ? saidIn({ view, municipality, names }, fieldsOfEvent(declaration), step.payload)
          : [];
  return said.length > 0 ? (
    <ul class="plain muted">
      {said.map((it) => (
        <li>{it}</li>
      ))}
    </ul>
  ) : null;
};

/** From which version, by which plan, why and on whose approval; and what became of each deadline. */
function saidOfMove(view: View, { from, plan, reason, approver, deadlines }: MovedPayload): string[] {
  const { say } = view;
  const day = (it: string | null) => (it === null ? say('löper inte', 'does not run') : view.date(it));
  return [
    `${say('Från version', 'From version')}: ${from.version}`,
    `${say('Plan', 'Plan')}: ${plan}`,
    `${say('Skäl', 'Reason')}: ${reason}`,
    `${say('Godkänt av', 'Approved by')}: ${approver}`,
    ...deadlines.map(
      (it) => `${say('Frist', 'Deadline')} ${it.name}: ${day(it.before)} → ${day(it.lastDay)}`,
    ),
  ];
}

/** What people and systems send is declared alike in every chart, and with more in a newer version; messages repeat it. */
function declared({ services }: View, type: string): EventDeclaration | null {
  const chart = services.source.registry.all().findLast((it) => Object.hasOwn(it.events, type));
  const found = chart?.events[type];
  return found && found.kind !== 'message' ? found : null;
}

interface Place {
  readonly view: View;
  readonly municipality: string;
  readonly names: ReadonlyMap<string, RecordName>;
}

const saidIn = (at: Place, fields: readonly Field[], values: JsonObject): string[] =>
  fields.flatMap((field) => {
    const value = values[field.name];
    const text = value === undefined || value === null ? '' : inWords(at, field, value);
    return text === '' ? [] : [`${at.view.say(field.label)}: ${text}`];
  });

function inWords(at: Place, field: Field, value: Json): string {
  const { view, municipality } = at;
  switch (field.kind) {
    // The id of an actor says nothing to people.
    case 'reference': {
      const named = at.names.get(String(value));
      return named ? view.nameOf(named) : '';
    }
    case 'choice': {
      const option = field.options.find((it) => it.value === value);
      return option ? view.say(option.label) : String(value);
    }
    case 'date':
      return view.date(String(value));
    case 'tick':
    case 'yesNo':
      return value === true ? view.say('ja', 'yes') : view.say('nej', 'no');
    case 'group':
      return saidIn(at, field.fields, value as JsonObject).join(', ');
    case 'rows':
      return (value as readonly JsonObject[])
        .map((row) => saidIn(at, field.fields, row).join(', '))
        .map((row, index, { length }) => (length > 1 ? `${index + 1}. ${row}` : row))
        .join('; ');
    case 'lines':
    case 'numbers':
      return (value as readonly Json[]).join(', ');
    default:
      return naming.has(field.name) ? (view.bodyName(municipality, String(value)) ?? '') : String(value);
  }
}

/** Texts that name a body, or a stage to which a matter goes back. */
const naming: ReadonlySet<string> = new Set(['body', 'to']);
