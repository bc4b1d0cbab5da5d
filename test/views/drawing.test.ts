import { Resvg } from '@resvg/resvg-js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { drawPath } from '../../src/views/drawing.ts';
import { pathOf } from '../../src/views/path.ts';
import { layoutChart } from '../../src/views/picture/layout.ts';
import {
  acclaim,
  announce,
  openItem,
  openTownHall,
  prepare,
  register,
  sourceOf,
  vote,
} from '../fixtures/council-matter.ts';
import type { Bench } from '../fixtures/engine.ts';

vi.mock('../../src/views/picture/layout.ts', async (original) => {
  const actual = await original<typeof import('../../src/views/picture/layout.ts')>();
  return { ...actual, layoutChart: vi.fn(actual.layoutChart) };
});

let bench: Bench;
let matter: string;
let council: string;

/** Deferred by the board, referred back by a minority of the council, decided after a vote. */
beforeAll(async () => {
  bench = await openTownHall();
  matter = await register(bench);
  await prepare(bench, matter);
  const visit = async (
    body: string,
    day: string,
    present: number,
    treat: () => Promise<unknown>,
    announced: string,
  ) => {
    const meeting = await openItem(bench, matter, { body, day, present });
    await treat();
    await announce(bench, meeting, announced);
    return meeting;
  };
  const minority = {
    kind: 'refer',
    to: 'ks',
    requesters: 21,
    motivation: 'Kostnaden är inte utredd.',
    motivationBy: ['L'],
  };
  await visit('au', '2022-05-16', 5, () => acclaim(bench, matter, 'endorsed'), '2022-05-20');
  await visit('ks', '2022-05-30', 15, () => bench.send(matter, 'item.defer'), '2022-06-03');
  await visit('ks', '2022-06-08', 15, () => acclaim(bench, matter, 'approved'), '2022-06-10');
  await visit('kf', '2022-06-20', 58, () => bench.send(matter, 'minority.delay', minority), '2022-06-27');
  await visit('ks', '2022-08-22', 15, () => acclaim(bench, matter, 'approved'), '2022-08-26');
  council = await visit('kf', '2022-09-12', 58, () => vote(bench, matter), '2022-09-16');
});
afterAll(() => bench[Symbol.asyncDispose]());

const draw = async (actor: string, language: 'sv' | 'en' = 'sv', until?: string): Promise<string> => {
  const svg = await drawPath(sourceOf(bench), actor, language, until);
  if (!svg) throw new Error(`there is no picture of ${actor}`);
  return svg;
};

/** The numbers at each transition that was taken. */
function badges(svg: string): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [, id = '', inner = ''] of svg.matchAll(
    /<g id="t-([^"]+)">(.*?)(?=<g id="t-|<g class="edge|<g id="s-|$)/gs,
  )) {
    const badge = /<g class="badge">(?:<title>([^<]*)<\/title>)?.*?<text[^>]*>([^<]*)<\/text>/s.exec(inner);
    const numbers = (badge?.[1] ?? badge?.[2] ?? '').match(/\d+/g);
    const name = id.replace(/_([0-9a-f]+)_/g, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)));
    if (numbers) found.set(name, numbers.map(Number));
  }
  return found;
}

/** The states drawn with a class. */
const states = (svg: string, standing: string) =>
  [...svg.matchAll(/<g id="s-([^"]+)" class="([^"]*)"/g)].flatMap(([, id, classes]) =>
    classes?.split(' ').includes(standing) ? [id] : [],
  );

describe('The drawing of a matter’s path', () => {
  it('numbers each transition with the steps of the table beside it that took it', async () => {
    const path = await pathOf(sourceOf(bench), matter, { actor: matter });
    const drawn = badges(await draw(matter));
    for (const [id, numbers] of drawn)
      expect(numbers, id).toEqual(
        path?.steps.filter((it) => it.transitions.includes(id)).map((it) => it.number),
      );
    const moving =
      path?.steps.filter((it) => it.event.type !== 'started' && it.from[0]?.path !== it.to[0]?.path) ?? [];
    const all = new Set([...drawn.values()].flat());
    expect(moving.filter((it) => !all.has(it.number))).toEqual([]);
    expect(moving.length).toBeGreaterThan(25);
  });

  it('marks where the matter is, and where it has been', async () => {
    const svg = await draw(matter);
    expect(states(svg, 'current')).toEqual(['after', 'after.toDispatch']);
    expect(states(svg, 'visited')).toEqual(
      expect.arrayContaining([
        'administration',
        'au',
        'ks',
        'ks.deferred',
        'kf',
        'kf.voting',
        'kf.concluded',
      ]),
    );
    expect(states(svg, 'unvisited')).toEqual(
      expect.arrayContaining(['au.deferred', 'kf.tied', 'after.closed', 'withdrawn']),
    );
  });

  it('as of an instant shows no more than had happened then', async () => {
    const then = await draw(matter, 'sv', '2022-05-30T23:00:00Z');
    expect(states(then, 'current')).toEqual(['ks', 'ks.deferred']);
    expect(states(then, 'unvisited')).toContain('kf');
    expect(Math.max(...[...badges(then).values()].flat())).toBeLessThan(20);
    const before = await draw(matter, 'sv', '2022-01-01T00:00:00Z');
    expect(badges(before).size).toBe(0);
    expect(states(before, 'current')).toEqual([]);
  });

  it('gathers the steps that moved nothing, and says so; where there are none it says nothing', async () => {
    expect(await draw(matter, 'sv')).toContain('utan att byta läge');
    expect(await draw(matter, 'en')).toContain('without a change of state');
    expect(await draw(matter, 'sv', '2022-05-04T23:00:00Z')).not.toContain('utan att byta läge');
  });

  it('is in the language that is asked for', async () => {
    expect(await draw(matter, 'sv')).toContain('Väntar på justering');
    expect(await draw(matter, 'en')).toContain('Question put');
  });

  it('is the same bytes every time', async () => {
    expect(await draw(matter)).toBe(await draw(matter));
  });

  it('can be rendered', async () => {
    const { width, height } = new Resvg(await draw(matter)).render();
    expect(width).toBeGreaterThan(600);
    expect(height).toBeGreaterThan(width);
  });
});

describe('The drawing of another actor', () => {
  it('of a point shows a state that it only passed as visited, and every region’s place as current', async () => {
    const svg = await draw(`${matter}.p3`);
    expect(states(svg, 'visited')).toContain('condition.unconditional');
    expect(states(svg, 'current')).toEqual(
      expect.arrayContaining(['standing.made', 'condition.met', 'execution.open']),
    );
    expect(states(await draw(`${matter}.p1`), 'current')).toContain('condition.unconditional');
  });

  it('of a meeting shows the deadline by name', async () => {
    expect(states(await draw(council), 'current')).toEqual(['announced']);
    expect(await draw(`${council}.notice`)).toContain('Överklagandetiden');
  });

  it('of nobody is none', async () => {
    expect(await drawPath(sourceOf(bench), 'nobody', 'sv')).toBeNull();
  });
});

describe('A chart is laid out', () => {
  it('once for each definition and language, however many ask at the same time', async () => {
    const laidOut = vi.mocked(layoutChart);
    laidOut.mockClear();
    const sn = await bench.start('huddinge/sn-matter', {
      title: 'x',
      number: 'SN 1',
      proposals: [{ text: 'x', body: 'sn' }],
    });
    await Promise.all(Array.from({ length: 10 }, () => draw(sn)));
    expect(laidOut).toHaveBeenCalledTimes(1);
    await draw(sn, 'en');
    expect(laidOut).toHaveBeenCalledTimes(2);
  });

  it('again after a failure', async () => {
    const laidOut = vi.mocked(layoutChart);
    const von = await bench.start('huddinge/von-matter', {
      title: 'x',
      number: 'VON 1',
      proposals: [{ text: 'x', body: 'von' }],
    });
    laidOut.mockRejectedValueOnce(new Error('no memory'));
    await expect(draw(von)).rejects.toThrow('no memory');
    await expect(draw(von)).resolves.toContain('<svg');
  });
});
