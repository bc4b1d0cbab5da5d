/** A released version means what it meant: its logs, kept as they were, fold to the same bytes. */
import { describe, expect, test } from 'vitest';
import { type Action, type Chart, defineChart } from '../../machines/chart.ts';
import { builtIn, Registry } from '../../machines/registry.ts';
import { canonical, verifyChain } from '../../src/engine/chain.ts';
import { hashOfChart } from '../../src/engine/definitions.ts';
import { fold, replay } from '../../src/engine/replay.ts';
import type { Entry } from '../../src/store/entries.ts';
import { readGolden, recordGolden } from './golden.ts';

/** A log by its name, and the story whose matters it is of. What is released later gets a line of its own. */
const golden = {
  'seed-000-1': 'seed-000',
  'seed-001-1': 'seed-001-adopted',
  'seed-001-2': 'seed-001-adopted',
  'seed-003-1': 'seed-003',
  'seed-004-1': 'seed-004',
  'notice-2': 'notice-broken-late',
  'contract-1': 'route-s-contract',
  'contract-challenged-1': 'route-s-contract-challenged',
  'contract-2': 'route-s-contract',
  'contract-reviewed-2': 'route-s-contract-reviewed',
  'delegated-1': 'route-j-delegated-notified',
  'delegated-2': 'delegation-cooperation',
  'meeting-recusal-2': 'meeting-recusal-decided',
  'meeting-deferred-2': 'route-y-deferred',
} as const;

if (process.env.GOLDEN === 'record')
  for (const [name, story] of Object.entries(golden)) await recordGolden(name, story);

const logsOf = (entries: readonly Entry[]) => Map.groupBy(entries, (it) => it.actor);

/** What the charts of today do otherwise than the log says was done, by actor and entry. */
function differing(entries: readonly Entry[], registry: Registry): string[] {
  return [...logsOf(entries).values()].flatMap((log) =>
    [...fold(log, registry)].flatMap(({ entry, recorded, chart, step }) => {
      const says = { hash: recorded.chartHash, to: recorded.to, taken: recorded.taken };
      const does = { hash: hashOfChart(chart), to: step.states, taken: step.taken };
      return canonical(says) === canonical(does)
        ? []
        : [`${chart.name}@${chart.version}, ${entry.type}: give what has changed a new version`];
    }),
  );
}

describe.each(Object.keys(golden))('the log %s', (name) => {
  const { entries, snapshots } = readGolden(name);
  const registry = builtIn();

  test('is as it was kept', () => {
    for (const [actor, log] of logsOf(entries)) {
      const { version = 0, hash = '' } = log.at(-1) ?? {};
      expect(verifyChain(actor, log, { version, hash })).toBe(null);
    }
  });

  test('is taken by the released versions as it was, step by step', () => {
    expect([...new Set(differing(entries, registry))]).toEqual([]);
  });

  test('folds to what was stored, byte for byte', () => {
    for (const [actor, log] of logsOf(entries)) expect(replay(log, registry)).toBe(snapshots[actor]);
  });
});

describe('a released chart that is changed without a new version', () => {
  const { entries, snapshots } = readGolden('seed-004-1');
  /** The charts of today, with the decision point's changed. */
  const changed = (change: (chart: Chart) => Partial<Chart>) =>
    new Registry(
      builtIn()
        .all()
        .map((it) => (it.name === 'decision-point' ? defineChart({ ...it, ...change(it) }) : it)),
    );

  test('is found by its hash', () => {
    const wider = changed(({ context }) => ({ context: { ...context, another: null } }));
    expect(differing(entries, wider)[0]).toBe(
      'decision-point@1, started: give what has changed a new version',
    );
  });

  test('and, where only the code of an action is another, by what it gives', () => {
    const spoilt = (action: Action): Action =>
      'assign' in action ? { ...action, assign: () => ({ spoilt: true }) } : action;
    const other = changed(({ actions }) => ({
      actions: Object.fromEntries(Object.entries(actions).map(([name, it]) => [name, spoilt(it)])),
    }));
    const points = [...logsOf(entries)].filter(([, log]) =>
      log[0]?.step.includes('"chart":"decision-point"'),
    );
    const same = points.filter(([actor, log]) => {
      try {
        return replay(log, other) === snapshots[actor];
      } catch {
        return false;
      }
    });
    expect([points.length > 0, same]).toEqual([true, []]);
  });
});
