/** A few lives of matters, lived on the engine itself: what a large database is made of. */
import type { JsonObject } from '../../machines/chart.ts';
import { municipalities } from '../../machines/registry.ts';
import { type MatterWords, openMatter } from '../../src/engine/openings.ts';
import { actorsOfRoot, type StoredActor } from '../../src/store/actors.ts';
import { type Deadline, deadlinesOfActors } from '../../src/store/deadlines.ts';
import { type Entry, entriesAfter } from '../../src/store/entries.ts';
import { type OutboxMessage, outboxOfActors } from '../../src/store/outbox.ts';
import { newestSeal } from '../../src/store/seals.ts';
import { openTownHall, walkToArchive } from '../fixtures/council-matter.ts';
import { anna, type Bench } from '../fixtures/engine.ts';
import { ASSIGNMENT, REGISTRATION, ROUND } from './walk.ts';

/** What the engine has written of a life. */
export interface Life {
  readonly entries: readonly Entry[];
  readonly actors: readonly StoredActor[];
  readonly deadlines: readonly Deadline[];
  readonly outbox: readonly OutboxMessage[];
  /** How many there are of it among so many matters. */
  copies(matters: number): number;
}

/** How the registry number of each matter that is lived here ends. */
export const NUMBER = /98765\d{3}/;
let lived = 98765_000;

const QUARTERS = 40;
const QUARTER = 91 * 24 * 3_600_000;

/**
 * The oldest first: matters of ten years, drafted, that wait for somebody; some that have gone all the way to the
 * archive, with their meetings; some that committees have a month to answer; and a few of five hundred steps.
 * @param now epoch milliseconds.
 */
export async function lives(now: number): Promise<readonly Life[]> {
  await using bench = await openTownHall();
  const all: Life[] = [];
  const live = async (copies: Life['copies'], walk: () => Promise<unknown>) => {
    const before = (await newestSeal(bench.db.reader))?.last ?? 0;
    await walk();
    all.push({ ...(await writtenSince(bench, before)), copies });
  };
  bench.now = '2022-05-02T07:00:00.000Z';
  await live(
    (matters) => Math.ceil(matters / 200),
    () => walkToArchive(bench, { number: `HKS 2022/${++lived}` }),
  );
  for (let quarter = QUARTERS - 1; quarter >= 0; quarter--) {
    bench.now = new Date(now - quarter * QUARTER).toISOString();
    const title = titles[quarter % titles.length];
    await live(
      (matters) => Math.floor((matters * 0.945) / QUARTERS),
      () => draft(bench, { ...REGISTRATION, ...(title && { title }) }, 2),
    );
  }
  await live(
    (matters) => Math.ceil(matters / 20),
    () => hear(bench),
  );
  await live(
    () => 10,
    () => draft(bench, REGISTRATION, 166),
  );
  return all;
}

const titles = [
  REGISTRATION.title,
  'Detaljplan för kvarteret Björken',
  'Riktlinjer för föreningsbidrag',
  'Cykelvägar i Skogås',
  'Taxa för renhållning',
  'Överenskommelse om gemensam räddningscentral',
  'Lekplats i Trångsund',
  'Revidering av arkivreglemente',
];

async function register(bench: Bench, words: MatterWords): Promise<string> {
  const offer = { municipalities, registry: bench.registry, now: bench.now };
  const command = openMatter(offer, { ...words, number: `HKS ${bench.now.slice(0, 4)}/${++lived}` });
  return (await bench.engine.submit({ ...command, sender: anna })).actor;
}

async function draft(bench: Bench, words: MatterWords, rounds: number): Promise<void> {
  const matter = await register(bench, words);
  const { type, payload } = ASSIGNMENT;
  await bench.send(matter, type, payload);
  for (let round = 0; round < rounds; round++)
    for (const it of ROUND) await bench.send(matter, it.type, it.payload);
}

async function hear(bench: Bench): Promise<void> {
  const proposals = [{ text: 'En gemensam reception inrättas.', body: 'ks' }];
  const matter = await register(bench, { ...REGISTRATION, route: 'heard-matter', proposals });
  const sent: readonly (readonly [string, JsonObject])[] = [
    [ASSIGNMENT.type, ASSIGNMENT.payload],
    ...ROUND.slice(0, 2).map((it) => [it.type, it.payload] as const),
    ['matter.handOver', {}],
    ['consultation.open', { question: 'Kan nämnden bemanna en gemensam reception?', material: ['Förslag'] }],
  ];
  for (const [type, payload] of sent) await bench.send(matter, type, payload);
}

async function writtenSince({ db: { reader } }: Bench, seq: number) {
  const entries = await entriesAfter(reader, seq, 10_000);
  const roots = [...new Set(entries.map((it) => it.root))];
  const actors = (await Promise.all(roots.map((it) => actorsOfRoot(reader, 'everything', it)))).flat();
  const ids = actors.map((it) => it.id);
  const deadlines = await deadlinesOfActors(reader, ids);
  return { entries, actors, deadlines, outbox: await outboxOfActors(reader, ids) };
}
