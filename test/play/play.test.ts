import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { play } from '../../src/commands/play.ts';
import { answer, Folder } from '../commands/command.ts';

const registered = {
  at: '2026-12-02T10:00:00+01:00',
  as: 'registrar',
  request: 'POST /v1/matters',
  body: {
    route: 'council-matter',
    title: 'Avtal',
    proposals: [{ text: 'Avtalet godkänns.', body: 'kf' }],
  },
  save: { m: '/id', version: '/version' },
  expect: { status: 201 },
} as const;

const story = (...steps: readonly object[]) => ({
  name: 'En saga',
  municipality: 'huddinge',
  steps: [registered, ...steps],
});

interface Result {
  readonly passed: boolean;
  readonly stories: readonly {
    readonly steps: readonly {
      readonly status: number;
      readonly problem: JsonObject | null;
      readonly failures: string[];
    }[];
    readonly paths: readonly (JsonObject & { readonly steps: readonly JsonObject[] })[];
  }[];
}

/** Plays a story and gives the result as a machine reads it. */
async function played(written: object): Promise<Result['stories'][number] & { code: number }> {
  using files = new Folder();
  const { code, out } = await answer(play, '--json', files.file('story.json', written));
  const result = JSON.parse(out) as Result;
  expect(result.passed).toBe(code === 0);
  const [only] = result.stories;
  if (!only) throw new Error('no story was played');
  return { ...only, code };
}

/** The failures of the step after the registration. */
const failuresOf = async (step: object) => (await played(story(step))).steps[1]?.failures;

describe('What a step expects is held against the answer', () => {
  const get = { request: 'GET /v1/matters/{m}', as: 'auditor' };

  it.each<[string, Record<string, Json>, string[]]>([
    ['a value that is there', { '/title': 'Avtal' }, []],
    ['another value', { '/title': 'avtal' }, ['expected "avtal" at /title, got "Avtal"']],
    ['a whole object', { '/chart/label': { en: 'Council matter', sv: 'Fullmäktigeärende' } }, []],
    [
      'an object that has more',
      { '/chart/label': { en: 'Council matter' } },
      [
        'expected {"en":"Council matter"} at /chart/label, got {"sv":"Fullmäktigeärende","en":"Council matter"}',
      ],
    ],
    ['nothing where there is nothing', { '/nowhere': null }, ['expected null at /nowhere, got nothing']],
    ['what was saved', { '/id': '{m}', '/version': '{version}' }, []],
  ])('%s', async (_, body, failures) => {
    expect(await failuresOf({ ...get, expect: { status: 200, body } })).toEqual(failures);
  });

  it('a status', async () => {
    expect(await failuresOf({ ...get, expect: { status: 404 } })).toEqual(['expected status 404, got 200']);
  });

  it('a step that expects nothing does not fail, whatever the answer', async () => {
    const { code, steps } = await played(story({ request: 'GET /v1/nowhere', as: 'clerk' }));
    expect([code, steps[1]?.status]).toEqual([0, 404]);
  });

  it('what is to be saved must be there', async () => {
    expect(await failuresOf({ ...get, save: { x: '/nowhere' } })).toEqual([
      'nothing at /nowhere to save as x',
    ]);
  });
});

describe('What the story leaves out is added', () => {
  const assign = { type: 'matter.assign', payload: { caseOfficer: 'Eva Lind' } };
  const event = { request: 'POST /v1/matters/{m}/events', as: 'clerk', body: assign };

  it('the version that the story has come to', async () => {
    const again = { ...event, expect: { status: 200 } };
    expect((await played(story(again, again))).code).toBe(0);
  });

  it('but not where the story says which', async () => {
    const headers = { 'If-Match': '"{version}"' };
    const { steps } = await played(story({ ...event, headers }, { ...event, headers }));
    expect(steps.map((it) => it.status)).toEqual([201, 200, 412]);
  });

  it('a key for each step, but not where the story says which', async () => {
    const headers = { 'Idempotency-Key': 'same', 'If-Match': '"1"' };
    const { steps } = await played(story({ ...event, headers }, { ...event, headers }));
    expect(steps.map((it) => it.status)).toEqual([201, 200, 200]);
  });

  it('the signature of the integration, but not where the story says which', async () => {
    const hook = {
      request: 'POST /v1/hooks/e-signering',
      body: { actor: '{m}', type: 'report.sign', payload: {} },
    };
    const forged = { ...hook, headers: { 'webhook-signature': 'v1,AAAA' } };
    const { steps } = await played(story(hook, forged));
    expect(steps.map((it) => it.status)).toEqual([201, 422, 401]);
  });

  it('but no identity', async () => {
    expect(await failuresOf({ request: 'GET /v1/desk', expect: { status: 401 } })).toEqual([]);
  });
});

describe('The clock is the story’s', () => {
  const send = (type: string, payload: JsonObject) => ({
    as: 'clerk',
    request: 'POST /v1/matters/{m}/events',
    body: { type, payload },
    expect: { status: 200 },
  });
  const asked = (key: string, due: string) =>
    send('consultation.send', { key, body: 'Vård- och omsorgsnämnden', question: 'Yttrande', due });

  it('what falls due on the way happens on the way, each at its own instant and in order', async () => {
    const { code, paths } = await played(
      story(
        send('matter.assign', { caseOfficer: 'Eva Lind' }),
        asked('late', '2027-01-08'),
        asked('early', '2026-12-10'),
        { at: '2027-03-01T09:00:00+01:00', as: 'clerk', request: 'GET /v1/matters/{m}' },
      ),
    );
    const overdue =
      paths[0]?.steps.filter((it) => (it.event as JsonObject).type === 'deadline.answerDue') ?? [];
    expect(code).toBe(0);
    expect(overdue.map(({ at, recordedAt }) => [at, recordedAt])).toEqual([
      ['2026-12-10T23:00:00.000Z', '2026-12-10T23:00:00.000Z'],
      ['2027-01-08T23:00:00.000Z', '2027-01-08T23:00:00.000Z'],
    ]);
  });

  it('nothing happens before it is due', async () => {
    const lastInstant = {
      at: '2026-12-10T23:59:59+01:00',
      as: 'clerk',
      request: 'GET /v1/actors/{m}.remiss-a',
    };
    const { steps } = await played(
      story(
        send('matter.assign', { caseOfficer: 'Eva Lind' }),
        asked('a', '2026-12-10'),
        { ...lastInstant, expect: { body: { '/states/0/path': 'sent' } } },
        {
          ...lastInstant,
          at: '2026-12-11T00:00:00+01:00',
          expect: { body: { '/states/0/path': 'overdue' } },
        },
      ),
    );
    expect(steps.flatMap((it) => it.failures)).toEqual([]);
  });

  it('a step without a time happens at the time of the one before', async () => {
    const { paths } = await played(story(send('matter.assign', { caseOfficer: 'Eva Lind' })));
    expect(paths[0]?.steps.map((it) => it.at)).toEqual(Array(3).fill('2026-12-02T09:00:00.000Z'));
  });
});

describe('What is printed', () => {
  it('is every step, its refusal by rule, and every path', async () => {
    using files = new Folder();
    const refused = {
      as: 'clerk',
      note: 'För tidigt',
      request: 'POST /v1/matters/{m}/events',
      body: { type: 'decision.confirm', payload: { finds: 1 } },
      expect: { status: 409 },
    };
    const { code, out } = await answer(play, files.file('story.json', story(refused)));
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}1 {2}2026-12-02T10:00:00\+01:00 {2}registrar: POST \/v1\/matters → 201$/m);
    expect(out).toMatch(/^ {2}2 .* decision\.confirm → 409 {2}R-045 \(KL 5:53, 6:33\): .+$/m);
    expect(out).toContain('För tidigt');
    expect(out).toContain('✓ En saga: 2 steps');
    const paths = JSON.parse(
      out.slice(out.indexOf('\n[') + 1, out.lastIndexOf('\n]') + 2),
    ) as Result['stories'][0]['paths'];
    expect(paths.map((it) => it.title)).toEqual(['Avtal']);
    expect(paths[0]?.steps.map((it) => it.actor)).toHaveLength(2);
  });
});
