import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AnyStateMachine,
  createActor,
  createMachine,
  getInitialSnapshot,
  initialTransition,
  transition,
} from 'xstate';
import type { Received } from '../../machines/chart.ts';
import { canonical } from '../../src/engine/chain.ts';
import {
  advance,
  begin,
  type Moved,
  persist,
  restore,
  type Snapshot,
  XSTATE_VERSION,
} from '../../src/engine/transition.ts';
import { transitionId } from '../../src/engine/transition-id.ts';
import { chartTree, happenings, machineOf } from '../fixtures/random-charts.ts';
import { counter } from '../fixtures/small-charts.ts';

const SLOW = { timeout: 300_000 };
const meta = { at: '2026-12-01T09:00:00.000Z', on: '2026-12-01', sender: 'Anna', origin: 'person' } as const;
const event = (type: string): Received => ({ type, meta });

/** What two ways of taking a step must agree on. */
const seen = (
  machine: AnyStateMachine,
  snapshot: Snapshot,
  actions: readonly { readonly type: string; readonly params: unknown }[],
) => ({
  snapshot: JSON.parse(JSON.stringify(machine.getPersistedSnapshot(snapshot))),
  nodes: snapshot._nodes.map((node) => node.id),
  actions: actions.map(({ type, params }) => [type, JSON.parse(JSON.stringify(params ?? null))]),
});

interface Inspected {
  readonly type: string;
  readonly _transitions: Moved['transitions'];
}

const attempt = <T>(run: () => T): T | string => {
  try {
    return run();
  } catch (error) {
    return String((error as Error).message);
  }
};

const ours = (machine: AnyStateMachine, run: () => Moved) =>
  attempt(() => {
    const { snapshot, actions } = run();
    return seen(machine, snapshot, actions);
  });

const theirs = (machine: AnyStateMachine, run: () => readonly [unknown, readonly unknown[]]) =>
  attempt(() => {
    const [snapshot, actions] = run() as [Snapshot, { type: string; params: unknown }[]];
    if (snapshot.status === 'error') throw snapshot.error;
    return seen(machine, snapshot, actions);
  });

/** Whether the active states can be so together: XState comes to others, which `settled` refuses. */
const isLegal = ({ _nodes: nodes }: Snapshot): boolean =>
  nodes.length > 0 &&
  nodes.every((node) => {
    const children = Object.values(node.states).filter((it) => it.type !== 'history');
    const active = children.filter((it) => nodes.includes(it)).length;
    const isWhole =
      node.type === 'parallel' ? active === children.length : active === Math.sign(children.length);
    return isWhole && (node.parent === undefined || nodes.includes(node.parent));
  });

/** The due events of the states that are active, as a timer would send them. */
const dueEvents = (snapshot: Snapshot): string[] =>
  snapshot._nodes.flatMap((node) =>
    [...node.transitions.keys()].filter((it) => it.startsWith('xstate.after.')),
  );

describe('the step with a scope of our own is the step of XState', () => {
  test(
    'for any chart and any events: same snapshot, same active states, same actions in the same order',
    SLOW,
    () => {
      let accepted = 0;
      let due = 0;
      fc.assert(
        fc.property(chartTree, happenings, (tree, events) => {
          const machine = machineOf(tree);
          const input = { extra: 1 };
          expect(ours(machine, () => begin(machine, input))).toEqual(
            theirs(machine, () => initialTransition(machine, input)),
          );
          const first = attempt(() => begin(machine, input));
          if (typeof first === 'string') return;
          expect(machine.getPersistedSnapshot(first.snapshot)).toEqual(
            machine.getPersistedSnapshot(getInitialSnapshot(machine, input) as Snapshot),
          );
          let { snapshot } = first;
          for (const it of events) {
            const next = event(it === 'due' ? (dueEvents(snapshot)[0] ?? 'go') : it);
            const here = snapshot;
            expect(ours(machine, () => advance(machine, here, next))).toEqual(
              theirs(machine, () => transition(machine, here, next)),
            );
            const moved = attempt(() => advance(machine, here, next));
            if (typeof moved === 'string') return;
            if (moved.transitions.length > 0) accepted += 1;
            if (moved.transitions.length > 0 && it === 'due') due += 1;
            snapshot = moved.snapshot;
          }
        }),
        { numRuns: 200 },
      );
      expect(accepted).toBeGreaterThan(100);
      expect(due).toBeGreaterThan(10);
    },
  );

  test('the transitions taken are those that a running actor reports, the eventless ones too', SLOW, () => {
    let eventless = 0;
    fc.assert(
      fc.property(chartTree, happenings, (tree, events) => {
        const machine = machineOf(tree);
        const first = attempt(() => begin(machine, {}));
        if (typeof first === 'string') return;
        let snapshot = restore(machine, persist(machine, first.snapshot));
        for (const type of events) {
          const moved = attempt(() => advance(machine, snapshot, event(type)));
          if (typeof moved === 'string' || snapshot.status === 'done') return;
          const reported: string[] = [];
          const actor = createActor(machine, {
            snapshot: { ...persist(machine, snapshot), children: {} },
            inspect: (it: Inspected) => {
              if (it.type === '@xstate.microstep') reported.push(...it._transitions.map(transitionId));
            },
          } as never);
          actor.start();
          reported.length = 0;
          actor.send(event(type));
          actor.stop();
          const taken = moved.transitions.map(transitionId);
          expect(taken).toEqual(reported);
          eventless += taken.filter((id) => id.includes('>always#')).length;
          snapshot = restore(machine, persist(machine, moved.snapshot));
        }
      }),
      { numRuns: 200 },
    );
    expect(eventless).toBeGreaterThan(20);
  });
});

describe('the transitions taken', () => {
  const machine = createMachine({
    context: { n: 0 },
    initial: 'a',
    states: {
      a: { on: { go: { target: 'b' }, stay: {}, look: { guard: () => false, target: 'b' } } },
      b: { always: { target: 'c' } },
      c: {},
    },
  }) as AnyStateMachine;
  const { snapshot } = begin(machine, {});
  const taken = (type: string) => advance(machine, snapshot, event(type)).transitions.map(transitionId);

  test('are the one for the event and the eventless ones that follow, in order', () => {
    expect(taken('go')).toEqual(['a>go#0', 'b>always#0']);
  });

  test('are one even where nothing changes, for the event was accepted', () => {
    expect(taken('stay')).toEqual(['a>stay#0']);
  });

  test.each(['look', 'unknown'])('are none where the event is not accepted: %s', (type) => {
    expect(taken(type)).toEqual([]);
  });
});

describe('what the engine rests on', () => {
  test('a failing guard, action or context throws, and never becomes a snapshot', () => {
    const failing = () => {
      throw new Error('no');
    };
    const broken = createMachine({
      initial: 'a',
      states: { a: { on: { guard: { guard: failing, target: 'a' }, action: { actions: failing } } } },
    }) as AnyStateMachine;
    const { snapshot } = begin(broken, {});
    expect(() => advance(broken, snapshot, event('guard'))).toThrow('no');
    const inContext = createMachine({ context: failing }) as AnyStateMachine;
    expect(() => begin(inContext, {})).toThrow('no');
  });

  test('a loop of eventless transitions ends in an error, and does not hang', () => {
    const { snapshot } = begin(counter.machine, { ...counter.context });
    expect(() => advance(counter.machine, snapshot, event('count.spin'))).toThrow('Infinite loop detected');
  });

  test('a loop from the start ends in an error as well', () => {
    const looping = createMachine({
      options: { maxIterations: 100 },
      initial: 'a',
      states: { a: { always: 'b' }, b: { always: 'a' } },
    } as never) as AnyStateMachine;
    expect(() => begin(looping, {})).toThrow('Infinite loop detected');
  });

  test('a snapshot survives JSON: history and parallel states as before', SLOW, () => {
    fc.assert(
      fc.property(chartTree, happenings, (tree, events) => {
        const machine = machineOf(tree);
        const first = attempt(() => begin(machine, {}));
        if (typeof first === 'string') return;
        let { snapshot } = first;
        for (const type of events) {
          const moved = attempt(() => advance(machine, snapshot, event(type)));
          if (typeof moved === 'string' || !isLegal(moved.snapshot)) return;
          snapshot = moved.snapshot;
          const persisted = JSON.parse(JSON.stringify(persist(machine, snapshot)));
          const restored = restore(machine, persisted);
          expect(JSON.parse(JSON.stringify(persist(machine, restored)))).toEqual(persisted);
          expect(restored.status).toBe(snapshot.status);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('parallel regions take their turns in the order of the chart, also after the text has sorted them', () => {
    const region = (name: string) => ({ on: { go: { actions: { type: name } } } });
    const machine = createMachine(
      { type: 'parallel', states: { zeta: region('z'), alpha: region('a') } },
      { actions: { z: () => {}, a: () => {} } },
    ) as AnyStateMachine;
    const { snapshot } = begin(machine, {});
    const sorted = JSON.parse(canonical(persist(machine, snapshot)));
    expect(Object.keys(sorted.value)).toEqual(['alpha', 'zeta']);
    for (const it of [snapshot, restore(machine, sorted)])
      expect(advance(machine, it, event('go')).actions.map(({ type }) => type)).toEqual(['z', 'a']);
  });

  test('a context that was restored cannot be changed in place, however deep', () => {
    const { snapshot } = begin(counter.machine, {});
    const restored = restore(counter.machine, JSON.parse(canonical(persist(counter.machine, snapshot))));
    expect(() => restored.context.nested.list.push('x')).toThrow(TypeError);
  });

  test('the version of xstate that is installed is exactly the one that every log entry names', () => {
    const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
    expect(read('../../node_modules/xstate/package.json').version).toBe(XSTATE_VERSION);
    expect(read('../../package.json').dependencies.xstate).toBe(XSTATE_VERSION);
  });
});
