import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import type { Sender } from '../../src/engine/parse.ts';
import type { Refusal } from '../../src/engine/refusal.ts';
import { outboxOf } from '../../src/store/outbox.ts';
import { type Bench, openEngine, outcomeOf } from '../fixtures/engine.ts';
import { grantsOf } from '../fixtures/grants.ts';

const integration: Sender = {
  id: 'board',
  name: 'board',
  origin: 'integration',
  grants: grantsOf(['integration']),
};

const tell = (bench: Bench, from: string, to: readonly string[], event: JsonObject, sender?: Sender) =>
  bench.send(from, 'relay.tell', { to, event }, sender && { sender });

const told = (text: string) => ({ type: 'letter.told', text });
const publish = (topic: string) => ({ type: 'relay.publish', topic, payload: {} });

const metaOf = async (bench: Bench, id: string, type: string) => {
  const entry = (await bench.log(id)).find((it) => it.type === type);
  return JSON.parse(entry?.meta ?? 'null') as JsonObject;
};

describe('a message to another actor', () => {
  test('is delivered in the same command: both logs name it, and both have the same instant', async () => {
    await using bench = await openEngine();
    const [from, to] = [await bench.start('relay', {}), await bench.start('letter', { title: 'A' })];
    const { command } = await tell(bench, from, [to], told('hello'));
    expect((await bench.log(from)).at(-1)?.command).toBe(command);
    expect((await bench.log(to)).at(-1)).toMatchObject({ command, type: 'letter.told', at: bench.now });
    expect(await bench.context(to)).toMatchObject({ notes: ['hello'] });
  });

  test('names the actor that sent it, and where the command came from', async () => {
    await using bench = await openEngine();
    const [from, to] = [await bench.start('relay', {}), await bench.start('letter', { title: 'A' })];
    await tell(bench, from, [to], told('hello'), integration);
    expect(await metaOf(bench, to, 'letter.told')).toMatchObject({ sender: from, origin: 'integration' });
  });

  test('that its receiver refuses fails the whole command and leaves nothing', async () => {
    await using bench = await openEngine();
    const [from, first, second] = [
      await bench.start('relay', {}),
      await bench.start('letter', { title: 'A' }),
      await bench.start('letter', { title: 'B' }),
    ];
    const answer = tell(bench, from, [first, second], { type: 'letter.reopen' });
    const refusal = await answer.catch((error: Refusal) => error);
    expect(refusal).toMatchObject({ code: 'refused', particulars: { actor: first } });
    for (const id of [from, first, second]) expect((await bench.actor(id)).version).toBe(1);
    expect(await outboxOf(bench.db.reader, from)).toEqual([]);
  });

  test.each([
    ['an actor that does not exist', ['nobody'], told('hello')],
    ['a chart that knows no such message', null, { type: 'letter.unknown' }],
  ])('to %s fails the whole command', async (_, to, event) => {
    await using bench = await openEngine();
    const [from, letter] = [await bench.start('relay', {}), await bench.start('letter', { title: 'A' })];
    expect(await outcomeOf(tell(bench, from, to ?? [letter], event))).toBe('refused');
    expect((await bench.actor(from)).version).toBe(1);
  });

  test('with fields that are not declared fails the whole command', async () => {
    await using bench = await openEngine();
    const [from, to] = [await bench.start('relay', {}), await bench.start('letter', { title: 'A' })];
    expect(await outcomeOf(tell(bench, from, [to], { ...told('hello'), more: 1 }))).toBe('invalid');
    expect((await bench.actor(to)).version).toBe(1);
  });

  test('goes out in the order in which it was caused', async () => {
    await using bench = await openEngine();
    const [from, to] = [await bench.start('relay', {}), await bench.start('letter', { title: 'A' })];
    const relays = [await bench.start('relay', {}), await bench.start('relay', {})];
    const forward = { type: 'relay.tell', to: [to], event: told('last') };
    await tell(bench, from, [...relays, to], forward as unknown as JsonObject).catch(() => {});
    await bench.engine.drain();
    await Promise.all(['a', 'b', 'c'].map((text) => tell(bench, from, [to, to], told(text))));
    expect((await bench.context(to)).notes).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  });

  test('that follows from another message goes out after those that were caused before it', async () => {
    await using bench = await openEngine();
    const to = await bench.start('letter', { title: 'A' });
    const [from, one, two] = [
      await bench.start('relay', {}),
      await bench.start('relay', {}),
      await bench.start('relay', {}),
    ];
    const forward = (event: JsonObject) => ({ type: 'relay.tell', to: [to], event });
    await tell(bench, from, [one, two], forward(told('x')));
    const senders = (await bench.log(to)).slice(1).map((it) => (JSON.parse(it.meta) as JsonObject).sender);
    expect(senders).toEqual([one, two]);
  });

  test('finds its receiver as it is by then: what it had due has fallen due before', async () => {
    await using bench = await openEngine();
    const [from, to] = [await bench.start('relay', {}), await bench.start('letter', { title: 'A' })];
    bench.now = '2027-03-01T09:00:00.000Z';
    await tell(bench, from, [to], told('late'));
    expect(await bench.types(to)).toEqual(['started', 'deadline.reply', 'letter.told']);
  });

  test('that goes round for ever ends the command, and the server goes on', async () => {
    await using bench = await openEngine();
    const [one, other] = [await bench.start('relay', {}), await bench.start('relay', {})];
    expect(await outcomeOf(tell(bench, one, [other], { type: 'relay.pass', to: one }))).toBe('refused');
    expect((await bench.actor(other)).version).toBe(1);
    expect(await outcomeOf(tell(bench, one, [other], publish('ok')))).toBe('accepted');
  });
});

describe('a message from an integration or a timer', () => {
  test('does not decide, whichever way it takes', async () => {
    await using bench = await openEngine();
    const [from, to] = [await bench.start('relay', {}), await bench.start('letter', { title: 'A' })];
    const decide = { type: 'letter.decide' };
    const refusal = await tell(bench, from, [to], decide, integration).catch((error: Refusal) => error);
    expect(refusal).toMatchObject({ code: 'refused', particulars: { explanation: { rule: 'R-093' } } });
    expect(await outcomeOf(bench.send(to, 'letter.decide', {}, { sender: integration }))).toBe('refused');
    expect(await outcomeOf(tell(bench, from, [to], decide))).toBe('accepted');
  });

  test('of a deadline does not either: the deadline is set aside', async () => {
    await using bench = await openEngine();
    const to = await bench.start('letter', { title: 'A' });
    const from = await bench.start('relay', {
      on: '2026-12-02',
      due: { to, event: { type: 'letter.decide' } },
    });
    bench.now = '2026-12-03T09:00:00.000Z';
    await bench.tick();
    expect((await bench.actor(to)).version).toBe(1);
    expect(await bench.deadlines(from)).toMatchObject([
      { failure: 'A system may not make or confirm decisions.' },
    ]);
  });
});

describe('an actor that starts another', () => {
  const startPart = (bench: Bench, id: string, key: string, input: JsonObject = {}, chart = 'part') =>
    bench.send(id, 'relay.start', { chart, key, input });

  test('gives it an id under its own, its record and its municipality', async () => {
    await using bench = await openEngine();
    const id = await bench.start('relay', {});
    await startPart(bench, id, 'a');
    expect(await bench.actor(`${id}.a`)).toMatchObject({
      parent: id,
      root: id,
      tenant: 'huddinge',
      version: 1,
    });
  });

  test('gives a record of its own an own root', async () => {
    await using bench = await openEngine();
    const id = await bench.start('relay', {});
    await startPart(bench, id, 'letter', { title: 'A' }, 'letter');
    expect(await bench.actor(`${id}.letter`)).toMatchObject({ parent: id, root: `${id}.letter` });
  });

  test('twice under the same key is refused, and nothing of the command remains', async () => {
    await using bench = await openEngine();
    const id = await bench.start('relay', {});
    await startPart(bench, id, 'a');
    expect(await outcomeOf(startPart(bench, id, 'a'))).toBe('exists');
    expect((await bench.actor(id)).version).toBe(2);
  });

  test.each([
    ['that nobody has written', 'unknown', {}, 'notFound'],
    ['with a wrong input', 'letter', { title: 7 }, 'invalid'],
    ['whose number is taken', 'letter', { title: 'B', number: '7' }, 'exists'],
  ])('%s fails the whole command', async (_, chart, input, code) => {
    await using bench = await openEngine();
    await bench.start('letter', { title: 'A', number: '7' });
    const id = await bench.start('relay', {});
    expect(await outcomeOf(startPart(bench, id, 'a', input, chart))).toBe(code);
    expect((await bench.actor(id)).version).toBe(1);
  });

  test('of a part alone is not possible from outside', async () => {
    await using bench = await openEngine();
    expect(await outcomeOf(bench.start('part', {}))).toBe('notFound');
  });
});

describe('what an actor publishes', () => {
  test('is on the outbox in the order in which it was caused, each with an id of its own', async () => {
    await using bench = await openEngine();
    const [id, other] = [await bench.start('relay', {}), await bench.start('relay', {})];
    await Promise.all([
      tell(bench, other, [id, id], publish('a')),
      tell(bench, other, [id], publish('b')),
      bench.send(id, 'relay.publish', { topic: 'c', payload: { z: 1, a: 2 } }),
    ]);
    const outbox = await outboxOf(bench.db.reader, id);
    expect(outbox.map((it) => it.topic)).toEqual(['a', 'a', 'b', 'c']);
    expect(new Set(outbox.map((it) => it.id)).size).toBe(4);
    expect(outbox[3]).toMatchObject({ payload: '{"a":2,"z":1}', tenant: 'huddinge', createdAt: bench.now });
  });
});

describe('from outside', () => {
  test.each([
    'letter.told',
    'xstate.after.reply.letter.waiting',
    'xstate.init',
    'xstate.stop',
    'xstate.done.state.letter',
    '*',
    'letter.*',
    '',
    'started',
    'deadline.reply',
    'constructor',
    '__proto__',
    'toString',
  ])('an event that is not declared is unknown: %j', async (type) => {
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' });
    expect(await outcomeOf(bench.send(id, type))).toBe('undeclared');
    expect((await bench.actor(id)).version).toBe(1);
  });

  test('a role that may not send an event is told which may', async () => {
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' });
    const sender: Sender = { id: 'rut', name: 'Rut', origin: 'person', grants: grantsOf(['auditor']) };
    const refusal = await bench.send(id, 'letter.answer', {}, { sender }).catch((error: Refusal) => error);
    expect(refusal).toMatchObject({ code: 'forbidden', particulars: { explanation: { who: ['clerk'] } } });
  });

  test('a role that may not start a record is told which may', async () => {
    await using bench = await openEngine();
    const sender: Sender = { id: 'rut', name: 'Rut', origin: 'person', grants: grantsOf(['auditor']) };
    const refusal = await bench.start('letter', { title: 'A' }, { sender }).catch((error: Refusal) => error);
    expect(refusal).toMatchObject({ code: 'forbidden', particulars: { explanation: { who: ['clerk'] } } });
  });

  test.each([
    ['a lone surrogate', { text: 'a\ud800' }],
    ['a NUL', { text: 'a\0' }],
    ['a field more', { text: 'a', more: 1 }],
    ['a field less', {}],
    ['no object', 7],
    ['nothing', null],
  ])('fields that cannot be kept as they are, are invalid: %s', async (_, payload) => {
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' });
    expect(await outcomeOf(bench.send(id, 'letter.note', payload))).toBe('invalid');
  });

  test('names of fields count as text too', async () => {
    await using bench = await openEngine();
    const id = await bench.start('relay', {});
    const payload = { topic: 't', payload: { 'a\ud800': 1 } };
    expect(await outcomeOf(bench.send(id, 'relay.publish', payload))).toBe('invalid');
  });

  test('an actor that does not exist is not found, also by an id that is no text', async () => {
    await using bench = await openEngine();
    for (const id of ['nobody', '', '\ud800', '\0'])
      expect(await outcomeOf(bench.send(id, 'letter.note', { text: 'a' }))).toBe('notFound');
  });
});

describe('an actor in memory', () => {
  test('shares nothing with another of the same chart', async () => {
    await using bench = await openEngine();
    const [one, other] = [
      await bench.start('letter', { title: 'A' }),
      await bench.start('letter', { title: 'B' }),
    ];
    await bench.send(one, 'letter.note', { text: 'only here' });
    expect(await bench.context(other)).toMatchObject({ notes: [] });
    expect(bench.registry.latest('letter')?.context).toMatchObject({ notes: [] });
  });
});
