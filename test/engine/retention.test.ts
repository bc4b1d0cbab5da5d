/** Retention: what people wrote in closed matters is redacted by a decision, and the log stays provable (R-125). */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPostgres } from '../../db/kind.ts';
import { Municipality } from '../../machines/municipalities/municipality.ts';
import { municipalities } from '../../machines/registry.ts';
import { contentOf } from '../../src/engine/chain.ts';
import type { Message } from '../../src/engine/command.ts';
import type { Sender } from '../../src/engine/parse.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import {
  previewOf,
  previewsOf,
  type RedactionPreview,
  redactRecord,
} from '../../src/engine/retention/redaction.ts';
import { addDeliveries } from '../../src/store/deliveries.ts';
import { type Entry, entriesOfRoot } from '../../src/store/entries.ts';
import { addRedelivery } from '../../src/store/redeliveries.ts';
import { type Audit, auditAll, auditRecord } from '../../src/views/audit.ts';
import { headOf } from '../../src/views/head.ts';
import { openTownHall, register, sourceOf, walkToArchive } from '../fixtures/council-matter.ts';
import { anna, type Bench } from '../fixtures/engine.ts';

const YEARS = 5;
const planning = municipalities.map((it) =>
  it.id === 'huddinge'
    ? Municipality.parse({ ...it, retention: [{ of: ['council-matter'], years: YEARS }] })
    : it,
);
const by = { decision: 'KS 2027-05-02 § 45', sender: { ...anna, name: 'Arkivarie' } };
/** What the walk has people write: each stands in the log, and in copies of it. */
const written = [
  ...['Hanna Handläggare', 'Berit Direktör', 'Lars Ledamot', 'Avtal om samverkan', 'Anna'],
  ...['Karolinska Institutet', '"karolinska"'],
];
const late = '2027-07-16T09:00:00.000Z';

let bench: Bench;
let matter: string;
let notice: string;
let open: string;
let before: { entries: Entry[]; head: { number: number; hash: string }; states: readonly string[] };

const source = () => ({ ...sourceOf(bench), engine: bench.engine, municipalities: planning });
const previewed = async () => {
  const previews: RedactionPreview[] = [];
  for await (const it of previewsOf(source(), by.decision)) previews.push(it);
  return previews;
};
const said = ({ findings }: Audit) => findings.map((it) => `${it.kind} ${it.version ?? ''}`.trim());

const message = (id: string, about = matter): Message => ({
  integration: 'arkivet',
  id,
  tenant: 'huddinge',
  body: JSON.stringify({ about, says: 'Berit Direktör' }),
});

/** Everywhere beside the log that the database keeps what was said. */
async function copied(): Promise<void> {
  const body = 'Lars Ledamot';
  const delivery = {
    id: 'd',
    subscription: 's',
    tenant: 'huddinge',
    root: matter,
    actor: matter,
    type: 't',
    body,
  };
  await bench.db.writer
    .transaction()
    .execute((trx) => addDeliveries(trx, [{ ...delivery, createdAt: bench.now }]));
  await addRedelivery(bench.db.writer, {
    ...{ integration: 'arkivet', message: 'refused', at: bench.now, by: 'Hanna Handläggare' },
    result: JSON.stringify({ refusal: { code: 'refused', says: { sv: 'Anna', en: 'Anna' } } }),
  });
  const refusal = new Refusal('refused', { sv: 'Inte Berit Direktör.', en: 'Not Berit Direktör.' });
  const receive = bench.engine.submit({ kind: 'receive', message: message('refused'), refusal });
  await expect(receive).rejects.toThrow();
}

/** Every text that the database has of the record, from every table. */
async function kept(): Promise<string> {
  const { reader } = bench.db;
  const like = `${matter}%`;
  const all = [
    await reader
      .selectFrom('entry')
      .selectAll()
      .where('root', '=', matter)
      .where('type', '!=', 'redacted')
      .execute(),
    await reader.selectFrom('actor').selectAll().where('root', '=', matter).execute(),
    await reader.selectFrom('outbox').selectAll().where('actor', 'like', like).execute(),
    await reader.selectFrom('delivery').selectAll().execute(),
    await reader.selectFrom('receipt').select(['body', 'result']).execute(),
    await reader.selectFrom('redelivery').selectAll().execute(),
    await reader.selectFrom('term').select(['word']).where('record', '=', matter).execute(),
    await reader.selectFrom('reply').selectAll().where('reply', 'like', `%${matter}%`).execute(),
  ];
  return JSON.stringify(all);
}

beforeAll(async () => {
  bench = await openTownHall();
  const walked = await walkToArchive(bench);
  matter = walked.matter;
  notice = `${walked.meetings.kf}.notice`;
  await bench.send(matter, 'secrecy.mark', { provision: 'OSL 19:3', authority: 'Kommunstyrelsen' });
  open = await register(bench, { title: 'Ett annat ärende', summary: 'Skrivet av Hanna' });
  const idempotency = { scope: 's', key: 'k', fingerprint: 'guessable' };
  const system: Sender = { ...anna, id: 'arkivet', name: 'arkivet', origin: 'integration' };
  const accepted = { idempotency, message: message('taken'), sender: system };
  await bench.send(`${matter}.dispatch1-1`, 'dispatch.fail', { reason: 'Berit Direktör' }, accepted);
  await copied();
}, 60_000);
afterAll(() => bench[Symbol.asyncDispose]());

describe('nothing is redacted', () => {
  const reasons: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    [
      'without a retention decision',
      () => redactRecord(source(), matter, { ...by, decision: ' ' }),
      'invalid',
    ],
    ['before its time is out', () => redactRecord(source(), matter, by), 'refused'],
    ['of a matter that goes on', () => redactRecord(source(), open, by), 'refused'],
    ['that no plan names', () => redactRecord({ ...source(), municipalities }, matter, by), 'refused'],
    ['that does not exist', () => redactRecord(source(), 'none', by), 'notFound'],
  ];
  test.each(reasons)('%s', async (_, act, code) => {
    const head = await headOf(sourceOf(bench));
    await expect(act()).rejects.toMatchObject({ code });
    expect(await headOf(sourceOf(bench))).toEqual(head);
  });

  test('by somebody who does not administer the municipality', async () => {
    bench.now = late;
    const clerk: Sender = {
      ...anna,
      grants: anna.grants.map((it) => ({ ...it, roles: ['clerk', 'auditor'] })),
    };
    await expect(redactRecord(source(), matter, { ...by, sender: clerk })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await kept()).toContain('Hanna Handläggare');
  });

  test('by a preview, which says what would be', async () => {
    const previews = await previewed();
    expect(previews.map((it) => [it.root, it.closedOn, it.kept])).toEqual([[matter, '2022-07-15', null]]);
    expect(previews[0]?.redacts?.told).toHaveLength(3);
    expect(await kept()).toContain('Hanna Handläggare');
  });
});

describe('a closed matter whose time is out, redacted by a decision', () => {
  beforeAll(async () => {
    const { number, hash } = await headOf(sourceOf(bench));
    const entries = await entriesOfRoot(bench.db.reader, matter);
    before = { entries, head: { number, hash }, states: (await bench.actor(matter)).states };
    const all = await kept();
    for (const it of written) expect(all).toContain(it);
    bench.now = late;
    await redactRecord(source(), matter, by);
  });

  test('has nothing left of what people wrote, in the log or in any copy', async () => {
    const all = await kept();
    for (const it of [...written, 'guessable']) expect(all).not.toContain(it);
    // The control: what is no person's word is there, and what belongs to others.
    expect(all).toContain('2022-07-15');
    expect(JSON.stringify(await bench.log(open))).toContain('Skrivet av Hanna');
  });

  test('stands the audit, which says by which decision, when and by whom; seals kept elsewhere still fit', async () => {
    const audit = await auditAll(sourceOf(bench), [before.head]);
    expect(audit).toMatchObject({ chainIntact: true, replayEqual: true, findings: [] });
    const { redactions = [] } = (await auditRecord(sourceOf(bench), matter)) ?? {};
    expect(redactions.find((it) => it.actor === matter)).toMatchObject({
      at: late,
      by: 'Arkivarie',
      decision: 'KS 2027-05-02 § 45',
      entries: expect.arrayContaining([1, 2, 4]),
    });
  });

  test('has in its log which fields of which entries', async () => {
    const last = (await bench.log(matter)).at(-1);
    const { entries } = JSON.parse(last?.payload ?? '{}');
    expect(last).toMatchObject({ type: 'redacted', content: null });
    expect(entries).toContainEqual(
      expect.objectContaining({ version: 2, fields: ['/payload/caseOfficer', '/meta/sender'] }),
    );
  });

  test('keeps its states, its number, its days and its outcomes', async () => {
    const { states, number, ended } = await bench.actor(matter);
    expect([states, number, ended]).toEqual([before.states, 'HKS 2022/1', true]);
    expect(await bench.context(matter)).toMatchObject({ number: 'HKS 2022/1', title: '[gallrat 8]' });
  });

  test('that was marked keeps the provision of its mark, without which it would not have been taken (R-120)', async () => {
    expect(await bench.context(matter)).toMatchObject({
      secrecy: { provision: 'OSL 19:3', authority: expect.stringMatching(/^\[gallrat \d+\]$/) },
    });
  });

  test('does not betray a guess: only who kept the salt can show what stood there', async () => {
    const [, was] = before.entries.filter((it) => it.actor === matter);
    const [, is] = await bench.log(matter);
    if (!was || !is) throw new Error('no entry');
    expect(is.salt).toBeNull();
    expect(is.content).not.toBe(contentOf({ ...was, salt: null }));
    expect(is.content).not.toBe(contentOf({ ...was, salt: '' }));
    expect(is.content).toBe(contentOf(was));
  });

  test('is not redacted twice', async () => {
    expect((await previewOf(source(), matter, by.decision)).kept?.en).toContain('nothing left');
    expect(await previewed()).toEqual([]);
  });

  test.each([
    ['too-late', 'as it is written', (id: string) => id],
    ['capitals', 'in capitals', (id: string) => id.toUpperCase()],
  ])(
    'is redacted again where a message about it is refused after that, which is no entry of its log: %s, its id %s',
    async (name, _, written) => {
      const refusal = new Refusal('refused', { sv: 'Nej.', en: 'No.' });
      const said = message(name, written(matter));
      const receive = bench.engine.submit({ kind: 'receive', message: said, refusal });
      await expect(receive).rejects.toThrow();
      const previews = await previewed();
      expect(previews.map((it) => [it.root, it.redacts?.copies.documents.length])).toEqual([[matter, 1]]);
      await redactRecord(source(), matter, { ...by, decision: 'KS 2027 § 9' });
      expect(await kept()).not.toContain('Berit Direktör');
      expect(await previewed()).toEqual([]);
    },
  );

  test('takes notes as before, which are redacted by a later decision', async () => {
    await bench.send(`${matter}.dispatch1-2`, 'dispatch.fail', { reason: 'Ny Person' });
    bench.now = '2033-01-01T09:00:00.000Z';
    await redactRecord(source(), matter, { ...by, decision: 'KS 2033 § 1' });
    expect(await kept()).not.toContain('Ny Person');
    const audit = await auditAll(sourceOf(bench), [before.head]);
    expect(audit).toMatchObject({ chainIntact: true, replayEqual: true, findings: [] });
  });

  test('hears that the notice of its decision, since taken down, was broken, and stands as it did (R-073)', async () => {
    const point = `${matter}.p1`;
    const { states, version } = await bench.actor(point);
    await bench.send(notice, 'notice.remove');
    await bench.send(notice, 'notice.break', { from: '2022-07-01' });
    await bench.send(notice, 'notice.repost');
    expect(await bench.actor(point)).toMatchObject({ states, version: version + 2 });
    expect((await bench.actor(matter)).ended).toBe(true);
    const audit = await auditAll(sourceOf(bench), [before.head]);
    expect(audit).toMatchObject({ chainIntact: true, replayEqual: true, findings: [] });
  });
});

describe('what is gone without a decision is found', () => {
  const run = (statement: string) => sql.raw(statement).execute(bench.db.writer);
  const drop = (trigger: string, table: string) =>
    run(`drop trigger ${trigger} ${isPostgres(bench.db.writer) ? `on ${table}` : ''}`);

  test('although the commitment is right and the chain holds', async () => {
    const [entry] = await bench.log(open);
    if (!entry) throw new Error('no entry');
    const payload = entry.payload.replace('Skrivet av Hanna', '[gallrat 1]');
    await run(
      `update entry set payload = '${payload}', salt = null, content = '${contentOf(entry)}' where seq = ${entry.seq}`,
    );
    expect(said((await auditRecord(sourceOf(bench), open)) as Audit)).toEqual(['chain 1', 'snapshot']);
  });

  test('and so is a received document that nobody decided to empty', async () => {
    const other = { ...message('other'), body: '{}' };
    const refusal = new Refusal('refused', { sv: 'Nej.', en: 'No.' });
    await bench.engine.submit({ kind: 'receive', message: other, refusal }).catch(() => {});
    await run(`update receipt set body = '', salt = null, content = 'x' where message = 'other'`);
    const { findings } = await auditAll(sourceOf(bench));
    expect(findings.filter((it) => it.kind === 'document').map((it) => it.detail.en)).toEqual([
      'The message other from arkivet was emptied without a retention decision.',
    ]);
  });

  test('and so is another text in the place of one that was redacted', async () => {
    await drop('entry_redacted', 'entry');
    await run(
      `update entry set payload = replace(payload, '[gallrat 10]', 'Hella') where root = '${matter}'`,
    );
    expect(said((await auditRecord(sourceOf(bench), matter)) as Audit)).toContain('chain 2');
  });

  test('and so is a decision that was written over: nothing is said to be redacted by it', async () => {
    const audited = async () => (await auditRecord(sourceOf(bench), matter)) as Audit;
    const dispatch = `${matter}.dispatch1-2`;
    expect((await audited()).redactions.map((it) => it.actor)).toContain(dispatch);
    await drop('entry_unchanged', 'entry');
    await run(`update entry set payload = '{' where actor = '${dispatch}' and type = 'redacted'`);
    const { findings, redactions } = await audited();
    expect(findings.find((it) => it.actor === dispatch)?.kind).toBe('chain');
    expect(redactions.map((it) => it.actor)).not.toContain(dispatch);
  });
});
