/** A server for real matters is told how people reach it, or does not start. */
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { readConfig, settingsIn } from '../../src/config.ts';
import { claim } from '../../src/purpose.ts';
import { Folder } from '../commands/command.ts';

const table = { grants: { groups: { x: [{ tenant: 'huddinge', roles: ['clerk'] }] } } };

function provided(folder: Folder, more: Record<string, string> = {}) {
  return {
    HOST: '0.0.0.0',
    PUBLIC_URL: 'https://arenden.kommun.example',
    OIDC_ISSUER: 'https://login.kommun.example',
    OIDC_CLIENT_ID: 'arendegang',
    OIDC_CLIENT_SECRET: 'k3v9-2xw8-77tq-pl0z',
    OIDC_CLAIMS: folder.file('claims.json', table),
    ...more,
  };
}

describe('the settings', () => {
  test('are for the demonstration where nothing is said, and for real where it is', () => {
    using folder = new Folder();
    expect(readConfig({}).live).toBeNull();
    expect(readConfig({ LIVE: 'true' }).live).toMatchObject({ provider: null, publicUrl: null });
    expect(readConfig(provided(folder)).live?.provider?.clientId).toBe('arendegang');
  });

  test.each([
    ['no https for others', { PUBLIC_URL: 'http://arenden.kommun.example' }, 'PUBLIC_URL'],
    ['a path', { PUBLIC_URL: 'https://arenden.kommun.example/a' }, 'PUBLIC_URL'],
    ['no address', { PUBLIC_URL: '' }, 'PUBLIC_URL'],
    ['a provider without TLS', { OIDC_ISSUER: 'http://login.kommun.example' }, 'OIDC_ISSUER'],
    ['a secret from an example', { OIDC_CLIENT_SECRET: 'change-me-change-me' }, 'OIDC_CLIENT_SECRET'],
    ['a short secret', { OIDC_CLIENT_SECRET: 'k3v9' }, 'OIDC_CLIENT_SECRET'],
    ['no table of claims', { OIDC_CLAIMS: '' }, 'OIDC_CLAIMS'],
    ['a table that is not there', { OIDC_CLAIMS: '/nowhere/claims.json' }, 'OIDC_CLAIMS'],
    ['a scope without openid', { OIDC_SCOPE: 'profile' }, 'OIDC_SCOPE'],
    ['a provider for the demonstration', { LIVE: 'false' }, 'LIVE=true'],
  ])('with %s are refused by name', (_, more, name) => {
    using folder = new Folder();
    expect(() => readConfig(provided(folder, more))).toThrow(name);
  });

  test('may stand in a file, where an unknown name is refused', () => {
    using folder = new Folder();
    expect(settingsIn(folder.file('a.json', { PORT: 8080, LIVE: true }))).toEqual({
      PORT: '8080',
      LIVE: 'true',
    });
    expect(() => settingsIn(folder.file('b.json', { PROT: 8080 }))).toThrow('PROT');
  });
});

test('a database for real matters is not opened as a demonstration, nor the other way', async () => {
  for (const [first, second] of [
    ['live', 'demo'],
    ['demo', 'live'],
  ] as const) {
    const db = await openDatabase(':memory:');
    await claim(db, first);
    await claim(db, first);
    await expect(claim(db, second)).rejects.toThrow('database');
    await db.close();
  }
});
