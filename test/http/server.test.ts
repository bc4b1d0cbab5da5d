import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request, Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Running, startServer } from '../../src/commands/serve.ts';
import { readConfig } from '../../src/config.ts';
import { newMatter } from '../../src/http/examples.ts';

let folder: string;
let running: Running;
const config = () => ({
  ...readConfig({ PORT: '0', LOG_LEVEL: 'silent', EMPTY: 'true' }),
  database: join(folder, 'a.db'),
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arendegang-'));
  running = await startServer(config());
});
afterEach(async () => {
  await running.stop().catch(() => {});
  rmSync(folder, { recursive: true });
});

const headers = { authorization: 'Bearer demo-clerk', 'content-type': 'application/json' };
const body = JSON.stringify(newMatter);
const post = (key: string, init: RequestInit = {}) =>
  fetch(`${running.url}/v1/matters`, {
    method: 'POST',
    body,
    headers: { ...headers, 'idempotency-key': key },
    ...init,
  });
const matters = async () => {
  const list = (await (await fetch(`${running.url}/v1/matters`, { headers })).json()) as { total: number };
  return list.total;
};

/** Asks over a connection that is kept alive. */
const ask = (agent: Agent, path: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    request(running.url + path, { agent, headers }, (answer) =>
      answer.resume().on('end', () => resolve(answer)),
    )
      .on('error', reject)
      .end();
  });

describe('the server', () => {
  test('takes changes over a network, each once, and still has them when it starts again', async () => {
    const first = await post('one');
    const again = await post('one');
    expect([first.status, again.status, again.headers.get('location')]).toEqual([
      201,
      201,
      first.headers.get('location'),
    ]);
    expect((await Promise.all([1, 2, 3, 4, 5].map((n) => post(`more-${n}`)))).map((it) => it.status)).toEqual(
      Array(5).fill(201),
    );
    expect(await matters()).toBe(6);
    await running.stop();
    running = await startServer(config());
    expect(await matters()).toBe(6);
    expect((await post('one')).headers.get('idempotency-replayed')).toBe('true');
  });

  test('turns a body away that grows too large while it comes in, and goes on serving', async () => {
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    });
    const answer = await post('large', { body: endless, duplex: 'half' } as RequestInit).catch(() => null);
    expect(answer?.status ?? 413).toBe(413);
    expect((await post('small')).status).toBe(201);
  });

  test('outlives whoever says half a request and leaves', async () => {
    const { port } = new URL(running.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(
          'POST /v1/matters HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-clerk\r\nContent-Type: application/json\r\n',
        );
        socket.write('Idempotency-Key: half\r\nContent-Length: 1000\r\n\r\n{"title"', () => socket.destroy());
      });
      socket.on('close', () => resolve());
    });
    expect((await post('whole')).status).toBe(201);
    expect(await matters()).toBe(1);
  });

  test('is the only one on its database', async () => {
    await expect(startServer(config())).rejects.toThrow('another server is already running');
    await running.stop();
    running = await startServer(config());
  });

  test('says so when its address is taken, and lets go of the database', async () => {
    const other = { ...config(), database: join(folder, 'b.db') };
    const { port } = new URL(running.url);
    await expect(startServer({ ...other, port: Number(port) })).rejects.toThrow(`${port} används redan`);
    const free = await startServer(other);
    await free.stop();
  });
});

describe('when it is asked to stop', () => {
  test('it does not wait for connections that are idle', async () => {
    const agent = new Agent({ keepAlive: true });
    expect((await ask(agent, '/livez')).headers.connection).toBe('keep-alive');
    const cut = vi.spyOn(Server.prototype, 'closeAllConnections');
    await running.stop();
    expect(cut).not.toHaveBeenCalled();
    cut.mockRestore();
    agent.destroy();
  });

  test('it answers what has been asked, says that the connection ends, and takes no more', async () => {
    const stopping = Promise.withResolvers<void>();
    const slow = new ReadableStream({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode(body.slice(0, 20)));
        await stopping.promise;
        controller.enqueue(new TextEncoder().encode(body.slice(20)));
        controller.close();
      },
    });
    const asked = post('slow', { body: slow, duplex: 'half' } as RequestInit);
    // The server has the request before it is asked to stop: it answers one that came later.
    expect((await fetch(`${running.url}/livez`)).status).toBe(200);
    const stopped = running.stop();
    await expect(refused()).resolves.toBe(true);
    stopping.resolve();
    const answer = await asked;
    expect([answer.status, answer.headers.get('connection')]).toEqual([201, 'close']);
    await stopped;
    running = await startServer(config());
    expect(await matters()).toBe(1);
  });

  test('it lets go whoever follows what happens, without cutting anybody', async () => {
    const cut = vi.spyOn(Server.prototype, 'closeAllConnections');
    const followed = (await fetch(`${running.url}/v1/events/stream`, { headers })).text();
    expect((await post('followed')).status).toBe(201);
    await running.stop();
    expect(await followed).toContain('"type":"started"');
    expect(cut).not.toHaveBeenCalled();
    cut.mockRestore();
  });

  /** Whether new connections are refused. */
  const refused = async (): Promise<boolean> => {
    const { port } = new URL(running.url);
    return new Promise((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.destroy();
        resolve(false);
      });
      socket.on('error', () => resolve(true));
    });
  };
});
