/** How the contenders that one writes first take a step: an actor made of its stored snapshot takes the event. */
import { createActor } from 'xstate';
import type { Chart, Effect, Identity, JsonObject } from '../../machines/chart.ts';
import { builtIn } from '../../machines/registry.ts';

const registry = builtIn();

export function chartOf(name: string): Chart {
  const chart = registry.latest(name);
  if (!chart) throw new Error(`there is no chart ${name}`);
  return chart;
}

/** What an actor does with an event, or when it begins. */
export function run(chart: Chart, from: { snapshot: string } | { input: JsonObject }, event?: JsonObject) {
  const effects: Effect[] = [];
  const actor = createActor(chart.machine, 'input' in from ? from : { snapshot: JSON.parse(from.snapshot) });
  actor.on('effects', (it) => effects.push(...(it as unknown as { effects: Effect[] }).effects));
  actor.start();
  if (event) actor.send(event as never);
  const snapshot = JSON.stringify(actor.getPersistedSnapshot());
  actor.stop();
  return { snapshot, effects };
}

/** The parts that a step starts: the walk causes nothing else. */
export const partsOf = (self: Identity, effects: readonly Effect[]) =>
  effects.map((effect) => {
    if (effect.kind !== 'start') throw new Error(`the walk causes no ${effect.kind}`);
    const { chart, key, input } = effect;
    return { self: { ...self, id: `${self.id}.${key}`, parent: self.id }, chart, input };
  });

export const meta = () => {
  const at = new Date().toISOString();
  return { at, on: at.slice(0, 10), sender: 'Anna Sekreterare', origin: 'person' } as const;
};
