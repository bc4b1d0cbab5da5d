import { createHmac, timingSafeEqual } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type SignedMessage, sign, verify } from '../../src/webhooks/signature.ts';

vi.mock('node:crypto', { spy: true });

const secret = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const otherSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const now = 1_614_265_330;
const official = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: now,
  body: '{"test": 2432232314}',
};
const officialSignature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

const bytes = (text: string) => new TextEncoder().encode(text);
const body = bytes(official.body);

/** The three headers of the official message, with changes; undefined leaves a header out. */
function headers(changes: {
  id?: string | undefined;
  timestamp?: string | undefined;
  signature?: string | undefined;
}) {
  const { id, timestamp, signature } = {
    id: official.id,
    timestamp: String(official.timestamp),
    signature: officialSignature,
    ...changes,
  };
  const map = new Map([
    ['webhook-id', id],
    ['webhook-timestamp', timestamp],
    ['webhook-signature', signature],
  ]);
  return { get: (name: string) => map.get(name) };
}

const accepted = { ok: true, id: official.id, timestamp: now };
const noMatch = { ok: false, reason: 'noMatch', header: 'webhook-signature' };
const malformed = (header: string) => ({ ok: false, reason: 'malformedHeader', header });

describe('the official vector', () => {
  test.each([secret, `whsec_${secret}`])(
    'is signed as published with the secret written as %s',
    (written) => {
      expect(sign(official, written)).toBe(officialSignature);
      expect(sign({ ...official, body }, written)).toBe(officialSignature);
    },
  );

  test('is accepted, also from the Headers of a request', () => {
    expect(verify(headers({}), body, [secret], now)).toEqual(accepted);
    const fetched = new Headers({
      'Webhook-Id': official.id,
      'Webhook-Timestamp': String(now),
      'Webhook-Signature': officialSignature,
    });
    expect(verify(fetched, body, [secret], now)).toEqual(accepted);
  });
});

describe('a message that was changed on the way is refused (R-131)', () => {
  test('in its body, even by one space or a byte order mark', () => {
    for (const changed of ['{"test": 2432232315}', '{"test":2432232314}', `\uFEFF${official.body}`, '']) {
      expect(verify(headers({}), bytes(changed), [secret], now)).toEqual(noMatch);
    }
  });

  test('in its id', () => {
    expect(verify(headers({ id: `${official.id}x` }), body, [secret], now)).toEqual(noMatch);
  });

  test('in its timestamp', () => {
    expect(verify(headers({ timestamp: String(now + 1) }), body, [secret], now)).toEqual(noMatch);
  });

  test('in its signature, at the first and at the last character', () => {
    for (const signature of [
      officialSignature.replace('g0h', 'h0h'),
      officialSignature.replace('OE=', 'OF='),
      officialSignature.replace('=', ''),
      officialSignature.toUpperCase(),
      `${officialSignature}=`,
    ]) {
      expect(verify(headers({ signature }), body, [secret], now)).toEqual(noMatch);
    }
  });
});

describe('the time of the attempt', () => {
  test.each([
    [-301, { ok: false, reason: 'tooNew', header: 'webhook-timestamp' }],
    [-300, accepted],
    [-299, accepted],
    [0, accepted],
    [299, accepted],
    [300, accepted],
    [301, { ok: false, reason: 'tooOld', header: 'webhook-timestamp' }],
  ])('%i seconds after it was signed gives %j', (later, verdict) => {
    expect(verify(headers({}), body, [secret], now + later)).toEqual(verdict);
  });

  test('may differ by what the receiver tolerates', () => {
    expect(verify(headers({}), body, [secret], now + 10, 10)).toEqual(accepted);
    expect(verify(headers({}), body, [secret], now + 11, 10)).toMatchObject({ reason: 'tooOld' });
    expect(verify(headers({}), body, [secret], now - 11, 10)).toMatchObject({ reason: 'tooNew' });
  });

  test('is never right by a clock that gives no number', () => {
    expect(verify(headers({}), body, [secret], Number.NaN)).toMatchObject({ ok: false });
  });
});

describe('secrets and signatures', () => {
  const sentWith = (...secrets: string[]) => secrets.map((one) => sign(official, one)).join(' ');

  test('a wrong secret, or none, is no match', () => {
    expect(verify(headers({}), body, [otherSecret], now)).toEqual(noMatch);
    expect(verify(headers({}), body, [], now)).toEqual(noMatch);
  });

  test('a receiver that knows the old and the new secret accepts either', () => {
    for (const used of [secret, otherSecret]) {
      const signed = headers({ signature: sentWith(used) });
      expect(verify(signed, body, [secret, otherSecret], now)).toEqual(accepted);
      expect(verify(signed, body, [otherSecret, secret], now)).toEqual(accepted);
    }
  });

  test('a sender that signs with both is accepted by a receiver that knows one', () => {
    const signed = headers({ signature: sentWith(secret, otherSecret) });
    expect(verify(signed, body, [secret], now)).toEqual(accepted);
    expect(verify(signed, body, [otherSecret], now)).toEqual(accepted);
  });

  test('every signature is compared with every secret, wherever the equal pair stands', () => {
    const wrong = sign({ ...official, id: 'other' }, secret);
    for (const signature of [
      `${officialSignature} ${wrong} ${wrong}`,
      `${wrong} ${wrong} ${officialSignature}`,
    ]) {
      for (const known of [
        [secret, otherSecret],
        [otherSecret, secret],
      ]) {
        vi.mocked(timingSafeEqual).mockClear();
        expect(verify(headers({ signature }), body, known, now)).toEqual(accepted);
        expect(timingSafeEqual).toHaveBeenCalledTimes(6);
      }
    }
  });

  test('signatures of other versions are ignored, also when they hold the right code', () => {
    const code = officialSignature.slice('v1,'.length);
    expect(verify(headers({ signature: `v1a,${code} ${officialSignature}` }), body, [secret], now)).toEqual(
      accepted,
    );
    expect(verify(headers({ signature: `v1a,${code} v2,${code}` }), body, [secret], now)).toEqual(noMatch);
  });

  test.each([
    ['too short', Buffer.alloc(23).toString('base64')],
    ['too long', Buffer.alloc(65).toString('base64')],
    ['not base64', `${secret.slice(1)}!`],
    ['without its padding', Buffer.alloc(32).toString('base64').replace('=', '')],
    ['of the other kind', `whsk_${secret}`],
    ['empty', 'whsec_'],
  ])('a secret that is %s is an error that does not tell it', (_, wrong) => {
    const attempt = () => sign(official, wrong);
    expect(attempt).toThrow(/^A webhook secret is 24 to 64 bytes in base64/);
    expect(() => verify(headers({}), body, [secret, wrong], now)).toThrow(RangeError);
  });

  test.each([24, 64])('a secret of %i bytes is one', (length) => {
    expect(sign(official, Buffer.alloc(length).toString('base64'))).toMatch(/^v1,/);
  });
});

describe('headers', () => {
  test.each([
    ['webhook-id', { id: undefined }],
    ['webhook-id', { id: '' }],
    ['webhook-timestamp', { timestamp: undefined }],
    ['webhook-signature', { signature: undefined }],
  ])('without %s a message is refused by that name (%j)', (header, changes) => {
    expect(verify(headers(changes), body, [secret], now)).toEqual({
      ok: false,
      reason: 'missingHeader',
      header,
    });
  });

  test.each(['msg.1', 'msg 1', 'msg\t1', 'msg_1, msg_2', 'möte', 'x'.repeat(257)])(
    'an id of other characters or too long is malformed: %s',
    (id) => {
      expect(verify(headers({ id }), body, [secret], now)).toEqual(malformed('webhook-id'));
      expect(() => sign({ ...official, id }, secret)).toThrow(RangeError);
    },
  );

  test('an id may have any other visible ASCII character, 256 of them', () => {
    const id = `!"#$%&'()*+,-/:;<=>?@[\\]^_\`{|}~${'x'.repeat(225)}`;
    expect(id).toHaveLength(256);
    const signature = sign({ ...official, id }, secret);
    expect(verify(headers({ id, signature }), body, [secret], now)).toEqual({ ok: true, id, timestamp: now });
  });

  test.each([
    '1614265330.5',
    '01614265330',
    '+1614265330',
    '-1',
    '1.6e9',
    '1614265330 ',
    'now',
    '1614265330000',
  ])('a timestamp not in plain whole seconds is malformed: %s', (timestamp) => {
    expect(verify(headers({ timestamp }), body, [secret], now)).toEqual(malformed('webhook-timestamp'));
  });

  test.each([1.5, -1, Number.NaN, 1e12])('the timestamp %d is not signed', (timestamp) => {
    expect(() => sign({ ...official, timestamp }, secret)).toThrow(RangeError);
  });

  test('a signature header without any version is malformed', () => {
    const code = officialSignature.slice('v1,'.length);
    for (const signature of [code, 'v1,', ',', ' ']) {
      expect(verify(headers({ signature }), body, [secret], now)).toEqual(malformed('webhook-signature'));
    }
  });

  test('a full stop in the id cannot move text between id, timestamp and body', () => {
    const moved = { id: 'a', timestamp: now, body: `${now}.x` };
    const signature = sign(moved, secret);
    expect(verify(headers({ id: `a.${now}`, signature }), bytes('x'), [secret], now).ok).toBe(false);
    expect(verify(headers({ id: 'a', signature }), bytes(moved.body), [secret], now).ok).toBe(true);
  });
});

describe('for every message', () => {
  const ids = fc.stringMatching(/^[!-\-/-~]{1,256}$/);
  const timestamps = fc.nat(999_999_999_999);
  const secrets = fc
    .uint8Array({ minLength: 24, maxLength: 64, size: 'max' })
    .map((key) => `whsec_${Buffer.from(key).toString('base64')}`);
  const bodies = fc.uint8Array({ minLength: 1, maxLength: 5_000, size: 'max' });
  const texts = fc.string({ unit: 'binary', maxLength: 1_000, size: 'max' });
  const headersOf = (message: SignedMessage, signature: string) =>
    headers({ id: message.id, timestamp: String(message.timestamp), signature });

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('what is signed is accepted byte for byte, and with any one bit changed it is not', () => {
    fc.assert(
      fc.property(ids, timestamps, bodies, secrets, fc.nat(), (id, timestamp, sent, key, place) => {
        const headersSent = headersOf(
          { id, timestamp, body: sent },
          sign({ id, timestamp, body: sent }, key),
        );
        expect(verify(headersSent, sent, [key], timestamp)).toEqual({ ok: true, id, timestamp });
        const bent = Uint8Array.from(sent, (byte, n) =>
          n === place % sent.length ? byte ^ (1 << (place % 8)) : byte,
        );
        expect(verify(headersSent, bent, [key], timestamp)).toEqual(noMatch);
      }),
    );
  });

  test('bytes that are no text are signed as they are', () => {
    fc.assert(
      fc.property(bodies, (sent) => {
        const signed = Buffer.concat([bytes(`${official.id}.${now}.`), sent]);
        const mac = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64');
        expect(sign({ ...official, body: sent }, secret)).toBe(`v1,${mac}`);
      }),
    );
  });

  test('the standard library signs alike and accepts what is signed here', () => {
    fc.assert(
      fc.property(ids, timestamps, texts, secrets, (id, timestamp, text, key) => {
        const library = new Webhook(key);
        const signature = sign({ id, timestamp, body: text }, key);
        expect(signature).toBe(library.sign(id, new Date(timestamp * 1000), text));
        vi.setSystemTime(timestamp * 1000);
        const sent = {
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signature,
        };
        expect(() => library.verify(text, sent, { jsonParse: false })).not.toThrow();
        expect(() => library.verify(`${text}.`, sent, { jsonParse: false })).toThrow('No matching signature');
      }),
    );
  });

  test('what the standard library signs is accepted here, within the same five minutes', () => {
    fc.assert(
      fc.property(
        ids,
        timestamps,
        texts,
        secrets,
        fc.integer({ min: -400, max: 400 }),
        (id, timestamp, text, key, late) => {
          const library = new Webhook(key);
          const signature = library.sign(id, new Date(timestamp * 1000), text);
          const message = { id, timestamp, body: text };
          vi.setSystemTime((timestamp + late) * 1000);
          const sent = {
            'webhook-id': id,
            'webhook-timestamp': String(timestamp),
            'webhook-signature': signature,
          };
          const theirs = () => library.verify(text, sent, { jsonParse: false });
          const ours = verify(headersOf(message, signature), bytes(text), [key], timestamp + late);
          if (ours.ok) {
            expect(theirs).not.toThrow();
          } else {
            expect(theirs).toThrow(ours.reason === 'tooOld' ? 'too old' : 'too new');
          }
          expect(ours.ok).toBe(Math.abs(late) <= 300);
        },
      ),
    );
  });
});
