/** A backup that is put back, with everything as it is in the world: processes of the server, a copy of its file, a receiver. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openReader } from '../../db/open.ts';
import { backup } from '../../src/commands/backup.ts';
import { newMatter } from '../../src/http/examples.ts';
import { answer, Folder } from '../commands/command.ts';
import { isBuilt, Served } from '../fixtures/built.ts';
import { openReceiver, type Receiver } from '../fixtures/receiver.ts';

const settings = { ...process.env, WEBHOOK_NETWORKS: '127.0.0.0/8' };
let keys = 0;

const post = async (server: Served, role: string, path: string, body: object) => {
  const headers = {
    authorization: `Bearer demo-${role}`,
    'content-type': 'application/json',
    'idempotency-key': `restored-${++keys}`,
    'if-match': '"1"',
  };
  const sent = await fetch(new URL(path, server.url), {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  if (!sent.ok) throw new Error(`${path}: ${sent.status} ${await sent.text()}`);
  return (await sent.json()) as { id: string };
};

const goTo = (server: Served, date: string) => post(server, 'clerk', '/v1/clock', { date });

/** A matter that lapses on its own on a day. @returns its id. */
const lapsing = async (server: Served, lapsesOn: string): Promise<string> => {
  const more = { lapsesOn, lapsesFor: 'Det behövs inte längre.' };
  return (await post(server, 'registrar', '/v1/matters', { ...newMatter, ...more })).id;
};

/** How often each matter's deadline has fired, by the log. */
async function fired(file: string): Promise<Record<string, number>> {
  const db = await openReader(file);
  const rows = await db.selectFrom('entry').select('actor').where('type', '=', 'deadline.lapse').execute();
  await db.destroy();
  return Object.fromEntries([...Map.groupBy(rows, (it) => it.actor)].map(([id, all]) => [id, all.length]));
}

/** Of which matters a receiver was told that they were lapsed, in order. */
const told = ({ messages }: Receiver): string[] =>
  messages.map(({ body }) => (JSON.parse(body) as { subject: string }).subject);

describe.skipIf(!isBuilt)('a server whose file is put back from a backup', { timeout: 300_000 }, () => {
  test('fires no deadline and sends no message that the backup knows of again, and all that it does not know once', async () => {
    using folder = new Folder();
    const [file, copy] = [join(folder.path, 'matters.db'), join(folder.path, 'copy.db')];
    const there = await openReceiver();
    let server = await Served.start(file, settings);
    const events = ['deadline.lapse'];
    const subscription = { municipality: 'huddinge', name: 'E-arkivet', url: there.url, events };
    await post(server, 'administrator', '/v1/subscriptions', subscription);
    const before = await lapsing(server, '2027-03-01');
    const after = await lapsing(server, '2027-04-01');
    await goTo(server, '2027-03-10');
    await there.received(1);

    expect((await answer(backup, copy, '--database', file)).code).toBe(0);
    await goTo(server, '2027-04-10');
    await there.received(2);
    await server.end('SIGKILL');
    expect(told(there)).toEqual([before, after]);

    renameSync(copy, join(folder.path, 'restored.db'));
    const restored = join(folder.path, 'restored.db');
    expect(await fired(restored)).toEqual({ [before]: 1 });
    server = await Served.start(restored, settings);
    await goTo(server, '2027-04-10');
    await there.received(3);
    await server.end('SIGTERM');
    expect(await fired(restored)).toEqual({ [before]: 1, [after]: 1 });
    // What the backup did not know of is done anew, by an entry of its own: another id, of the same matter.
    expect(told(there)).toEqual([before, after, after]);
    expect(new Set(there.ids()).size).toBe(3);
    await there.close();
  });
});
