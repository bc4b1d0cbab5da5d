import { describe, expect, test } from 'vitest';
import { startServer } from '../../src/commands/serve.ts';
import { assertLoopback, readConfig } from '../../src/config.ts';

describe('the environment', () => {
  test('may be empty: this machine only, port 3000, a file in the folder', () => {
    expect(readConfig({ PORT: '' })).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      database: 'arendegang.db',
      logLevel: 'info',
    });
  });

  test('is read, and every variable that is wrong is named', () => {
    expect(
      readConfig({ HOST: '::1', PORT: '0', DATABASE_PATH: ':memory:', LOG_LEVEL: 'debug' }),
    ).toMatchObject({
      host: '::1',
      port: 0,
      database: ':memory:',
      logLevel: 'debug',
    });
    expect(() => readConfig({ PORT: '65536', LOG_LEVEL: 'loud' })).toThrow(/PORT.*\n.*LOG_LEVEL/);
  });

  test.each([
    ['PORT', '65536', 'ett tal från 0 till 65535 / a number from 0 to 65535'],
    ['RATE_LIMIT', '-1', 'ett tal från 0 / a number from 0'],
    ['LOG_LEVEL', 'loud', 'något av / one of trace, debug, info, warn, error, fatal, silent'],
    ['EMPTY', 'perhaps', 'true eller / or false'],
    ['LIVE', 'perhaps', 'true eller / or false'],
    ['BEHIND_PROXY', 'perhaps', 'true eller / or false'],
  ])('says of %s what it should be, in both languages', (name, value, says) => {
    expect(() => readConfig({ [name]: value })).toThrow(`${name}: ${says}`);
  });

  test('names a PostgreSQL server, before any file; what is no such address is refused', () => {
    const DATABASE_URL = 'postgresql://a:b@localhost/c';
    expect(readConfig({ DATABASE_URL, DATABASE_PATH: 'x.db' }).database).toBe(DATABASE_URL);
    expect(readConfig({ DATABASE_URL: '', DATABASE_PATH: 'x.db' }).database).toBe('x.db');
    expect(() => readConfig({ DATABASE_URL: 'mysql://a:b@localhost/c' })).toThrow('DATABASE_URL');
  });

  test.each([
    '0.0.0.0',
    '::',
    '192.168.1.10',
    'example.com',
    '127.0.0.1.example.com',
    'localhost.example.com',
    '',
  ])('may not show the tokens of the demonstration to others, at "%s"', async (host) => {
    expect(() => assertLoopback(host)).toThrow('127.0.0.1');
    const config = readConfig({ PORT: '0', DATABASE_PATH: ':memory:' });
    await expect(startServer({ ...config, host })).rejects.toThrow('127.0.0.1');
  });

  test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])(
    'may show them to this machine, at %s',
    (host) => {
      expect(() => assertLoopback(host)).not.toThrow();
    },
  );
});
