/** What a matter that was moved shows of itself: its path, its picture, and the audit. */

import { describe, expect, test } from 'vitest';
import { defineChart } from '../../machines/chart.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { auditAll, auditRecord } from '../../src/views/audit.ts';
import { drawPath } from '../../src/views/drawing.ts';
import { pathOf } from '../../src/views/path.ts';
import type { Source } from '../../src/views/source.ts';
import { openEngine, sweden } from '../fixtures/engine.ts';
import { moveTo } from '../fixtures/moving.ts';
import { letter } from '../fixtures/small-charts.ts';

const states = letter.data.states ?? {};
const { waiting = {}, answered: _, ...rest } = states;
/** What was waiting is queued, and an answer is checked before it is one. */
const second = defineChart({
  ...letter,
  version: 2,
  data: {
    ...letter.data,
    initial: 'queued',
    on: { ...letter.data.on, 'letter.restart': { target: '.queued' } },
    states: {
      queued: { ...waiting, on: { 'letter.answer': { target: 'checked' } } },
      checked: { on: { 'letter.archive': { target: 'archived' } } },
      answered: { on: { 'letter.reopen': { target: 'queued' }, 'letter.archive': { target: 'archived' } } },
      ...rest,
    },
  },
});

async function lived() {
  const bench = await openEngine({ charts: [letter] });
  const id = await bench.start('letter', { title: 'A' });
  for (const type of ['letter.answer', 'letter.reopen'] as const) await bench.send(id, type);
  bench.registry.add(second);
  bench.now = '2026-12-02T09:00:00.000Z';
  await moveTo(bench, id, second, {
    states: { waiting: 'queued' },
    deadlines: { reply: 'keep', remind: 'keep' },
  });
  await bench.send(id, 'letter.answer');
  const source: Source = {
    scope: 'everything',
    db: bench.db.reader,
    registry: bench.registry,
    calendarOf: () => sweden,
    registerOf: () => huddinge,
    now: () => bench.now,
  };
  return { bench, id, source };
}

describe('the path of a matter that was moved', () => {
  test('tells the move, and on which version each step was taken', async () => {
    const { bench, id, source } = await lived();
    const path = await pathOf(source, id);
    expect(path?.steps.map((it) => [it.event.type, it.chartVersion])).toEqual([
      ['started', 1],
      ['letter.answer', 1],
      ['letter.reopen', 1],
      ['moved', 2],
      ['letter.answer', 2],
    ]);
    expect(path?.steps[3]).toMatchObject({
      from: [{ path: 'waiting' }],
      to: [{ path: 'queued' }],
      transitions: [],
    });
    expect(path?.chart.version).toBe(2);
    await bench[Symbol.asyncDispose]();
  });

  test('is drawn on the new version with the old names translated; what leads elsewhere in it is not drawn', async () => {
    const { bench, id, source } = await lived();
    const svg = (await drawPath(source, id, 'sv')) ?? '';
    expect(svg).toContain('Flyttat till version 2 i steg 4.');
    const badges = (transition: string) => {
      const [, drawing = ''] = svg.split(`id="t-${transition}"`);
      return [...(drawing.split('</g>')[0] ?? '').matchAll(/>(\d+)</g)].map(([, number]) => Number(number));
    };
    expect(svg).toContain('id="t-queued_3e_letter.answer_23_0"');
    // Step 2 answered at once, which the new version does not do: only step 5 is on its arrow.
    expect(badges('queued_3e_letter.answer_23_0')).not.toContain(2);
    await bench[Symbol.asyncDispose]();
  });

  test('as of a day before the move is drawn on the version of then', async () => {
    const { bench, id, source } = await lived();
    const before = '2026-12-01T12:00:00Z';
    expect((await pathOf(source, id, { until: before }))?.chart.version).toBe(1);
    const svg = await drawPath(source, id, 'sv', before);
    expect(svg).toContain('id="s-waiting"');
    expect(svg).not.toContain('id="s-queued"');
    expect(svg).not.toContain('Flyttat');
    await bench[Symbol.asyncDispose]();
  });

  test('is sound, and the audit says which entries ran under which definition', async () => {
    const { bench, id, source } = await lived();
    const audit = await auditRecord(source, id);
    expect(audit).toMatchObject({ chainIntact: true, replayEqual: true, findings: [] });
    expect(audit?.definitions.map(({ version, first, last }) => [version, first, last])).toEqual([
      [1, 1, 3],
      [2, 4, 5],
    ]);
    expect(new Set(audit?.definitions.map((it) => it.hash)).size).toBe(2);
    await bench[Symbol.asyncDispose]();
  });

  test.each([
    ['is gone', 'delete from move_plan', ['plan']],
    ['is another', `update move_plan set data = replace(data, 'Karin', 'Kalle')`, ['plan', 'plan']],
    ['has another hash', `update move_plan set hash = '0'`, ['plan']],
  ])('a move whose plan %s is found', async (_, statement, kinds) => {
    const { bench, source } = await lived();
    const { sql } = await import('kysely');
    for (const it of ['drop trigger move_plan_kept', 'drop trigger move_plan_unchanged', statement])
      await sql.raw(it).execute(bench.db.writer);
    const audit = await auditAll(source);
    expect(audit.findings.map((it) => it.kind)).toEqual(kinds);
    expect(audit.chainIntact).toBe(false);
    await bench[Symbol.asyncDispose]();
  });

  test('a move that says otherwise than what was done is found', async () => {
    const { bench, id, source } = await lived();
    const { db } = bench;
    await db.writer.schema.dropIndex('entry_moved').execute();
    const { sql } = await import('kysely');
    await sql`drop trigger entry_redacted`.execute(db.writer);
    await sql`update entry set payload = replace(payload, '"waiting":"queued"', '"waiting":"late"') where type = 'moved'`.execute(
      db.writer,
    );
    const audit = await auditRecord(source, id);
    expect(audit).toMatchObject({ chainIntact: false, replayEqual: false });
    await bench[Symbol.asyncDispose]();
  });
});
