import { type Chart, defineChart, type Json } from '../../machines/chart.ts';

/** A change of a chart's data (RFC 6902): what a mistaken author might have written. */
export type Patch = readonly (
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }
)[];

/** The chart with its data changed. Throws for a path that leads nowhere. */
export function patched(chart: Chart, patch: Patch): Chart {
  const data = structuredClone(chart.data);
  for (const it of patch) change(data, it.path.split('/').slice(1), it);
  return defineChart({ ...chart, data });
}

function change(data: object, path: readonly string[], it: Patch[number]): void {
  const [last = '', ...before] = [...path].reverse();
  const parent = before.reduceRight<unknown>((at, key) => (at as Record<string, unknown>)?.[key], data);
  if (parent === null || typeof parent !== 'object') throw new Error(`${it.path} leads nowhere`);
  if (it.op !== 'add' && !(last in parent)) throw new Error(`${it.path} is not there`);
  if (it.op === 'remove')
    Array.isArray(parent) ? parent.splice(Number(last), 1) : Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, it.value);
}
