/** The rules of the engine once more, on the other database. */

import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { Registry } from '../../machines/registry.ts';
import { Engine } from '../../src/engine/engine.ts';
import { auditAll } from '../../src/views/audit.ts';
import { anna, openElsewhere, openEngine, outcomeOf, sweden } from '../fixtures/engine.ts';
import { postgresHere } from '../fixtures/postgres.ts';
import { smallCharts } from '../fixtures/small-charts.ts';

const postgres = await postgresHere();

describe.runIf(postgres)('the engine on PostgreSQL:', async () => {
  if (!postgres) return;
  openElsewhere(postgres.create);
  await import('./group.test.ts');
  await import('./retention.test.ts');

  describe('a database that has come back without its last commit', () => {
    /** As a standby has it that lagged behind when it took over: without the newest seal and all that it covers. */
    const loseLast = async ({ writer }: Database, actor: string) =>
      writer.transaction().execute(async (trx) => {
        await sql`set local session_replication_role = replica`.execute(trx);
        await sql`delete from actor where id = ${actor}`.execute(trx);
        await sql`delete from entry where actor = ${actor}`.execute(trx);
        await sql`delete from seal where number = (select max(number) from seal)`.execute(trx);
        await sql`update last_ever set last = (select max(seq) from entry) where name = 'entry'`.execute(trx);
        await sql`update last_ever set last = (select max(number) from seal) where name = 'seal'`.execute(
          trx,
        );
      });

    test.each([
      ['before anyone else has written', 0],
      ['when another has written as much as was lost', 1],
      ['when another has written more than was lost', 2],
    ])('is read anew by a server that goes on: %s', async (_, written) => {
      const address = await postgres.create();
      await using one = await openEngine({ filename: address });
      await using other = await openEngine({ filename: address });
      const id = await one.start('counter', {});
      await other.send(id, 'count.add', { by: 1 });
      const lost = await one.start('counter', {});
      await loseLast(one.db, lost);
      for (let count = 0; count < written; count += 1) await other.send(id, 'count.add', { by: 1 });
      await one.send(id, 'count.add', { by: 1 });
      expect((await one.context(id)).n).toBe(written + 2);
      expect(await outcomeOf(one.send(lost, 'count.add', { by: 1 }))).toBe('notFound');
      const source = {
        db: one.db.reader,
        registry: one.registry,
        calendarOf: () => sweden,
        registerOf: () => huddinge,
        now: () => one.now,
      };
      expect(await auditAll(source)).toMatchObject({ chainIntact: true, replayEqual: true, findings: [] });
    });
  });

  test('where there is no database to have a turn on, everyone who waits is told at once, and the operator', async () => {
    const db = await openDatabase(await postgres.create());
    const told: unknown[] = [];
    const engine = await Engine.open({
      db,
      registry: new Registry(smallCharts),
      calendarOf: () => sweden,
      registerOf: () => huddinge,
      clock: Date.now,
      failed: (error) => told.push(error),
    });
    await db.writer.destroy();
    const start = { kind: 'start', chart: 'counter', tenant: 'huddinge', input: {}, sender: anna } as const;
    const answers = await Promise.all(Array.from({ length: 600 }, () => outcomeOf(engine.submit(start))));
    expect([new Set(answers), told.length]).toEqual([new Set(['unavailable']), 1]);
    await db.reader.destroy();
  });
});
