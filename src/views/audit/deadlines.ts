/** Whether the deadlines that are watched are those that the log leaves running. */
import type { Label } from '../../../machines/label.ts';
import { type Calendar, endOfDay } from '../../engine/calendar.ts';
import type { Folded } from '../../engine/replay.ts';
import type { Deadline } from '../../store/deadlines.ts';
import type { Archive } from '../source.ts';
import type { Evidence, Finding } from './evidence.ts';

export function deadlineFindings(
  { actor, deadlines }: Evidence,
  folded: readonly Folded[],
  { calendarOf }: Pick<Archive, 'calendarOf'>,
): Finding[] {
  const running = runningAfter(folded, calendarOf);
  const watched = new Map(deadlines.map((it) => [keyOf(it), it]));
  const finding = (version: number, detail: Label): Finding => ({
    actor: actor.id,
    version,
    kind: 'deadline',
    detail,
  });
  const missing = [...running].filter(([key]) => !watched.has(key)).map(([, it]) => it);
  const wrong = deadlines.filter((row) => !isSame(row, running.get(keyOf(row))));
  return [
    ...missing.map((it) => finding(it.epoch, lost(it.name))),
    ...wrong.map((it) => finding(it.epoch, groundless(it.name))),
  ];
}

/** What a row of a running deadline must say. */
type Running = Omit<Deadline, 'actor' | 'failure'>;

const keyOf = ({ state, name }: Pick<Deadline, 'state' | 'name'>): string => `${state} ${name}`;

const isSame = (row: Deadline, running: Running | undefined): boolean =>
  running !== undefined &&
  (Object.keys(running) as (keyof Running)[]).every((field) => running[field] === row[field]);

/** Each deadline as the last entry that touched it left it. */
export function runningAfter(
  folded: readonly Folded[],
  calendarOf: (tenant: string) => Calendar,
): Map<string, Running> {
  const running = new Map<string, Running>();
  for (const { entry, recorded } of folded) {
    const { tenant, root, version: epoch } = entry;
    for (const { state, name, lastDay } of recorded.deadlines) {
      const key = keyOf({ state, name });
      running.delete(key);
      if (lastDay === null) continue;
      const dueAt = new Date(endOfDay(lastDay, calendarOf(tenant))).toISOString();
      running.set(key, { state, name, tenant, root, epoch, lastDay, dueAt });
    }
  }
  return running;
}

const lost = (name: string): Label => ({
  sv: `Fristen ${name} löper enligt loggen men är inte bevakad.`,
  en: `The deadline ${name} runs by the log but is not watched.`,
});

const groundless = (name: string): Label => ({
  sv: `Fristen ${name} bevakas inte som loggen säger.`,
  en: `The deadline ${name} is not watched as the log says.`,
});
