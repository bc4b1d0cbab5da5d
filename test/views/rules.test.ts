import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Chart } from '../../machines/chart.ts';
import { observers } from '../../machines/law/observers.ts';
import { rules } from '../../machines/law/rules.ts';
import { Municipality } from '../../machines/municipalities/municipality.ts';
import { builtIn, Registry } from '../../machines/registry.ts';
import { Route } from '../../machines/routes/route.ts';
import { type Holding, rulesTable } from '../../src/views/rules.ts';

const registry = builtIn();
const table = rulesTable(registry);
const row = (id: string) => table.find((it) => it.id === id)?.held ?? [];

/** The charts that a row means; `matter` is every route. */
const chartsOf = (name: string): readonly Chart[] =>
  registry.newest().filter((it) => (name === 'matter' ? it.name.includes('/') : it.name === name));

/** The schema of a field within another, through lists, choices and what may be left out. */
function fieldOf(schema: unknown, path: readonly string[]): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return fieldOf(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return fieldOf(schema.element, path);
  if (schema instanceof z.ZodUnion) return schema.options.some((it) => fieldOf(it, path));
  const [first, ...rest] = path;
  if (first === undefined) return true;
  return schema instanceof z.ZodObject && first in schema.shape && fieldOf(schema.shape[first], rest);
}

const schemasOf = (name: string): readonly z.ZodType[] =>
  name === 'municipality'
    ? [Municipality]
    : name === 'route'
      ? [Route]
      : chartsOf(name).map((it) => it.input);

/** `item.open.recused`: an event and one of its fields, or an event alone. */
function isRecorded({ events }: Chart, name: string): boolean {
  const type = Object.keys(events).find((it) => name === it || name.startsWith(`${it}.`));
  const field = type && name.slice(type.length + 1);
  return type !== undefined && fieldOf(events[type]?.fields, field ? field.split('.') : []);
}

const node = ({ data }: Chart, path: string) =>
  path.split('.').reduce<Chart['data'] | undefined>((at, key) => at?.states?.[key], data);

/** Whether what a row claims is there. */
function exists({ by, name, charts, says }: Holding): boolean {
  const all = charts.flatMap(chartsOf);
  switch (by) {
    case 'guard':
      return all.every((it) => name in it.guards && JSON.stringify(it.data).includes(`"${name}"`));
    case 'state':
      return all.every((it) => node(it, name)?.meta?.refuses !== undefined);
    case 'event':
      return all.every((it) => name in it.events && JSON.stringify(it.data).includes(`"${name}":`));
    case 'deadline':
      return all.every((it) => name in it.deadlines && JSON.stringify(it.data).includes(`"${name}":`));
    case 'observer':
      return observers.some((it) => it.watches === name);
    case 'program':
      return existsSync(new URL(`../../${name}`, import.meta.url));
    case 'data':
      return charts.flatMap(schemasOf).some((it) => fieldOf(it, name.split('.')));
    case 'judgement':
      return all.some((it) => isRecorded(it, name));
    case 'outside':
      return says.sv.length > 10 && says.en.length > 10;
  }
}

describe('How the rules are kept', () => {
  it('every rule has a row, R-001 to R-132, and none is empty', () => {
    expect(table.map(({ id }) => id)).toEqual(Object.keys(rules));
    expect(table.filter(({ held }) => held.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('what a row claims is there: guards, states, events, deadlines, observers, files, fields', () => {
    const missing = table.flatMap(({ id, held }) => held.filter((it) => !exists(it)).map((it) => [id, it]));
    expect(missing).toEqual([]);
  });

  it.each<[string, Partial<Holding>]>([
    ['a guard that no chart has', { by: 'guard', name: 'goodWill', charts: ['meeting'] }],
    [
      'a guard that is declared and never used',
      { by: 'guard', name: 'thirdDemands', charts: ['huddinge/sn-matter'] },
    ],
    ['an observer that nobody wrote', { by: 'observer', name: 'all is well' }],
    ['a file that is not there', { by: 'program', name: 'src/engine/justice.ts' }],
    ['a field that no municipality has', { by: 'data', name: 'bodies.wisdom', charts: ['municipality'] }],
    ['a field that no event has', { by: 'judgement', name: 'item.open.mood', charts: ['meeting'] }],
    ['an event that no chart has', { by: 'judgement', name: 'item.regret', charts: ['meeting'] }],
  ])('and a claim of %s is found out', (_, it) => {
    expect(
      exists({ way: 'enforced', charts: [], name: '', says: { sv: '', en: '' }, by: 'guard', ...it }),
    ).toBe(false);
  });

  it('a rule is held by what the charts make use of: without the charts, by the observers alone', () => {
    const bare = rulesTable(new Registry([])).find((it) => it.id === 'R-055')?.held;
    expect(bare?.map(({ by }) => by)).toEqual(['observer']);
    expect(row('R-055').map(({ by }) => by)).toEqual(expect.arrayContaining(['guard', 'event', 'observer']));
  });

  it('what every route has is told once', () => {
    expect(row('R-063').find(({ name }) => name === 'undecided')?.charts).toEqual(['matter']);
    expect(row('R-055').find(({ name }) => name === 'thirdDemands')?.charts).not.toContain('matter');
  });

  it('what the law says in two places stands under both', () => {
    expect(row('R-038').map(({ name }) => name)).toContain('chairTakesPart');
    expect(row('R-037').map(({ name }) => name)).toContain('chairTakesPart');
    expect(row('R-039').map(({ name }) => name)).not.toContain('chairTakesPart');
  });

  it('a rule that something holds is not said to be outside', () => {
    const both = table.filter(({ held }) => held.some((it) => it.by === 'outside') && held.length > 1);
    expect(both).toEqual([]);
  });
});
