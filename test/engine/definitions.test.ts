import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { assigning, type ChartSpec, defineChart, guard } from '../../machines/chart.ts';
import { clerical } from '../../machines/events.ts';
import { builtIn, Registry } from '../../machines/registry.ts';
import { HASHES } from '../../src/computed.ts';
import { hashesOf, hashOfChart, knowHashes, releaseDefinitions } from '../../src/engine/definitions.ts';
import { storedDefinitions } from '../../src/store/definitions.ts';
import { isBuilt, root } from '../fixtures/built.ts';
import { type Bench, openEngine } from '../fixtures/engine.ts';

const same = (text: string) => ({ sv: text, en: text });

const spec: ChartSpec = {
  name: 'permit',
  version: 1,
  label: same('Permit'),
  record: { startedBy: ['clerk'] },
  input: z.strictObject({ title: z.string() }),
  context: { n: 0 },
  card: () => ({ title: 'Permit', number: null, body: null }),
  events: { grant: clerical({ label: same('Grant'), by: ['clerk'], fields: { note: z.string() } }) },
  deadlines: { answer: { label: same('Answer'), rule: null, period: { weeks: 3 }, roll: true } },
  guards: { isOpen: guard({ rule: null, says: same('It is closed.'), version: 1, holds: () => true }) },
  actions: { count: assigning<{ n: number }>(1, ({ n }) => ({ n: n + 1 })) },
  states: { open: same('Open'), granted: same('Granted') },
  data: {
    initial: 'open',
    states: {
      open: {
        on: { grant: { target: 'granted', guard: { type: 'isOpen' }, actions: [{ type: 'count' }] } },
        after: { answer: { target: 'granted' } },
      },
      granted: {},
    },
  },
};

const hash = (change: Partial<ChartSpec> = {}) => hashOfChart(defineChart({ ...spec, ...change }));
const release = (bench: Bench, ...specs: ChartSpec[]) =>
  releaseDefinitions(bench.db, new Registry(specs.map(defineChart)), bench.now);

describe('the hash of a definition', () => {
  test.each<[string, Partial<ChartSpec>]>([
    ['a target', { data: { ...spec.data, states: { ...spec.data.states, granted: { on: {} } } } }],
    [
      'the length of a deadline',
      { deadlines: { answer: { label: same('Answer'), rule: null, period: { weeks: 4 }, roll: true } } },
    ],
    [
      'the version of a guard',
      {
        guards: { isOpen: guard({ rule: null, says: same('It is closed.'), version: 2, holds: () => true }) },
      },
    ],
    [
      'the version of an action',
      { actions: { count: assigning<{ n: number }>(2, ({ n }) => ({ n: n + 1 })) } },
    ],
    ['the context to start from', { context: { n: 1 } }],
    [
      'who may send an event',
      { events: { grant: clerical({ label: same('Grant'), by: ['chair'], fields: { note: z.string() } }) } },
    ],
    [
      'a field of an event',
      {
        events: {
          grant: clerical({ label: same('Grant'), by: ['clerk'], fields: { note: z.string().max(9) } }),
        },
      },
    ],
    ['a field of the input', { input: z.strictObject({ title: z.string(), more: z.string().optional() }) }],
    ['who may start one', { record: { startedBy: ['chair'] } }],
    ['the version', { version: 2 }],
  ])('changes with %s', (_, change) => {
    expect(hash(change)).not.toBe(hash());
  });

  test.each<[string, Partial<ChartSpec>]>([
    [
      'the source text of a guard',
      {
        guards: {
          isOpen: guard({ rule: null, says: same('It is closed.'), version: 1, holds: () => 1 < 2 }),
        },
      },
    ],
    ['the order of keys', { data: { states: spec.data.states ?? {}, initial: 'open' } }],
    [
      'the words for people',
      {
        label: same('Licence'),
        states: { open: same('Pending'), granted: same('Given') },
        events: {
          grant: clerical({
            label: same('Give'),
            by: ['clerk'],
            fields: { note: z.string().meta({ sv: 'Not', en: 'Note' }) },
          }),
        },
        deadlines: { answer: { label: same('Reply'), rule: null, period: { weeks: 3 }, roll: true } },
      },
    ],
  ])('does not change with %s', (_, change) => {
    expect(hash(change)).toBe(hash());
  });
});

describe('a definition under a version that was released', () => {
  test('may come again as it was', async () => {
    await using bench = await openEngine({ charts: [] });
    await release(bench, spec);
    await release(bench, spec);
    expect(await storedDefinitions(bench.db.reader)).toMatchObject([{ name: 'permit', version: 1 }]);
  });

  test('may not come back changed: the start fails, and names it', async () => {
    await using bench = await openEngine({ charts: [] });
    await release(bench, spec);
    await expect(release(bench, { ...spec, context: { n: 1 } })).rejects.toThrow(
      'permit@1 is not what was released',
    );
  });

  test('may change under a new version', async () => {
    await using bench = await openEngine({ charts: [] });
    await release(bench, spec);
    await release(bench, spec, { ...spec, version: 2, context: { n: 1 } });
    expect(await storedDefinitions(bench.db.reader)).toHaveLength(2);
  });

  test('may go when nobody runs on it', async () => {
    await using bench = await openEngine({ charts: [] });
    await release(bench, spec);
    await release(bench);
  });
});

describe('a definition that a matter runs on', () => {
  const running = async () => {
    const bench = await openEngine({ charts: [defineChart(spec)] });
    await bench.start('permit', { title: 'A' });
    return bench;
  };

  test('may not be missing: the start fails, and names it', async () => {
    await using bench = await running();
    await expect(release(bench, { ...spec, version: 2 })).rejects.toThrow('matters run on permit@1');
  });

  test('may not be another, even when the record of its release is lost', async () => {
    await using bench = await running();
    await sql`delete from definition`.execute(bench.db.writer);
    await expect(release(bench, { ...spec, context: { n: 1 } })).rejects.toThrow(
      'permit@1 is not what matters run on',
    );
    await release(bench, spec);
  });

  test('stays theirs when a newer one is there', async () => {
    await using bench = await running();
    const old = (await bench.db.reader.selectFrom('actor').select('id').executeTakeFirstOrThrow()).id;
    const registry = new Registry([defineChart(spec), defineChart({ ...spec, version: 2 })]);
    await using later = await openEngine({ charts: registry.all(), db: bench.db });
    const fresh = await later.start('permit', { title: 'B' });
    await later.send(old, 'grant', { note: 'a' });
    expect([(await later.actor(old)).chartVersion, (await later.actor(fresh)).chartVersion]).toEqual([1, 2]);
  });
});

describe('a definition with a name that the log could not tell from its own', () => {
  const touch = clerical({ label: same('Touch'), by: ['clerk'] });
  const named = (event: string, deadline = 'answer', state = 'open'): ChartSpec => ({
    ...spec,
    events: { [event]: touch },
    deadlines: { [deadline]: { label: same('Answer'), rule: null, period: { weeks: 3 }, roll: true } },
    guards: {},
    actions: {},
    data: { initial: state, states: { [state]: { on: { [event]: {} }, after: { [deadline]: {} } } } },
  });

  test.each([
    ['started', named('started')],
    ['deadline.answer', named('deadline.answer')],
    ['xstate.init', named('xstate.init')],
    ['letter.*', named('letter.*')],
    ['an.swer', named('grant', 'an.swer')],
    ['op,en', named('grant', 'answer', 'op,en')],
    ['op.en', named('grant', 'answer', 'op.en')],
  ])('is not released: %s', async (name, wrong) => {
    await using bench = await openEngine({ charts: [] });
    await expect(release(bench, wrong)).rejects.toThrow(`"${name}"`);
  });

  test('is released under any other name', async () => {
    await using bench = await openEngine({ charts: [] });
    await release(bench, named('permit.started-again'));
  });
});

describe('a hash that is known before', () => {
  const known = (wrong: string | null) => {
    const registry = new Registry([defineChart(spec)]);
    knowHashes(registry, wrong === null ? hashesOf(registry) : { 'permit@1': wrong });
    return registry;
  };

  test('is that of the chart, or nothing is released', async () => {
    await using bench = await openEngine({ charts: [] });
    await expect(releaseDefinitions(bench.db, known('0'.repeat(64)), bench.now)).rejects.toThrow(
      'permit@1 is not what its hash was computed of: build the program anew',
    );
    expect(await storedDefinitions(bench.db.reader)).toEqual([]);
    await releaseDefinitions(bench.db, known(null), bench.now);
    expect(await storedDefinitions(bench.db.reader)).toMatchObject([{ name: 'permit', hash: hash() }]);
  });

  test('and another than was released keeps the server from starting', async () => {
    await using bench = await openEngine({ charts: [] });
    await release(bench, spec);
    await expect(releaseDefinitions(bench.db, known('0'.repeat(64)), bench.now)).rejects.toThrow(
      'not what was released under that version',
    );
  });

  test.skipIf(!isBuilt)('is what the build has computed, for each chart that is built in', () => {
    const built = JSON.parse(readFileSync(join(root, 'dist', HASHES), 'utf8'));
    expect(built).toEqual(hashesOf(builtIn()));
  });
});
