import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import type { Role } from '../../machines/roles.ts';
import { standingClock } from '../../src/demo/clock.ts';
import { loadDemo, openFilled } from '../../src/demo/load.ts';
import { openDemo } from '../../src/demo.ts';
import { parseStory } from '../../src/play/story.ts';
import type { Services } from '../../src/services.ts';
import { listActors } from '../../src/store/lists.ts';
import { auditAll } from '../../src/views/audit.ts';
import { desk } from '../../src/views/desk.ts';
import { grantsOf } from '../fixtures/grants.ts';

const log = pino({ level: 'silent' });
const TODAY = '2026-11-21T05:00:00Z';

interface Demo extends AsyncDisposable {
  readonly db: Database;
  readonly services: Services;
}

/** The demonstration as it stands when it is first started at an instant. */
async function started(now: string): Promise<Demo> {
  const db = await openDatabase(':memory:');
  await loadDemo(db, log, Date.parse(now));
  const services = await openDemo({ db, log, clock: standingClock(Date.parse(now)) });
  return { db, services, [Symbol.asyncDispose]: () => db.close() };
}

/** Municipality, title and states of each actor of some charts. */
async function standing({ reader }: Database, ...charts: readonly string[]): Promise<string[]> {
  const actors = await listActors(reader, { scope: 'everything', charts, limit: 100 });
  return actors.map((it) => `${it.tenant} ${it.title.slice(0, 12)}: ${it.states.join(' ')}`).sort();
}

describe('The demonstration shows the seed documents’ matters at work', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await started(TODAY);
  });
  afterAll(() => demo[Symbol.asyncDispose]());

  it('000 waits for the council, 001 for the working committee', async () => {
    expect(await standing(demo.db, 'huddinge/council-matter')).toEqual([
      'huddinge Avtal om sam: au.awaiting',
      'huddinge Förslag till: kf.awaiting',
    ]);
  });

  it('the meetings to come go on with the paragraphs of the year where the body has left off', async () => {
    const ahead = await listActors(demo.db.reader, { scope: 'everything', charts: ['meeting'], limit: 100 });
    const first = ahead
      .filter((it) => it.states.includes('planned'))
      .map((it) => JSON.parse(it.snapshot).context as { body: string; firstParagraph: number })
      .map(({ body, firstParagraph }) => `${body} ${firstParagraph}`);
    expect(first.sort()).toEqual(['au 42', 'kf 1', 'ks 113', 'sn 32']);
  });

  it('004 is decided and dispatched, its contract runs and an affected committee has not answered', async () => {
    expect(await standing(demo.db, 'huddinge/sn-matter', 'contract', 'consultation')).toEqual([
      'huddinge Bär hälften : sent',
      'huddinge Partneravtal: noticeGiven',
      'huddinge Uppsägning a: after.dispatched',
    ]);
  });

  it('003 is decided by three municipalities of eight', async () => {
    const joint = await listActors(demo.db.reader, {
      scope: 'everything',
      charts: ['joint-matter'],
      limit: 1,
    });
    expect(joint[0]?.states).toEqual(['pending']);
    const matters = await listActors(demo.db.reader, { scope: 'everything', routes: true, limit: 100 });
    const members = matters.filter((it) => it.title === joint[0]?.title);
    expect(members).toHaveLength(8);
    expect(members.filter((it) => it.states[0]?.startsWith('after.')).map((it) => it.tenant)).toEqual([
      'salem',
      'haninge',
      'botkyrka',
    ]);
  });

  it('the committee has delegated, one decision is to be notified to it, and one to be made (R-091, R-095)', async () => {
    expect(await standing(demo.db, 'delegation', 'huddinge/sn-delegated')).toEqual([
      'huddinge Enhetschef s: given',
      'huddinge Förlängning : delegate.notifying.awaiting',
      'huddinge Lokalchef: S: given',
      'huddinge Ordförande: : given',
      'huddinge Socialdirekt: given',
      'huddinge Upplåtelse a: delegate.undecided',
    ]);
  });

  it.each<Role>(['clerk', 'registrar', 'caseOfficer', 'chair', 'integration'])(
    'there is work for the %s',
    async (role) => {
      const { waiting } = await desk(
        { ...demo.services.source, scope: 'everything' },
        { grants: grantsOf([role]) },
        { limit: 10, offset: 0 },
      );
      expect(waiting.length).toBeGreaterThan(1);
    },
  );

  it('and it is left alone: a database with something in it is not filled again', async () => {
    expect(await loadDemo(demo.db, log, Date.parse(TODAY))).toBe(0);
  });

  it('its log is whole, and every deadline has fired on its own day', async () => {
    expect((await auditAll(demo.services.source)).findings).toEqual([]);
  });
});

describe('A new database is filled whole or not at all', () => {
  it('what an interrupted start left is begun anew, and nothing of it remains', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'demo-'));
    const file = join(folder, 'a.db');
    const interrupted = await openDatabase(`${file}.loading`);
    await interrupted.close();
    await writeFile(`${file}.loading-wal`, 'torn');
    const db = await openFilled(file, log);
    expect(
      (await listActors(db.reader, { scope: 'everything', routes: true, limit: 100 })).length,
    ).toBeGreaterThan(8);
    expect((await readdir(folder)).filter((name) => name.includes('loading'))).toEqual([]);
    await db.close();
  });
});

describe('The demonstration is fitted to the clock', () => {
  it('what had not happened by then is not there', async () => {
    await using demo = await started('2026-05-21T09:00:00Z');
    const matters = await listActors(demo.db.reader, { scope: 'everything', routes: true, limit: 100 });
    expect(matters.map((it) => it.states)).toEqual([['after.minutes']]);
  });

  it('meetings are planned in the weeks to come, on weekdays', async () => {
    await using demo = await started('2026-12-17T09:00:00Z');
    const meetings = await listActors(demo.db.reader, {
      scope: 'everything',
      charts: ['meeting'],
      limit: 100,
    });
    const ahead = meetings.filter((it) => it.states[0] === 'planned').map((it) => it.title);
    expect(ahead.sort()).toEqual([
      'Kommunfullmäktige 2027-01-07',
      'Kommunstyrelsen 2027-01-04',
      'Kommunstyrelsens arbetsutskott 2026-12-28',
      'Socialnämnden 2027-01-07',
    ]);
  });

  it('before all of it there are only meetings', async () => {
    await using demo = await started('2020-01-01T09:00:00Z');
    const actors = await listActors(demo.db.reader, { scope: 'everything', limit: 100 });
    expect(new Set(actors.map((it) => it.chart))).toEqual(new Set(['meeting']));
  });
});

it('every step of the demonstration says when it happens, and saves under a name of its own', () => {
  const folder = join(import.meta.dirname, '../../src/demo');
  const steps = globSync('*.json', { cwd: folder }).flatMap(
    (file) => parseStory(file, JSON.parse(readFileSync(join(folder, file), 'utf8'))).steps,
  );
  const saved = steps.flatMap((step) => Object.keys(step.save));
  expect(steps.filter((step) => step.at === undefined)).toEqual([]);
  expect(saved.filter((name, index) => saved.indexOf(name) !== index)).toEqual([]);
});
