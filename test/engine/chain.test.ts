import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { canonical, GENESIS, hashOf, sha256, verifyChain } from '../../src/engine/chain.ts';
import { type Entry, entriesOfActor } from '../../src/store/entries.ts';
import { openEngine } from '../fixtures/engine.ts';

/** The same value with the keys of every object in reverse. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, it]) => [key, reversed(it)]),
  );
}

const text = fc.string({ unit: 'grapheme' });
const place = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const anyEntry: fc.Arbitrary<Omit<Entry, 'hash'>> = fc.record({
  seq: place,
  actor: text,
  version: place,
  root: text,
  tenant: text,
  command: text,
  at: text,
  type: text,
  payload: text,
  meta: text,
  step: text,
  salt: fc.option(text),
  content: fc.option(text),
  prev: text,
});

test('the hash of an entry is that of its canonical JSON', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const { payload, meta, salt, content, ...rest } = entry;
      const commitment = content ?? sha256(canonical({ payload, meta, salt }));
      expect(hashOf(entry)).toBe(sha256(canonical({ ...rest, content: commitment })));
    }),
  );
});

describe('canonical JSON', () => {
  test('of any value is the same whatever the order of its keys, and after a round trip', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = canonical(value);
        expect(canonical(reversed(value))).toBe(text);
        expect(canonical(JSON.parse(text))).toBe(text);
        expect(canonical(JSON.parse(JSON.stringify(value)))).toBe(text);
      }),
    );
  });

  test.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ 10: 1, 9: 2, a: 3 }, '{"10":1,"9":2,"a":3}'],
    [{ é: 1, z: 2 }, '{"z":2,"é":1}'],
    [{ '\u{1f600}': 1, '\ufb33': 2 }, '{"\u{1f600}":1,"\ufb33":2}'],
    [-0, '0'],
    [1e21, '1e+21'],
    [1.5e-7, '1.5e-7'],
    [100.0, '100'],
    ['\u20ac$\u000f\nA\'B"\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\"/"'],
    ['\u00e5', '"å"'],
    ['a\u030a', '"a\u030a"'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
  ])('%j is %s (RFC 8785)', (value, text) => {
    expect(canonical(value)).toBe(text);
  });

  test.each([
    ['a number that is none', Number.NaN],
    ['infinity', { a: Number.POSITIVE_INFINITY }],
    ['half a character', ['a\ud800']],
    ['half a character in a key', { '\ud800': 1 }],
    ['nothing', undefined],
    ['a big integer', { a: 1n }],
    ['a circle', circle()],
  ])('of %s does not exist', (_, value) => {
    expect(() => canonical(value)).toThrow();
  });
});

function circle(): object {
  const it: { self?: object } = {};
  it.self = it;
  return it;
}

/** The log of an actor with seven entries, and its head. */
async function written() {
  await using bench = await openEngine();
  const id = await bench.start('letter', { title: 'Å' });
  for (const text of ['a', 'b', 'ä', '\u{1f600}', '"', '\\']) await bench.send(id, 'letter.note', { text });
  const { version, head } = await bench.actor(id);
  return { id, entries: await bench.log(id), head: { version, hash: head } };
}

/** A text that differs in one character. */
const altered = (text: string) => (text.startsWith('0') ? '1' : '0') + text.slice(1);

describe('the hash of an entry', () => {
  test('covers every field of it, its place in the log of the database, and the hash before', async () => {
    const { entries } = await written();
    const [, entry] = entries;
    if (!entry) throw new Error('no entry');
    const { hash, ...covered } = entry;
    expect(hashOf(covered)).toBe(hash);
    for (const [field, value] of Object.entries(covered)) {
      const other = typeof value === 'number' ? value + 1 : altered(value ?? '');
      expect(hashOf({ ...covered, [field]: other }), field).not.toBe(hash);
    }
  });

  test('is SHA-256 over canonical JSON: whoever has the specification can check it', async () => {
    const { entries } = await written();
    const [first] = entries;
    if (!first) throw new Error('no entry');
    const { hash, payload, meta, salt, content: _, ...rest } = first;
    expect(first.prev).toBe(GENESIS);
    const content = sha256(canonical({ payload, meta, salt }));
    expect(sha256(canonical({ ...rest, content }))).toBe(hash);
  });
});

describe('verification of a log', () => {
  test('finds nothing wrong with one that nobody has touched', async () => {
    const { id, entries, head } = await written();
    expect(verifyChain(id, entries, head)).toBeNull();
  });

  const all = [0, 1, 2, 3, 4, 5, 6];
  const changing = (field: keyof Entry) => (entries: Entry[], at: number) =>
    entries.map((it, index) => (index === at ? { ...it, [field]: altered(String(it[field])) } : it));

  test.each([
    ['the payload', changing('payload'), 'altered'],
    ['the circumstances', changing('meta'), 'altered'],
    ['the type', changing('type'), 'altered'],
    ['the time', changing('at'), 'altered'],
    ['the hash', changing('hash'), 'altered'],
    ['the hash before', changing('prev'), 'unlinked'],
  ] as const)('names the entry in which %s was changed', async (_, change, fault) => {
    const { id, entries, head } = await written();
    for (const at of all)
      expect(verifyChain(id, change(entries, at), head)).toEqual({ actor: id, version: at + 1, fault });
  });

  test('names the place of an entry that was deleted', async () => {
    const { id, entries, head } = await written();
    for (const at of all.slice(0, -1))
      expect(verifyChain(id, entries.toSpliced(at, 1), head)).toEqual({
        actor: id,
        version: at + 1,
        fault: 'missing',
      });
  });

  test('names the first of two entries that changed places, renumbered or not', async () => {
    const { id, entries, head } = await written();
    for (const at of all.slice(0, -1)) {
      const [one, two] = [entries[at], entries[at + 1]];
      if (!one || !two) throw new Error('no entries');
      const swapped = entries.toSpliced(at, 2, two, one);
      expect(verifyChain(id, swapped, head)).toEqual({ actor: id, version: at + 1, fault: 'missing' });
      const renumbered = swapped.map((it, index) => ({ ...it, version: index + 1 }));
      expect(verifyChain(id, renumbered, head)).toEqual({ actor: id, version: at + 1, fault: 'unlinked' });
    }
  });

  test('sees that the tail was cut, and that something was added', async () => {
    const { id, entries, head } = await written();
    const [last] = entries.slice(-1);
    if (!last) throw new Error('no entry');
    expect(verifyChain(id, entries.slice(0, -2), head)).toEqual({ actor: id, version: 6, fault: 'tail' });
    const forged = { ...last, version: 8, prev: last.hash };
    const added = { ...forged, hash: hashOf(forged) };
    expect(verifyChain(id, [...entries, added], head)).toEqual({ actor: id, version: 9, fault: 'tail' });
    expect(verifyChain(id, [], head)).toEqual({ actor: id, version: 1, fault: 'tail' });
  });

  test('sees an entry of another actor', async () => {
    const [one, other] = [await written(), await written()];
    const mixed = [...one.entries.slice(0, 3), ...other.entries.slice(3)];
    expect(verifyChain(one.id, mixed, one.head)).toEqual({ actor: one.id, version: 4, fault: 'missing' });
  });
});

describe('the log in the database (R-080, R-121)', () => {
  test.each([
    ['change', sql`update entry set payload = '{}'`],
    ['delete', sql`delete from entry`],
    [
      'replace',
      sql`insert or replace into entry (seq, actor, version, root, tenant, command, at, type, payload, meta, step, prev, hash)
        select seq, actor, version, root, tenant, command, at, type, '{}', meta, step, prev, hash from entry`,
    ],
  ])('refuses to %s an entry', async (_, statement) => {
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' });
    const before = await bench.log(id);
    await expect(statement.execute(bench.db.writer)).rejects.toThrow('append-only');
    expect(await bench.log(id)).toEqual(before);
  });

  test('is what verification sees when someone has gone round the triggers', async () => {
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' });
    await bench.send(id, 'letter.note', { text: 'one' });
    await bench.send(id, 'letter.note', { text: 'two' });
    const { version, head: hash } = await bench.actor(id);
    await sql`drop trigger entry_redacted`.execute(bench.db.writer);
    await sql`update entry set payload = replace(payload, 'one', 'One') where version = 2`.execute(
      bench.db.writer,
    );
    const fault = verifyChain(id, await entriesOfActor(bench.db.reader, id), { version, hash });
    expect(fault).toEqual({ actor: id, version: 2, fault: 'altered' });
  });
});
