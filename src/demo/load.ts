/** The demonstration's matters: the seed documents' own, some way along, and a committee's delegations, as stories played. */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import { lockFile } from '../../db/lock.ts';
import { type Database, openDatabase } from '../../db/open.ts';
import { openSqlite } from '../../db/sqlite.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { addPeriod, type Calendar, localDate, rollForward } from '../engine/calendar.ts';
import { type PlayedStep, play } from '../play/play.ts';
import { parseStory, type Step } from '../play/story.ts';
import { openWorld, type World } from '../play/world.ts';
import { claim } from '../purpose.ts';
import { anyActor } from '../store/actors.ts';
import { paragraphAfter } from '../views/paragraphs.ts';
import type { Source } from '../views/source.ts';
import delegation from './delegation.json' with { type: 'json' };
import seed000 from './seed-000.json' with { type: 'json' };
import seed001 from './seed-001.json' with { type: 'json' };
import seed003 from './seed-003.json' with { type: 'json' };
import seed004 from './seed-004.json' with { type: 'json' };

/** The municipality whose meetings are planned ahead. */
const HOME = huddinge.id;

/** Meetings to come, in weeks from today: there is somewhere to take the waiting matters. */
const planned = [
  { body: 'au', weeks: 1, time: '09:00' },
  { body: 'ks', weeks: 2, time: '17:00' },
  { body: 'kf', weeks: 3, time: '18:00' },
  { body: 'sn', weeks: 3, time: '18:00' },
] as const;

/**
 * Opens the database of a file; one that does not exist yet is filled aside and appears whole or not at all.
 * @throws Error when another server holds the file, when it has real matters, or when a story did not go as it says.
 */
export async function openFilled(filename: string, log: Logger): Promise<Database> {
  if (filename === ':memory:' || existsSync(filename)) return filledInPlace(filename, log);
  const aside = `${filename}.loading`;
  const unlock = await lockFile(openSqlite, aside);
  // What an interrupted start has left.
  for (const trace of [aside, `${aside}-wal`, `${aside}-shm`]) await rm(trace, { force: true });
  await unlock();
  const db = await filledInPlace(aside, log);
  await db.close();
  await rename(aside, filename);
  await rm(`${aside}.lock`, { force: true });
  return openDatabase(filename);
}

async function filledInPlace(filename: string, log: Logger): Promise<Database> {
  const db = await openDatabase(filename);
  try {
    await claim(db, 'demo');
    await loadDemo(db, log);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/**
 * Fills an empty database with the demonstration's matters: what happened in them up to now, each thing at its own
 * time, and meetings in the weeks to come. Does nothing to a database that has something in it.
 * @param now epoch milliseconds.
 * @returns how many requests were played.
 * @throws Error naming the first step that did not go as its story says.
 */
export async function loadDemo(db: Database, log: Logger, now = Date.now()): Promise<number> {
  if (await anyActor(db.reader)) return 0;
  const past = pastSteps(now);
  const world = await openWorld(db, { municipality: HOME, now: startOf(past), log });
  const played = await playAll(world, past, 'demo-');
  const source: Source = { ...world.services.source, scope: 'everything' };
  return played + (await playAll(world, await meetingsFrom(now, source), 'demo-ahead-'));
}

async function playAll(world: World, steps: Step[], prefix: string): Promise<number> {
  const story = { name: 'Demonstration', municipality: HOME, steps };
  const { steps: played, passed } = await play(world, story, { prefix });
  if (!passed) throw new Error(`the demonstration's matters could not be loaded: ${faultOf(played)}`);
  return played.length;
}

/** Everything that has happened by now, in the order in which it did. */
const pastSteps = (now: number): Step[] =>
  Object.entries({ seed000, seed001, seed003, seed004, delegation })
    .flatMap(([name, written]) => parseStory(name, written).steps)
    .filter((step) => instantOf(step) <= now)
    .sort((a, b) => instantOf(a) - instantOf(b));

function meetingsFrom(now: number, source: Source): Promise<Step[]> {
  const calendar: Calendar = huddinge.calendar;
  const today = localDate(now, calendar);
  return Promise.all(
    planned.map(async ({ body, weeks, time }) => {
      const date = rollForward(addPeriod(today, { weeks }), calendar);
      const firstParagraph = await paragraphAfter(source, {
        municipality: HOME,
        body,
        year: date.slice(0, 4),
      });
      return {
        at: new Date(now).toISOString(),
        as: 'clerk',
        request: 'POST /v1/meetings',
        headers: {},
        body: { body, date, time, place: 'Kommunalhuset', firstParagraph },
        save: {},
        expect: { status: 201, body: {} },
      };
    }),
  );
}

const instantOf = ({ at = '' }: Step): number => Date.parse(at);

const startOf = ([first]: readonly Step[]): number => (first ? instantOf(first) : 0);

function faultOf(steps: readonly PlayedStep[]): string {
  const fault = steps.find((it) => it.failures.length > 0);
  return `${fault?.at} ${fault?.request} ${fault?.event ?? ''}: ${fault?.failures.join(', ')} ${fault?.problem?.detail ?? ''}`;
}
