import { describe, expect, it } from 'vitest';
import { play } from '../../src/commands/play.ts';
import { answer, Folder } from '../commands/command.ts';

const step = { at: '2026-12-02T10:00:00+01:00', as: 'clerk', request: 'GET /v1/matters' };
const story = (more: object = {}) => ({ name: 'En saga', municipality: 'huddinge', steps: [step], ...more });
const steps = (...more: readonly object[]) => story({ steps: [step, ...more] });

async function playing(content: unknown) {
  using files = new Folder();
  const { code, out, err } = await answer(play, files.file('story.json', content));
  return { code, out, err };
}

describe('A file that is no story is refused before anything is played (exit code 2)', () => {
  it.each<[string, unknown, string]>([
    ['no JSON', '{ "name": ', 'JSON'],
    ['no object', [], 'the file: '],
    ['a name that is missing', story({ name: undefined }), 'name: '],
    ['a municipality that does not exist', story({ municipality: 'huddinga' }), 'municipality: '],
    ['no steps', story({ steps: [] }), 'steps: '],
    ['a field that the format lacks', story({ clock: 'now' }), '"clock"'],
    [
      'a step’s field that the format lacks',
      steps({ ...step, wait: 3 }),
      'steps[1]: Unrecognized key: "wait"',
    ],
    ['a time that is none', steps({ ...step, at: 'tomorrow' }), 'steps[1].at: '],
    ['a time without its zone', steps({ ...step, at: '2026-12-02T10:00:00' }), 'steps[1].at: '],
    ['a time that goes back', steps({ ...step, at: '2026-12-02T09:59:59+01:00' }), 'steps[1].at: '],
    ['no time to begin with', story({ steps: [{ ...step, at: undefined }] }), 'steps[0].at: '],
    ['a role that does not exist', steps({ ...step, as: 'king' }), 'steps[1].as: '],
    ['a request without a method', steps({ ...step, request: '/v1/matters' }), 'steps[1].request: '],
    ['a body of a request that only reads', steps({ ...step, body: {} }), 'steps[1].body: '],
    ['a header over two lines', steps({ ...step, headers: { 'X-A': 'a\nb' } }), 'steps[1].headers["X-A"]: '],
    [
      'a request for what was not saved',
      steps({ ...step, request: 'GET /v1/matters/{m}' }),
      'steps[1].request: ',
    ],
    ['a pointer that is none', steps({ ...step, save: { m: 'id' } }), 'steps[1].save.m: '],
    [
      'an expected status that is none',
      steps({ ...step, expect: { status: '200' } }),
      'steps[1].expect.status: ',
    ],
    ['an expectation that is none', steps({ ...step, expect: { state: 'draft' } }), 'steps[1].expect: '],
  ])('%s', async (_, content, named) => {
    const { code, out, err } = await playing(content);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^\/.*story\.json: /);
    expect(err).toContain(named);
  });

  it('every wrong field is named', async () => {
    const { err } = await playing(steps({ ...step, at: 'x', as: 'king' }));
    expect(err.trim().split('\n')).toHaveLength(2);
  });

  it('the same moment in another zone is not back', async () => {
    expect((await playing(steps({ ...step, at: '2026-12-02T09:00:00Z' }))).code).toBe(0);
  });

  it('a file that is not there', async () => {
    const { code, err } = await answer(play, '/nowhere/story.json');
    expect([code, err]).toEqual([2, expect.stringContaining('/nowhere/story.json')]);
  });

  it('no file at all', async () => expect((await answer(play)).code).toBe(2));

  it('of several files one is none: no other is played', async () => {
    using files = new Folder();
    const { code, out } = await answer(play, files.file('a.json', story()), files.file('b.json', []));
    expect([code, out]).toEqual([2, '']);
  });
});
