/** A definition's identity: a hash of what it says, never of how its source is laid out. */
import { z } from 'zod';
import type { Database } from '../../db/open.ts';
import type { Db, Trx } from '../../db/tables.ts';
import { type Chart, statesOf } from '../../machines/chart.ts';
import type { Registry } from '../../machines/registry.ts';
import {
  addDefinitions,
  pinnedDefinitions,
  type StoredDefinition,
  storedDefinitions,
} from '../store/definitions.ts';
import { canonical, sha256 } from './chain.ts';
import { once } from './once.ts';

const storedOf = once((chart: Chart): StoredDefinition => {
  const data = canonical(definitionData(chart));
  return { name: chart.name, version: chart.version, hash: sha256(data), data };
});

/** SHA-256 over the canonical JSON of what the chart means: words for people are no part of it. */
export const hashOfChart = (chart: Chart): string => hashes.get(chart) ?? storedOf(chart).hash;

/** Of the charts of which they were known before. */
const hashes = new WeakMap<Chart, string>();

/** Hashes by `name@version`, as of the same charts: to compute them took a quarter of a start. */
export type Hashes = Readonly<Record<string, string>>;

export const hashesOf = (registry: Registry): Hashes =>
  Object.fromEntries(registry.all().map((it) => [keyOf(it), hashOfChart(it)]));

/** Takes the hashes of charts for known; those that are not among them are computed when they are asked for. */
export function knowHashes(registry: Registry, known: Hashes): void {
  for (const chart of registry.all()) {
    const hash = known[keyOf(chart)];
    if (hash !== undefined) hashes.set(chart, hash);
  }
}

const keyOf = ({ name, version }: Pick<Chart, 'name' | 'version'>): string => `${name}@${version}`;

/**
 * What is stored of a definition: plain JSON, with the versions of the guards and actions that it names; without what
 * people are told, as that a deadline was a duty.
 */
function definitionData(chart: Chart) {
  return {
    name: chart.name,
    version: chart.version,
    record: chart.record,
    context: chart.context,
    data: chart.data,
    deadlines: each(chart.deadlines, ({ label: _, duty: __, ...meaning }) => meaning),
    guards: each(chart.guards, (it) => it.version),
    actions: each(chart.actions, (it) => it.version),
    input: schemaOf(chart.input),
    events: each(chart.events, ({ kind, by, rule, fields, addresses }) => ({
      kind,
      by,
      rule,
      fields: schemaOf(fields),
      ...(addresses && { addresses: true }),
    })),
  };
}

const each = <In, Out>(named: Readonly<Record<string, In>>, meaning: (it: In) => Out) =>
  Object.fromEntries(Object.entries(named).map(([name, it]) => [name, meaning(it)]));

/** JSON Schema without what `.meta()` says to people and forms. */
const schemaOf = once((schema: z.ZodObject) =>
  z.toJSONSchema(schema, { io: 'input', metadata: z.registry() }),
);

/**
 * Records the registered definitions and checks those that matters are pinned to.
 * @throws Error when a definition was changed without a new version, when an actor's definition is missing or
 * another, for a hash that is known and is not its chart's, and for names that the log could not tell from its own.
 */
export async function releaseDefinitions(db: Database, registry: Registry, now: string): Promise<void> {
  const charts = registry.all();
  for (const chart of charts) assertNames(chart);
  const released = await storedDefinitions(db.reader);
  const [apart] = await definitionsApart(db.reader, registry, released);
  if (apart !== undefined) throw new Error(apart);
  const stored = new Set(released.map(keyOf));
  const fresh = charts.filter((chart) => !stored.has(keyOf(chart)));
  const other = fresh.find((it) => storedOf(it).hash !== hashOfChart(it));
  if (other) throw new Error(`${keyOf(other)} is not what its hash was computed of: build the program anew`);
  await addDefinitions(db.writer, fresh.map(storedOf), now);
}

/**
 * Each definition that is registered otherwise than it was released, and each that actors are pinned to and that is not
 * registered, or not as it was, in words: a server does not start on them.
 */
export async function definitionsApart(
  db: Db,
  registry: Registry,
  released: readonly StoredDefinition[],
): Promise<string[]> {
  const hashes = new Map(released.map((it) => [keyOf(it), it.hash]));
  const changed = registry
    .all()
    .filter((chart) => (hashes.get(keyOf(chart)) ?? hashOfChart(chart)) !== hashOfChart(chart));
  return [
    ...changed.map((it) => `${keyOf(it)} is not what was released under that version: give it a new one`),
    ...(await pinnedApart(db, registry)),
  ];
}

async function pinnedApart(db: Db, registry: Registry): Promise<string[]> {
  return (await pinnedDefinitions(db)).flatMap(({ name, version, hash }) => {
    const chart = registry.find(name, version);
    if (!chart) return [`matters run on ${name}@${version}, which is not registered`];
    return hashOfChart(chart) === hash ? [] : [`${name}@${version} is not what matters run on`];
  });
}

/** Records one definition that is released while the server runs. */
export const addDefinition = (trx: Trx, chart: Chart, now: string): Promise<void> =>
  addDefinitions(trx, [storedOf(chart)], now);

const OWN = /^(started|moved|deadline\..*|xstate\..*|.*\*.*|)$/;

/** Types of the log and ids of transitions are made of these names. */
function assertNames({ name: chart, data, events, deadlines }: Chart): void {
  const states = [...statesOf(data)].flatMap(([path]) => path.slice(-1));
  const wrong = [
    ...Object.keys(events).filter((it) => OWN.test(it)),
    ...Object.keys(deadlines).filter((it) => it.includes('.')),
    ...states.filter((it) => /[.,]/.test(it)),
  ];
  if (wrong.length > 0) throw new Error(`${chart}: the name "${wrong[0]}" cannot be used`);
}
