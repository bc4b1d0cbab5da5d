/**
 * Measures how the server takes growth, in one run and in paired rounds: `npm run bench -- --growth`. The same server on
 * databases of more and more matters: what it writes while ten thousand matters are in motion, and while any matter may
 * be the next; how it starts; and what a page takes. `--json` for machines; `--matters 1000,100000` for other sizes, the
 * small one first; `--rounds N`, `--seconds N`, `--connections N`; `--folder FOLDER` to build in an empty folder, and to
 * keep what was built.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, statfsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { openReader } from '../../db/open.ts';
import { atOneMoment } from '../../src/store/moment.ts';
import { newestSeal } from '../../src/store/seals.ts';
import { Figures } from './figures.ts';
import { grow } from './grown.ts';
import { Connections } from './load.ts';
import { Motion } from './motion.ts';
import { Contender } from './process.ts';

const number = (fallback: string) => ({ type: 'string', default: fallback }) as const;
const { values } = parseArgs({
  options: {
    growth: { type: 'boolean' },
    json: { type: 'boolean' },
    matters: number('1000,100000,1000000'),
    rounds: number('5'),
    seconds: number('5'),
    connections: number('64'),
    folder: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const connections = Number(values.connections);

/** Matters in motion: those that a large organisation has at the same time. */
const IN_MOTION = 10_000;
/** Bytes that a matter takes with its log, its parts and their indexes, and some to spare. */
const A_MATTER = 25_000;
/** How often something is asked of a server that has just started, beside the first time. */
const TIMES = 20;
const MIB = 2 ** 20;
/** Seconds in which nearly all that are in motion have been touched. */
const WARM_UP = 15;

const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'arendegang-growth-')));
mkdirSync(folder, { recursive: true });
const figures = new Figures();

/** A database of a size, and its name among the figures. */
interface Grown {
  readonly name: string;
  readonly matters: number;
  readonly file: string;
}

async function build(matters: number): Promise<Grown> {
  const grown = { name: String(matters), matters, file: join(folder, `${matters}.db`) };
  const { bavail, bsize } = statfsSync(folder);
  const needed = matters * A_MATTER;
  if (bavail * bsize < needed) throw new Error(`${folder} lacks room for ${Math.ceil(needed / MIB)} MiB`);
  const began = performance.now();
  const entries = await grow(grown.file, matters);
  const took = Math.round((performance.now() - began) / 1000);
  const size = Math.round(statSync(grown.file).size / MIB);
  console.warn(`${matters} matters, ${entries} entries: ${size} MiB, built in ${took} s`);
  return grown;
}

const serve = ({ file }: Grown) => Contender.ours({ DATABASE_PATH: file });

/** Has the kernel forget a file, so that it is read from the disk. */
const forget = ({ file }: Grown) => spawnSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0']);

/** Starts a server on a file that nobody has read, and asks it what a clerk and an auditor ask. */
async function start(grown: Grown, long: string): Promise<void> {
  const { name } = grown;
  forget(grown);
  const server = await serve(grown);
  figures.note(`${name}.start.ms`, server.took);
  figures.note(`${name}.start.rss`, (await server.use()).rss);
  await look(server, `${name}.desk`, '/v1/desk?limit=20');
  await look(server, `${name}.list`, '/v1/matters?limit=20');
  await look(server, `${name}.path500`, `/v1/matters/${long}/path`);
  await server.stop();
}

/** The pages of the database that are read the first time, and how long it takes from then on. */
async function look(server: Contender, name: string, path: string): Promise<void> {
  const ask = async () => {
    const began = performance.now();
    const answer = await fetch(server.url + path, { headers: { authorization: 'Bearer demo-clerk' } });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    await answer.arrayBuffer();
    return performance.now() - began;
  };
  const before = await server.bytesRead();
  figures.note(`${name}.firstMs`, await ask());
  figures.note(`${name}.pagesRead`, ((await server.bytesRead()) - before) / 4096);
  const took: number[] = [];
  for (let time = 0; time < TIMES; time++) took.push(await ask());
  figures.note(`${name}.ms`, took.sort((a, b) => a - b)[TIMES / 2] ?? Number.NaN);
}

/** The matters that are drafted, in no order; and one of those whose path is long. */
async function mattersIn({ file }: Grown) {
  const db = await openReader(file);
  const { rows } = await sql<{ id: string }>`
    select id from actor
    where ended = 0 and tenant = 'huddinge' and chart = 'huddinge/council-matter' and state = 'administration.drafting'
      and not exists (select 1 from entry where actor = actor.id and version = 9)`.execute(db);
  // Ids come in the order in which they were built, the longest last.
  const last = await sql<{ root: string }>`select root from actor order by id desc limit 1`.execute(db);
  await db.destroy();
  return { ids: shuffled(rows.map((it) => it.id)), long: last.rows[0]?.root ?? '' };
}

function shuffled(all: string[]): string[] {
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [all[last], all[other]] = [all[other] ?? '', all[last] ?? ''];
  }
  return all;
}

/** Each connection has matters of its own. */
const sharedOut = (ids: readonly string[]): Motion[] =>
  Array.from(
    { length: connections },
    (_, one) => new Motion(ids.filter((_, place) => place % connections === one)),
  );

interface Running {
  readonly grown: Grown;
  readonly server: Contender;
  readonly many: Connections;
}

async function begin(grown: Grown, motions: readonly Motion[]): Promise<Running> {
  const server = await serve(grown);
  return { grown, server, many: new Connections(server.url, motions) };
}

async function end({ server, many }: Running): Promise<void> {
  await many.close();
  await server.stop();
}

async function measure({ grown, server, many }: Running, what: string): Promise<void> {
  const name = `${grown.name}.${what}`;
  const load = many.ask(seconds);
  figures.note(`${name}.walMiB`, await walDuring(grown, load));
  const { perSecond, p50, p99 } = await load;
  figures.note(`${name}.perSecond`, perSecond);
  figures.note(`${name}.p50`, p50);
  figures.note(`${name}.p99`, p99);
  figures.note(`${name}.rss`, (await server.use()).rss);
}

/** The most MiB that the log before the file takes while something is done. */
async function walDuring(grown: Grown, work: Promise<unknown>): Promise<number> {
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, walOf(grown));
  }, 20);
  await work;
  clearInterval(looking);
  return most;
}

const walOf = ({ file }: Grown): number =>
  (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) / MIB;

/** What the log before the file comes to while somebody reads in one transaction, and when that is over. */
async function measureHeld({ grown, many }: Running): Promise<void> {
  const reader = await openReader(grown.file);
  await atOneMoment(reader, async (moment) => {
    await newestSeal(moment);
    figures.note(`${grown.name}.held.walMiB`, await walDuring(grown, many.ask(seconds)));
  });
  await reader.destroy();
  await many.ask(seconds);
  figures.note(`${grown.name}.released.walMiB`, walOf(grown));
}

try {
  const sizes: Grown[] = [];
  for (const it of values.matters.split(',')) sizes.push(await build(Number(it)));
  const long = new Map<Grown, string>();
  const motions = new Map<Grown, Motion[]>();
  for (const it of sizes) {
    const matters = await mattersIn(it);
    long.set(it, matters.long);
    motions.set(it, sharedOut(matters.ids));
  }
  for (let round = 0; round < rounds; round++) for (const [it, path] of long) await start(it, path);
  const phases = { motion: IN_MOTION, uniform: Number.POSITIVE_INFINITY };
  for (const [what, most] of Object.entries(phases)) {
    const running: Running[] = [];
    for (const [it, all] of motions) {
      for (const motion of all) motion.most = most / connections;
      running.push(await begin(it, all));
    }
    for (const it of running) await it.many.ask(WARM_UP);
    for (let round = 0; round < rounds; round++) for (const it of running) await measure(it, what);
    const largest = running.at(-1);
    if (largest && what === 'uniform') await measureHeld(largest);
    await Promise.all(running.map(end));
  }
  const [small, ...grown] = sizes.map((it) => it.name);
  for (const name of grown) {
    figures.ratio(`${name}.start.ofSmall`, [`${name}.start.ms`], [`${small}.start.ms`]);
    for (const what of Object.keys(phases))
      figures.ratio(`${name}.${what}.ofSmall`, [`${name}.${what}.perSecond`], [`${small}.${what}.perSecond`]);
  }
  figures.print(values.json === true);
} finally {
  if (!values.folder) await rm(folder, { recursive: true, force: true });
}
