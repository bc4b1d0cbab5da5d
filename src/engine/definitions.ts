/** A definition's identity: a hash of what it says, never of how its source is laid out. */
import { z } from 'zod';
import type { Chart } from '../../machines/chart.ts';
import type { Registry } from '../../machines/registry.ts';
import type { Database } from '../../db/open.ts';
import { addDefinitions, pinnedDefinitions, storedDefinitions } from '../store/definitions.ts';
import { canonical, sha256 } from './chain.ts';

const hashes = new WeakMap<Chart, string>();

/** SHA-256 over the canonical JSON of the chart's data, events, deadlines and the versions of what it names. */
export function hashOfChart(chart: Chart): string {
  const known = hashes.get(chart);
  if (known) return known;
  const hash = sha256(canonical(definitionData(chart)));
  hashes.set(chart, hash);
  return hash;
}

/** What is stored of a definition: plain JSON. */
function definitionData(chart: Chart) {
  const versions = (named: Readonly<Record<string, { version: number }>>) =>
    Object.fromEntries(Object.entries(named).map(([name, it]) => [name, it.version]));
  return {
    name: chart.name,
    version: chart.version,
    context: chart.context,
    data: chart.data,
    deadlines: chart.deadlines,
    guards: versions(chart.guards),
    actions: versions(chart.actions),
    input: z.toJSONSchema(chart.input, { io: 'input' }),
    events: Object.fromEntries(
      Object.entries(chart.events).map(([type, { kind, by, rule, fields }]) => [
        type,
        { kind, by, rule, fields: z.toJSONSchema(fields, { io: 'input' }) },
      ]),
    ),
  };
}

/**
 * Records the registered definitions and checks those that matters are pinned to.
 * @throws Error when a definition was changed without a new version, or when an actor's definition is missing.
 */
export async function releaseDefinitions(db: Database, registry: Registry, now: string): Promise<void> {
  const stored = new Map((await storedDefinitions(db.reader)).map((it) => [`${it.name}@${it.version}`, it.hash]));
  const charts = registry.all();
  for (const chart of charts) {
    const hash = stored.get(`${chart.name}@${chart.version}`);
    if (hash && hash !== hashOfChart(chart))
      throw new Error(`${chart.name}@${chart.version} is not what was released under that version: give it a new one`);
  }
  for (const { name, version } of await pinnedDefinitions(db.reader))
    if (!registry.find(name, version)) throw new Error(`matters run on ${name}@${version}, which is not registered`);
  const fresh = charts.filter((chart) => !stored.has(`${chart.name}@${chart.version}`));
  await addDefinitions(
    db.writer,
    fresh.map((chart) => ({
      name: chart.name,
      version: chart.version,
      hash: hashOfChart(chart),
      data: canonical(definitionData(chart)),
    })),
    now,
  );
}
