/** Whether what is stored of one actor is what its log gives. Pure: evidence in, findings out. */
import type { Identity } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { Registry } from '../../machines/registry.ts';
import { DEADLINE, toStored } from '../engine/actor.ts';
import { type Calendar, endOfDay } from '../engine/calendar.ts';
import { type ChainFault, canonical, verifyChain } from '../engine/chain.ts';
import { hashOfChart } from '../engine/definitions.ts';
import { type Folded, fold } from '../engine/replay.ts';
import type { StoredActor } from '../store/actors.ts';
import type { Deadline } from '../store/deadlines.ts';
import type { StoredEntry } from '../store/entries.ts';

/**
 * `chain`: the log of an actor is not whole. `sequence`: the log of the database is not, or is out of order.
 * `replay`: the chart does something else with an entry than the log says. `snapshot`: what is stored of the
 * actor is not what its log gives. `deadline`: a row of a deadline has no ground in the log, or is missing.
 */
export type FindingKind = 'chain' | 'sequence' | 'replay' | 'snapshot' | 'deadline';

export interface Finding {
  readonly actor: string;
  /** The entry of the actor's log that is the first not to be right, or null where it is not about one. */
  readonly version: number | null;
  readonly kind: FindingKind;
  readonly detail: Label;
}

/** Everything that is stored of an actor. */
export interface Evidence {
  readonly actor: StoredActor;
  /** In the order of their versions. */
  readonly entries: readonly StoredEntry[];
  readonly deadlines: readonly Deadline[];
}

export interface ActorAudit {
  readonly findings: readonly Finding[];
  /** Ids of the actors that this one started. */
  readonly started: readonly string[];
}

interface Setting {
  readonly registry: Registry;
  readonly calendarOf: (tenant: string) => Calendar;
}

export function auditActor(evidence: Evidence, setting: Setting): ActorAudit {
  const { actor, entries } = evidence;
  const { folded, fault } = foldAll(actor.id, entries, setting.registry);
  const findings = [
    ...chainFindings(evidence),
    ...orderFindings(entries),
    ...(fault
      ? [fault]
      : [...storedFindings(evidence, folded), ...deadlineFindings(evidence, folded, setting)]),
  ];
  const effects = folded.flatMap((it) => it.step.effects);
  const started = effects.flatMap((it) => (it.kind === 'start' ? `${actor.id}.${it.key}` : []));
  return { findings, started };
}

const faults: Readonly<Record<ChainFault['fault'], Label>> = {
  missing: { sv: 'Posten saknas.', en: 'The entry is missing.' },
  unlinked: { sv: 'Posten följer inte på den före.', en: 'The entry does not follow the one before.' },
  altered: { sv: 'Posten är ändrad.', en: 'The entry has been altered.' },
  tail: { sv: 'Loggen slutar inte där den ska.', en: 'The log does not end where it should.' },
};

function chainFindings({ actor, entries }: Evidence): Finding[] {
  const broken = verifyChain(actor.id, entries, { version: actor.version, hash: actor.head });
  return broken
    ? [{ actor: actor.id, version: broken.version, kind: 'chain', detail: faults[broken.fault] }]
    : [];
}

function orderFindings(entries: readonly StoredEntry[]): Finding[] {
  const early = entries.find((entry, index) => index > 0 && entry.seq <= (entries[index - 1]?.seq ?? 0));
  const detail = { sv: 'Posten står i fel ordning i loggen.', en: 'The entry is out of order in the log.' };
  return early ? [{ actor: early.actor, version: early.version, kind: 'sequence', detail }] : [];
}

/** Folds the log as far as every entry does what it says. */
function foldAll(actor: string, entries: readonly StoredEntry[], registry: Registry) {
  const folded: Folded[] = [];
  const version = () => entries[folded.length]?.version ?? null;
  const failed = (detail: Label): Finding => ({ actor, version: version(), kind: 'replay', detail });
  try {
    for (const it of fold(entries, registry)) {
      const other = differing(it, folded.at(-1));
      if (other.length > 0) return { folded, fault: failed(recordsOther(other)) };
      folded.push(it);
    }
    return { folded, fault: folded.length === 0 ? failed(empty) : null };
  } catch (error) {
    return { folded, fault: failed(notAccepted(error)) };
  }
}

const empty = { sv: 'Det finns ingen logg.', en: 'There is no log.' };

const recordsOther = (what: readonly string[]): Label => ({
  sv: `Omspelad ger posten något annat än den säger: ${what.join(', ')}.`,
  en: `Replayed, the entry gives something else than it says: ${what.join(', ')}.`,
});

const notAccepted = (error: unknown): Label => {
  const reason = error instanceof Error ? error.message : String(error);
  return { sv: `Posten går inte att spela om: ${reason}`, en: `The entry cannot be replayed: ${reason}` };
};

/** What the entry says of its step that the chart does not do. */
function differing({ recorded, step, chart, entry }: Folded, before: Folded | undefined): string[] {
  const made = {
    chartHash: hashOfChart(chart),
    from: before?.step.states ?? [],
    to: step.states,
    taken: step.taken,
    deadlines: touched(entry, step.deadlines).map(({ state, name }) => ({ state, name })),
  };
  const said = { ...recorded, deadlines: recorded.deadlines.map(({ state, name }) => ({ state, name })) };
  const keys = Object.keys(made) as (keyof typeof made)[];
  return keys.filter((key) => canonical(made[key]) !== canonical(said[key]));
}

type Touched = { readonly state: string; readonly name: string };

/** The deadlines that a step set or cancelled; one that fired is spent even where its state was not left. */
function touched(entry: StoredEntry | Folded['entry'], deadlines: readonly Touched[]): readonly Touched[] {
  if (!entry.type.startsWith(DEADLINE)) return deadlines;
  const name = entry.type.slice(DEADLINE.length);
  const { state } = JSON.parse(entry.payload) as { state: string };
  return deadlines.some((it) => it.state === state && it.name === name)
    ? deadlines
    : [...deadlines, { state, name }];
}

/** What is stored of the actor against what its log gives, field by field. */
function storedFindings({ actor, entries }: Evidence, folded: readonly Folded[]): Finding[] {
  const expected = expectedActor(actor, entries, folded);
  const wrong = (Object.keys(expected) as (keyof StoredActor)[]).filter(
    (field) => canonical(expected[field]) !== canonical(actor[field]),
  );
  if (wrong.length === 0) return [];
  const detail = {
    sv: `Det lagrade är inte vad loggen ger: ${wrong.join(', ')}.`,
    en: `What is stored is not what the log gives: ${wrong.join(', ')}.`,
  };
  return [{ actor: actor.id, version: null, kind: 'snapshot', detail }];
}

function expectedActor(
  actor: StoredActor,
  entries: readonly StoredEntry[],
  folded: readonly Folded[],
): StoredActor {
  const [first, last] = [entries[0], entries.at(-1)];
  const final = folded.at(-1);
  if (!first || !last || !final) return actor;
  const self = selfOf(first);
  const { version, head } = actor;
  const { snapshot } = final.step;
  return toStored(
    { self, chart: final.chart, snapshot, version, head, deadlines: [], createdAt: first.at },
    last.at,
  );
}

const selfOf = ({ actor, root, tenant, payload }: StoredEntry): Identity => {
  const { parent } = JSON.parse(payload) as { parent: string | null };
  return { id: actor, parent, root, tenant };
};

/** The deadlines that the log leaves running against the rows there are. */
function deadlineFindings(
  { actor, deadlines }: Evidence,
  folded: readonly Folded[],
  { calendarOf }: Setting,
): Finding[] {
  const running = runningAfter(folded);
  const key = (it: Touched) => `${it.state} ${it.name}`;
  const finding = (version: number, detail: Label): Finding => ({
    actor: actor.id,
    version,
    kind: 'deadline',
    detail,
  });
  const missing = [...running.values()].filter((it) => !deadlines.some((row) => key(row) === key(it)));
  const wrong = deadlines.filter((row) => {
    const it = running.get(key(row));
    const dueAt = it && new Date(endOfDay(it.lastDay, calendarOf(actor.tenant))).toISOString();
    const { epoch, lastDay, tenant, root } = row;
    return (
      !it ||
      it.epoch !== epoch ||
      it.lastDay !== lastDay ||
      dueAt !== row.dueAt ||
      tenant !== actor.tenant ||
      root !== actor.root
    );
  });
  return [
    ...missing.map((it) => finding(it.epoch, lost(it.name))),
    ...wrong.map((it) => finding(it.epoch, groundless(it.name))),
  ];
}

const lost = (name: string): Label => ({
  sv: `Fristen ${name} löper enligt loggen men är inte bevakad.`,
  en: `The deadline ${name} runs by the log but is not watched.`,
});

const groundless = (name: string): Label => ({
  sv: `Fristen ${name} bevakas inte som loggen säger.`,
  en: `The deadline ${name} is not watched as the log says.`,
});

type Running = Touched & { readonly lastDay: string; readonly epoch: number };

function runningAfter(folded: readonly Folded[]): Map<string, Running> {
  const running = new Map<string, Running>();
  for (const { entry, recorded } of folded)
    for (const { state, name, lastDay } of recorded.deadlines) {
      running.delete(`${state} ${name}`);
      if (lastDay !== null) running.set(`${state} ${name}`, { state, name, lastDay, epoch: entry.version });
    }
  return running;
}
