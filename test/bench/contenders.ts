/**
 * Measures, side by side in one run and in paired rounds: `npm run bench`. Each figure is that of a round, each ratio
 * that of two figures of the same round: what else the machine does then falls on both. `--json` for machines;
 * `--rounds N`, `--seconds N`, `--connections N`.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Cluster, startCluster } from '../fixtures/postgres-cluster.ts';
import { Figures } from './figures.ts';
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

/** Seconds. The less a server does the sooner V8 has compiled it: each is measured as it is when it has run for some time. */
const WARM_UP = 15;

const folder = await mkdtemp(join(tmpdir(), 'arendegang-bench-'));
const ours = join(folder, 'ours.db');
const here = import.meta.dirname;

const figures = new Figures();
const note = (name: string, value: number) => figures.note(name, value);

const walks = (count: number) => Array.from({ length: count }, () => new Walk());

/** Processes that do the same work together, and those that ask them. */
interface Entrant {
  readonly processes: readonly Contender[];
  readonly many: readonly Connections[];
}

const entrant = (...processes: readonly Contender[]): Entrant => ({
  processes,
  many: processes.map(({ url }) => new Connections(url, walks(connections / processes.length))),
});

/** What processes have used together. */
async function useOf(processes: readonly Contender[]) {
  const used = await Promise.all(processes.map((it) => it.use()));
  const sum = (of: 'cpu' | 'rss') => used.reduce((total, it) => total + it[of], 0);
  return { cpu: sum('cpu'), rss: sum('rss') };
}

async function measure(name: string, { processes, many }: Entrant): Promise<void> {
  const before = await useOf(processes);
  const began = performance.now();
  const loads = await Promise.all(many.map((it) => it.ask(seconds)));
  const after = await useOf(processes);
  const worst = (of: 'p50' | 'p99') => Math.max(...loads.map((it) => it[of]));
  note(
    `${name}.perSecond`,
    loads.reduce((total, it) => total + it.perSecond, 0),
  );
  note(`${name}.p50`, worst('p50'));
  note(`${name}.p99`, worst('p99'));
  note(`${name}.cpu`, (after.cpu - before.cpu) / ((performance.now() - began) / 1000));
  note(`${name}.rss`, after.rss);
}

/** Our server and one written by hand on a PostgreSQL of their own; nothing where it cannot be started here. */
async function onPostgres(cluster: Cluster | null): Promise<Record<string, Entrant>> {
  if (!cluster) return {};
  const database = async (name: string) => {
    await cluster.createDatabase(name);
    return `${cluster.address}/${name}`;
  };
  const [alone, shared] = [await database('alone'), await database('shared')];
  const first = await Contender.ours({ DATABASE_URL: shared });
  return {
    written: entrant(await Contender.start([join(here, 'written.ts'), await database('written')])),
    postgres: entrant(await Contender.ours({ DATABASE_URL: alone })),
    twoOnPostgres: entrant(first, await Contender.ours({ DATABASE_URL: shared })),
  };
}

// PostgreSQL does not run as root: another user must come through to its data.
await chmod(folder, 0o755);
const cluster = await startCluster(folder).catch((error: unknown) => {
  console.warn(`PostgreSQL could not be started, and is left out: ${error}`);
  return null;
});
try {
  const entrants = {
    ours: entrant(await Contender.ours({ DATABASE_PATH: ours })),
    bare: entrant(await Contender.start([join(here, 'bare.ts'), join(folder, 'bare.db')])),
    naive: entrant(await Contender.start([join(here, 'naive.ts'), join(folder, 'naive.db')])),
    echo: entrant(await Contender.start([join(here, 'echo.ts')])),
    ...(await onPostgres(cluster)),
  };
  // Nobody else is there while one clerk works alone, nor in what is counted of the others.
  const alone = entrant(await Contender.ours({ DATABASE_PATH: join(folder, 'alone.db') }));
  const raw = await Raw.open(join(folder, 'raw.db'));
  const one = each({ ours: alone, bare: entrants.bare, echo: entrants.echo }, ({ processes: [first] }) => {
    if (!first) throw new Error('there is no server');
    return new Connections(first.url, walks(1));
  });
  const all = [...Object.values(entrants).flatMap((it) => it.many), ...Object.values(one)];
  for (const it of all) await it.ask(WARM_UP);
  for (let round = 0; round < rounds; round++) {
    for (const [name, it] of Object.entries(entrants)) await measure(name, it);
    note('raw.perSecond', await raw.perSecond(seconds, 64));
    note('one.ours.p50', (await one.ours.ask(seconds)).p50);
    note('one.bare.p50', (await one.bare.ask(seconds)).p50);
    note('one.echo.p50', (await one.echo.ask(seconds)).p50);
    note('one.commit.p50', await raw.median(seconds));
  }
  for (const it of all) await it.close();
  for (const it of [...Object.values(entrants), alone].flatMap((it) => it.processes)) await it.stop();
  await raw.close();
  note('ours.perCommit', await Raw.perCommit(ours));
} finally {
  await cluster?.stop();
  await rm(folder, { recursive: true, force: true });
}

figures.ratio('overNaive', ['ours.perSecond'], ['naive.perSecond']);
figures.ratio('ofBare', ['ours.perSecond'], ['bare.perSecond']);
figures.ratio('bare.overNaive', ['bare.perSecond'], ['naive.perSecond']);
figures.ratio('bare.ofEcho', ['bare.perSecond'], ['echo.perSecond']);
figures.ratio('ofEcho', ['ours.perSecond'], ['echo.perSecond']);
if (cluster) {
  figures.ratio('overWritten', ['ours.perSecond'], ['written.perSecond']);
  figures.ratio('postgres.overWritten', ['postgres.perSecond'], ['written.perSecond']);
  figures.ratio('twoOnPostgres.overOne', ['twoOnPostgres.perSecond'], ['postgres.perSecond']);
}
figures.ratio('ofRaw', ['ours.perSecond'], ['raw.perSecond']);
figures.ratio('one.bare.overCommitAndTrip', ['one.bare.p50'], ['one.commit.p50', 'one.echo.p50']);
figures.ratio('one.overCommitAndTrip', ['one.ours.p50'], ['one.commit.p50', 'one.echo.p50']);

figures.print(values.json === true);

function each<Name extends string, In, Out>(of: Readonly<Record<Name, In>>, make: (it: In) => Out) {
  return Object.fromEntries(Object.entries(of).map(([name, it]) => [name, make(it as In)])) as Record<
    Name,
    Out
  >;
}
