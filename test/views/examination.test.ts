import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtIn, municipalities } from '../../machines/registry.ts';
import { pages } from '../../src/clerk/pages.tsx';
import { openMeeting } from '../../src/engine/openings.ts';
import { examine, examineAll } from '../../src/views/examination.ts';
import { openPages, type TownHall } from '../clerk/town-hall.ts';
import { meetOn16May, on, openTownHall, register, sourceOf } from '../fixtures/council-matter.ts';
import { anna, type Bench, openEngine } from '../fixtures/engine.ts';
import { patched } from '../proving/patch.ts';

/** A meeting whose chart forgot the quorum. */
const lawless = builtIn()
  .all()
  .map((chart) =>
    chart.name === 'meeting'
      ? patched(chart, [{ op: 'remove', path: '/states/summoned/on/meeting.open/guard' }])
      : chart,
  );

/** The council meets with two of its members present. @returns the id of the meeting. */
async function meetTwo(bench: Bench): Promise<string> {
  const offer = { municipalities, registry: bench.registry, now: bench.now };
  const command = openMeeting(offer, { municipality: 'huddinge', body: 'kf', date: '2026-12-09' });
  const { actor } = await bench.engine.submit({ ...command, sender: anna });
  await bench.send(actor, 'meeting.summon', { sentOn: '2026-12-01' });
  bench.now = '2026-12-09T17:00:00.000Z';
  await bench.send(actor, 'meeting.open', { present: 2, chair: 'Olle Ordförande' });
  return actor;
}

let hall: TownHall;
let bench: Bench;
let meeting: string;
beforeAll(async () => {
  hall = await openPages();
  bench = await openEngine({ charts: lawless });
  meeting = await meetTwo(bench);
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await hall[Symbol.asyncDispose]();
});

const violation = {
  rule: 'R-029',
  cite: 'KL 5:45',
  verdict: 'violated',
  evidence: { version: 3, event: { type: 'meeting.open' }, on: '2026-12-09' },
};

describe('An examination tells what was against the law, though the log is sound', () => {
  it('of a record: the rule, its citation, the step and the day', async () => {
    const examined = await examine(sourceOf(bench), meeting);
    expect(examined).toMatchObject({ chainIntact: true, replayEqual: true, findings: [], lawful: false });
    expect(examined?.legality.filter((it) => it.verdict === 'violated')).toMatchObject([violation]);
  });

  it('of everything: only what was violated', async () => {
    expect(await examineAll(sourceOf(bench))).toMatchObject({ lawful: false, legality: [violation] });
  });

  it('on the page of the record, with a way to the rule and to the step', async () => {
    const app = pages({ ...hall.services, engine: bench.engine, source: sourceOf(bench) });
    const response = await app.request(`/meetings/${meeting}`, {
      headers: { cookie: 'identity=demo-auditor' },
    });
    const html = await response.text();
    expect(html).toContain('Brutna regler: 1');
    expect(html).toMatch(/href="\/rules#R-029"[^>]*>KL 5:45 \(R-029\)</);
    expect(html).toContain(`href="/actors/${meeting}#path"`);
  });

  it('and where all is well it says so, on the page as well', async () => {
    const matter = await register(hall.bench);
    expect(await examine(sourceOf(hall.bench), matter)).toMatchObject({ lawful: true });
    expect(await examineAll(sourceOf(hall.bench))).toMatchObject({ lawful: true, legality: [] });
    expect(await hall.page(`/matters/${matter}`)).toContain('Ingen regel bruten');
  });
});

describe('A time of the law that has passed is told, and leaves what was decided lawful', () => {
  it.each([
    ['2022-05-30', []],
    [
      '2022-05-31',
      [
        {
          rule: 'R-069',
          cite: 'KL 5:69, 5:72 p 9, 6:35',
          evidence: { event: { type: 'deadline.minutesDue' } },
        },
      ],
    ],
  ])('the minutes of 16 May, not approved on %s (R-069)', async (day, expected) => {
    await using bench = await openTownHall();
    const meeting = await meetOn16May(bench);
    await on(bench, day);
    const examined = await examine(sourceOf(bench), meeting);
    expect(examined?.lawful).toBe(true);
    expect(examined?.legality.filter((it) => it.verdict === 'late')).toMatchObject(expected);
    expect(await examineAll(sourceOf(bench))).toMatchObject({ lawful: true, legality: expected });
  });

  it('on the page of the meeting, with its rule', async () => {
    await using late = await openPages();
    const meeting = await meetOn16May(late.bench);
    await on(late.bench, '2022-05-31');
    const html = await late.page(`/meetings/${meeting}`);
    expect(html).toContain('Tider som gått ut: 1');
    expect(html).toContain('Ingen regel bruten');
    expect(html).toMatch(/href="\/rules#R-069"/);
  });

  it.each(['R-069', 'R-071', 'R-096', 'R-109', 'R-112'])('%s gives such a time', (rule) => {
    const all = builtIn().all();
    const given = all.flatMap((it) => Object.values(it.deadlines)).filter((it) => it.rule === rule);
    expect(given.some((it) => it.duty)).toBe(true);
  });
});

describe('A joint matter is examined for the other municipality without its parts (R-114)', () => {
  /** Which a member leaves before it is there: its chart forgot in which state that may be. */
  const hasty = builtIn()
    .all()
    .map((chart) =>
      chart.name === 'joint-matter'
        ? patched(chart, [
            { op: 'add', path: '/states/draft/on/exit.give', value: { actions: [{ type: 'startExit' }] } },
          ])
        : chart,
    );

  it('of whose actors and steps nothing is told, while the first is told of them', async () => {
    await using region = await openEngine({ charts: hasty });
    const members = [
      { municipality: 'huddinge', route: 'council-matter', body: 'kf', number: 'HKS 2026/2' },
      { municipality: 'salem', route: 'board-matter', body: 'ks', number: 'SKS 2026/1' },
    ];
    const words = {
      title: 'Program',
      number: 'HKS 2026/1',
      text: 'Programmet antas.',
      validFrom: '2027-01-01',
    };
    const joint = await region.start('joint-matter', { ...words, members });
    await region.send(joint, 'exit.give', { municipality: 'huddinge', on: '2026-12-01' });
    await region.send(joint, 'joint.propose');
    const exit = `${joint}.exit-huddinge`;
    await sql`update actor set title = 'Annat' where id = ${exit}`.execute(region.db.writer);
    const forThoseOf = (tenant: string) =>
      examine({ ...sourceOf(region), scope: { tenants: [tenant], confidential: [tenant] } }, joint);
    const [own, others] = [await forThoseOf('huddinge'), await forThoseOf('salem')];
    expect(JSON.stringify(own)).toContain(exit);
    expect(JSON.stringify(others)).not.toContain(exit);
    expect(own?.findings).toMatchObject([{ actor: exit, kind: 'snapshot' }]);
    expect(others).toMatchObject({ actors: 2, replayEqual: false, findings: [] });
    expect(others?.definitions.map((it) => it.actor)).toEqual([joint]);
  });
});

describe('Where the log is not sound', () => {
  it('nothing is said of the law', async () => {
    await using forged = await openTownHall();
    const matter = await register(forged);
    await sql`drop trigger entry_redacted`.execute(forged.db.writer);
    await sql`update entry set payload = replace(payload, 'Avtal', 'Annat')`.execute(forged.db.writer);
    expect(await examine(sourceOf(forged), matter)).toMatchObject({
      chainIntact: false,
      lawful: null,
      legality: [],
    });
    expect(await examineAll(sourceOf(forged))).toMatchObject({ lawful: null });
  });

  it('and of what does not exist there is no examination', async () => {
    expect(await examine(sourceOf(bench), 'nobody')).toBeNull();
  });
});
