/** What people call states, events and actors. */
import { type Chart, stateLabel } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import { DEADLINE, STARTED } from '../engine/actor.ts';
import { MOVED } from '../engine/moves/moved.ts';
import { REDACTED } from '../engine/retention/redacted.ts';

/** A state by its path, `''` for the whole chart, with its full name: stage and state. */
export interface NamedState {
  readonly path: string;
  readonly label: Label;
}

/** A type of event, as the log has it, with what people call it. */
export interface NamedEvent {
  readonly type: string;
  readonly label: Label;
}

/** The definition that an actor runs on. */
export interface NamedChart {
  readonly name: string;
  readonly version: number;
  readonly label: Label;
}

export const namedChart = ({ name, version, label }: Chart): NamedChart => ({ name, version, label });

export function namedState(chart: Chart, path: string): NamedState {
  const segments = path.split('.');
  const names = segments.map((_, index) => stateLabel(chart, segments.slice(0, index + 1).join('.')));
  return { path, label: joined(names, ': ') };
}

/** An event of the log: `started`, `moved` (to the version of the chart), `redacted`, `deadline.NAME`, or one that the chart declares. */
export function namedEvent(chart: Chart, type: string): NamedEvent {
  const name = type.startsWith(DEADLINE) ? type.slice(DEADLINE.length) : null;
  const declared = name === null ? chart.events[type] : chart.deadlines[name];
  return {
    type,
    label: ownLabel(chart, type) ?? declared?.label ?? { sv: type, en: type },
  };
}

/** What the log's own types are called; a chart declares none of them. */
function ownLabel(chart: Chart, type: string): Label | null {
  const { version } = chart;
  if (type === MOVED) return { sv: `Flyttat till version ${version}`, en: `Moved to version ${version}` };
  if (type === REDACTED) return { sv: 'Gallrat', en: 'Redacted' };
  return type === STARTED ? startedLabel(chart) : null;
}

const startedLabel = (chart: Chart): Label =>
  isMatter(chart.name) ? { sv: 'Registrerat', en: 'Registered' } : { sv: 'Startad', en: 'Started' };

/** Matters run on the charts that are named `municipality/route`. */
const isMatter = (chart: string): boolean => chart.includes('/');

export type Collection = 'matters' | 'meetings' | 'joint-matters' | 'delegations' | 'actors';

const records: Readonly<Record<string, Collection>> = {
  meeting: 'meetings',
  'joint-matter': 'joint-matters',
  delegation: 'delegations',
};

/** The collection of the API in which actors of a chart are found. */
export function collectionOf(chart: string): Collection {
  if (isMatter(chart)) return 'matters';
  return records[chart] ?? 'actors';
}

/** What an actor is called within its record: "Beslutspunkt 1", "Uppdrag 3.1", or the label of its chart. */
export function actorLabel(chart: Chart, { id, root }: { id: string; root: string }): Label {
  const keys = id.slice(root.length + 1).split('.');
  const number = keys.flatMap((key) => /\d+$/.exec(key)?.[0] ?? []).join('.');
  const { sv, en } = chart.label;
  return number === '' ? chart.label : { sv: `${sv} ${number}`, en: `${en} ${number}` };
}

/** Labels one after the other. */
export const joined = (labels: readonly Label[], separator: string): Label => ({
  sv: labels.map((it) => it.sv).join(separator),
  en: labels.map((it) => it.en).join(separator),
});
