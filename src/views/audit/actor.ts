/** Whether what is stored of one actor is what its log gives: evidence in, findings out. */
import { wordsOf } from '../../../db/fold.ts';
import type { Identity } from '../../../machines/chart.ts';
import type { Label } from '../../../machines/label.ts';
import { contextOf, type RecordedStep, toStored } from '../../engine/actor.ts';
import { calledBy } from '../../engine/applied.ts';
import { type ChainFault, canonical, verifyChain } from '../../engine/chain.ts';
import { hashOfChart } from '../../engine/definitions.ts';
import { dueOf } from '../../engine/due.ts';
import { type Folded, fold } from '../../engine/replay.ts';
import { redactedWithout } from '../../engine/retention/redacted.ts';
import type { StoredActor } from '../../store/actors.ts';
import type { Entry } from '../../store/entries.ts';
import type { Archive } from '../source.ts';
import { documentFindings, outboxFindings } from './caused.ts';
import { deadlineFindings, runningAfter } from './deadlines.ts';
import { type Delegated, delegatedIn } from './delegated.ts';
import type { Evidence, Finding } from './evidence.ts';
import { type Planned, plannedIn } from './planned.ts';

export interface ActorAudit {
  readonly findings: readonly Finding[];
  /** Ids of the actors that this one started. */
  readonly started: readonly string[];
  readonly ran: readonly Ran[];
  readonly delegated: readonly Delegated[];
  readonly planned: readonly Planned[];
}

/** Which entries of an actor's log ran under which definition. */
export interface Ran {
  readonly actor: string;
  readonly chart: string;
  readonly version: number;
  readonly hash: string;
  /** The first and the last of them, as far as the log can be replayed. */
  readonly first: number;
  readonly last: number;
}

export function auditActor(evidence: Evidence, source: Archive): ActorAudit {
  const { actor, entries } = evidence;
  const { folded, fault } = foldAll(actor.id, entries, source);
  const findings = [
    ...chainFindings(evidence),
    ...orderFindings(entries),
    ...documentFindings(evidence),
    ...(fault
      ? [fault]
      : [
          ...storedFindings(evidence, folded, source),
          ...deadlineFindings(evidence, folded, source),
          ...outboxFindings(evidence, folded),
        ]),
  ];
  const effects = folded.flatMap((it) => it.step.effects);
  const started = effects.flatMap((it) => (it.kind === 'start' ? `${actor.id}.${it.key}` : []));
  const [delegated, planned] = [folded.flatMap(delegatedIn), folded.flatMap(plannedIn)];
  return { findings, started, ran: ranUnder(folded), delegated, planned };
}

function ranUnder(folded: readonly Folded[]): Ran[] {
  const ran: Ran[] = [];
  for (const { entry, chart } of folded) {
    const { actor, version: last } = entry;
    const before = ran.at(-1);
    if (before?.version === chart.version) ran[ran.length - 1] = { ...before, last };
    else {
      const hash = hashOfChart(chart);
      ran.push({ actor, chart: chart.name, version: chart.version, hash, first: last, last });
    }
  }
  return ran;
}

const faults: Readonly<Record<ChainFault['fault'], Label>> = {
  missing: { sv: 'Posten saknas.', en: 'The entry is missing.' },
  unlinked: { sv: 'Posten följer inte på den före.', en: 'The entry does not follow the one before.' },
  altered: { sv: 'Posten är ändrad.', en: 'The entry has been altered.' },
  tail: { sv: 'Loggen slutar inte där den ska.', en: 'The log does not end where it should.' },
};

function chainFindings({ actor, entries }: Evidence): Finding[] {
  const found = (version: number, detail: Label): Finding => ({
    actor: actor.id,
    version,
    kind: 'chain',
    detail,
  });
  const broken = verifyChain(actor.id, entries, { version: actor.version, hash: actor.head });
  if (broken) return [found(broken.version, faults[broken.fault])];
  const removed = redactedWithout(entries);
  return removed === null ? [] : [found(removed, withoutDecision)];
}

const withoutDecision: Label = {
  sv: 'Det som posten sa är borttaget utan gallringsbeslut, eller inte borttaget som beslutet säger.',
  en: 'What the entry said was removed without a retention decision, or not as the decision says.',
};

function orderFindings(entries: readonly Entry[]): Finding[] {
  const early = entries.find((entry, index) => index > 0 && entry.seq <= (entries[index - 1]?.seq ?? 0));
  const detail = { sv: 'Posten står i fel ordning i loggen.', en: 'The entry is out of order in the log.' };
  return early ? [{ actor: early.actor, version: early.version, kind: 'sequence', detail }] : [];
}

/** Folds the log as far as every entry does what it says. */
function foldAll(actor: string, entries: readonly Entry[], source: Archive) {
  const folded: Folded[] = [];
  const version = () => entries[folded.length]?.version ?? null;
  const failed = (detail: Label): Finding => ({ actor, version: version(), kind: 'replay', detail });
  try {
    for (const it of fold(entries, source.registry)) {
      const other = differing(it, folded.at(-1), source);
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
function differing(it: Folded, before: Folded | undefined, source: Archive): string[] {
  const { recorded, step, chart } = it;
  const made = {
    chartHash: hashOfChart(chart),
    from: before?.step.states ?? [],
    to: step.states,
    taken: step.taken,
    deadlines: touched(it, source),
  };
  const parts = Object.keys(made) as (keyof typeof made)[];
  return parts.filter((part) => canonical(made[part]) !== canonical(recorded[part]));
}

/** What the entry should say of the deadlines that the step set or cancelled. */
function touched({ entry, event, chart, step }: Folded, { calendarOf }: Archive): RecordedStep['deadlines'] {
  const context = contextOf(step);
  const calendar = calendarOf(entry.tenant);
  return step.deadlines.map((it) => {
    const at = dueOf(chart, it, context, event.meta.on, calendar);
    return { state: it.state, name: it.name, lastDay: at?.lastDay ?? null };
  });
}

/** What is stored of the actor against what its log gives, field by field. */
function storedFindings(evidence: Evidence, folded: readonly Folded[], source: Archive): Finding[] {
  const { actor } = evidence;
  const expected = expectedActor(evidence, folded, source);
  const other = (Object.keys(expected) as (keyof StoredActor)[]).filter(
    // A log that has been written over may give no value at all.
    (field) => expected[field] === undefined || canonical(expected[field]) !== canonical(actor[field]),
  );
  const wrong = [...other, ...(isFound(expected, evidence.words) ? [] : ['words'])];
  if (wrong.length === 0) return [];
  const detail = {
    sv: `Det lagrade är inte vad loggen ger: ${wrong.join(', ')}.`,
    en: `What is stored is not what the log gives: ${wrong.join(', ')}.`,
  };
  return [{ actor: actor.id, version: null, kind: 'snapshot', detail }];
}

/** Whether a record is found by what it is called, and by nothing else. */
const isFound = (expected: StoredActor, words: readonly string[]): boolean => {
  const called = expected.id === expected.root ? wordsOf(calledBy(expected)) : [];
  return canonical([...words].sort()) === canonical([...called].sort());
};

function expectedActor(
  { actor, entries }: Evidence,
  folded: readonly Folded[],
  { calendarOf }: Archive,
): StoredActor {
  const [first, last] = [entries[0], entries.at(-1)];
  const final = folded.at(-1);
  if (!first || !last || !final) return actor;
  const self = selfOf(first);
  const { version, head } = actor;
  const { snapshot, text } = final.step;
  const deadlines = [...runningAfter(folded, calendarOf).values()];
  const given = { self, chart: final.chart, snapshot, version, head, deadlines, createdAt: first.at };
  return toStored(given, last.at, text);
}

const selfOf = ({ actor, root, tenant, payload }: Entry): Identity => {
  const { parent } = JSON.parse(payload) as { parent?: string | null };
  return { id: actor, parent: parent ?? null, root, tenant };
};
