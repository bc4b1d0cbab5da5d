import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { authority } from '../../machines/authority.ts';
import { defineChart } from '../../machines/chart.ts';
import { clerical, deciding } from '../../machines/events.ts';
import { builtIn } from '../../machines/registry.ts';
import type { Role } from '../../machines/roles.ts';

const charts = builtIn().all();
const sendable = charts.flatMap((chart) =>
  Object.entries(chart.events).flatMap(([type, { kind, by }]) =>
    kind === 'message' ? [] : [{ type, kind, by }],
  ),
);

describe('Who may send what', () => {
  it('every event named in the matrix is one of a chart', () => {
    const types = new Set(sendable.map(({ type }) => type));
    const listed = Object.values(authority).flatMap((it): readonly string[] => it.events);
    expect(listed.filter((type) => !types.has(type))).toEqual([]);
  });

  it.each<[string, string, Role, boolean]>([
    ['the secretary records decisions', 'decision.confirm', 'clerk', true],
    ['no system decides (R-093)', 'decision.confirm', 'integration', false],
    ['the secretary does not approve the minutes (R-069)', 'minutes.approve', 'clerk', false],
    ['the chair does', 'minutes.approve', 'chair', true],
    ['only the registrar archives (R-125)', 'matter.archive', 'clerk', false],
    ['the registrar does', 'matter.archive', 'registrar', true],
    ['the court feed reports a ruling', 'appeal.rule', 'integration', true],
    ['the chair does not', 'appeal.rule', 'chair', false],
  ])('%s', (_, type, role, may) => {
    const declared = sendable.filter((it) => it.type === type);
    expect(declared.length).toBeGreaterThan(0);
    expect(declared.every(({ by }) => by.includes(role))).toBe(may);
  });

  it('the auditor and the administrator send nothing, and a system nothing that decides (R-093)', () => {
    const wrong = sendable.filter(
      ({ kind, by }) =>
        by.includes('auditor') ||
        by.includes('administrator') ||
        by.length === 0 ||
        (kind === 'deciding' && by.includes('integration')),
    );
    expect(wrong).toEqual([]);
  });
});

describe('A chart that goes further is not defined', () => {
  const chart = (type: string, make: typeof clerical, by: readonly Role[]) => () =>
    defineChart({
      name: 'bold',
      version: 1,
      label: { sv: 'Djärv', en: 'Bold' },
      input: z.strictObject({}),
      context: {},
      card: () => ({ title: '', number: null, body: null }),
      events: { [type]: make({ label: { sv: 'Gör', en: 'Do' }, by }) },
      states: {},
      data: { initial: 'here', states: { here: { on: { [type]: {} } } } },
    });

  it.each<[string, string, typeof clerical, readonly Role[]]>([
    ['a system that decides', 'coin.toss', deciding, ['clerk', 'integration']],
    ['a case officer who decides at a meeting', 'decision.confirm', deciding, ['caseOfficer']],
    ['a secretary who approves the minutes', 'minutes.approve', clerical, ['chair', 'clerk']],
    ['a clerk who archives', 'matter.archive', clerical, ['registrar', 'clerk']],
    ['an auditor who does anything', 'matter.assign', clerical, ['auditor']],
  ])('%s', (_, type, make, by) => {
    expect(chart(type, make, by)).toThrow(`may not send ${type}`);
  });

  it('and one that keeps within it is', () => {
    expect(chart('matter.archive', clerical, ['registrar'])).not.toThrow();
    expect(chart('coin.toss', deciding, ['clerk', 'chair'])).not.toThrow();
  });
});
