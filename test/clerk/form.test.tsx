import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventDeclaration, JsonObject } from '../../machines/chart.ts';
import { builtIn } from '../../machines/registry.ts';
import { EventForm, fieldsOfEvent } from '../../src/clerk/form/event-form.tsx';
import { fieldsOf } from '../../src/clerk/form/field.ts';
import { type Posted, readFields } from '../../src/clerk/form/read.ts';
import { sayIn } from '../../src/clerk/language.ts';
import type { View } from '../../src/clerk/view.ts';
import { parseFields } from '../../src/engine/parse.ts';
import { successful } from './controls.ts';
import { payloadOf } from './payloads.ts';

const view = { say: sayIn('sv'), here: '/' } as View;

function declaredEvents(): [string, EventDeclaration][] {
  const all = builtIn()
    .all()
    .flatMap((chart) => Object.entries(chart.events))
    .filter(([, declaration]) => declaration.kind !== 'message');
  return [...new Map(all)];
}

const schemaOf = (declaration: EventDeclaration) =>
  declaration.fields.toJSONSchema({ io: 'input' }) as JsonObject;

/** The form of an event as HTML, filled in with a payload. */
const rendered = (type: string, declaration: EventDeclaration, draft: JsonObject): string =>
  String(
    <EventForm
      view={view}
      actor={{ id: 'a', version: 1 }}
      type={type}
      declaration={declaration}
      attempt={{ draft, errors: new Map(), rows: new Map() }}
    />,
  );

function posted(controls: readonly (readonly [string, string])[]): Posted {
  const form = new FormData();
  for (const [name, value] of controls) form.append(name, value);
  return form;
}

describe('the form of every event that people may send', () => {
  test.each(declaredEvents())('%s: what is filled in comes back as the same payload', (type, declaration) => {
    fc.assert(
      fc.property(payloadOf(schemaOf(declaration)), (payload) => {
        const sent = posted(successful(rendered(type, declaration, payload)));
        const read = readFields(fieldsOfEvent(declaration), sent);
        expect(parseFields(declaration.fields, read)).toEqual(parseFields(declaration.fields, payload));
      }),
      { numRuns: 60 },
    );
  });

  test.each(declaredEvents())(
    '%s: left empty, it sends nothing but what it suggests',
    (type, declaration) => {
      const sent = posted(successful(rendered(type, declaration, {})));
      const read = readFields(fieldsOfEvent(declaration), sent);
      const fallbacks = fieldsOfEvent(declaration).filter((it) => it.fallback !== undefined);
      expect(read).toEqual(Object.fromEntries(fallbacks.map((it) => [it.name, it.fallback])));
    },
  );

  test.each(declaredEvents())('%s: every control has a label', (type, declaration) => {
    const html = rendered(type, declaration, {});
    const ids = [...html.matchAll(/<(?:input|select|textarea)[^>]*\bid="([^"]+)"/g)].map(([, id]) => id);
    const labels = [...html.matchAll(/<label[^>]*\bfor="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id) => !labels.includes(id))).toEqual([]);
  });
});

describe('reading a form', () => {
  const fields = fieldsOf({
    type: 'object',
    properties: {
      rows: {
        type: 'array',
        items: {
          type: 'object',
          properties: { text: { type: 'string' }, sort: { type: 'string', enum: ['a', 'b'], default: 'a' } },
        },
      },
      number: { type: 'integer' },
      numbers: { type: 'array', items: { type: 'integer' } },
    },
  });

  test('leaves out the last rows in which nothing but a suggestion is chosen, and none between others', () => {
    const sent = posted([
      ['rows.0.text', ''],
      ['rows.0.sort', 'a'],
      ['rows.1.text', 'second'],
      ['rows.1.sort', 'a'],
      ['rows.2.text', ''],
      ['rows.2.sort', 'a'],
    ]);
    expect(readFields(fields, sent)).toEqual({ rows: [{ sort: 'a' }, { text: 'second', sort: 'a' }] });
  });

  test('keeps them in their places while rows are being added', () => {
    const sent = posted([
      ['rows.0.text', ''],
      ['rows.0.sort', 'a'],
      ['rows.1.text', 'second'],
    ]);
    expect(readFields(fields, sent, true)).toEqual({ rows: [{ sort: 'a' }, { text: 'second' }] });
  });

  test('keeps a number that is none as it was typed, for the engine to refuse', () => {
    expect(readFields(fields, posted([['number', '4 st']]))).toEqual({ number: '4 st' });
    expect(readFields(fields, posted([['number', ' 4 ']]))).toEqual({ number: 4 });
  });

  test('takes numbers with commas, spaces, or each from a box of its own', () => {
    expect(readFields(fields, posted([['numbers', '1, 2 3']]))).toEqual({ numbers: [1, 2, 3] });
    expect(
      readFields(
        fields,
        posted([
          ['numbers', '1'],
          ['numbers', '3'],
        ]),
      ),
    ).toEqual({ numbers: [1, 3] });
  });

  test('is not led astray by a name that claims a million rows', () => {
    const read = readFields(fields, posted([['rows.999999.text', 'far away']]));
    expect(read).toEqual({});
  });

  test('ignores names that are no fields of the event', () => {
    expect(
      readFields(
        fields,
        posted([
          ['__proto__.polluted', 'x'],
          ['constructor', 'x'],
          ['rows.__proto__.text', 'x'],
        ]),
      ),
    ).toEqual({});
  });
});
