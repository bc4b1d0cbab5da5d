import { describe, expect, it } from 'vitest';
import { observers } from '../../machines/law/observers.ts';
import { written } from '../../src/proving/path.ts';
import { mutants } from './mutants.ts';
import { proved } from './proving.ts';

const caught = new Set<string>();

describe('A chart with a mistake in it is found out, by a shortest path', () => {
  it.each(mutants().map((it) => [it.rule, it.mistake, it] as const))(
    '%s: %s',
    { timeout: 300_000 },
    (rule, _, it) => {
      const result = proved(it.proves, [it.chart], { only: (part) => part === it.part });
      const found = result.violations.filter((violation) => violation.rule === rule);
      expect(found.map(({ path }) => path.length)).toContain(it.steps);
      expect(result.proved).toBe(false);
      for (const { watches } of found) caught.add(watches);
    },
  );

  it('there is one for every observer', () => {
    expect(observers.map(({ watches }) => watches).filter((watches) => !caught.has(watches))).toEqual([]);
  });
});

it('a path is printed step by step: what was sent to whom, where it led, and what it means in law', () => {
  const mutant = mutants().find(({ mistake }) => mistake === 'the end of the period gives force');
  if (!mutant) throw new Error('the mutant is missing');
  const result = proved(mutant.proves, [mutant.chart], { only: (part) => part === mutant.part });
  const [violation] = result.violations.filter(({ rule }) => rule === 'R-074');
  expect(violation).toMatchObject({ cite: 'KL 13:4, 13:6', subject: { point: 'm.p3' } });
  expect(
    written(violation?.path ?? [], 'en')
      .split('\n')
      .slice(-4),
  ).toEqual([
    '  4. m.p3 ← deadline appealPeriod (timer)',
    '     The appeal period ends → Decision: Final force, Condition: Unconditional, Execution: In execution, Stay: Not stayed',
    '     m.p3: standing.made.finalForce, condition.unconditional, execution.open, stay.free',
    '     facts: period.ended m.p3 m; force.byTimer m.p3 m; force m.p3 m',
  ]);
});
