import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../db/open.ts';
import { GENESIS, hashOf } from '../../src/engine/chain.ts';
import type { Message } from '../../src/engine/command.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { bodyContentOf, sealAfter, UNSEALED } from '../../src/engine/seal.ts';
import { type Entry, entriesAfter } from '../../src/store/entries.ts';
import { findReceipt, receiptsSealed } from '../../src/store/receipts.ts';
import { type Seal, sealsAfter } from '../../src/store/seals.ts';
import { auditAll, auditRecord } from '../../src/views/audit.ts';
import { headOf } from '../../src/views/head.ts';
import { sourceOf } from '../fixtures/council-matter.ts';
import { anna, type Bench, openEngine, outcomeOf } from '../fixtures/engine.ts';

/** Two letters with two notes each, and a message that was refused. */
async function written(): Promise<Bench & { ids: readonly [string, string] }> {
  const bench = await openEngine();
  const ids = [
    await bench.start('letter', { title: 'A' }),
    await bench.start('letter', { title: 'B' }),
  ] as const;
  for (const text of ['one', 'two'])
    await Promise.all(
      ids.map((id) => bench.send(id, 'letter.note', { text }, text === 'one' ? {} : said(id))),
    );
  const refusal = new Refusal('refused', { sv: 'Nej.', en: 'No.' });
  await outcomeOf(bench.engine.submit({ kind: 'receive', message: message('refused'), refusal }));
  return Object.assign(bench, { ids });
}

const message = (id: string): Message => ({
  integration: 'Anna',
  id,
  tenant: 'huddinge',
  body: `{"of":"${id}"}`,
});
const said = (id: string) => ({ message: message(`note-${id}`) });

const run = (bench: Bench, ...statements: string[]) =>
  statements.reduce<Promise<unknown>>(
    (before, it) => before.then(() => sql.raw(it).execute(bench.db.writer)),
    Promise.resolve(),
  );

const triggers = [
  'entry_unchanged',
  'entry_redacted',
  'entry_kept',
  'seal_unchanged',
  'seal_kept',
  'receipt_unchanged',
  'receipt_redacted',
  'receipt_kept',
];
const unguarded = (bench: Bench) => run(bench, ...triggers.map((it) => `drop trigger ${it}`));

const kinds = async (bench: Bench, anchors: readonly { number: number; hash: string }[] = []) =>
  (await auditAll(sourceOf(bench), anchors)).findings.map((it) => it.kind);

/** Writes the whole log anew with chains and seals that fit, as someone would who knows how they are made. */
async function writeAnew({ writer }: Database, change: (entry: Entry) => Partial<Entry>): Promise<void> {
  const heads = new Map<string, string>();
  const hashes = new Map<number, string>();
  for (const { hash: _, ...entry } of await entriesAfter(writer, 0, 1000)) {
    const made = { ...entry, ...change({ ...entry, hash: '' }), prev: heads.get(entry.actor) ?? GENESIS };
    const hash = hashOf(made);
    heads.set(entry.actor, hash);
    hashes.set(entry.seq, hash);
    await writer
      .updateTable('entry')
      .set({ ...made, hash })
      .where('seq', '=', entry.seq)
      .execute();
  }
  for (const [id, head] of heads)
    await writer.updateTable('actor').set({ head }).where('id', '=', id).execute();
  let before: Seal = UNSEALED;
  for (const { number, last, at } of await sealsAfter(writer, 0, 1000)) {
    const seqs = Array.from({ length: last - before.last }, (_, index) => before.last + index + 1);
    const entries = seqs.map((seq) => ({ seq, hash: hashes.get(seq) ?? '' }));
    const documents = await receiptsSealed(writer, { after: number - 1, to: number });
    before = sealAfter(before, at, { entries, documents });
    await writer.updateTable('seal').set(before).where('number', '=', number).execute();
  }
}

describe('the log of the whole database', () => {
  test('is sealed group by group; each seal follows the one before, and the newest covers all', async () => {
    await using bench = await written();
    const seals = await sealsAfter(bench.db.reader, 0, 10);
    expect(seals.map((it) => it.number)).toEqual([1, 2, 3, 4, 5]);
    expect(seals.map((it) => it.last)).toEqual([1, 2, 4, 6, 6]);
    expect(seals.map((it) => it.prev)).toEqual([GENESIS, ...seals.slice(0, -1).map((it) => it.hash)]);
    expect(await headOf(sourceOf(bench))).toMatchObject({ number: 5, last: 6, hash: seals[4]?.hash });
    expect(await kinds(bench, seals)).toEqual([]);
  });

  test('is sealed on after a restart, and after a commit that failed', async () => {
    await using bench = await written();
    await bench.restart();
    await bench.send(bench.ids[0], 'letter.note', { text: 'three' });
    await run(bench, 'pragma query_only = 1');
    expect(await outcomeOf(bench.send(bench.ids[0], 'letter.note', { text: 'lost' }))).toBe('unavailable');
    await run(bench, 'pragma query_only = 0');
    await bench.send(bench.ids[0], 'letter.note', { text: 'four' });
    expect(await headOf(sourceOf(bench))).toMatchObject({ number: 7, last: 8 });
    expect(await kinds(bench)).toEqual([]);
  });

  test('that is empty has a head as well', async () => {
    await using bench = await openEngine();
    expect(await headOf(sourceOf(bench))).toEqual({ number: 0, last: 0, at: null, hash: GENESIS });
    expect(await kinds(bench)).toEqual([]);
  });

  test('has no gap where a command of a group was refused or set aside', async () => {
    await using bench = await written();
    const [one, other] = bench.ids;
    await Promise.all(
      [
        bench.send(one, 'letter.note', { text: 'a' }),
        bench.send(other, 'letter.reopen'),
        bench.send(other, 'letter.note', { text: 'b' }),
      ].map(outcomeOf),
    );
    expect((await entriesAfter(bench.db.reader, 6, 10)).map((it) => it.seq)).toEqual([7, 8]);
    expect(await kinds(bench)).toEqual([]);
  });
});

describe('someone who has the file', () => {
  /** Takes back the newest event of the last letter: its entry, and what is stored of it as it was before. */
  async function takeBack(bench: Bench & { ids: readonly [string, string] }): Promise<void> {
    const [, id] = bench.ids;
    const before = await bench.actor(id);
    await bench.send(id, 'letter.note', { text: 'newest' });
    await unguarded(bench);
    const { snapshot, version, head, updatedAt } = before;
    await bench.db.writer
      .updateTable('actor')
      .set({ snapshot, version, head, updated_at: updatedAt })
      .where('id', '=', id)
      .execute();
    await run(bench, 'delete from entry where seq = 7');
  }

  test('and takes back the newest event, snapshot and all, is found out by its seal', async () => {
    await using bench = await written();
    await takeBack(bench);
    expect((await auditRecord(sourceOf(bench), bench.ids[1]))?.findings).toEqual([]);
    expect(await kinds(bench)).toEqual(['seal']);
  });

  test('and takes back the seal too, is found out by how far the database had come', async () => {
    await using bench = await written();
    await takeBack(bench);
    await run(bench, 'delete from seal where number = 6');
    expect(await kinds(bench)).toEqual(['seal']);
  });

  test('and makes the database forget that too, is found out only by the head that was kept elsewhere', async () => {
    await using bench = await written();
    const early = await headOf(sourceOf(bench));
    await takeBack(bench);
    const [kept] = await sealsAfter(bench.db.reader, 5, 1);
    await run(bench, 'delete from seal where number = 6', 'update sqlite_sequence set seq = seq - 1');
    expect(await kinds(bench)).toEqual([]);
    expect(await kinds(bench, [early])).toEqual([]);
    expect(await kinds(bench, [early, kept ?? early])).toEqual(['seal']);
  });

  test('and writes the whole log anew with seals that fit, is found out only by a head that was kept elsewhere', async () => {
    await using bench = await written();
    const kept = await headOf(sourceOf(bench));
    await unguarded(bench);
    const forged = '2026-11-30T09:00:00.000Z';
    await writeAnew(bench.db, (it) => (it.seq === 2 ? { command: forged } : {}));
    expect(await kinds(bench)).toEqual([]);
    expect(await kinds(bench, [kept])).toEqual(['seal']);
  });

  test('and lets events of two actors change places, chains and all, is found out by a seal', async () => {
    await using bench = await written();
    await unguarded(bench);
    const seals = await sealsAfter(bench.db.reader, 0, 10);
    await run(
      bench,
      'update entry set seq = 99 where seq = 3',
      'update entry set seq = 3 where seq = 4',
      'update entry set seq = 4 where seq = 99',
    );
    await writeAnew(bench.db, () => ({}));
    for (const seal of seals)
      await bench.db.writer.updateTable('seal').set(seal).where('number', '=', seal.number).execute();
    expect(await kinds(bench)).toEqual(['seal']);
  });

  test.each([
    ['moved', `update seal set last = 3 where number = 2`],
    ['changed', `update seal set at = '2026-01-01T00:00:00.000Z' where number = 2`],
    ['removed', 'delete from seal where number = 2'],
    [
      'taken from another',
      'update seal set prev = (select hash from seal where number = 3) where number = 2',
    ],
  ])('is found out by the first seal that was %s', async (_, statement) => {
    await using bench = await written();
    await unguarded(bench);
    await run(bench, statement);
    const { findings, chainIntact } = await auditAll(sourceOf(bench));
    expect(findings.map((it) => it.detail.en)).toEqual(['Seal 2 does not fit the log.']);
    expect(chainIntact).toBe(false);
  });
});

describe('a message that was received', () => {
  const ofNote = (bench: { ids: readonly string[] }) => `message = 'note-${bench.ids[0]}'`;

  test.each([
    ['changed', (of: string) => `update receipt set body = '{}' where ${of}`],
    ['removed', (of: string) => `delete from receipt where ${of}`],
  ])('and is %s is missed by the entry that rests on it, and by its seal', async (_, deed) => {
    await using bench = await written();
    await unguarded(bench);
    await run(bench, deed(ofNote(bench)));
    expect(await kinds(bench)).toEqual(['document', 'seal']);
    const audit = await auditRecord(sourceOf(bench), bench.ids[0]);
    expect(audit?.findings).toMatchObject([{ kind: 'document', version: 3 }]);
  });

  test.each([
    ['changed', `update receipt set body = '{}' where message = 'refused'`],
    ['removed', `delete from receipt where message = 'refused'`],
    [
      'made up',
      `insert into receipt select integration, 'forged', tenant, received_at, body, result, 2, salt, null from receipt where message = 'refused'`,
    ],
  ])('and refused, and is %s, is missed by its seal', async (_, statement) => {
    await using bench = await written();
    await unguarded(bench);
    await run(bench, statement);
    expect(await kinds(bench)).toEqual(['seal']);
  });

  test.each([0, 99])('and is made up, and says a seal that there is not (%i), is found', async (seal) => {
    await using bench = await written();
    await run(
      bench,
      `insert into receipt select integration, 'forged', tenant, received_at, body, result, ${seal}, salt, null from receipt where message = 'refused'`,
    );
    expect(await kinds(bench)).toEqual(['document']);
  });

  test.each([
    ['another municipality', "tenant = 'botkyrka'"],
    ['another actor', `result = replace(result, '"actor":"', '"actor":"x')`],
    ['another state', `result = replace(result, 'waiting', 'answered')`],
    ['an entry of another', `result = replace(result, '"version":3', '"version":1')`],
    ['a refusal', `result = '{"refusal":{"code":"refused"}}'`],
    ['nothing that can be read', `result = '{'`],
  ])('and says %s than the entry that rests on it is found', async (_, change) => {
    await using bench = await written();
    await unguarded(bench);
    await run(bench, `update receipt set ${change} where ${ofNote(bench)}`);
    const audit = await auditRecord(sourceOf(bench), bench.ids[0]);
    expect(audit?.findings.map((it) => [it.kind, it.version])).toEqual([['document', 3]]);
    expect(await kinds(bench)).toEqual(['document']);
  });

  test('and refused, and is emptied with a commitment that fits, is missed for want of a decision', async () => {
    await using bench = await written();
    await unguarded(bench);
    const kept = await findReceipt(bench.db.reader, 'Anna', 'refused');
    const content = kept && bodyContentOf(kept);
    const emptied = `update receipt set body = '', salt = null, content = '${content}' where message = 'refused'`;
    await run(bench, emptied);
    expect(await kinds(bench)).toEqual(['document']);
    expect((await auditAll(sourceOf(bench))).chainIntact).toBe(false);
  });

  test('is the one of its own system, whatever another calls its own', async () => {
    await using bench = await written();
    const [id] = bench.ids;
    const theirs = { ...message(`note-${id}`), integration: 'Berit', body: '{"of":"another"}' };
    const accepted = { message: theirs, sender: { ...anna, name: 'Berit' } };
    await bench.send(id, 'letter.note', { text: 'three' }, accepted);
    expect(await kinds(bench)).toEqual([]);
    await unguarded(bench);
    await run(bench, `update receipt set body = '{}' where integration = 'Berit'`);
    expect((await auditRecord(sourceOf(bench), id))?.findings).toMatchObject([
      { kind: 'document', version: 4 },
    ]);
  });

  test('stays under the seal of when it came, when it is tried again', async () => {
    await using bench = await written();
    const retried = { message: message('refused') };
    expect(await outcomeOf(bench.send(bench.ids[0], 'letter.note', { text: 'in time' }, retried))).toBe(
      'accepted',
    );
    expect(await findReceipt(bench.db.reader, 'Anna', 'refused')).toMatchObject({ seal: 5 });
    expect(await kinds(bench)).toEqual([]);
  });
});

describe('what is to be sent', () => {
  /** A relay that has published twice in one event, and another that has published once. */
  async function publishing() {
    const bench = await openEngine();
    const [id, other] = [await bench.start('relay', {}), await bench.start('relay', {})];
    const publish = (topic: string) => ({ type: 'relay.publish', topic, payload: { to: 'Karolinska' } });
    await bench.send(other, 'relay.tell', { to: [id, id], event: publish('a') });
    await bench.send(other, 'relay.publish', { topic: 'b', payload: {} });
    return Object.assign(bench, { id });
  }

  test('is what the log gives when it is folded', async () => {
    await using bench = await publishing();
    expect(await kinds(bench)).toEqual([]);
  });

  test.each([
    ['changed', `update outbox set payload = '{"to":"Mallory"}' where seq = 1`, 2],
    ['sent elsewhere', `update outbox set topic = 'c' where seq = 2`, 3],
    ['removed', 'delete from outbox where seq = 1', 2],
    ['removed at the end', 'delete from outbox where seq = 2', 3],
    [
      'made up',
      `insert into outbox select 9, 'forged', actor, tenant, topic, payload, created_at from outbox where seq = 1`,
      null,
    ],
    ['dated back', `update outbox set created_at = '2026-01-01T00:00:00.000Z' where seq = 1`, 2],
  ])('and was %s is found, with the entry that it was caused by', async (_, statement, version) => {
    await using bench = await publishing();
    await run(bench, statement);
    const audit = await auditRecord(sourceOf(bench), bench.id);
    expect(audit?.findings).toMatchObject([{ actor: bench.id, kind: 'outbox', version }]);
    expect(audit).toMatchObject({ chainIntact: true, replayEqual: false });
  });

  test('and is of nobody is found', async () => {
    await using bench = await publishing();
    await run(
      bench,
      `insert into outbox select 9, 'forged', 'nobody', tenant, topic, payload, created_at from outbox where seq = 1`,
    );
    expect((await auditAll(sourceOf(bench))).findings).toMatchObject([{ actor: 'nobody', kind: 'outbox' }]);
  });
});
