import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import type { JsonObject } from '../../machines/chart.ts';
import { canonical } from '../../src/engine/chain.ts';
import { readBack, settled } from '../../src/engine/settled.ts';
import { begin, persist, restore, type Snapshot } from '../../src/engine/transition.ts';
import { counter } from '../fixtures/small-charts.ts';

const { machine }: { machine: AnyStateMachine } = counter;

/** A snapshot whose context is what an action made of it. */
const withContext = (context: object): Snapshot =>
  ({ ...begin(machine, {}).snapshot, context }) as unknown as Snapshot;

/** Everything that can be seen of a snapshot, the order of its keys too. */
const seen = (snapshot: Snapshot) => JSON.stringify(persist(machine, snapshot));

const contexts = fc.dictionary(
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('10', '9', '__proto__', 'é')),
  fc.oneof(fc.jsonValue(), fc.constant(undefined)),
  { size: 'max', maxKeys: 20 },
);

test('a snapshot is settled to what would be read back, whatever of its context was settled before', () => {
  fc.assert(
    fc.property(contexts, contexts, (before, changed) => {
      const kept = settled(machine, withContext(before)).snapshot.context as JsonObject;
      const made = withContext({ ...kept, ...changed });
      const { snapshot, text } = settled(machine, made);
      expect(text).toBe(canonical(persist(machine, made)));
      expect(seen(snapshot)).toBe(seen(restore(machine, JSON.parse(text))));
    }),
  );
});

test('what a step leaves as it was is the very same afterwards; what it makes anew is not', () => {
  const { snapshot } = settled(machine, withContext({ left: { list: [1] }, made: { list: [1] } }));
  const { left, made } = snapshot.context;
  const next = settled(machine, withContext({ left, made: { ...made } })).snapshot.context;
  expect(next.left).toBe(left);
  expect(next.made).not.toBe(made);
  expect(next.made).toEqual(made);
});

test('a settled context cannot be changed in place, however deep', () => {
  const { context } = settled(machine, withContext({ nested: { list: [] } })).snapshot;
  expect(() => context.nested.list.push('x')).toThrow(TypeError);
  expect(() => Object.assign(context, { nested: null })).toThrow(TypeError);
});

test('a context that JSON cannot say is refused', () => {
  for (const value of [() => 0, 1n, Number.NaN])
    expect(() => settled(machine, withContext({ value }))).toThrow();
});

test('a text is read back as what was settled, and no part of it can be changed in place', () => {
  fc.assert(
    fc.property(contexts, contexts, (context, changed) => {
      const { snapshot, text } = settled(machine, withContext(context));
      const back = readBack(machine, text);
      expect(seen(back)).toBe(seen(snapshot));
      expect(isFrozen(back.context)).toBe(true);
      const next = withContext({ ...back.context, ...changed });
      expect(settled(machine, next).text).toBe(canonical(persist(machine, next)));
    }),
  );
});

const isFrozen = (value: unknown): boolean =>
  value === null ||
  typeof value !== 'object' ||
  (Object.isFrozen(value) && Object.values(value).every(isFrozen));

test('what was read back is not written anew where a step leaves it as it was', () => {
  const { text } = settled(machine, withContext({ left: { b: [1], a: {} } }));
  const { context } = readBack(machine, text);
  expect(settled(machine, withContext({ left: context.left })).snapshot.context.left).toBe(context.left);
});
