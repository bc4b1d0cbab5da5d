/** The seed documents as stories, each to its end; and what the law refuses. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { play } from '../../src/commands/play.ts';
import { readStory, type Story } from '../../src/play/story.ts';
import { answer, Folder } from '../commands/command.ts';

const folder = join(import.meta.dirname, '../scenarios');

const files = globSync('*.json', { cwd: folder }).sort();
const stories = await Promise.all(
  files.map(async (name) => {
    const file = join(folder, name);
    const story = await readStory(file);
    return { name: story.name, story, file };
  }),
);

it('there is a story for every seed and every outcome', () => {
  const names = stories.map((it) => it.file.slice(folder.length + 1));
  expect(names.filter((it) => !it.startsWith('route-'))).toEqual([
    'foreign-england.json',
    'foreign-finland.json',
    'foreign-germany.json',
    'foreign-norway.json',
    'refusals.json',
    'route-j-delegated-expired.json',
    'route-j-delegated-notified.json',
    'route-j-delegated-separately.json',
    'route-k-urgent-late.json',
    'route-k-urgent.json',
    'route-l-election-deferred.json',
    'route-l-election.json',
    'route-m-resignation-refused.json',
    'route-m-resignation.json',
    'route-n-budget-late.json',
    'route-n-budget.json',
    'route-o-discharge-refused.json',
    'route-o-discharge.json',
    'route-q-joint-committee-broken.json',
    'route-q-joint-committee.json',
    'route-r-joint-body-amended.json',
    'route-r-joint-body.json',
    'route-s-contract-challenged.json',
    'route-s-contract.json',
    'route-t-kept.json',
    'route-t-termination.json',
    'route-w-referendum-blocked.json',
    'route-w-referendum.json',
    'route-z-nothing-to-rectify.json',
    'route-z-rectification.json',
    'seed-000.json',
    'seed-001-adopted.json',
    'seed-001-amended.json',
    'seed-001-referred.json',
    'seed-001-rejected.json',
    'seed-003-divergent.json',
    'seed-003-rejected.json',
    'seed-003.json',
    'seed-004-agreed-end.json',
    'seed-004.json',
  ]);
});

/** The longest story is a hundred and fifty requests. */
const TIMEOUT = 60_000;

describe.each(stories)('$name', { timeout: TIMEOUT }, ({ story, file }) => {
  it('goes as it says', async () => {
    const { code, out } = await answer(play, file);
    expect(out.match(/.*✗.*/g)).toBe(null);
    expect(code).toBe(0);
  });

  it('says at every step what it expects', () => {
    expect(story.steps.filter((step) => step.expect?.status === undefined)).toEqual([]);
  });

  it('fails when one expectation is another', async () => {
    using files = new Folder();
    const last = story.steps.findLastIndex((step) => Object.keys(step.expect?.body ?? {}).length > 0);
    const { code, out } = await answer(play, files.file('altered.json', altered(story, last)));
    expect(code).toBe(1);
    expect(out.match(/✗ expected "something else" at .*/g)).toHaveLength(1);
    expect(out).toContain(`✗ ${story.name}: 1 of ${story.steps.length} steps failed (${last + 1})`);
  });
});

/** The story, one of its steps expecting something else in the first place where it expects a value. */
function altered(story: Story, index: number): Story {
  const steps = story.steps.map((step, at) => {
    if (at !== index || !step.expect) return step;
    const [pointer = ''] = Object.keys(step.expect.body);
    return {
      ...step,
      expect: { ...step.expect, body: { ...step.expect.body, [pointer]: 'something else' } },
    };
  });
  return { ...story, steps };
}
