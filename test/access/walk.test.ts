import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../machines/roles.ts';
import { everyRole, otherThan, Region, type Town, tokenOf, towns } from './people.ts';
import { type Asking, type Expectation, expectations } from './routes.ts';
import { asked, type Person, Secrets } from './secrets.ts';

let region: Region;
beforeAll(async () => {
  region = await Region.open();
});
afterAll(() => region.close());

/** Every route of the application, the API's and the pages', by method and path. */
type Routed = Pick<Hono, 'routes'>;

const routesOf = (app: Routed): readonly string[] => [
  ...new Set(app.routes.filter((it) => it.method !== 'ALL').map((it) => `${it.method} ${it.path}`)),
];

const unlisted = (app: Routed): readonly string[] => routesOf(app).filter((it) => !expectations.has(it));

describe('every route there is', () => {
  test('has an expectation of who may ask, and there is no expectation without its route', () => {
    expect(unlisted(region.server.app)).toEqual([]);
    expect([...expectations.keys()].filter((it) => !routesOf(region.server.app).includes(it))).toEqual([]);
  });

  test('and one that is added without any is found', () => {
    const more = new Hono().route('/', region.server.app).get('/v1/leaks', (c) => c.text('everything'));
    expect(unlisted(more)).toEqual(['GET /v1/leaks']);
  });
});

const isPage = (route: string): boolean => !/ \/(v1|livez|readyz|problems)/.test(route);
const methodOf = (route: string): string => route.split(' ')[0] ?? '';
const patternOf = (route: string): string => (route.split(' ')[1] ?? '').replaceAll(/:\w+/g, 'x');

/** What is asked of a route about what a municipality has. */
function askingOf(route: string, expected: Expectation, town: Town, of = region.holdings[town]): Asking {
  if (expected.for === 'municipality') return expected.asking(of);
  if (expected.for === 'anyone' || expected.for === 'oneself') return { path: patternOf(route) };
  if (expected.for === 'identity' || expected.for === 'nothing')
    return expected.asking ?? { path: patternOf(route) };
  if (expected.for === 'signer') return expected.asking;
  return expected.asking(of, town);
}

const ask = async (route: string, expected: Expectation, of: Town, token: string | null) => {
  const { path, body, method = methodOf(route) } = askingOf(route, expected, of);
  const answer = await region.ask(method, path, token, body);
  return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') };
};

/** What a municipality says of its own must be nowhere in an answer to another's. */
const leaked = (text: string, of: Town): readonly string[] =>
  region.holdings[of].words.filter((it) => text.includes(it));

describe.each([...expectations])('%s', (route, expected) => {
  test('for nobody', async () => {
    const { status, text, to } = await ask(route, expected, 'huddinge', null);
    if (expected.for === 'anyone') expect([401, 403]).not.toContain(status);
    else if (isPage(route)) expect([status, to?.startsWith('/identity')]).toEqual([303, true]);
    else expect(status).toBe(401);
    for (const town of towns) expect(leaked(text, town)).toEqual([]);
  });

  if (expected.for === 'anyone' || expected.for === 'signer' || expected.for === 'oneself') return;

  test.each(everyRole)('for %s of the municipality, and of another', async (role) => {
    for (const town of towns) {
      const own = await ask(route, expected, town, tokenOf(role, town));
      const foreign = await ask(route, expected, town, tokenOf(role, otherThan(town)));
      expect(leaked(foreign.text, town)).toEqual([]);
      expect(leaked(own.text, otherThan(town))).toEqual([]);
      if (isPage(route) && role === 'integration') {
        // A system opens no pages.
        expect([own.to, foreign.to].every((it) => it?.startsWith('/identity'))).toBe(true);
      } else check(expected, role, own, foreign);
    }
  });
});

type Told = Awaited<ReturnType<typeof ask>>;

function check(expected: Expectation, role: Role, own: Told, foreign: Told): void {
  const refusals = [401, 403, 404];
  if (expected.for === 'municipality') {
    expect([own.status, foreign.status]).toEqual([200, expected.list ? 200 : 404]);
  } else if (expected.for === 'nothing') {
    expect([own.status, foreign.status]).toEqual([404, 404]);
  } else if (Array.isArray(expected.for)) {
    const { others = 403, stranger = 404 } = expected as Extract<Expectation, { for: readonly Role[] }>;
    if (expected.for.includes(role)) expect(refusals).not.toContain(own.status);
    else expect([others].flat()).toContain(own.status);
    expect([stranger, expected.for.includes(role) ? [] : others].flat(2)).toContain(foreign.status);
  } else {
    for (const { status } of [own, foreign]) expect(refusals).not.toContain(status);
  }
}

describe('someone in every role who does not see what is confidential (R-120)', () => {
  let secrets: Secrets;
  beforeAll(async () => {
    secrets = await Secrets.furnish();
  });
  afterAll(() => secrets.close());

  const askAs = async (person: Person, route: string, expected: Expectation) => {
    const { matter, meeting, hiddenJoint: joint } = secrets;
    const of = { ...region.holdings.huddinge, matter, meeting, joint };
    const { path, body, method = methodOf(route) } = askingOf(route, expected, 'huddinge', of);
    const answer = await asked(secrets.server, person, method, path, body);
    const isHidden = path.includes(matter) || path.includes(joint);
    const question = path + (body instanceof URLSearchParams ? String(body) : JSON.stringify(body));
    const told = secrets.tells(await answer.text(), question);
    return { status: answer.status, told, isHidden };
  };
  /** The routes by which someone with sight was told of it. */
  const telling: string[] = [];

  test.each([...expectations])('%s', async (route, expected) => {
    const blind = await askAs('blind', route, expected);
    const sighted = await askAs('sighted', route, expected);
    expect(blind.told).toBe(false);
    if (sighted.told) telling.push(route);
    if (blind.isHidden) expect([blind.status, sighted.status === 404]).toEqual([404, false]);
    else if (methodOf(route) === 'GET') expect(blind.status).toBe(sighted.status);
  });

  test('while who sees it is told of it in every way there is', () => {
    expect(telling).toEqual(expect.arrayContaining(everyWay));
  });
});

const everyWay = [
  'GET /v1/matters',
  'GET /v1/joint-matters',
  'GET /v1/desk',
  'GET /v1/matters/:id',
  'GET /v1/matters/:id/path',
  'GET /v1/matters/:id/log',
  'GET /v1/actors/:id',
  'GET /v1/joint-matters/:id',
  'GET /v1/joint-matters/:id/log',
  'GET /v1/meetings/:id',
  'GET /v1/meetings/:id/path',
  'GET /v1/meetings/:id/log',
  'GET /v1/meetings/:id/audit',
  'GET /',
  'GET /matters',
  'GET /joint-matters',
  'GET /matters/:id',
  'GET /meetings/:id',
  'GET /joint-matters/:id',
  'GET /actors/:id',
  'GET /actors/:id/events/:type',
];
