import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import type { JsonObject } from '../../machines/chart.ts';
import { canonical } from '../../src/engine/chain.ts';
import { readBack, settled } from '../../src/engine/settled.ts';
import { advance, begin, persist, restore, type Snapshot } from '../../src/engine/transition.ts';
import { machineOf, type Node } from '../fixtures/random-charts.ts';
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

describe('the states that XState comes to', () => {
  const node = (kind: Node['kind'], children: readonly Node[] = [], more: Partial<Node> = {}): Node => ({
    ...{ kind, children, history: 'none', on: [], after: [], always: [], onDone: null, entry: [], exit: [] },
    ...more,
  });
  const to = (target: number, guard: string | null = null) => ({
    target,
    guard,
    actions: [],
    reenter: false,
  });
  /** Leaves the one state for regions that are left for their own history before all of them are entered. */
  const machineWith = (always: Node['always']) =>
    machineOf(
      node('compound', [
        node('compound', [
          node('atomic', [], {
            on: [
              ['go', to(5)],
              ['step', to(2)],
            ],
          }),
          node('parallel', [node('atomic'), node('atomic')]),
        ]),
        node('parallel', [node('atomic'), node('atomic', [], { always })], {
          history: 'shallow',
          entry: ['raise'],
        }),
      ]),
    );
  const meta = {
    at: '2026-12-01T09:00:00.000Z',
    on: '2026-12-01',
    sender: 'Anna',
    origin: 'person',
  } as const;
  const gone = (it: AnyStateMachine) => advance(it, begin(it, {}).snapshot, { type: 'go', meta }).snapshot;

  test('are kept where they can be active together', () => {
    const legal = machineWith([]);
    expect(settled(legal, gone(legal)).snapshot.value).toEqual({ alpha: { zeta: {}, alpha: {} } });
  });

  test('are refused where they cannot', () => {
    const illegal = machineWith([to(8, 'even')]);
    expect(() => settled(illegal, gone(illegal))).toThrow('cannot be active together');
  });
});
