import { describe, expect, it } from 'vitest';
import { observers } from '../../machines/law/observers.ts';
import { rules as law } from '../../machines/law/rules.ts';
import { rules } from '../../src/commands/rules.ts';
import { answer } from './command.ts';

interface Listed {
  readonly id: string;
  readonly citation: string;
  readonly how: readonly string[];
  readonly where: readonly string[];
  readonly tests: readonly string[];
}

const watchesJoint = observers.find((it) => it.rule === 'R-114')?.watches ?? '';

const listed = async () => JSON.parse((await answer(rules, '--json')).out) as Listed[];
const one = async (id: string) => (await listed()).find((it) => it.id === id);

describe('The legal rules are listed', () => {
  it('every one of them, with its source', async () => {
    expect((await listed()).map(({ id, citation }) => [id, citation])).toEqual(
      Object.entries(law).map(([id, { cite }]) => [id, cite]),
    );
  });

  it.each([
    ['a condition', 'R-055', 'guard', 'huddinge/council-matter: thirdDemands'],
    ['a state that refuses', 'R-062', 'state', 'decision-point: standing.proposed'],
    ['a deadline', 'R-072', 'deadline', 'decision-point: appealPeriod'],
    ['an event', 'R-053', 'event', 'meeting: reservation.record'],
    ['an observer', 'R-114', 'observer', watchesJoint],
  ])('held by %s: where', async (_, id, how, where) => {
    const it = await one(id);
    expect(it?.how).toContain(how);
    expect(it?.where).toContain(where);
  });

  it('with the tests and stories that name it', async () => {
    expect((await one('R-055'))?.tests).toEqual(
      expect.arrayContaining(['test/machines/matter.test.ts', 'test/scenarios/refusals.json']),
    );
  });

  it('and one that nothing holds is not said to be held', async () => {
    expect(await one('R-131')).toMatchObject({ how: [], where: [] });
  });

  it('people read the same', async () => {
    const { code, out } = await answer(rules);
    expect(code).toBe(0);
    expect(out.match(/^R-\d{3} {2}/gm)).toHaveLength(Object.keys(law).length);
  });
});
