import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { builtIn } from '../../machines/registry.ts';
import { GENESIS, hashOf } from '../../src/engine/chain.ts';
import { entriesOfActor } from '../../src/store/entries.ts';
import { type Audit, auditAll, auditRecord } from '../../src/views/audit.ts';
import type { Source } from '../../src/views/source.ts';
import { openTownHall, register, sourceOf, type Walked, walkToDecision } from '../fixtures/council-matter.ts';
import { sweden } from '../fixtures/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'audit-'));
const original = join(folder, 'walked.db');
const registry = builtIn();
let walked: Walked;
let copies = 0;

beforeAll(async () => {
  await using bench = await openTownHall(original);
  walked = await walkToDecision(bench);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of the walked database that someone has got at, with the triggers of the log out of the way. */
async function tampered(
  deed: (run: (statement: string) => Promise<unknown>, db: Database) => Promise<unknown>,
): Promise<{ source: Source; db: Database; [Symbol.asyncDispose](): Promise<void> }> {
  const file = join(folder, `copy-${++copies}.db`);
  copyFileSync(original, file);
  const db = await openDatabase(file);
  const run = (statement: string) => sql.raw(statement).execute(db.writer);
  await run('drop trigger entry_unchanged');
  await run('drop trigger entry_redacted');
  await run('drop trigger entry_kept');
  await deed(run, db);
  const source: Source = {
    scope: 'everything',
    db: db.reader,
    registry,
    calendarOf: () => sweden,
    registerOf: () => huddinge,
    now: () => '2022-06-23T09:00:00.000Z',
  };
  return { source, db, [Symbol.asyncDispose]: () => db.close() };
}

const untouched = async () => {};
const where = (version: number, actor = walked.matter) => `where actor = '${actor}' and version = ${version}`;

/** The findings as short texts. */
const said = (audit: Audit | null): string[] =>
  (audit?.findings ?? []).map(({ actor, version, kind }) =>
    [actor === '' ? '' : actor.replace(walked.matter, 'matter'), kind, version ?? ''].join(' ').trim(),
  );

/** As the server has it: there is no calendar for a municipality that there is not. */
const strict = (source: Source): Source => ({
  ...source,
  calendarOf: (tenant) => {
    if (tenant !== 'huddinge') throw new Error(`there is no municipality ${tenant}`);
    return sweden;
  },
});

/** Writes a changed entry and everything after it anew, as someone would who knows how the chain is made. */
async function rechain(db: Database, actor: string, change: (entry: Record<string, unknown>) => object) {
  let prev = GENESIS;
  for (const { hash: _, ...entry } of await entriesOfActor(db.writer, actor)) {
    const made = { ...entry, ...change({ ...entry }), prev };
    prev = hashOf(made);
    await db.writer
      .updateTable('entry')
      .set({ ...made, hash: prev })
      .where('seq', '=', entry.seq)
      .execute();
  }
  await db.writer.updateTable('actor').set({ head: prev }).where('id', '=', actor).execute();
}

describe('An untouched database', () => {
  it('has nothing to find: record by record, and as a whole', async () => {
    await using copy = await tampered(untouched);
    const records = [walked.matter, ...Object.values(walked.meetings)];
    const audits = await Promise.all(records.map((root) => auditRecord(copy.source, root)));
    for (const [index, audit] of audits.entries())
      expect(audit).toMatchObject({
        root: records[index],
        chainIntact: true,
        replayEqual: true,
        findings: [],
      });
    const all = await auditAll(copy.source);
    expect(all).toMatchObject({ chainIntact: true, replayEqual: true, findings: [] });
    expect(all.actors).toBe(audits.reduce((sum, it) => sum + (it?.actors ?? 0), 0));
    expect(all.entries).toBe(audits.reduce((sum, it) => sum + (it?.entries ?? 0), 0));
  });

  it('keeps its log: neither a change nor a removal gets past the triggers', async () => {
    await using bench = await openTownHall();
    const { matter } = await walkToDecision(bench);
    const update = sql.raw(`update entry set payload = '{}' ${where(2, matter)}`).execute(bench.db.writer);
    await expect(update).rejects.toThrow('the log is append-only');
    await expect(sql.raw(`delete from entry ${where(2, matter)}`).execute(bench.db.writer)).rejects.toThrow(
      'append-only',
    );
    expect(said(await auditAll(sourceOf(bench)))).toEqual([]);
  });

  it('has nothing to find while it is being written', { timeout: 300_000 }, async () => {
    const file = join(folder, 'busy.db');
    await using bench = await openTownHall(file);
    const matter = await register(bench);
    await bench.send(matter, 'matter.assign', { caseOfficer: 'Hanna' });
    let writing = true;
    const writer = (async () => {
      for (let n = 1; n <= 60; n++) await bench.send(matter, 'point.add', { text: `Punkt ${n}`, body: 'kf' });
    })().finally(() => {
      writing = false;
    });
    const source = sourceOf(bench);
    let audits = 0;
    while (writing) {
      const found = await Promise.all([
        auditAll(source),
        auditRecord(source, matter),
        auditRecord(source, matter),
      ]);
      expect(found.flatMap(said)).toEqual([]);
      audits += 1;
    }
    await writer;
    expect(audits).toBeGreaterThan(1);
  });

  it('has no record of an id that nobody has', async () => {
    await using copy = await tampered(untouched);
    expect(await auditRecord(copy.source, 'nobody')).toBeNull();
    expect(await auditRecord(copy.source, `${walked.matter}.p1`)).toBeNull();
  });
});

describe('The first bad entry is named when', () => {
  it('a payload is changed', async () => {
    await using copy = await tampered((run) =>
      run(`update entry set payload = replace(payload, 'Hanna', 'Hella') ${where(2)}`),
    );
    const audit = await auditRecord(copy.source, walked.matter);
    expect(said(audit)).toEqual(['matter chain 2', 'matter snapshot']);
    expect(audit).toMatchObject({ chainIntact: false, replayEqual: false });
  });

  it.each(['command', 'at', 'type', 'payload', 'meta', 'step', 'root', 'tenant', 'prev', 'hash'])(
    'the %s of an entry is changed, be it by a space',
    async (field) => {
      await using copy = await tampered((run) =>
        run(`update entry set ${field} = ${field} || ' ' ${where(4)}`),
      );
      expect(said(await auditAll(copy.source))).toContain('matter chain 4');
    },
  );

  it('two are changed: the earlier one', async () => {
    await using copy = await tampered(async (run) => {
      await run(`update entry set at = '2022-01-01T00:00:00.000Z' ${where(9)}`);
      await run(`update entry set at = '2022-01-01T00:00:00.000Z' ${where(3)}`);
    });
    expect(said(await auditRecord(copy.source, walked.matter))[0]).toBe('matter chain 3');
  });

  it('an entry is deleted', async () => {
    await using copy = await tampered((run) => run(`delete from entry ${where(5)}`));
    expect(said(await auditRecord(copy.source, walked.matter))[0]).toBe('matter chain 5');
    expect(said(await auditAll(copy.source)).slice(-2)).toEqual(['sequence', 'seal']);
  });

  it('an entry is deleted and the later ones move up', async () => {
    await using copy = await tampered(async (run) => {
      await run(`delete from entry ${where(5)}`);
      await run(`update entry set version = -version where actor = '${walked.matter}' and version > 5`);
      await run(`update entry set version = -version - 1 where actor = '${walked.matter}' and version < 0`);
    });
    expect(said(await auditRecord(copy.source, walked.matter))[0]).toBe('matter chain 5');
  });

  it('two entries change places', async () => {
    await using copy = await tampered(async (run) => {
      await run(`update entry set version = -4 ${where(4)}`);
      await run(`update entry set version = 4 ${where(5)}`);
      await run(`update entry set version = 5 ${where(-4)}`);
    });
    expect(said(await auditRecord(copy.source, walked.matter))[0]).toBe('matter chain 4');
  });

  it('two entries change places in the log of the database only', async () => {
    await using copy = await tampered(async (run) => {
      const log = `(select seq from entry ${where(4)})`;
      await run(
        `create temp table place as select ${log} as four, (select seq from entry ${where(5)}) as five`,
      );
      await run(`update entry set seq = -1 ${where(4)}`);
      await run(`update entry set seq = (select four from place) ${where(5)}`);
      await run(`update entry set seq = (select five from place) ${where(4)}`);
    });
    const audit = await auditRecord(copy.source, walked.matter);
    expect(said(audit)).toEqual(['matter chain 4', 'matter sequence 5']);
    expect(audit).toMatchObject({ chainIntact: false, replayEqual: true });
    await rechain(copy.db, walked.matter, () => ({}));
    const rechained = await auditRecord(copy.source, walked.matter);
    expect(said(rechained)).toEqual(['matter sequence 5']);
    expect(rechained).toMatchObject({ chainIntact: false, replayEqual: true });
  });

  it('the tail is cut', async () => {
    await using copy = await tampered((run) =>
      run(`delete from entry where actor = '${walked.matter}' and version > 20`),
    );
    expect(said(await auditRecord(copy.source, walked.matter))[0]).toBe('matter chain 21');
  });

  it('the tail is cut, and the head is made to fit', async () => {
    await using copy = await tampered(async (run) => {
      await run(`delete from entry where actor = '${walked.matter}' and version > 20`);
      await run(
        `update actor set version = 20, head = (select hash from entry ${where(20)}) where id = '${walked.matter}'`,
      );
    });
    const audit = await auditRecord(copy.source, walked.matter);
    expect(said(audit)).toEqual(['matter snapshot']);
    expect(audit?.findings[0]?.detail.en).toMatch(/snapshot/);
    expect(said(await auditAll(copy.source))).toContain('sequence');
  });

  it('an entry is added at the end', async () => {
    await using copy = await tampered((run) =>
      run(
        `insert into entry (seq, actor, version, root, tenant, command, at, type, payload, meta, step, prev, hash)
         select (select max(seq) + 1 from entry), actor, version + 1, root, tenant, command, at, type, payload, meta, step, hash, hash from entry
         where actor = '${walked.matter}' order by version desc limit 1`,
      ),
    );
    const { version } = (await copy.db.reader
      .selectFrom('actor')
      .select('version')
      .where('id', '=', walked.matter)
      .executeTakeFirst()) ?? { version: 0 };
    expect(said(await auditRecord(copy.source, walked.matter))[0]).toBe(`matter chain ${version + 1}`);
  });

  it('the whole chain is made anew over a changed payload: the snapshot gives it away', async () => {
    await using copy = await tampered((_, db) =>
      rechain(db, walked.matter, (it) => ({ payload: String(it.payload).replace('Hanna', 'Hella') })),
    );
    const audit = await auditRecord(copy.source, walked.matter);
    expect(said(audit)).toEqual(['matter snapshot']);
    expect(audit).toMatchObject({ chainIntact: true, replayEqual: false });
  });

  it('the whole chain is made anew over an event that the chart does not accept there', async () => {
    await using copy = await tampered((_, db) =>
      rechain(db, walked.matter, (it) => (it.version === 3 ? { type: 'matter.archive' } : {})),
    );
    expect(said(await auditRecord(copy.source, walked.matter))).toEqual(['matter replay 3']);
  });

  it.each(['from', 'to', 'taken', 'deadlines', 'chartHash'])(
    'the whole chain is made anew over what a step says of its %s',
    async (field) => {
      await using copy = await tampered((_, db) =>
        rechain(db, walked.matter, (it) =>
          it.version === 6 ? { step: JSON.stringify({ ...JSON.parse(String(it.step)), [field]: [{}] }) } : {},
        ),
      );
      const audit = await auditRecord(copy.source, walked.matter);
      expect(said(audit)).toEqual(['matter replay 6']);
      expect(audit?.findings[0]?.detail.en).toContain(field);
    },
  );

  it.each(['2022-08-14', 'never'])(
    'the whole chain is made anew over the last day of a deadline: %s',
    async (lastDay) => {
      await using copy = await tampered((_, db) =>
        rechain(db, `${walked.matter}.p1`, (it) => ({
          step: String(it.step).replace('2022-07-14', lastDay),
        })),
      );
      expect(said(await auditRecord(copy.source, walked.matter))).toEqual([
        expect.stringMatching(/^matter.p1 replay \d+$/),
      ]);
    },
  );

  it.each([
    ['a municipality that there is not', (it: object) => ({ ...it, tenant: 'atlantis' })],
    ['a payload that is no JSON', (it: object) => ({ ...it, payload: '{' })],
    ['a start without its input', (it: object) => ({ ...it, payload: '{}' })],
    [
      'a step of a chart that there is not',
      (it: object) => ({ ...it, step: '{"chart":"x","chartVersion":1}' }),
    ],
  ])('the whole chain is made anew over %s', async (_, change) => {
    await using copy = await tampered((_, db) =>
      rechain(db, walked.matter, (it) => (it.version === 1 ? change(it) : {})),
    );
    expect((await auditRecord(strict(copy.source), walked.matter))?.replayEqual).toBe(false);
    expect((await auditAll(strict(copy.source))).replayEqual).toBe(false);
  });

  it('the same chain made anew over nothing changed is as good as the old one', async () => {
    await using copy = await tampered((_, db) => rechain(db, walked.matter, () => ({})));
    expect(said(await auditAll(copy.source))).toEqual([]);
  });
});

describe('What is stored beside the log must be what the log gives', () => {
  it.each([
    ['snapshot', `snapshot = replace(snapshot, 'Hanna', 'Hella')`],
    ['title', `title = 'Ett annat ärende'`],
    ['number', `number = 'HKS 2022/9'`],
    ['body', `body = 'sn'`],
    ['states', `state = 'after.archived'`],
    ['ended', 'ended = 1'],
    ['chartHash', `chart_hash = '00'`],
    ['createdAt', `created_at = '2022-01-01T00:00:00.000Z'`],
    ['updatedAt', `updated_at = '2022-01-01T00:00:00.000Z'`],
    ['tenant', `tenant = 'salem'`],
    ['parent', `parent = 'x'`],
    // By it what is confidential is kept out of lists.
    ['confidential', 'confidential = 1'],
  ])('a changed %s is found and named', async (field, assignment) => {
    await using copy = await tampered((run) =>
      run(`update actor set ${assignment} where id = '${walked.matter}'`),
    );
    const audit = await auditRecord(copy.source, walked.matter);
    expect(said(audit)).toContain('matter snapshot');
    expect(audit?.findings.find((it) => it.kind === 'snapshot')?.detail.sv).toMatch(
      new RegExp(`: .*\\b${field}\\b`),
    );
    expect(audit?.replayEqual).toBe(false);
  });

  it('a snapshot with the same content but other bytes is found', async () => {
    await using copy = await tampered((run) =>
      run(`update actor set snapshot = snapshot || ' ' where id = '${walked.matter}'`),
    );
    expect(said(await auditAll(copy.source))).toEqual(['matter snapshot']);
  });

  it('an actor moved to another record is found', async () => {
    await using copy = await tampered((run) =>
      run(`update actor set root = 'x' where id = '${walked.matter}.p1'`),
    );
    expect(said(await auditRecord(copy.source, walked.matter))).toEqual(['matter.p1 chain']);
    expect(said(await auditAll(copy.source))).toContain('matter.p1 snapshot');
  });
});

describe('A record is found by what it is called', () => {
  it.each([
    ['gone', `delete from term where kind = 'text'`],
    ['altered', `update term set word = word || 'x' where kind = 'text'`],
    ['of another municipality', `update term set tenant = 'botkyrka' where kind = 'text'`],
    [
      'more',
      `insert into term (record, kind, word, tenant) select id, 'text', 'hemligt', tenant from actor where id = root`,
    ],
  ])('and where the words are %s that is found', async (_, statement) => {
    await using copy = await tampered((run) => run(statement));
    const audit = await auditRecord(copy.source, walked.matter);
    expect(audit?.findings).toMatchObject([
      { kind: 'snapshot', detail: { en: 'What is stored is not what the log gives: words.' } },
    ]);
  });
});

describe('A definition that was released', () => {
  it('and is not stored as its hash says is found', async () => {
    await using copy = await tampered((run) =>
      run(`update definition set data = replace(data, 'a', 'b') where name = 'huddinge/council-matter'`),
    );
    const audit = await auditAll(copy.source);
    expect([said(audit), audit.chainIntact]).toEqual([['definition'], false]);
  });
});

describe('An actor that has been removed is missed', () => {
  it('when its log is still there', async () => {
    await using copy = await tampered((run) => run(`delete from actor where id = '${walked.matter}.p2'`));
    expect(said(await auditRecord(copy.source, walked.matter))).toContain('matter.p2 chain');
    expect(said(await auditAll(copy.source))).toContain('matter.p2 chain');
  });

  it('when it is the record itself, whose log is still there', async () => {
    await using copy = await tampered((run) => run(`delete from actor where id = '${walked.matter}'`));
    const audit = await auditRecord(copy.source, walked.matter);
    expect(said(audit)).toContain('matter chain');
    expect(audit?.chainIntact).toBe(false);
    expect(said(await auditAll(copy.source))).toContain('matter chain');
  });

  it('when its log is gone too: someone has started it', async () => {
    await using copy = await tampered(async (run) => {
      await run(`delete from actor where id = '${walked.matter}.p2'`);
      await run(`delete from entry where actor = '${walked.matter}.p2'`);
      await run(`delete from deadline where actor = '${walked.matter}.p2'`);
    });
    expect(said(await auditRecord(copy.source, walked.matter))).toEqual(['matter.p2 chain']);
  });

  it('when a whole record is gone: a gap in the log of the database', async () => {
    await using copy = await tampered(async (run) => {
      for (const table of ['actor', 'entry', 'deadline'])
        await run(`delete from ${table} where root = '${walked.matter}'`);
    });
    expect(await auditRecord(copy.source, walked.matter)).toBeNull();
    const audit = await auditAll(copy.source);
    expect(said(audit)).toEqual(['sequence', 'seal']);
    expect(audit.findings[0]?.detail.sv).toBe('Plats 1 i databasens logg saknas.');
    expect(audit.chainIntact).toBe(false);
  });

  it('and an actor whose log is gone is found', async () => {
    await using copy = await tampered((run) => run(`delete from entry where actor = '${walked.matter}.p2'`));
    expect(said(await auditRecord(copy.source, walked.matter))).toEqual([
      'matter.p2 chain 1',
      'matter.p2 replay',
    ]);
  });

  it('and so is the last of very many', async () => {
    await using copy = await tampered((run) =>
      run(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 450)
        insert into actor select 'zz' || (1000 + i), chart, chart_version, chart_hash, null, 'zz' || (1000 + i), tenant, 0,
        snapshot, '', title, null, body, state, ended, created_at, updated_at, confidential, due_at
        from actor, n where id = '${walked.matter}'`),
    );
    expect(said(await auditAll(copy.source))).toContain('zz1450 chain 1');
  });

  it('and one that no log has started is found', async () => {
    await using copy = await tampered((run) =>
      run(`insert into actor select 'forged', chart, chart_version, chart_hash, null, 'forged', tenant, 0, snapshot, '', title,
        null, body, state, ended, created_at, updated_at, confidential, due_at from actor where id = '${walked.matter}'`),
    );
    expect(said(await auditRecord(copy.source, 'forged'))).toEqual(['forged chain 1', 'forged replay']);
    expect((await auditAll(copy.source)).replayEqual).toBe(false);
  });
});

describe('The watched deadlines are those that the log leaves running', () => {
  const point = () => `actor = '${walked.matter}.p1'`;

  it('an actor that says another day than that of its first deadline is found', async () => {
    const id = `${walked.matter}.p1`;
    for (const assignment of ["due_at = '~'", "due_at = '2031-01-01T00:00:00.000Z'"]) {
      await using copy = await tampered((run) => run(`update actor set ${assignment} where id = '${id}'`));
      const audit = await auditRecord(copy.source, walked.matter);
      expect(said(audit)).toEqual(['matter.p1 snapshot']);
      expect(audit?.findings[0]?.detail.en).toMatch(/dueAt/);
    }
  });

  it('a deadline that is no longer watched is found, with the entry that set it', async () => {
    await using copy = await tampered((run) => run(`delete from deadline where ${point()}`));
    const audit = await auditRecord(copy.source, walked.matter);
    const set = (await entriesOfActor(copy.db.reader, `${walked.matter}.p1`)).find((it) =>
      it.step.includes('2022-07-14'),
    );
    expect(said(audit)).toEqual([`matter.p1 deadline ${set?.version}`]);
    expect(audit).toMatchObject({ chainIntact: true, replayEqual: true });
  });

  it.each([
    ['its instant', `due_at = '2023-01-01T00:00:00.000Z'`],
    ['its last day', `last_day = '2023-01-01'`],
    ['the entry that set it', 'epoch = 1'],
    ['its municipality', `tenant = 'salem'`],
    ['its state', `state = 'standing.made.approved'`],
  ])('one that was moved is found: %s', async (_, assignment) => {
    await using copy = await tampered((run) => run(`update deadline set ${assignment} where ${point()}`));
    expect(
      said(await auditRecord(copy.source, walked.matter)).every((it) => it.startsWith('matter.p1 deadline')),
    ).toBe(true);
    expect((await auditRecord(copy.source, walked.matter))?.findings).not.toEqual([]);
  });

  it('one that nobody set is found', async () => {
    await using copy = await tampered((run) =>
      run(`insert into deadline select '${walked.matter}', state, name, tenant, root, 3, due_at, last_day, failure
        from deadline where ${point()}`),
    );
    expect(said(await auditRecord(copy.source, walked.matter))).toEqual(['matter deadline 3']);
  });

  it('one whose firing failed is no finding: the failure is shown elsewhere', async () => {
    await using copy = await tampered((run) =>
      run(`update deadline set failure = 'refused' where ${point()}`),
    );
    expect(said(await auditAll(copy.source))).toEqual([]);
  });
});

describe('Whatever someone writes into the database, the audit finds it and never breaks off (R-123)', () => {
  const tables = {
    entry: {
      key: ['seq'],
      texts: ['actor', 'root', 'tenant', 'command', 'at', 'type', 'payload', 'meta', 'step', 'prev', 'hash'],
    },
    actor: {
      key: ['id'],
      texts: [
        'id',
        'chart',
        'chart_hash',
        'root',
        'tenant',
        'snapshot',
        'head',
        'title',
        'state',
        'created_at',
      ],
    },
    deadline: {
      key: ['actor', 'state', 'name'],
      texts: ['actor', 'state', 'name', 'tenant', 'root', 'due_at', 'last_day'],
    },
    seal: { key: ['number'], texts: ['at', 'prev', 'hash'] },
  };
  const place = fc.oneof(
    ...Object.entries(tables).map(([table, { key, texts }]) =>
      fc.record({ table: fc.constant(table), key: fc.constant(key), column: fc.constantFrom(...texts) }),
    ),
  );
  /** JSON without one of its keys, at any depth; another text as it is. */
  const without = (was: string, nth: number): string => {
    const keys = was.match(/"\w+":/g) ?? [];
    const gone = keys[nth % keys.length];
    try {
      return JSON.stringify(JSON.parse(was, (key, it) => (`"${key}":` === gone ? undefined : it)));
    } catch {
      return was;
    }
  };
  const value = fc.oneof(
    fc.nat().map((nth) => ({ nth })),
    fc.constantFrom('', '{}', '[]', 'null', '0', '"x"', '{"context":null}', '{"value":{},"context":{}}'),
    fc.json(),
    fc.string({ unit: 'grapheme' }).filter((it) => !it.includes('\0')),
  );

  it('one text of one row', { timeout: 300_000 }, async () => {
    const written = fc.asyncProperty(place, fc.nat(), value, async ({ table, key, column }, nth, value) => {
      await using copy = await tampered((run) => run('drop trigger seal_unchanged'));
      const { writer } = copy.db;
      const order = sql.join(key.map((it) => sql.ref(it)));
      const { rows } = await sql<Record<string, string | number>>`
        select * from ${sql.table(table)} order by ${order}`.execute(writer);
      const row = rows[nth % rows.length] ?? {};
      const was = String(row[column]);
      const text = typeof value === 'string' ? value : without(was, value.nth);
      fc.pre(was !== text);
      const same = sql.join(
        key.map((it) => sql`${sql.ref(it)} = ${row[it]}`),
        sql` and `,
      );
      const write = sql`update ${sql.table(table)} set ${sql.ref(column)} = ${text} where ${same}`;
      const isTaken = await write.execute(writer).then(
        () => true,
        (error: unknown) => !/UNIQUE|FOREIGN KEY/.test(String(error)),
      );
      fc.pre(isTaken);
      expect((await auditAll(strict(copy.source))).findings).not.toEqual([]);
    });
    await fc.assert(written, { numRuns: 60 });
  });
});
