import { describe, expect, it } from 'vitest';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { Route } from '../../machines/routes/route.ts';
import { checkRoute } from '../../src/proving/check.ts';

const administration = {
  id: 'administration',
  type: 'preparation',
  label: { sv: 'Förvaltningen', en: 'Administration' },
};
const meeting = (body: string, role: string, ...referTo: string[]) => ({
  id: body,
  type: 'meeting',
  body,
  role,
  referTo,
});
const route = (...stages: object[]) =>
  Route.parse({
    name: 'new',
    version: 1,
    label: { sv: 'Ny', en: 'New' },
    stages: [administration, ...stages],
  });

describe('A route is checked before it is published', () => {
  it('a lawful one is proved', { timeout: 300_000 }, async () => {
    const result = await checkRoute({
      route: route(meeting('ks', 'decide', 'administration')),
      municipality: huddinge,
    });
    expect(result).toMatchObject({ route: 'huddinge/new', proved: true, violations: [], bounds: [] });
    expect(result.states).toBeGreaterThan(1000);
    expect(result.explored).toBeGreaterThan(result.states);
  });

  it.each([
    [
      'R-012',
      'a committee prepares for the council, past the board',
      [meeting('sn', 'propose'), meeting('kf', 'decide', 'sn')],
    ],
    [
      'R-013',
      'nobody puts a proposal to the council',
      [meeting('ks', 'prepare'), meeting('kf', 'decide', 'ks')],
    ],
  ])('%s: %s', { timeout: 300_000 }, async (rule, _, stages) => {
    const result = await checkRoute({ route: route(...stages), municipality: huddinge });
    expect(result.violations.map((it) => it.rule)).toContain(rule);
    expect(result.violations[0]?.path.at(-1)).toMatchObject({ event: 'decision.confirm' });
    expect(result.proved).toBe(false);
  });

  it('one past everybody but the council ends nowhere: the council may not take it up unprepared (R-010)', {
    timeout: 300_000,
  }, async () => {
    const result = await checkRoute({
      route: route(meeting('kf', 'decide', 'administration')),
      municipality: huddinge,
    });
    expect(result.violations).toEqual([]);
    expect(result.unreached).toContain('kf.onAgenda');
    expect(result.proved).toBe(false);
  });

  it('one that names a body that the municipality lacks is refused', async () => {
    await expect(
      checkRoute({ route: route(meeting('xx', 'decide')), municipality: huddinge }),
    ).rejects.toThrow('Huddinge kommun has no body "xx"');
  });
});

describe('A check runs beside everything else', () => {
  it('whoever asked goes on meanwhile', { timeout: 300_000 }, async () => {
    let beats = 0;
    const beat = setInterval(() => beats++, 5);
    await checkRoute({ chart: 'salem/board-matter' });
    clearInterval(beat);
    expect(beats).toBeGreaterThan(20);
  });

  it.each([
    ['time', { milliseconds: 1 }],
    ['states', { states: 100 }],
  ])('a limit of %s is said, and nothing is proved', { timeout: 300_000 }, async (limit, limits) => {
    const result = await checkRoute({ chart: 'huddinge/council-matter' }, limits);
    expect(result.bounds.join()).toContain(limit);
    expect(result).toMatchObject({ violations: [], proved: false });
  });

  it('a limit of memory as well', { timeout: 300_000 }, async () => {
    const result = await checkRoute({ chart: 'huddinge/council-matter' }, { megabytes: 24 });
    expect(result.bounds).toEqual(['not proved: limit of memory']);
    expect(result.proved).toBe(false);
  });
});
