import { describe, expect, it } from 'vitest';
import { observers } from '../../machines/law/observers.ts';
import { ways } from '../../machines/law/rule.ts';
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

  it('no row is empty: each says how the rule is kept, in one of five ways, and where', async () => {
    const empty = (await listed()).filter(({ how, where }) => how.length === 0 || where.length === 0);
    expect(empty).toEqual([]);
    expect(new Set((await listed()).flatMap(({ how }) => how))).toEqual(new Set(Object.keys(ways)));
  });

  it.each([
    ['a condition', 'R-055', 'enforced', 'guard thirdDemands: huddinge/council-matter'],
    ['a state that refuses', 'R-062', 'enforced', 'state standing.proposed: decision-point'],
    ['a deadline', 'R-072', 'enforced', 'deadline appealPeriod: decision-point, notice'],
    ['an event', 'R-053', 'enforced', 'event reservation.record: meeting'],
    ['the program', 'R-121', 'enforced', 'program src/engine/chain.ts'],
    ['an observer', 'R-114', 'watched', `observer ${watchesJoint}`],
    ['data', 'R-006', 'data', 'data initiator: matter'],
    ['people', 'R-037', 'judgement', 'judgement item.open.recused: meeting'],
  ])('kept by %s: where', async (_, id, how, where) => {
    const it = await one(id);
    expect(it?.how).toContain(how);
    expect(it?.where).toContainEqual(expect.stringContaining(where));
  });

  it('with the tests and stories that name it', async () => {
    expect((await one('R-055'))?.tests).toEqual(
      expect.arrayContaining(['test/machines/matter.test.ts', 'test/scenarios/refusals.json']),
    );
  });

  it('and one that does not apply is said so, with the reason', async () => {
    expect(await one('R-100')).toMatchObject({
      how: ['notApplicable'],
      where: ['not applicable: Applies only in war or danger of war.'],
    });
  });

  it('people read the same', async () => {
    const { code, out } = await answer(rules);
    expect(code).toBe(0);
    expect(out.match(/^R-\d{3} {2}/gm)).toHaveLength(Object.keys(law).length);
    expect(out).toContain('not applicable: Applies only in war');
  });
});
