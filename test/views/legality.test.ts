import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreement, firstAgreement } from '../../machines/actors/agreement.ts';
import { type Chart, defineChart } from '../../machines/chart.ts';
import type { Folded } from '../../src/engine/replay.ts';
import { entriesOfRoot } from '../../src/store/entries.ts';
import { auditRules, foldAll, type LegalFinding, legalityOf } from '../../src/views/legality.ts';
import { openTownHall, sourceOf, type Walked, walkToArchive } from '../fixtures/council-matter.ts';
import { type Bench, openEngine, outcomeOf } from '../fixtures/engine.ts';

let bench: Bench;
let walked: Walked;

beforeAll(async () => {
  bench = await openTownHall();
  walked = await walkToArchive(bench);
}, 30_000);
afterAll(() => bench[Symbol.asyncDispose]());

const found = (findings: readonly LegalFinding[], rule: string) => findings.filter((it) => it.rule === rule);
const foldedOf = async (root: string): Promise<readonly Folded[]> =>
  foldAll(await entriesOfRoot(bench.db.reader, root), bench.registry);

describe('What was done is held against the law, rule by rule', () => {
  it('a matter that was led by the engine has violated nothing', async () => {
    for (const root of [walked.matter, ...Object.values(walked.meetings)]) {
      const findings = await legalityOf(sourceOf(bench), root);
      expect(findings.length).toBeGreaterThan(5);
      expect(findings.filter((it) => it.verdict === 'violated')).toEqual([]);
    }
  });

  it('each finding names the rule, its source, the subject, and the entry by which it came about', async () => {
    const [prepared] = found(await legalityOf(sourceOf(bench), walked.matter), 'R-010');
    expect(prepared).toMatchObject({ cite: 'KL 5:26', subject: { matter: walked.matter }, verdict: 'held' });
    const entries = await entriesOfRoot(bench.db.reader, walked.matter);
    const { actor, version, on } = prepared?.evidence ?? { actor: '', version: 0, on: '' };
    expect(entries.find((it) => it.actor === actor && it.version === version)?.type).toBe('decision.confirm');
    expect(on).toBe('2022-06-13');
  });

  it('a condition is judged for each point that the decision depends on (R-064)', async () => {
    const conditions = found(await legalityOf(sourceOf(bench), walked.matter), 'R-064');
    expect(conditions.map((it) => [it.subject.referenced, it.verdict])).toEqual([
      [`${walked.matter}.p1`, 'held'],
      [`${walked.matter}.p2`, 'held'],
    ]);
  });

  it.each([
    ['au', 'R-031', 'R-029'],
    ['ks', 'R-031', 'R-029'],
    ['kf', 'R-029', 'R-031'],
  ] as const)('the quorum of %s by %s, not by %s', async (body, kept, other) => {
    const findings = await legalityOf(sourceOf(bench), walked.meetings[body]);
    const verdicts = (rule: string) => found(findings, rule).map((it) => it.verdict);
    expect(verdicts(kept)).toContain('held');
    expect(verdicts(other)).not.toContain('held');
  });

  it('a rule that nothing has put to the test is undecided', async () => {
    const [delay] = found(await legalityOf(sourceOf(bench), walked.matter), 'R-056');
    expect(delay).toMatchObject({ verdict: 'undecided', evidence: null });
  });
});

describe('What was done against the law is found, with the entry that did it', () => {
  const without = async (root: string, type: string) => {
    const folded = await foldedOf(root);
    const left = folded.filter(({ entry }) => entry.type !== type);
    expect(left.length).toBeLessThan(folded.length);
    return auditRules(left);
  };

  it.each([
    ['minutes that nobody completed', 'minutes.complete', 'R-068', 'minutes.approve'],
    ['an announcement of minutes that nobody approved', 'minutes.approve', 'R-071', 'notice.post'],
  ])('%s', async (_, missing, rule, violating) => {
    const root = walked.meetings.kf;
    const [finding] = found(await without(root, missing), rule);
    expect(finding?.verdict).toBe('violated');
    const entries = await entriesOfRoot(bench.db.reader, root);
    const { actor, version } = finding?.evidence ?? { actor: '', version: 0 };
    expect(entries.find((it) => it.actor === actor && it.version === version)?.type).toBe(violating);
  });

  it.each([
    ['a dispatch before the minutes', 'minutes.approved', 'R-087'],
    ['a decision that no vote bears out', 'votes.count', 'R-045'],
    ['a condition that nobody has met', 'point.decided', 'R-064'],
  ])('%s', async (_, missing, rule) => {
    const findings = found(await without(walked.matter, missing), rule);
    expect(findings.map((it) => it.verdict)).toContain('violated');
  });
});

describe('A procured contract is held against its standstill, rest days and all, and a review (R-084)', () => {
  /** Of an award on a Wednesday the tenth day is a Saturday: the standstill is moved to Monday, 14 December. */
  async function signed(chart: Chart, on: string, ruledOn?: string) {
    await using office = await openEngine({
      charts: [defineChart({ ...chart, record: { startedBy: ['clerk'] } })],
      now: '2026-12-02T09:00:00.000Z',
    });
    const contract = await office.start('agreement', {
      contract: 'It-drift',
      counterparty: 'Drift AB',
      signatory: 'Kommundirektör',
      procured: true,
    });
    await office.send(contract, 'award.notify', { on: '2026-12-02', how: 'electronic' });
    if (ruledOn !== undefined)
      await office.send(contract, 'award.challenge', { court: 'FR', on: '2026-12-02' });
    office.now = '2026-12-22T09:00:00.000Z';
    if (ruledOn !== undefined) await office.send(contract, 'award.rule', { ruling: 'stands', on: ruledOn });
    const signing = office.send(contract, 'contract.sign', { on, signedBy: 'K', title: 'Kommundirektör' });
    const outcome = await outcomeOf(signing);
    const findings = found(await legalityOf(sourceOf(office), contract), 'R-084');
    return [outcome, ...findings.filter((it) => it.verdict === 'violated').map((it) => it.watches)];
  }

  const tooSoon = 'a procured contract is not signed on a day of its standstill, whenever that is recorded';
  const underReview =
    'a contract is not signed on a day before the ruling on its award, whenever that is recorded';

  it.each([
    ['2026-12-12', 'refused'],
    ['2026-12-13', 'accepted', tooSoon],
    ['2026-12-14', 'accepted', tooSoon],
    ['2026-12-15', 'accepted'],
  ])('on version 1, signed on %s: %s, and the auditor is told', async (on, ...expected) =>
    expect(await signed(firstAgreement, on)).toEqual(expected),
  );

  it.each([
    ['2026-12-14', 'refused'],
    ['2026-12-15', 'accepted'],
  ])('now, signed on %s: %s', async (on, ...expected) =>
    expect(await signed(agreement, on)).toEqual(expected),
  );

  it.each([
    ['2026-12-20', [underReview], 'refused'],
    ['2026-12-21', [], 'accepted'],
  ])('signed on %s, when the review was decided on 21 December', async (on, violated, outcome) => {
    expect(await signed(firstAgreement, on, '2026-12-21')).toEqual(['accepted', ...violated]);
    expect(await signed(agreement, on, '2026-12-21')).toEqual([outcome]);
  });
});
