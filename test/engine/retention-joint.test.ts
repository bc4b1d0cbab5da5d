/** A joint matter that is redacted leaves its members alone: each is a record of its own, with a time of its own. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Municipality } from '../../machines/municipalities/municipality.ts';
import { builtIn, municipalities } from '../../machines/registry.ts';
import type { Message } from '../../src/engine/command.ts';
import type { Sender } from '../../src/engine/parse.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { previewOf, redactRecord } from '../../src/engine/retention/redaction.ts';
import { auditAll } from '../../src/views/audit.ts';
import { sourceOf } from '../fixtures/council-matter.ts';
import { anna, type Bench, openEngine } from '../fixtures/engine.ts';
import { smallCharts } from '../fixtures/small-charts.ts';

const retention = [{ of: ['joint-matter'], years: 1 }];
const planning = municipalities.map((it) => Municipality.parse({ ...it, retention }));
const by = { decision: 'KS 2028-01-10 § 3', sender: anna };
const system: Sender = { ...anna, id: 'arkivet', name: 'arkivet', origin: 'integration' };

let bench: Bench;
let joint: string;
let member: string;
let relay: string;

const source = () => ({ ...sourceOf(bench), engine: bench.engine, municipalities: planning });
const message = (id: string, says: string): Message => ({
  integration: 'arkivet',
  id,
  tenant: 'huddinge',
  body: JSON.stringify({ says, by: 'Berit Direktör' }),
});
const take = (id: string, actor: string, type: string, payload: object, says = actor) =>
  bench.send(actor, type, payload, {
    sender: system,
    message: message(id, says),
    idempotency: { scope: 's', key: id, fingerprint: 'f' },
  });
const refuse = (id: string, says: string) => {
  const refusal = new Refusal('refused', { sv: 'Nej.', en: 'No.' });
  return bench.engine.submit({ kind: 'receive', message: message(id, says), refusal }).catch(() => {});
};

/** A joint matter that one municipality has said no to, renewed; the municipalities' own matters go on. */
beforeAll(async () => {
  bench = await openEngine({ charts: [...builtIn().all(), ...smallCharts] });
  joint = await bench.start('joint-matter', {
    title: 'Ett gemensamt program',
    number: 'SK 2026/1',
    text: 'Programmet antas.',
    validFrom: '2026-12-01',
    members: ['huddinge', 'salem'].map((municipality) => ({
      municipality,
      route: 'board-matter',
      body: 'ks',
      number: `${municipality}/1`,
    })),
  });
  await bench.send(joint, 'joint.propose');
  member = `${joint}.huddinge`;
  relay = await bench.start('relay', {});
  const event = { type: 'member.decided', matter: member, municipality: 'huddinge', outcome: 'rejected' };
  await bench.send(relay, 'relay.tell', { to: [joint], event });
  await take('member', member, 'secrecy.mark', { provision: 'OSL 19:3', authority: 'Kommunstyrelsen' });
  await take('other', relay, 'relay.tell', { to: [], event: { type: 'x' } }, `se ${joint}`);
  await take('own', joint, 'secrecy.mark', { provision: 'OSL 19:3', authority: 'Kommunstyrelsen' });
  await refuse('refused', `se ${joint}.`);
  await refuse('refused-part', `${joint}.exit-huddinge`);
  await refuse('refused-member', `${member}.p9`);
  await bench.send(joint, 'joint.renew', { by: 'Ett nytt program' });
  bench.now = '2028-01-10T09:00:00.000Z';
}, 60_000);
afterAll(() => bench[Symbol.asyncDispose]());

test('the preview names its members, who were given its title and its text', async () => {
  const { redacts } = await previewOf(source(), joint, by.decision);
  expect(redacts?.told).toEqual([member, `${joint}.salem`]);
});

describe('a joint matter that is redacted', () => {
  beforeAll(async () => {
    await redactRecord(source(), joint, by);
  });

  test('takes its own received documents with it, and none of its members or of those who only name it', async () => {
    const rows = await bench.db.reader.selectFrom('receipt').select(['message', 'content']).execute();
    const emptied = rows.filter((it) => it.content !== null).map((it) => it.message);
    expect(emptied.sort()).toEqual(['own', 'refused', 'refused-part']);
    expect(rows).toHaveLength(6);
  });

  test('forgets the answers that it gave, and none of its members', async () => {
    const rows = await bench.db.reader.selectFrom('reply').select('key').orderBy('key').execute();
    expect(rows.map((it) => it.key)).toEqual(['member', 'other']);
  });

  test('stands the audit with everything beside it', async () => {
    const audit = await auditAll(sourceOf(bench));
    expect(audit).toMatchObject({ chainIntact: true, replayEqual: true, findings: [] });
    expect((await bench.log(member)).every((it) => it.content === null)).toBe(true);
    expect((await bench.log(joint))[0]?.content).not.toBeNull();
  });
});
