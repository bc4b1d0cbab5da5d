import type { Json, JsonObject } from '../../machines/chart.ts';
import type { World } from './world.ts';

const KINDS = ['matters', 'joint-matters'];
const PAGE = 100;

/** The path of every matter and joint matter in the world, in the order in which they were started. */
export async function everyPath(world: World): Promise<Json[]> {
  const paths: Json[] = [];
  for (const kind of KINDS)
    for (const id of await idsOf(world, kind)) paths.push(await read(world, `/v1/${kind}/${id}/path`));
  return paths;
}

async function idsOf(world: World, kind: string): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1; ; page++) {
    const list = (await read(world, `/v1/${kind}?limit=${PAGE}&page=${page}`)) as { items: { id: string }[] };
    ids.push(...list.items.map((it) => it.id));
    if (list.items.length < PAGE) return ids;
  }
}

async function read(world: World, path: string): Promise<Json> {
  const response = await world.request(path, { headers: { authorization: 'Bearer demo-auditor' } });
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return (await response.json()) as JsonObject;
}
