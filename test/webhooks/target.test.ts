import type { LookupFunction } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { post } from '../../src/webhooks/post.ts';
import { allowedNetworks, targetOf } from '../../src/webhooks/target.ts';
import { openReceiver, type Receiver } from '../fixtures/receiver.ts';

const none = allowedNetworks([]);
const thisMachine = allowedNetworks(['127.0.0.0/8', '::1']);

describe('an address that is not of the public internet is refused', () => {
  test.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://0.0.0.0/',
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://192.0.0.192/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[fc00::1]/',
    'https://[ff02::1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001:db8::1]/',
  ])('%s', (url) => {
    expect(() => targetOf(url, none)).toThrow('not of the public internet');
  });

  test.each([
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://172.32.0.1/',
    'https://example.se/hook',
  ])('and %s is not', (url) => {
    expect(targetOf(url, none).href).toBe(url);
  });

  /** The first and the last of each, with what is on either side of them and public. */
  test.each([
    ['0.0.0.0', '0.255.255.255', '1.0.0.0'],
    ['10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
    ['100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
    ['127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
    ['169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
    ['172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
    ['192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
    ['192.0.2.0', '192.0.2.255', '192.0.1.255', '192.0.3.0'],
    ['192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
    ['192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
    ['198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
    ['198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
    ['203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
    ['224.0.0.0', '255.255.255.255', '223.255.255.255'],
    ['[2001::]', '[2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff]', '[2001:200::]'],
    ['[2001:db8::]', '[2001:db8:ffff::]', '[2001:db7:ffff::]', '[2001:db9::]'],
    ['[2002::]', '[2002:ffff::]', '[2001:ffff::]', '[2003::]'],
    ['[3fff::]', '[3fff:fff:ffff::]', '[3ffe:ffff::]', '[3fff:1000::]'],
    ['[::]', '[1fff:ffff::]', '[2000::]'],
    ['[4000::]', '[ffff::]', '[3fff:ffff::]'],
  ])('from %s to %s', (first, last, ...beside) => {
    for (const host of [first, last])
      expect(() => targetOf(`https://${host}/`, none)).toThrow('not of the public internet');
    for (const host of beside) expect(targetOf(`https://${host}/`, none).hostname).toBe(host);
  });

  test('unless the operator allows its network, and then also without TLS', () => {
    expect(targetOf('http://127.0.0.1:8080/x', thisMachine).port).toBe('8080');
    expect(() => targetOf('http://10.0.0.1/', thisMachine)).toThrow('not of the public internet');
    expect(() => targetOf('http://8.8.8.8/', thisMachine)).toThrow('https');
  });

  test.each([
    'ftp://example.se/',
    'file:///etc/passwd',
    'https://user:secret@example.se/',
    '/hook',
    '',
    'https://',
  ])('"%s" is no address to send to', (url) => {
    expect(() => targetOf(url, none)).toThrow('https');
  });
});

describe('a name is judged by what it stands for when the connection is made', () => {
  let there: Receiver;
  afterEach(() => there.close());

  /** Answers with these addresses, one set for each question. */
  const names = (...answers: readonly (readonly string[])[]) => {
    let asked = 0;
    const lookup: LookupFunction = (_, __, callback) => {
      const addresses = answers[Math.min(asked++, answers.length - 1)] ?? [];
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    };
    return { lookup, asked: () => asked };
  };
  const send = (allowed: typeof none, { lookup }: { lookup: LookupFunction }) =>
    post(`http://hook.example:${there.port}/hook`, {}, '{}', { allowed, lookup });

  test('one that stands for this machine is refused, and one that the operator allows is not', async () => {
    there = await openReceiver();
    expect(await send(none, names(['127.0.0.1']))).toEqual({
      failure: expect.stringContaining('127.0.0.1 is not of the public internet'),
    });
    expect(there.messages).toHaveLength(0);
    expect(await send(thisMachine, names(['127.0.0.1']))).toMatchObject({ status: 204 });
  });

  test('one private address among public ones refuses it', async () => {
    there = await openReceiver();
    const mixed = names(['127.0.0.1', '10.0.0.1']);
    expect(await send(thisMachine, mixed)).toEqual({
      failure: expect.stringContaining('10.0.0.1 is not of the public internet'),
    });
    expect(there.messages).toHaveLength(0);
  });

  test('one that is bound anew after it was judged gains nothing: it is asked for once', async () => {
    there = await openReceiver();
    const rebound = names(['127.0.0.1'], ['169.254.169.254']);
    expect(await send(thisMachine, rebound)).toMatchObject({ status: 204 });
    expect(rebound.asked()).toBe(1);
    expect(await send(thisMachine, rebound)).toEqual({
      failure: expect.stringContaining('169.254.169.254 is not of the public internet'),
    });
  });
});
