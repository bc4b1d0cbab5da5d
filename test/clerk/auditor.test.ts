import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meetOn16May, on, register } from '../fixtures/council-matter.ts';
import { openPages, type TownHall } from './town-hall.ts';

let hall: TownHall;
let matter: string;
beforeAll(async () => {
  hall = await openPages();
  matter = await register(hall.bench);
});
afterAll(() => hall[Symbol.asyncDispose]());

describe("The auditor's desk", () => {
  test('has the latest matters, each examined, with the way to its audit', async () => {
    const html = await hall.page('/', 'auditor');
    expect(html).toContain('Senaste ärendena');
    expect(html).toContain(`href="/matters/${matter}#law"`);
    expect(html).toContain('Loggen hel och oförändrad');
    expect(html).toContain(
      'Inga: loggarna är hela, ingen regel är bruten, och ingen av lagens tider har gått ut.',
    );
  });

  test('has the latest meetings too where something is found, as minutes that are late (R-069)', async () => {
    await using other = await openPages();
    const meeting = await meetOn16May(other.bench);
    await on(other.bench, '2022-05-30');
    expect(await other.page('/', 'auditor')).toContain('Inga: loggarna är hela');
    await on(other.bench, '2022-05-31');
    const html = await other.page('/', 'auditor');
    expect(html).not.toContain('Inga: loggarna är hela');
    expect(html).toMatch(new RegExp(`href="/meetings/${meeting}#law".*?href="/rules#R-069"`, 's'));
  });

  test('is the auditor’s alone', async () => {
    expect(await hall.page('/', 'clerk')).not.toContain('Senaste ärendena');
  });

  test('examines the matter of a municipality, not the joint matter that started it', async () => {
    await using other = await openPages();
    const joint = await other.bench.start('joint-matter', {
      ...{ title: 'Program', number: 'HKS 2026/8', text: 'Programmet antas.', validFrom: '2027-01-01' },
      members: [{ municipality: 'huddinge', route: 'council-matter', body: 'kf', number: 'HKS 2026/9' }],
    });
    await other.bench.send(joint, 'joint.propose');
    expect(await other.page('/', 'auditor')).toContain('Inga: loggarna är hela');
    await sql`update actor set title = 'Annat' where id = ${joint}`.execute(other.bench.db.writer);
    expect(await other.page('/?examine=now', 'auditor')).toContain('Inga: loggarna är hela');
    await sql`update actor set title = 'Annat' where id = ${`${joint}.huddinge`}`.execute(
      other.bench.db.writer,
    );
    const html = await other.page('/?examine=now', 'auditor');
    expect(html).not.toContain('Inga: loggarna är hela');
    expect(html).toContain(`href="/matters/${joint}.huddinge#law"`);
    expect(html).toContain(`${joint}.huddinge : Det lagrade är inte vad loggen ger: title.`);
  });

  test('says on demand what is wrong with a log that was changed', async () => {
    await sql`drop trigger entry_redacted`.execute(hall.bench.db.writer);
    await sql`update entry set payload = replace(payload, 'Avtal', 'Annat')`.execute(hall.bench.db.writer);
    const html = await hall.page('/?examine=now', 'auditor');
    expect(html).toContain('Avvikelser i loggen');
    expect(html).not.toContain('Inga: loggarna är hela');
  });
});
