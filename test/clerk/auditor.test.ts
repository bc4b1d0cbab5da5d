import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { register } from '../fixtures/council-matter.ts';
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
    expect(html).toContain('Inga: loggarna är hela, och ingen regel är bruten.');
  });

  test('is the auditor’s alone', async () => {
    expect(await hall.page('/', 'clerk')).not.toContain('Senaste ärendena');
  });

  test('says on demand what is wrong with a log that was changed', async () => {
    await sql`drop trigger entry_redacted`.execute(hall.bench.db.writer);
    await sql`update entry set payload = replace(payload, 'Avtal', 'Annat')`.execute(hall.bench.db.writer);
    const html = await hall.page('/?examine=now', 'auditor');
    expect(html).toContain('Avvikelser i loggen');
    expect(html).not.toContain('Inga: loggarna är hela');
  });
});
