import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCursor, listRecords, type RecordFilter } from '../../src/views/lists.ts';
import { on, openTownHall, register, sourceOf } from '../fixtures/council-matter.ts';
import type { Bench } from '../fixtures/engine.ts';

let bench: Bench;
const matters: string[] = [];

beforeAll(async () => {
  bench = await openTownHall();
  // Three registered at the same instant, as in a batch: their ids decide the order.
  const batch = await Promise.all([register(bench), register(bench), register(bench)]);
  matters.push(...batch.toSorted());
  for (const day of ['03', '04']) {
    await on(bench, `2022-05-${day}`);
    matters.push(await register(bench));
  }
  await bench.send(matters[4] ?? '', 'matter.withdraw', { by: 'Förvaltningen' });
  matters.reverse();
  await bench.start('meeting', {
    body: 'ks',
    bodyName: 'Kommunstyrelsen',
    kind: 'board',
    date: '2022-05-30',
    seats: 15,
    approvers: 1,
    noticeBoard: 'x',
  });
  await bench.start('joint-matter', {
    title: 'Program',
    number: 'HKS 2022/99',
    text: 'Antas.',
    validFrom: '2019-01-01',
    validUntil: '2022-12-31',
    members: [{ municipality: 'salem', route: 'board-matter', body: 'ks', number: 'SAL 2022/1' }],
  });
});
afterAll(() => bench[Symbol.asyncDispose]());

const list = (filter: Partial<RecordFilter> = {}) =>
  listRecords(sourceOf(bench), { kind: 'matters', limit: 20, ...filter });
const ids = async (filter: Partial<RecordFilter> = {}) => (await list(filter)).items.map((it) => it.id);

describe('The list of matters', () => {
  it('holds the matters and nothing that belongs to one, the newest first', async () => {
    expect(await ids()).toEqual(matters);
  });

  it('says of each what lists show', async () => {
    const oldest = (await list({ municipality: 'huddinge' })).items.at(-1);
    expect(oldest).toMatchObject({
      collection: 'matters',
      title: 'Avtal om samverkan mellan Huddinge kommun och KI',
      body: 'administration',
      states: [{ path: 'administration.registered', label: { sv: 'Förvaltningen: Registrerat i diariet' } }],
      ended: false,
    });
  });

  it.each<[Partial<RecordFilter>, number]>([
    [{}, 5],
    [{ ended: true }, 1],
    [{ ended: false }, 4],
    [{ municipality: 'huddinge' }, 5],
    [{ municipality: 'salem' }, 0],
    // What has ended is with nobody.
    [{ body: 'administration' }, 4],
    [{ body: 'ks' }, 0],
  ])('filtered by %j has %i', async (filter, total) => {
    expect(await list(filter)).toMatchObject({ total });
    expect(await ids(filter)).toHaveLength(total);
  });

  it.each(['meetings', 'joint-matters'] as const)('is apart from the %s', async (kind) => {
    const found = await list({ kind });
    expect(found).toMatchObject({ total: 1, items: [{ collection: kind }] });
  });
});

describe('A page of a list', () => {
  it.each([1, 2, 3, 5, 6])(
    'of %i: the pages together are the whole list, each matter once, by number',
    async (limit) => {
      const pages = await Promise.all([1, 2, 3, 4, 5].map((page) => ids({ limit, page })));
      expect(pages.flat()).toEqual(matters);
      expect((await list({ limit, page: 9 })).items).toEqual([]);
    },
  );

  it.each([1, 2, 3, 5, 6])('of %i: and by cursor, also among matters of the same instant', async (limit) => {
    const found: string[] = [];
    let after: string | undefined;
    do {
      const { items, next, total }: Awaited<ReturnType<typeof list>> = await list({
        limit,
        ...(after && { after }),
      });
      expect(total).toBe(5);
      found.push(...items.map((it) => it.id));
      after = next ?? undefined;
      if (next) expect(isCursor(next)).toBe(true);
    } while (after);
    expect(found).toEqual(matters);
  });

  it.each([
    '',
    'x',
    '!!',
    Buffer.from('2022 x').toString('base64url'),
    `${Buffer.from("' or 1=1").toString('base64')}`,
  ])('cannot be asked for by %j, which no list has given', async (after) => {
    expect(isCursor(after)).toBe(false);
    await expect(list({ after })).rejects.toThrow(RangeError);
  });
});
