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

/** The routes of which the seeds are stories: a board's, the council's, a committee's, and a joint matter. */
const ROUTES_OF_SEEDS = 'abcp';

it('there is a story for every seed, every municipality abroad, and every route', () => {
  const kinds = new Set(files.map((it) => it.replace(/^(seed-\d+|foreign-\w+|route-\w).*$/, '$1')));
  for (const one of ['seed-000', 'seed-001', 'seed-003', 'seed-004']) expect(kinds).toContain(one);
  for (const one of ['england', 'finland', 'germany', 'norway']) expect(kinds).toContain(`foreign-${one}`);
  const letters = [...kinds].flatMap((it) => it.match(/^route-(\w)$/)?.[1] ?? []);
  expect([...letters, ...ROUTES_OF_SEEDS].sort().join('')).toBe('abcdefghijklmnopqrstuvwxyz');
});

/** The longest story is a hundred and fifty requests. */
const TIMEOUT = 300_000;

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
