import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { scopeOf } from '../../src/access/scope.ts';
import { hashOf } from '../../src/engine/chain.ts';
import { deliveriesOf } from '../../src/store/deliveries.ts';
import type { Entry } from '../../src/store/entries.ts';
import { keepReceipts } from '../../src/store/receipts.ts';
import { subscriptionsBehind } from '../../src/store/subscriptions.ts';
import { veilOver } from '../../src/views/veil.ts';
import { deliveriesWaiting } from '../../src/views/waiting.ts';
import { hear } from '../../src/webhooks/feed.ts';
import { said } from '../../src/webhooks/incoming.ts';
import { Mapping } from '../../src/webhooks/mapping.ts';
import { deliveriesFor, subscribe } from '../../src/webhooks/subscriptions.ts';
import { openReceiver, type Receiver } from '../fixtures/receiver.ts';
import { asked, mark, NUMBER, type Person, people, Secrets } from './secrets.ts';

const mapping = Mapping.parse({
  actor: { at: '/number', by: 'number' },
  type: { constant: 'matter.assign' },
  payload: { caseOfficer: { constant: 'Eva' } },
});

let secrets: Secrets;
beforeAll(async () => {
  secrets = await Secrets.furnish();
});
afterAll(() => secrets.close());

const get = async (person: Person, path: string) => {
  const answer = await asked(secrets.server, person, 'GET', path);
  return { status: answer.status, text: await answer.text() };
};
const post = (person: Person, path: string, body: JsonObject, more = {}) =>
  asked(secrets.server, person, 'POST', path, body, more);

const refused = async (person: Person, path: string, body: JsonObject) => {
  const answer = await post(person, path, body);
  const { code, detail } = await answer.json();
  return { status: answer.status, code, detail };
};

describe('What others say of a confidential matter (R-120)', () => {
  const places = (): readonly (readonly [string, string])[] => [
    ['the meeting', `/v1/meetings/${secrets.meeting}`],
    ["the meeting's path", `/v1/meetings/${secrets.meeting}/path`],
    ["the meeting's log", `/v1/meetings/${secrets.meeting}/log`],
    ["the meeting's audit", `/v1/meetings/${secrets.meeting}/audit`],
    ["the meeting's page", `/meetings/${secrets.meeting}`],
    ['the matter that has taken one up', `/v1/matters/${secrets.taker}`],
    ["that matter's path", `/v1/matters/${secrets.taker}/path`],
    ["that matter's log", `/v1/matters/${secrets.taker}/log`],
    ["that matter's page", `/matters/${secrets.taker}`],
    ['the joint matter of a member', `/v1/joint-matters/${secrets.joint}`],
    ["the joint matter's log", `/v1/joint-matters/${secrets.joint}/log`],
    ["the joint matter's page", `/joint-matters/${secrets.joint}`],
  ];

  test('is not told to those who may not see it, and is to the others', async () => {
    for (const [what, path] of places()) {
      const [blind, sighted] = [await get('blind', path), await get('sighted', path)];
      expect([what, blind.status, secrets.tells(blind.text)]).toEqual([what, 200, false]);
      expect([what, sighted.status, secrets.tells(sighted.text)]).toEqual([what, 200, true]);
    }
  });

  test('at the meeting there is an item with its paragraph, and nothing else', async () => {
    const { text } = await get('blind', `/v1/meetings/${secrets.meeting}`);
    const { context } = JSON.parse(text) as { context: { items: JsonObject[] } };
    expect(context.items).toEqual([{ confidential: true, paragraph: 1, standing: 'concluded' }]);
    const page = (await get('blind', `/meetings/${secrets.meeting}`)).text;
    expect(page).toMatch(/§ 1<\/span>\s*Sekretess/);
    expect((await get('sighted', `/meetings/${secrets.meeting}`)).text).not.toMatch(
      /§ 1<\/span>\s*Sekretess/,
    );
  });

  test('a list that names it among others, as a notice does its points, names the others', async () => {
    const { matter, taker, meeting, server } = secrets;
    const said = { points: [`${matter}.p1`, `${taker}.p1`] };
    const shown = async (person: Person) => {
      const scope = scopeOf(people.get(person)?.grants ?? []);
      const veil = await veilOver({ db: server.services.db.reader, scope }, meeting, [JSON.stringify(said)]);
      return veil.payload(said);
    };
    expect(await shown('blind')).toEqual({ points: [`${taker}.p1`] });
    expect(await shown('sighted')).toEqual(said);
  });

  test('what a member has decided is not told by the joint matter, what the others have is', async () => {
    const { joint, server } = secrets;
    const said = {
      members: [{ municipality: 'huddinge' }, { municipality: 'salem' }],
      outcomes: { huddinge: 'rejected', salem: 'approved' },
    };
    const shown = async (person: Person) => {
      const scope = scopeOf(people.get(person)?.grants ?? []);
      const veil = await veilOver({ db: server.services.db.reader, scope }, joint, [JSON.stringify(said)]);
      return veil.context(said);
    };
    // Who takes part is shared by all.
    expect(await shown('blind')).toEqual({
      members: [{ municipality: 'huddinge', confidential: true }, { municipality: 'salem' }],
      outcomes: { salem: 'approved' },
    });
    expect(await shown('sighted')).toEqual(said);
  });

  test('an entry that is laid over keeps its hash, which can be checked, and one that is not is as it is stored', async () => {
    const entries = async (person: Person) =>
      (JSON.parse((await get(person, `/v1/meetings/${secrets.meeting}/log`)).text) as { items: Entry[] })
        .items;
    const [blind, sighted] = [await entries('blind'), await entries('sighted')];
    expect(blind.map((it) => it.hash)).toEqual(sighted.map((it) => it.hash));
    expect(blind.map(hashOf)).toEqual(blind.map((it) => it.hash));
    // Without the salt nobody can try guesses against what was committed to.
    expect(blind.filter((it) => it.payload.includes('confidential')).map((it) => it.salt)).toContain(null);
    expect(blind.filter((it) => it.payload.includes('confidential') && it.salt !== null)).toEqual([]);
    const differing = sighted.flatMap((it, index) => (it.payload === blind[index]?.payload ? [] : [it.type]));
    // The notice names the points of the paragraphs that it announces.
    expect(differing).toEqual(['agenda.add', 'item.open', 'item.concluded', 'note.record', 'started']);
  });
});

describe('A confidential matter is not reached by whoever does not see it (R-120)', () => {
  test('no event gets to it, and none that names it: it would answer with what it is called', async () => {
    const { matter, meeting, taker } = secrets;
    const nothing = { status: 404, code: 'notFound', detail: `Det finns inget ${matter}.` };
    const assign = { type: 'matter.assign', payload: { caseOfficer: 'Eva' } };
    expect(await refused('blind', `/v1/matters/${matter}/events`, assign)).toEqual(nothing);
    const naming = (other: string) => ({
      type: 'matter.join',
      payload: { matter: other, decidedBy: 'KS', reason: 'Samma sak.' },
    });
    const noOne = '00000000-0000-4000-8000-000000000000';
    const join = (other: string) => refused('blind', `/v1/matters/${taker}/events`, naming(other));
    expect(await join(matter)).toMatchObject({ status: 409, detail: `Det finns inget ${matter}.` });
    const note = { type: 'note.record', payload: { matter, by: ['X'], permittedBy: 'Y' } };
    expect(await refused('blind', `/v1/meetings/${meeting}/events`, note)).toMatchObject({ status: 409 });
    // Whoever sees it is told of the version that they have not seen.
    expect(await refused('sighted', `/v1/matters/${taker}/events`, naming(matter))).toMatchObject({
      status: 412,
    });
    expect(await join(noOne)).toMatchObject({ status: 412 });
  });

  test('nor by whoever sees what is confidential in another municipality', async () => {
    const { matter, meeting, taker } = secrets;
    expect((await get('elsewhere', `/v1/matters/${matter}`)).status).toBe(404);
    const assign = { type: 'matter.assign', payload: { caseOfficer: 'Eva' } };
    expect(await refused('elsewhere', `/v1/matters/${matter}/events`, assign)).toMatchObject({ status: 404 });
    expect(await refused('elsewhere', `/v1/matters/${taker}/events`, assign)).toMatchObject({ status: 412 });
    const { status, text } = await get('elsewhere', `/v1/meetings/${meeting}/log`);
    expect([status, secrets.tells(text)]).toEqual([200, false]);
  });

  test('nobody hides from themselves: they may neither mark nor lift, nor register what is marked', async () => {
    const open = await secrets.register('Öppet ärende');
    const payload = { ...mark };
    expect(
      await refused('blind', `/v1/matters/${open}/events`, { type: 'secrecy.mark', payload }),
    ).toMatchObject({ status: 403, code: 'forbidden' });
    const { available } = JSON.parse((await get('blind', `/v1/matters/${open}/events`)).text) as {
      available: { type: string; permitted: boolean }[];
    };
    expect(available.find((it) => it.type === 'secrecy.mark')?.permitted).toBe(false);
    expect(available.find((it) => it.type === 'matter.assign')?.permitted).toBe(true);
    const words = {
      municipality: 'huddinge',
      route: 'council-matter',
      title: 'Nytt',
      proposals: [{ text: 'Godkänns.', body: 'kf' }],
    };
    expect(await refused('blind', '/v1/matters', { ...words, secrecy: mark })).toMatchObject({ status: 403 });
    expect((await post('blind', '/v1/matters', words)).status).toBe(201);
    expect(
      await refused('sighted', '/v1/matters', { ...words, secrecy: { ...mark, provision: 'hemligt' } }),
    ).toMatchObject({
      status: 422,
    });
  });
});

describe('A matter that is marked, and no longer (R-120)', () => {
  const seen = async (person: Person, matter: string) => ({
    read: (await get(person, `/v1/matters/${matter}`)).status,
    listed: (await get(person, '/v1/matters?limit=100')).text.includes(matter),
    found: (await get(person, '/v1/matters?q=flyktig')).text.includes(matter),
    desk: (await get(person, '/v1/desk?limit=100')).text.includes(matter),
    page: (await get(person, `/matters/${matter}`)).status,
    picture: (await get(person, `/v1/matters/${matter}/path.svg`)).status,
    part: (await get(person, `/v1/actors/${matter}.p1`)).status,
  });
  const everywhere = {
    read: 200,
    listed: true,
    found: true,
    desk: true,
    page: 200,
    picture: 200,
    part: 200,
  };
  const nowhere = { read: 404, listed: false, found: false, desk: false, page: 404, picture: 404, part: 404 };

  test('is gone at once for those who may not see it, and back when the mark is lifted', async () => {
    const matter = await secrets.register('Flyktig affär');
    expect(await seen('blind', matter)).toEqual(everywhere);
    await secrets.send(matter, 'secrecy.mark', mark);
    expect(await seen('blind', matter)).toEqual(nowhere);
    expect(await seen('sighted', matter)).toEqual(everywhere);
    await secrets.send(matter, 'secrecy.lift', { reason: 'Avtalet är slutet.' });
    expect(await seen('blind', matter)).toEqual(everywhere);
  });

  test('a stream that is open tells nothing of it while it is marked', async () => {
    const matter = await secrets.register('Flyktig ström');
    const stream = await Stream.open('blind', matter);
    await secrets.send(matter, 'matter.assign', { caseOfficer: 'Eva' });
    expect(await stream.typesTo(await lastOf(matter))).toEqual(['matter.assign']);
    await secrets.send(matter, 'secrecy.mark', mark);
    await secrets.send(matter, 'report.complete', { dated: '2026-12-01' });
    expect(await stream.typesTo(await lastOf(matter))).toEqual([]);
    await secrets.send(matter, 'secrecy.lift', { reason: 'Avtalet är slutet.' });
    expect(await stream.typesTo(await lastOf(matter))).toEqual(['secrecy.lift']);
    await stream.close();
  });
});

/** The place of the last entry about a matter. */
async function lastOf(matter: string): Promise<number> {
  const { items } = JSON.parse((await get('sighted', `/v1/matters/${matter}/log`)).text) as {
    items: { seq: number }[];
  };
  return Math.max(...items.map((it) => it.seq));
}

/** Someone who follows what happens to a record. */
class Stream {
  readonly #reader: ReadableStreamDefaultReader<string>;

  private constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.pipeThrough(new TextDecoderStream() as never).getReader() as never;
  }

  static async open(person: Person, record: string): Promise<Stream> {
    const headers = { authorization: `Bearer ${person}` };
    const { body } = await secrets.server.app.request(`/v1/events/stream?record=${record}`, { headers });
    return new Stream(body as ReadableStream<Uint8Array>);
  }

  /** What is told up to a place in the log. */
  async typesTo(place: number): Promise<string[]> {
    for (let text = ''; ; ) {
      text += (await this.#reader.read()).value;
      const places = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
      if (text.endsWith('\n\n') && places.some((it) => it >= place))
        return [...text.matchAll(/"type":"([^"]+)"/g)].map(([, type]) => String(type));
    }
  }

  close(): Promise<void> {
    return this.#reader.cancel();
  }
}

describe('What is confidential and other systems (R-120)', () => {
  const grants = people.get('sighted')?.grants ?? [];
  const administrator = { id: 'sighted', name: 'sighted', way: 'page' as const, grants };
  const unsighted = { ...administrator, name: 'blind', grants: people.get('blind')?.grants ?? [] };
  let there: Receiver;
  beforeAll(async () => {
    there = await openReceiver();
  });
  afterAll(() => there.close());

  test('what waits to be delivered waits on until the mark is lifted, and what happens under it is not told', async () => {
    const { webhooks } = secrets.server.services;
    const { subscription } = await subscribe(webhooks, administrator, {
      municipality: 'huddinge',
      name: 'Arkivet',
      url: there.url,
      events: ['matter.assign', 'report.complete', 'matter.withdraw'],
    });
    const waiting = async () =>
      (
        await deliveriesOf(
          secrets.server.db.reader,
          { subscription: subscription.id, state: 'waiting', confidential: true },
          { limit: 9, offset: 0 },
        )
      ).map((it) => it.type);
    const counted = async (who: typeof administrator) =>
      (await deliveriesFor(webhooks, who, subscription.id, { limit: 9, offset: 0 })).counts.waiting;
    const listed = async (who: typeof administrator) =>
      (await deliveriesFor(webhooks, who, subscription.id, { limit: 9, offset: 0 })).items.map(
        (it) => it.type,
      );
    const matter = await secrets.register('Flyktigt besked');
    await secrets.send(matter, 'matter.assign', { caseOfficer: 'Eva' });
    // Heard of, and not yet sent.
    await hearOnly();
    expect(await waiting()).toEqual(['matter.assign']);
    expect(await deliveriesWaiting(secrets.server.services.source)).toBe(1);
    await secrets.send(matter, 'secrecy.mark', mark);
    await secrets.send(matter, 'report.complete', { dated: '2026-12-01' });
    expect(await webhooks.courier.deliverDue()).toBe(0);
    expect([there.messages, await waiting()]).toEqual([[], ['matter.assign']]);
    expect([await listed(administrator), await listed(unsighted)]).toEqual([['matter.assign'], []]);
    expect([await counted(administrator), await counted(unsighted)]).toEqual([1, 0]);
    expect(await deliveriesWaiting(secrets.server.services.source)).toBe(0);
    // What is told of another matter to the same system does not take it along.
    await secrets.send(await secrets.register('Öppet besked'), 'matter.assign', { caseOfficer: 'Eva' });
    expect(await webhooks.courier.deliverDue()).toBe(1);
    expect([there.messages.length, await waiting()]).toEqual([1, ['matter.assign']]);
    await secrets.send(matter, 'secrecy.lift', { reason: 'Avtalet är slutet.' });
    await secrets.send(matter, 'matter.withdraw', { by: 'KS' });
    await webhooks.courier.deliverDue();
    const [assign, withdraw] = ['arendegang.matter.assign', 'arendegang.matter.withdraw'];
    expect(there.types()).toEqual([assign, assign, withdraw]);
    expect(await listed(unsighted)).toHaveLength(3);
  });

  /** Reads the log for the subscriptions, and sends nothing. */
  async function hearOnly(): Promise<void> {
    const { db, services } = secrets.server;
    for (const it of await subscriptionsBehind(db.reader, 2 ** 31 - 1))
      while (await hear(it, { db, engine: services.engine, now: services.webhooks.courier.now() }));
  }

  test('what a message changed is told to those who see it', async () => {
    const { matter, server } = secrets;
    const came = {
      integration: 'e-signering',
      message: 'msg-confidential',
      tenant: 'huddinge',
      receivedAt: '2026-11-20T09:00:00.000Z',
      body: '{}',
      salt: 'salt',
      content: null,
      result: JSON.stringify({ actor: matter }),
      seal: 1,
    };
    await server.db.writer.transaction().execute((trx) => keepReceipts(trx, [came]));
    const changed = async (person: Person) => {
      const { text } = await get(person, '/v1/integrations/e-signering/messages');
      return (JSON.parse(text) as { items: { actor: string | null }[] }).items.map((it) => it.actor);
    };
    expect(await changed('blind')).toEqual([null]);
    expect(await changed('sighted')).toEqual([matter]);
  });

  test('a system that asks by the registry number is told what it would be of one that there is not', async () => {
    const from = { name: 'diariet', tenant: 'huddinge', events: ['matter.assign'], mapping };
    const { engine, db } = { engine: secrets.server.services.engine, db: secrets.server.db.reader };
    const says = (number: string) =>
      said({ engine, db }, from, Buffer.from(JSON.stringify({ number }))).catch((it: Error) => it.message);
    expect(await says(NUMBER)).toBe(`There is no ${NUMBER}.`);
    expect(await says('HKS 1999/1')).toBe('There is no HKS 1999/1.');
    await secrets.register('Öppen affär', { number: 'HKS 2026/555' });
    expect(await says('HKS 2026/555')).toMatchObject({ type: 'matter.assign' });
  });

  test('a sample says what a message would get, also to those who see more than its system', async () => {
    const system = { name: 'underskrifter', municipality: 'huddinge', events: ['report.sign'] };
    const label = { sv: 'Underskrifter', en: 'Signatures' };
    expect((await post('sighted', '/v1/integrations', { ...system, label })).status).toBe(201);
    const payload = { signedBy: 'Berit', title: 'Direktör' };
    const says = async (actor: string) => {
      const message = { actor, type: 'report.sign', payload };
      return (await post('sighted', '/v1/integrations/underskrifter/sample', { message })).status;
    };
    expect(await says(secrets.matter)).toBe(404);
    expect(await says(`${secrets.joint}.tyreso`)).toBe(404);
    // It takes part in this one, which is another municipality's.
    expect(await says(secrets.joint)).toBe(404);
    expect(await says(secrets.taker)).toBe(200);
  });
});

describe('What everyone may ask for (R-120)', () => {
  test.each(['/metrics', '/readyz', '/v1/head', '/v1/openapi.json'])(
    '%s says nothing of it',
    async (path) => {
      const { status, text } = await get('blind', path);
      expect([status, secrets.tells(text)]).toEqual([200, false]);
    },
  );

  test('no answer about it is kept by anyone on the way', async () => {
    const { headers } = await asked(secrets.server, 'sighted', 'GET', `/v1/matters/${secrets.matter}`);
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('The page of a matter that is marked (R-120)', () => {
  test('tells by which provision, by whom and when, and has a form to lift it', async () => {
    const { text } = await get('sighted', `/matters/${secrets.matter}`);
    for (const it of [
      'Sekretessmarkerat',
      mark.provision,
      mark.authority,
      '(sighted)',
      'Häv sekretessmarkeringen',
    ])
      expect(text).toContain(it);
    const open = (await get('sighted', `/matters/${secrets.taker}`)).text;
    expect(open).toContain('Sekretessmarkera');
    expect(open).not.toContain('Sekretessmarkerat');
  });

  test('and whoever registers a matter can mark it there, if they see what is marked', async () => {
    const form = '/matters/new?at=huddinge%2Fcouncil-matter';
    expect((await get('sighted', form)).text).toContain('name="secrecy.provision"');
    expect((await get('blind', form)).text).not.toContain('name="secrecy.provision"');
  });
});
