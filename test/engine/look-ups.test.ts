import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import type { OpenSqlite } from '../../db/dialect.ts';
import { openDatabase } from '../../db/open.ts';
import { openSqlite } from '../../db/sqlite.ts';
import { dueDeadlines, upcomingDeadlines } from '../../src/store/deadlines.ts';
import { openEngine } from '../fixtures/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'look-ups-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A driver that tells what it is asked. */
const overheard =
  (heard: (text: string) => void): OpenSqlite =>
  async (filename, access) => {
    const driver = await openSqlite(filename, access);
    return {
      ...driver,
      query: (isSelect, text, parameters) => {
        heard(text);
        return driver.query(isSelect, text, parameters);
      },
    };
  };

/** What SQLite means to do for a statement. */
function plansOf(file: string, statements: Iterable<string>): Map<string, readonly string[]> {
  const db = new DatabaseSync(file, { readOnly: true });
  const explained = [...statements].map((text) => {
    const rows = db.prepare(`explain query plan ${text}`).all() as unknown as { detail: string }[];
    return [text, rows.map((it) => it.detail)] as const;
  });
  db.close();
  return new Map(explained);
}

/** Everything that is asked while records start, events come in and deadlines fire, from the start of the server on. */
async function asked(file: string): Promise<Set<string>> {
  let isOpen = false;
  const statements = new Set<string>();
  const hear = (text: string) => {
    if (isOpen && /^\s*(select|update|delete|with)\b/i.test(text)) statements.add(text);
  };
  const db = await openDatabase(file, overheard(hear));
  isOpen = true;
  const bench = await openEngine({ db });
  const id = await bench.start('letter', { title: 'A', from: '2026-12-05' });
  const relay = await bench.start('relay', {});
  await bench.send(relay, 'relay.start', { chart: 'part', key: 'p', input: { on: '2026-12-05' } });
  const [last = null] = await bench.deadlines(id);
  bench.now = '2026-12-10T09:00:00.000Z';
  const idempotency = { scope: 's', key: 'k', fingerprint: 'f' };
  await bench.send(relay, 'relay.publish', { topic: 't', payload: {} }, { idempotency });
  await dueDeadlines(db.reader, bench.now, 200, last);
  await bench.tick();
  await upcomingDeadlines(db.reader, { tenants: ['huddinge'], confidential: [] }, 'huddinge', 10);
  await db.close();
  return statements;
}

/** Whether a table that grows is read from end to end, or sorted. An actor's own deadlines are few. */
const isLong = (plan: readonly string[]): boolean =>
  plan.some((it) => /^SCAN (actor|deadline|entry|outbox|receipt|reply)$/.test(it)) ||
  (plan.some((it) => /TEMP B-TREE FOR .*ORDER BY/.test(it)) && !plan.some((it) => it.includes('(actor=?)')));

describe('what is asked while deadlines fire', () => {
  test('is looked up, however many there are: no table that grows is read from end to end, and none sorted', async () => {
    const file = join(folder, 'a.db');
    const plans = plansOf(file, await asked(file));
    expect(plans.size).toBeGreaterThan(8);
    expect([...plans].filter(([, plan]) => isLong(plan))).toEqual([]);
  });

  test('is not, where an index is missing', async () => {
    const file = join(folder, 'b.db');
    const statements = await asked(file);
    const db = new DatabaseSync(file);
    db.exec('drop index deadline_due');
    db.close();
    expect([...plansOf(file, statements).values()].some(isLong)).toBe(true);
  });
});
