import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import type { Role } from '../../machines/roles.ts';
import { newMatter } from '../../src/http/examples.ts';
import { follow } from '../../src/http/follow.ts';
import { Feed, type Happened } from '../../src/views/feed.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer();
});
afterEach(() => server.close());

const matter = newMatter as unknown as JsonObject;
const atSalem = {
  ...matter,
  municipality: 'salem',
  route: 'board-matter',
  proposals: [{ text: 'Godkänns.', body: 'ks' }],
};

async function registered(body: JsonObject = matter): Promise<string> {
  const answer = await server.as('registrar').post('/v1/matters', body);
  expect(answer.status).toBe(201);
  return answer.headers.get('location')?.split('/').at(-1) ?? '';
}

interface Sent {
  readonly id: string | undefined;
  readonly reset?: true;
  readonly happened: Happened | null;
}

/** A reader of a stream, event by event. */
class Reader {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = '';

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.pipeThrough(new TextDecoderStream() as never).getReader() as never;
  }

  /** The next event, or null at the end. */
  async next(): Promise<Sent | null> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end >= 0) {
        const lines = this.#text.slice(0, end).split('\n');
        this.#text = this.#text.slice(end + 2);
        const field = (name: string) =>
          lines.find((it) => it.startsWith(`${name}: `))?.slice(name.length + 2);
        if (field('event') === 'reset') return { id: field('id'), reset: true, happened: null };
        return { id: field('id'), happened: JSON.parse(field('data') ?? 'null') as Happened | null };
      }
      const { done, value } = await this.#reader.read();
      if (done) return null;
      this.#text += value;
    }
  }

  /** The next so many things that happened. */
  async happened(count: number): Promise<Happened[]> {
    const found: Happened[] = [];
    while (found.length < count) {
      const sent = await this.next();
      if (!sent) throw new Error('the stream ended');
      if (sent.happened) found.push(sent.happened);
    }
    return found;
  }

  cancel(): Promise<void> {
    return this.#reader.cancel();
  }
}

async function open(query = '', headers: Readonly<Record<string, string>> = {}, role: Role = 'clerk') {
  const answer = await server.app.request(`/v1/events/stream${query}`, {
    headers: { Authorization: `Bearer demo-${role}`, ...headers },
  });
  if (!answer.body || answer.status !== 200)
    throw new Error(`answered ${answer.status}: ${await answer.text()}`);
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  return new Reader(answer.body);
}

const types = (events: readonly Happened[]) => events.map((it) => it.type);

describe('whoever follows', () => {
  test('hears of what happens from then on, in the order of the log, when it is durable', async () => {
    await registered();
    const stream = await open();
    expect(await stream.next()).toEqual({ id: '3', happened: null });
    const waiting = stream.happened(3);
    const id = await registered();
    await server.as('clerk').send(`/v1/matters/${id}`, 'matter.assign', { caseOfficer: 'H' });
    const heard = await waiting;
    expect(heard.map((it) => it.seq)).toEqual([4, 5, 6]);
    expect(heard[0]).toMatchObject({
      actor: id,
      record: id,
      municipality: 'huddinge',
      type: 'started',
      version: 1,
    });
    expect(types(await stream.happened(1))).toEqual(['matter.assign']);
    expect(JSON.stringify(heard)).not.toContain('Karolinska');
    await stream.cancel();
  });

  test('and was away misses nothing on the way back, whether by header or by address', async () => {
    const id = await registered();
    for (const [query, headers] of [
      ['', { 'Last-Event-ID': '1' }],
      ['?after=1', {}],
      // Of both the header: a browser comes back to the same address.
      ['?after=0', { 'Last-Event-ID': '1' }],
    ] as const) {
      const stream = await open(query, headers);
      expect((await stream.happened(2)).map((it) => [it.seq, it.record])).toEqual([
        [2, id],
        [3, id],
      ]);
      await stream.cancel();
    }
  });

  test('one municipality or one record hears of that alone, and how far the log has come', async () => {
    await registered();
    const salem = await registered(atSalem);
    const [first] = await (await open('?after=0&municipality=salem')).happened(1);
    expect(first).toMatchObject({ record: salem, municipality: 'salem' });
    const [own] = await (await open(`?after=0&record=${salem}`)).happened(1);
    expect(own).toMatchObject({ record: salem });
    const botkyrka = await open('?after=0&municipality=botkyrka');
    await botkyrka.next();
    expect(await botkyrka.next()).toEqual({
      id: String(await server.services.feed.newest()),
      happened: null,
    });
  });

  test('a record that does not exist is told so', async () => {
    await expect(open('?record=nobody')).rejects.toThrow('404');
  });

  test.each([
    ['?after=5', {}],
    ['', { 'Last-Event-ID': '2147483647' }],
  ])(
    'from beyond the log, as after a restored copy, is told so and hears of all that happens then',
    async (query, headers) => {
      await registered();
      const stream = await open(query, headers);
      expect(await stream.next()).toEqual({ id: '3', reset: true, happened: null });
      const waiting = stream.happened(3);
      await registered();
      expect((await waiting).map((it) => it.seq)).toEqual([4, 5, 6]);
      await stream.cancel();
    },
  );

  test.each(['x', '-1', '1.5', '', '2147483648', '999999999999999'])(
    'from the place "%s", which is none, is told so',
    async (place) => {
      await expect(open('', { 'Last-Event-ID': place })).rejects.toThrow('400');
    },
  );

  test('from a place that no log reaches is told so', async () => {
    await expect(open('?after=3000000000')).rejects.toThrow('400');
  });

  test('without a token hears nothing', async () => {
    const answer = await server.request('/v1/events/stream');
    expect(answer.status).toBe(401);
  });

  test('is told nothing of what happens after the token was revoked, or after its last day', async () => {
    const { tokens } = server.services;
    const operator = { id: 'operator', name: 'operator', way: 'commandLine' as const, grants: null };
    const asked = { tenant: 'huddinge', roles: ['auditor' as const], bodies: 'all' as const };
    const issue = (days: number) =>
      tokens.create({ name: 'Följer', confidential: false, days, ...asked }, operator);
    const [kept, revoked, short] = [await issue(30), await issue(30), await issue(1)];
    const streams = await Promise.all(
      [kept, revoked, short].map(({ secret }) => open('', { Authorization: `Bearer ${secret}` })),
    );
    /** How much each hears of a registration, of which there are three things to tell; null where it has ended. */
    const heard = async () => {
      await registered();
      return Promise.all(
        streams.map((it) =>
          it.happened(3).then(
            (all) => all.length,
            () => null,
          ),
        ),
      );
    };
    expect(await heard()).toEqual([3, 3, 3]);
    await tokens.revoke(revoked.token.id, operator);
    server.clock.now = short.token.endsAt;
    expect(await heard()).toEqual([3, null, null]);
    await tokens.settled();
  });

  test('is let go when the server stops', async () => {
    const stream = await open();
    await stream.next();
    const ended = stream.next();
    server.services.feed.close();
    // What was under way is answered by a heartbeat; then it ends.
    expect((await ended)?.happened ?? null).toBeNull();
    expect(await stream.next()).toBeNull();
  });

  test('by ten streams can have no more until one of them is closed; a question about the headers opens none', async () => {
    const streams = await Promise.all(Array.from({ length: 10 }, () => open()));
    await expect(open()).rejects.toThrow('429');
    await expect(open('', {}, 'auditor')).resolves.toBeDefined();
    await streams[0]?.cancel();
    const headers = { Authorization: 'Bearer demo-clerk' };
    const head = await server.request('/v1/events/stream', { method: 'HEAD', headers });
    expect([head.status, await head.text()]).toEqual([200, '']);
    await expect(open()).resolves.toBeDefined();
    await expect(open()).rejects.toThrow('429');
  });
});

describe('a stream', () => {
  afterEach(() => void vi.useRealTimers());

  const following = (feed: Feed, ended: () => void) =>
    follow({
      feed,
      after: 0,
      isReset: false,
      select: async (batch) => batch,
      mayStill: async () => true,
      ended,
    });

  test('beats while nothing happens, and ends after ten minutes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const ended = vi.fn();
    const feed = new Feed(server.db.reader);
    vi.spyOn(feed, 'after').mockResolvedValue([]);
    const reader = following(feed, ended).getReader();
    const texts: string[] = [];
    for (;;) {
      const reading = reader.read();
      await vi.advanceTimersByTimeAsync(10_000);
      const { done, value } = await reading;
      if (done) break;
      texts.push(new TextDecoder().decode(value));
    }
    expect(texts.slice(0, 2)).toEqual(['retry: 2000\nid: 0\n\n', ': \n\n']);
    expect(texts.length).toBe(60);
    expect(ended).toHaveBeenCalledOnce();
  });

  test('that nobody reads is cut after half a minute, and holds no more than a batch until then', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const ended = vi.fn();
    const select = vi.fn(async (batch: readonly Happened[]) => batch);
    const feed = new Feed(server.db.reader);
    const reader = follow({
      feed,
      after: 0,
      isReset: false,
      select,
      mayStill: async () => true,
      ended,
    }).getReader();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(ended).toHaveBeenCalledOnce();
    expect(select).not.toHaveBeenCalled();
    await expect(reader.read()).rejects.toThrow('too slow');
  });

  test('shares what it reads with the others at the same place', async () => {
    await registered();
    const feed = new Feed(server.db.reader);
    expect(feed.after(0)).toBe(feed.after(0));
    const before = feed.after(0);
    feed.wake();
    const after = feed.after(0);
    expect(after).not.toBe(before);
    expect(await after).toEqual(await before);
  });

  test('holds nothing of the log when it has been read, wherever streams began', async () => {
    await registered();
    const feed = new Feed(server.db.reader);
    const [reading, waiting] = [feed.after(0), feed.after(3)];
    expect([(await reading).length, (await waiting).length]).toEqual([3, 0]);
    expect(feed.after(0)).not.toBe(reading);
    expect(feed.after(3)).toBe(waiting);
  });
});
