import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { delegatedDecision } from '../../machines/routes/delegation.ts';
import { createApp } from '../../src/app.ts';
import { passTime } from '../../src/background/tick.ts';
import { redact } from '../../src/commands/redact.ts';
import { verify } from '../../src/commands/verify.ts';
import { standingClock } from '../../src/demo/clock.ts';
import { openDemo } from '../../src/demo.ts';
import { play } from '../../src/play/play.ts';
import { parseStory } from '../../src/play/story.ts';
import type { World } from '../../src/play/world.ts';
import { answer, Folder } from './command.ts';

const folder = new Folder();
const file = join(folder.path, 'closed.db');
const decision = 'SN 2032-01-12 § 7';
const by = 'Arkivarie';
const person = 'Hanna Handläggare';

/** A second version of the route, and a plan that moves the matter there. */
const route = { ...delegatedDecision('sn'), version: 2 };
const plan = {
  ...{ id: 'delegated-second', municipalities: ['huddinge'], diverging: 'move' },
  charts: [{ chart: 'huddinge/sn-delegated', from: 1, to: 2, context: { title: 'Till Frida Förening' } }],
  ...{ reason: 'Ny version.', approver: 'Karin Kanslichef' },
};
const moved = [
  { request: 'POST /v1/routes', body: { municipality: 'huddinge', route }, expect: { status: 201 } },
  { request: 'POST /v1/moves', body: plan, expect: { status: 201 } },
  {
    ...{ request: `POST /v1/moves/${plan.id}/run`, headers: { 'if-match': '"0"' }, body: {} },
    expect: { status: 200, body: { '/moved': 1 } },
  },
].map((it) => ({ at: '2026-03-02T10:00:00+01:00', as: 'administrator', ...it }));

/** A delegated matter of the social services, moved, and closed in April 2026, as the database stands in 2032. */
beforeAll(async () => {
  const source = join(import.meta.dirname, '../scenarios/route-j-delegated-separately.json');
  const { steps, ...life } = JSON.parse(readFileSync(source, 'utf8'));
  const story = parseStory(source, { ...life, steps: [...steps.slice(0, 2), ...moved, ...steps.slice(2)] });
  const db = await openDatabase(file);
  const clock = standingClock(Date.parse(story.steps[0]?.at ?? ''));
  const services = await openDemo({ db, log: pino({ level: 'silent' }), clock, prove: async () => [] });
  const app = createApp(services);
  const world: World = {
    ...{ services, municipality: 'huddinge' },
    request: async (path, init) => app.request(path, init),
    moveTo: (instant) => passTime(services.engine, db, clock, instant),
  };
  expect(await play(world, story)).toMatchObject({ passed: true });
  await world.moveTo(Date.parse('2032-01-12T09:00:00Z'));
  const headers = { authorization: 'Bearer demo-registrar', 'content-type': 'application/json' };
  const body = JSON.stringify({
    ...{ municipality: 'huddinge', route: 'council-matter', title: 'Ett nytt ärende' },
    proposals: [{ text: 'Det godkänns.', body: 'kf' }],
  });
  const init = { method: 'POST', headers: { ...headers, 'idempotency-key': 'new' }, body };
  expect((await world.request('/v1/matters', init)).status).toBe(201);
  await db.close();
}, 60_000);

const run = (...args: string[]) => answer(redact, '--database', file, ...args);
/** Whether a text stands anywhere in the file, or in what SQLite keeps beside it. */
const isInFile = (text: string, where = file) => readFileSync(where).includes(text);

describe('Closed matters are redacted by a retention decision (R-125)', () => {
  it('never without one, and not by nobody (exit code 2)', async () => {
    expect((await run()).code).toBe(2);
    expect((await run('--decision', ' ')).code).toBe(2);
    expect((await run('--decision', decision, '--carry-out')).code).toBe(2);
    expect(isInFile(person)).toBe(true);
  });

  it('which is tried first: it says what would be redacted, and writes nothing', async () => {
    const { code, out } = await run('--decision', decision);
    expect([code, out]).toEqual([0, expect.stringMatching(/^✓ .*closed 2026-04-08; \d+ entries/)]);
    expect(out).toContain('1 would be redacted, 0 not');
    expect(out).toContain(`the plan "${plan.id}", which moved it, stays with its reason, its approver`);
    expect(await tablesNaming('Frida Förening')).toEqual(['actor', 'entry', 'move_plan']);
    expect(isInFile(person)).toBe(true);
  });

  it('is told why one that was named is kept (exit code 1)', async () => {
    const { code, out } = await run('--decision', decision, '--matter', await recordOf('council-matter'));
    expect([code, out]).toEqual([1, expect.stringContaining('says nothing of it: it is kept for good')]);
  });

  it('and one that breaks off leaves nothing in the file of what was redacted until then (exit code 2)', async () => {
    const copy = join(folder.path, 'broken-off.db');
    copyFileSync(file, copy);
    const named = ['--matter', await recordOf('sn-delegated'), '--matter', 'none'];
    const orders = ['--decision', decision, '--carry-out', '--by', by, ...named];
    expect((await answer(redact, '--database', copy, ...orders)).code).toBe(2);
    expect(isInFile(person, copy)).toBe(false);
    expect(isInFile(person)).toBe(true);
  });

  it('then carried out: what was written is nowhere in the file, and the audit says by which decision', async () => {
    const { out: before } = await answer(verify, '--database', file);
    const head = /^head: (.*)$/m.exec(before)?.[1] ?? '';
    const { code, out } = await run('--decision', decision, '--carry-out', '--by', by);
    expect([code, out]).toEqual([0, expect.stringContaining(`1 redacted by ${decision}, 0 not`)]);
    expect(isInFile(person)).toBe(false);
    expect(await tablesNaming('Frida Förening')).toEqual(['move_plan']);
    const audit = await answer(verify, '--database', file, '--anchor', head);
    expect(audit.code).toBe(0);
    expect(audit.out).toMatch(
      /^– .* entries redacted 2032-01-12T.* by Arkivarie, by decision SN 2032-01-12 § 7$/m,
    );
    expect((await run('--decision', decision)).out).toBe('0 would be redacted, 0 not\n');
  });
});

it('nothing is redacted while a server runs on the database (exit code 2)', async () => {
  const used = join(folder.path, 'used.db');
  const server = await openDatabase(used);
  const args = ['--decision', decision, '--by', 'Arkivarie', '--carry-out', '--database', used];
  const { code, err } = await answer(redact, ...args);
  await server.close();
  expect([code, err]).toEqual([2, expect.stringContaining('another server is already running')]);
});

/** The tables of which a row says a text. */
async function tablesNaming(text: string): Promise<string[]> {
  const db = await openDatabase(file);
  const found: string[] = [];
  for (const table of ['actor', 'entry', 'outbox', 'term', 'delivery', 'reply', 'move_plan'] as const) {
    const rows = await db.reader.selectFrom(table).selectAll().execute();
    if (JSON.stringify(rows).includes(text)) found.push(table);
  }
  await db.close();
  return found;
}

async function recordOf(route: string): Promise<string> {
  const db = await openDatabase(file);
  const { id } = await db.reader
    .selectFrom('actor')
    .select('id')
    .where('chart', '=', `huddinge/${route}`)
    .executeTakeFirstOrThrow();
  await db.close();
  return id;
}
