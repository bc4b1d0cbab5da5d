/** What a step makes of an actor: the actor after it, what is to be written, and the entry that records it. */
import type { Card, Chart, Circumstances, Identity, JsonObject } from '../../machines/chart.ts';
import type { StoredActor } from '../store/actors.ts';
import type { Deadline } from '../store/deadlines.ts';
import type { Entry } from '../store/entries.ts';
import { registryNumber } from '../store/numbers.ts';
import type { Term } from '../store/terms.ts';
import { type Actor, contextOf, type RecordedStep, toStored } from './actor.ts';
import type { Calendar } from './calendar.ts';
import { GENESIS, hashOf } from './chain.ts';
import { hashOfChart } from './definitions.ts';
import { type Due, dueOf } from './due.ts';
import type { Happening, Taken } from './happening.ts';
import { Refusal } from './refusal.ts';
import { type DeadlineRef, leaves, type Step } from './step.ts';
import { XSTATE_VERSION } from './transition.ts';

export interface Applied {
  readonly actor: Actor;
  /** The actor as it is to be written. */
  readonly stored: StoredActor;
  readonly entry: Entry;
  readonly effects: Step['effects'];
  /** Deadlines that were set or cancelled. */
  readonly deadlines: readonly DeadlineRef[];
  /** The registry number that the actor has from now on, where it is another than before. */
  readonly takes: string | null;
  /** By what its record is found from now on, and was not before. */
  readonly terms: readonly Term[];
}

export interface Occasion {
  /** The place of the entry in the log of the database. */
  readonly seq: number;
  readonly command: string;
  /** Random: without it nobody can try guesses against the commitment to what the entry says. */
  readonly salt: string;
  /** When it is recorded. */
  readonly now: string;
  readonly calendar: Calendar;
}

/** The actor after a step, with the entry that records it. `before` is null for the first step. */
export function applied(
  { self, chart }: Pick<Actor, 'self' | 'chart'>,
  before: Actor | null,
  what: Happening,
  taken: Taken,
  { seq, command, salt, now, calendar }: Occasion,
): Applied {
  assertSize(taken.text);
  const version = (before?.version ?? 0) + 1;
  const { on } = JSON.parse(what.meta) as Circumstances;
  const context = contextOf(taken);
  const deadlines = taken.deadlines.map((it) => ({
    state: it.state,
    name: it.name,
    due: dueOf(chart, it, context, on, calendar),
  }));
  const entry = hashed({
    seq,
    actor: self.id,
    version,
    root: self.root,
    tenant: self.tenant,
    command,
    at: now,
    ...what,
    step: JSON.stringify(recorded(chart, before, taken, deadlines)),
    salt,
    content: null,
    prev: before?.head ?? GENESIS,
  });
  const isTouched = (it: Deadline) => deadlines.some((ref) => ref.state === it.state && ref.name === it.name);
  const actor: Actor = {
    self,
    chart,
    snapshot: taken.snapshot,
    size: taken.text.length,
    version,
    head: entry.hash,
    deadlines: [
      ...(before?.deadlines ?? []).filter((it) => !isTouched(it)),
      ...deadlines.flatMap((it) => (it.due ? [running(self, version, it, it.due)] : [])),
    ],
    createdAt: before?.createdAt ?? now,
  };
  const stored = toStored(actor, now, taken.text);
  const was = before && chart.card(contextOf(before));
  const takes = stored.number === was?.number ? null : registryNumber(stored);
  return {
    actor,
    stored,
    entry,
    effects: taken.effects,
    deadlines,
    takes,
    terms: newTerms(stored, was, context),
  };
}

/** Beyond this an actor is no record but a heap, and every event pays for it. Characters of JSON. */
const MAX_SNAPSHOT = 4_194_304;

function assertSize(text: string): void {
  if (text.length > MAX_SNAPSHOT)
    throw new Refusal('invalid', {
      sv: 'Uppgifterna tar för stor plats.',
      en: 'The fields take too much space.',
    });
}

const hashed = (entry: Omit<Entry, 'hash'>): Entry => ({ ...entry, hash: hashOf(entry) });

/** Its fields stand in the order of their names: so `JSON.stringify` says it canonically. */
const recorded = (
  chart: Chart,
  before: Actor | null,
  { states, taken }: Taken,
  deadlines: readonly (DeadlineRef & { readonly due: Due | null })[],
): RecordedStep => ({
  chart: chart.name,
  chartHash: hashOfChart(chart),
  chartVersion: chart.version,
  deadlines: deadlines.map(({ state, name, due }) => ({ lastDay: due?.lastDay ?? null, name, state })),
  from: before ? leaves(before.snapshot) : [],
  taken,
  to: states,
  xstate: XSTATE_VERSION,
});

/** What a record is found by: its number and its title. */
export const calledBy = ({ number, title }: Pick<StoredActor, 'number' | 'title'>): string =>
  `${number ?? ''} ${title}`;

/**
 * A record is found by its number and its title; and by the recipients in the register that something of it is sent to.
 * Persons who are none are not looked for.
 */
function newTerms(
  { id, root, tenant, chart, title, number }: StoredActor,
  was: Card | null,
  it: JsonObject,
): Term[] {
  if (id === root) {
    const isSame = was !== null && was.title === title && was.number === number;
    const text = calledBy({ number, title });
    return isSame ? [] : [{ record: root, tenant, kind: 'text', text, instead: was !== null }];
  }
  const isSent = chart === 'dispatch' && was === null && it.recipient != null;
  return isSent ? [{ record: root, tenant, kind: 'recipient', text: title, instead: false }] : [];
}

const running = ({ id, tenant, root }: Identity, epoch: number, ref: DeadlineRef, due: Due): Deadline => ({
  actor: id,
  state: ref.state,
  name: ref.name,
  tenant,
  root,
  epoch,
  ...due,
  failure: null,
});
