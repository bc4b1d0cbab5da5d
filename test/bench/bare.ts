/**
 * The least that takes these steps durably: snapshots live in memory, take their events by the same transition, and are
 * written in groups with the rows that ours writes. It has a token, but no chain of hashes and no read
 * models, and tries neither what it is sent nor whether a key has had its answer: what ours takes longer is their price.
 *
 * `node bare.ts FILE`
 */
import { randomUUID } from 'node:crypto';
import { openDatabase } from '../../db/open.ts';
import type { Chart, Effect, Identity, JsonObject } from '../../machines/chart.ts';
import { start, step } from '../../src/engine/step.ts';
import { persist, type Snapshot } from '../../src/engine/transition.ts';
import type { ActorChange } from '../../src/store/actors.ts';
import type { Entry } from '../../src/store/entries.ts';
import type { Reply } from '../../src/store/replies.ts';
import { insertSteps, openSteps } from '../../src/store/steps.ts';
import { type Standing, serveSteps } from './asked.ts';
import { chartOf, meta, partsOf } from './stepping.ts';

const db = await openDatabase(process.argv[2] ?? ':memory:');
await openSteps(db.writer);

/** In the place of each hash. */
const HASH = '0'.repeat(64);
/** As much as ours tells of a step. */
const STEP = 'x'.repeat(500);

interface Live {
  readonly self: Identity;
  readonly chart: Chart;
  snapshot: Snapshot;
  version: number;
  stored: number;
}
const live = new Map<string, Live>();

interface Group {
  readonly entries: Entry[];
  readonly changed: Set<Live>;
  readonly replies: Reply[];
  readonly answer: (() => void)[];
}
const newGroup = (): Group => ({ entries: [], changed: new Set(), replies: [], answer: [] });
let group = newGroup();
let isWriting = false;
let entries = 0;
let seals = 0;

function begin(self: Identity, name: string, given: JsonObject): Live {
  const chart = chartOf(name);
  const input = { ...chart.input.parse(given), self } as unknown as JsonObject;
  const { snapshot, effects } = start(chart, { ...input, meta: meta() });
  const actor = { self, chart, snapshot, version: 0, stored: 0 };
  live.set(self.id, actor);
  note(actor, snapshot, 'started', given);
  follow(self, effects);
  return actor;
}

/** @returns null where the actor does not take it. */
function send(id: string, expected: number, type: string, payload: JsonObject): Live | null {
  const actor = live.get(id);
  if (actor?.version !== expected) return null;
  const made = step(actor.chart, actor.snapshot, { ...payload, type, meta: meta() });
  if (!made) return null;
  note(actor, made.snapshot, type, payload);
  follow(actor.self, made.effects);
  return actor;
}

function follow(self: Identity, effects: readonly Effect[]): void {
  for (const part of partsOf(self, effects)) begin(part.self, part.chart, part.input);
}

function note(actor: Live, snapshot: Snapshot, type: string, payload: JsonObject): void {
  actor.snapshot = snapshot;
  actor.version++;
  group.changed.add(actor);
  const { id, root, tenant } = actor.self;
  const command = randomUUID();
  group.entries.push({
    seq: ++entries,
    actor: id,
    version: actor.version,
    root,
    tenant,
    command,
    at: new Date().toISOString(),
    type,
    payload: JSON.stringify(payload),
    meta: JSON.stringify(meta()),
    step: STEP,
    salt: command,
    content: null,
    prev: HASH,
    hash: HASH,
  });
}

/** An actor as it is written, and at which version it was stored before. */
function changeOf(actor: Live, at: string): ActorChange {
  const { self, chart, version, stored: was } = actor;
  actor.stored = version;
  return {
    was,
    actor: {
      ...self,
      chart: chart.name,
      chartVersion: chart.version,
      chartHash: HASH,
      version,
      snapshot: JSON.stringify(persist(chart.machine, actor.snapshot)),
      head: HASH,
      title: '',
      number: null,
      body: null,
      states: [],
      ended: false,
      confidential: false,
      createdAt: at,
      updatedAt: at,
      dueAt: null,
    },
  };
}

/** Answers when all that has happened so far is durable. */
const durable = (): Promise<void> =>
  new Promise((resolve) => {
    group.answer.push(resolve);
    if (!isWriting) void write();
  });

/** Writes what has gathered, and after it what gathers meanwhile. */
async function write(): Promise<void> {
  isWriting = true;
  while (group.answer.length > 0) {
    await new Promise(setImmediate);
    const { entries: rows, changed, replies, answer } = group;
    group = newGroup();
    const at = new Date().toISOString();
    const actors = [...changed].map((it) => changeOf(it, at));
    const seal = { number: ++seals, last: entries, at, prev: HASH, hash: HASH };
    await insertSteps(db.writer, { entries: rows, actors, touched: [], running: [], replies, seal });
    for (const it of answer) it();
  }
  isWriting = false;
}

/** What has become of an actor, kept under the key of the request, when it is durable. */
async function answered({ self, version }: Live, key: string): Promise<Standing> {
  const said = { id: self.id, version };
  const createdAt = new Date().toISOString();
  group.replies.push({ scope: 'bare', key, fingerprint: HASH, reply: JSON.stringify(said), createdAt });
  await durable();
  return said;
}

serveSteps({
  register: (self, chart, input, key) => answered(begin(self, chart, input), key),
  send: async (id, expected, { type, payload }, key) => {
    const actor = send(id, expected, type, payload);
    return actor && answered(actor, key);
  },
});
