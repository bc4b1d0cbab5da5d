/**
 * Measures, side by side in one run and in paired rounds: `npm run bench`. Each figure is that of a round, each ratio
 * that of two figures of the same round: what else the machine does then falls on both. `--json` for machines;
 * `--rounds N`, `--seconds N`, `--connections N`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Connections } from './load.ts';
import { Contender } from './process.ts';
import { Raw } from './raw.ts';
import { Walk } from './walk.ts';

const number = (fallback: string) => ({ type: 'string', default: fallback }) as const;
const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    rounds: number('5'),
    seconds: number('4'),
    connections: number('64'),
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const connections = Number(values.connections);

const folder = await mkdtemp(join(tmpdir(), 'arendegang-bench-'));
const ours = join(folder, 'ours.db');
const here = import.meta.dirname;

/** A figure of each round. */
const figures = new Map<string, number[]>();
const note = (name: string, value: number) => figures.set(name, [...(figures.get(name) ?? []), value]);

const walks = (count: number) => Array.from({ length: count }, () => new Walk());

try {
  const servers = {
    ours: await Contender.start(['dist/src/main.js', '--empty', '--port', '0', '--database', ours], {
      RATE_LIMIT: '0',
    }),
    naive: await Contender.start([join(here, 'naive.ts'), join(folder, 'naive.db')]),
    echo: await Contender.start([join(here, 'echo.ts')]),
  };
  const raw = await Raw.open(join(folder, 'raw.db'));
  const many = each(servers, ({ url }) => new Connections(url, walks(connections)));
  const one = each(servers, ({ url }) => new Connections(url, walks(1)));
  const warmUp = 2;
  for (const it of [...Object.values(many), ...Object.values(one)]) await it.ask(warmUp);
  for (let round = 0; round < rounds; round++) {
    for (const name of ['ours', 'naive', 'echo'] as const) {
      const before = await servers[name].use();
      const began = performance.now();
      const load = await many[name].ask(seconds);
      const after = await servers[name].use();
      note(`${name}.perSecond`, load.perSecond);
      note(`${name}.p50`, load.p50);
      note(`${name}.p99`, load.p99);
      note(`${name}.cpu`, (after.cpu - before.cpu) / ((performance.now() - began) / 1000));
      note(`${name}.rss`, after.rss);
    }
    note('raw.perSecond', await raw.perSecond(seconds, 64));
    note('one.ours.p50', (await one.ours.ask(seconds)).p50);
    note('one.echo.p50', (await one.echo.ask(seconds)).p50);
    note('one.commit.p50', await raw.median(seconds));
  }
  for (const it of [...Object.values(many), ...Object.values(one)]) await it.close();
  for (const it of Object.values(servers)) await it.stop();
  await raw.close();
  note('ours.perCommit', await Raw.perCommit(ours));
} finally {
  await rm(folder, { recursive: true, force: true });
}

ratio('overNaive', ['ours.perSecond'], ['naive.perSecond']);
ratio('ofEcho', ['ours.perSecond'], ['echo.perSecond']);
ratio('ofRaw', ['ours.perSecond'], ['raw.perSecond']);
ratio('one.overCommitAndTrip', ['one.ours.p50'], ['one.commit.p50', 'one.echo.p50']);

const summary = [...figures].map(([name, all]) => {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return { name, min: at(0), median: at(0.5), max: at(1) };
});
if (values.json) console.log(JSON.stringify(summary, null, 2));
else
  console.table(
    Object.fromEntries(summary.map(({ name, ...it }) => [name, each(it, (n) => Number(n.toPrecision(3)))])),
  );

/** The sum of some figures over the sum of others, round by round. */
function ratio(name: string, over: readonly string[], under: readonly string[]): void {
  const sum = (names: readonly string[], round: number) =>
    names.reduce((total, it) => total + (figures.get(it)?.[round] ?? Number.NaN), 0);
  for (let round = 0; round < rounds; round++) note(name, sum(over, round) / sum(under, round));
}

function each<Name extends string, In, Out>(of: Readonly<Record<Name, In>>, make: (it: In) => Out) {
  return Object.fromEntries(Object.entries(of).map(([name, it]) => [name, make(it as In)])) as Record<
    Name,
    Out
  >;
}
