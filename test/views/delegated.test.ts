import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Chart } from '../../machines/chart.ts';
import { builtIn, municipalities } from '../../machines/registry.ts';
import { openDelegation, openMatter } from '../../src/engine/openings.ts';
import { auditAll, auditRecord } from '../../src/views/audit.ts';
import { legalityOf } from '../../src/views/legality.ts';
import { prepare, sourceOf } from '../fixtures/council-matter.ts';
import { agreements, supportedHousing, taken } from '../fixtures/delegations.ts';
import { anna, type Bench, openEngine } from '../fixtures/engine.ts';
import { patched } from '../proving/patch.ts';

const charts = builtIn().all();

/** Asked of a delegation whatever the day, by one who wrote its chart in a hurry. */
const forever = (): readonly Chart[] =>
  charts.map((it) =>
    it.name === 'delegation'
      ? patched(it, [
          { op: 'remove', path: '/states/given/after' },
          { op: 'remove', path: '/states/given/on/delegation.use/guard' },
        ])
      : it,
  );

let bench: Bench;
const open = async (of: readonly Chart[]) => {
  bench = await openEngine({ charts: of, now: '2022-05-02T07:00:00.000Z' });
};
beforeEach(() => open(charts));
afterEach(() => bench[Symbol.asyncDispose]());

async function given(): Promise<{ delegation: string; matter: string }> {
  const offer = { municipalities, registry: bench.registry, now: bench.now };
  const start = async (command: ReturnType<typeof openMatter>) =>
    (await bench.engine.submit({ ...command, sender: anna })).actor;
  const words = { ...agreements, decidedOn: '2022-01-01', from: '2022-01-01', to: '2022-12-31' };
  const delegation = await start(openDelegation(offer, words as never));
  const matter = await start(openMatter(offer, supportedHousing as never));
  await prepare(bench, matter);
  return { delegation, matter };
}

describe('A decision for a committee is held against the register (R-091)', () => {
  it('one that the delegation covers is in the log of both, and nothing is found', async () => {
    const { delegation, matter } = await given();
    await bench.send(matter, 'decision.take', taken(delegation));
    expect((await auditAll(sourceOf(bench))).findings).toEqual([]);
    const findings = await legalityOf(sourceOf(bench), delegation);
    expect(findings.map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ['R-091', 'held'],
      ['R-093', 'held'],
      ['R-094', 'held'],
    ]);
  });

  it('one that the delegation has no entry of is found by the audit', async () => {
    const { delegation, matter } = await given();
    await bench.send(matter, 'decision.take', taken(delegation));
    await sql.raw('drop trigger entry_kept').execute(bench.db.writer);
    await sql.raw(`delete from entry where type = 'delegation.use'`).execute(bench.db.writer);
    const { findings = [] } = (await auditRecord(sourceOf(bench), matter)) ?? {};
    expect(findings.map(({ actor, kind, version }) => [actor, kind, version])).toEqual([
      [matter, 'delegation', 6],
    ]);
  });

  it('one made when it was over is found in its log, even by a chart that let it through', async () => {
    await bench[Symbol.asyncDispose]();
    await open(forever());
    const { delegation, matter } = await given();
    bench.now = '2023-01-02T09:00:00.000Z';
    await bench.send(matter, 'decision.take', taken(delegation));
    const violated = (await legalityOf(sourceOf(bench), delegation)).filter(
      (it) => it.verdict === 'violated',
    );
    expect(violated.map(({ rule, evidence }) => [rule, evidence?.event.type, evidence?.on])).toEqual([
      ['R-091', 'delegation.use', '2023-01-02'],
    ]);
  });
});
