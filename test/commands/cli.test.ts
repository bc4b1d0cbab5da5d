/** The built command as whoever installs it runs it: a process of its own. */
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBuilt, root, start } from '../fixtures/built.ts';
import { Folder } from './command.ts';

const COMMANDS = [
  'serve',
  'play',
  'verify',
  'backup',
  'transfer',
  'migrate',
  'redact',
  'doctor',
  'check',
  'rules',
  'token',
  'account',
];

/** Runs the command to its end. */
async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const child = start(args);
  const written = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    written.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    written.err += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...written };
}

describe.skipIf(!isBuilt)('The command, built', { timeout: 300_000 }, () => {
  it('says what it can do', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out.match(/^ {2}(\w+)/gm)?.map((it) => it.trim())).toEqual(COMMANDS);
  });

  it.each(COMMANDS)('%s says what it takes', async (command) => {
    expect(await run(command, '--help')).toMatchObject({
      code: 0,
      out: expect.stringMatching(new RegExp(`^arendegang ${command} `)),
    });
  });

  it.each([
    ['no command', []],
    ['a command that does not exist', ['dance']],
    ['an option that does not exist', ['rules', '--fast']],
    ['an address that others can reach', ['serve', '--host', '0.0.0.0']],
    ['a port that is none', ['serve', '--port', 'http']],
    ['a database that is not there', ['verify', '--database', '/nowhere/a.db']],
    ['a story that is not there', ['play', '/nowhere/a.json']],
  ])('%s is wrong use (exit code 2)', async (_, args) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toBe('');
  });

  it('plays a story', async () => {
    const { code, out } = await run('play', '--json', join(root, 'test/scenarios/seed-004-agreed-end.json'));
    expect([code, JSON.parse(out)]).toMatchObject([0, { passed: true }]);
  });

  it('lists the rules', async () => {
    const { code, out } = await run('rules', '--json');
    expect([code, JSON.parse(out)]).toMatchObject([0, { length: 132 }]);
  });

  it('serves the demonstration until it is interrupted, and what it served stands an audit', async () => {
    using folder = new Folder();
    const database = join(folder.path, 'served.db');
    const server = start(['serve', '--port', '0', '--database', database]);
    const [line] = (await once(server.stdout ?? server, 'data')) as [Buffer];
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line.toString())?.[0];
    const get = (path: string) =>
      fetch(`${url}/v1/${path}`, { headers: { authorization: 'Bearer demo-auditor' } });
    const matters = (await (await get('matters')).json()) as { total: number; items: { id: string }[] };
    expect(matters.total).toBe(13);
    expect((await get(`matters/${matters.items[0]?.id}/path.svg`)).status).toBe(200);
    expect(await run('verify', '--database', database)).toMatchObject({ code: 0 });
    server.kill('SIGTERM');
    expect(await once(server, 'close')).toEqual([0, null]);
    expect(await run('verify', '--json', '--database', database)).toMatchObject({ code: 0 });
  });
});
