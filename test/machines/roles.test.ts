import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { authority, type GroupName, groupOf } from '../../machines/authority.ts';
import { type Chart, defineChart, statesOf } from '../../machines/chart.ts';
import { clerical, deciding } from '../../machines/events.ts';
import { builtIn } from '../../machines/registry.ts';
import { type Role, roles } from '../../machines/roles.ts';
import { refusedAround, statesAround } from '../../src/views/work.ts';

const charts = builtIn().all();
const everyRole = Object.keys(roles) as Role[];

/** One chart of each name; of each route that of one municipality, for all compose it alike. */
const distinct: readonly (readonly [string, Chart])[] = [
  ...new Map(charts.map((chart) => [chart.name.replace(/^.*\//, ''), chart])),
];

const sendable = charts.flatMap((chart) =>
  Object.entries(chart.events).flatMap(([type, { kind, by }]) =>
    kind === 'message' ? [] : [{ type, kind, by }],
  ),
);

const leavesOf = ({ data }: Chart): string[] =>
  [...statesOf(data)].flatMap(([path, state]) => (state.states ? [] : [path.join('.')]));

/** What a state offers to each role, and to the timer: `registrar, clerk: matter.assign`. Guards may refuse it still. */
function offers(chart: Chart, leaf: string): string[] {
  const around = statesAround(chart, leaf).map(({ data }) => data);
  const refused = refusedAround(around);
  const offered = around.flatMap(({ on }) => Object.keys(on ?? {})).filter((it) => !refused.has(it));
  const types = [...new Set(offered)].sort();
  const sentBy = (role: Role) => types.filter((type) => chart.events[type]?.by.includes(role)).join(', ');
  const alike = [...Map.groupBy(everyRole, sentBy)].filter(([list]) => list !== '');
  const due = around.flatMap(({ after }) => Object.keys(after ?? {}));
  return [
    ...alike.map(([list, who]) => `  ${who.join(', ')}: ${list}`),
    ...(due.length > 0 ? [`  timer: ${due.join(', ')}`] : []),
  ];
}

const tableOf = (chart: Chart): string =>
  `${leavesOf(chart)
    .map((leaf) => [leaf, ...offers(chart, leaf)].join('\n'))
    .join('\n\n')}\n`;

/** The matrix as people read it: who, and which events there are of each row. */
const matrix = (): string =>
  (Object.keys(authority) as GroupName[])
    .map((name) => {
      const types = sendable.filter(({ type, kind }) => groupOf(type, kind) === name).map(({ type }) => type);
      return [
        authority[name].label.en,
        `  ${authority[name].by.join(', ')}`,
        ...[...new Set(types)].sort().map((type) => `    ${type}`),
      ].join('\n');
    })
    .join('\n\n');

/**
 * The files beside this one are what is expected, for people to read. When a chart is meant to change, `vitest run
 * test/machines/roles.test.ts -u` writes them anew, and the change is seen in them.
 */
describe('Who may send what', () => {
  it('is the matrix of roles (R-093)', async () => {
    await expect(`${matrix()}\n`).toMatchFileSnapshot('./roles/matrix.txt');
  });

  it.each(distinct)('in every state, role by role: %s', async (name, chart) => {
    await expect(tableOf(chart)).toMatchFileSnapshot(`./roles/${name}.txt`);
  });

  it('and nothing is told of a chart that there is no more', () => {
    const told = readdirSync(new URL('./roles/', import.meta.url));
    expect(told.sort()).toEqual(
      ['matrix', ...distinct.map(([name]) => name)].map((it) => `${it}.txt`).sort(),
    );
  });

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
