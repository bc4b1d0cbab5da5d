/** The rules of the engine once more, on the other database. */
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { Registry } from '../../machines/registry.ts';
import { Engine } from '../../src/engine/engine.ts';
import { anna, openElsewhere, outcomeOf, sweden } from '../fixtures/engine.ts';
import { postgresHere } from '../fixtures/postgres.ts';
import { smallCharts } from '../fixtures/small-charts.ts';

const postgres = await postgresHere();

describe.runIf(postgres)('the engine on PostgreSQL:', async () => {
  if (!postgres) return;
  openElsewhere(postgres.create);
  await import('./group.test.ts');
  await import('./retention.test.ts');

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
