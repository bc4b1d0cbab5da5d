/** Whether the log is whole, untampered, and gives what is stored. */
import type { Label } from '../../machines/label.ts';
import { actorsAfter, actorsOfRoot, findActor, type StoredActor } from '../store/actors.ts';
import { deadlinesOfActors } from '../store/deadlines.ts';
import { entriesOfActor } from '../store/entries.ts';
import { actorsMissing, firstGap } from '../store/integrity.ts';
import { atOneMoment } from '../store/moment.ts';
import { namesOf } from '../store/names.ts';
import { outboxOf } from '../store/outbox.ts';
import { findReceipt, type Receipt } from '../store/receipts.ts';
import { documentsRedacted } from '../store/redactions.ts';
import { wordsOfRecord } from '../store/terms.ts';
import { auditActor, type Ran } from './audit/actor.ts';
import { restingOn, strayFindings } from './audit/caused.ts';
import { definitionFindings } from './audit/definitions.ts';
import { delegatedFindings } from './audit/delegated.ts';
import type { Evidence, Finding } from './audit/evidence.ts';
import { planFindings, plannedFindings } from './audit/planned.ts';
import { emptiedWithout, type Redaction, redactionsIn } from './audit/redactions.ts';
import { type RightsHead, rightsFindings } from './audit/rights.ts';
import { type Anchor, sealFindings, unsealedFindings } from './audit/seals.ts';
import { type Head, headOf } from './head.ts';
import type { Archive } from './source.ts';

export { type Finding, findingKinds } from './audit/evidence.ts';
export type { RightsHead } from './audit/rights.ts';
export type { Anchor } from './audit/seals.ts';

export interface Audit {
  /** How many actors and entries were examined. */
  readonly actors: number;
  readonly entries: number;
  /** No entry is missing, altered or out of order, every actor has its log, and what entries rest on is kept. */
  readonly chainIntact: boolean;
  /** Every log, replayed, gives byte for byte what is stored and sent, and each step what it says. */
  readonly replayEqual: boolean;
  /** The first `MAX_FINDINGS`. */
  readonly findings: readonly Finding[];
  /** What was redacted by a decision, and therefore is no finding: the first `MAX_FINDINGS`. */
  readonly redactions: readonly Redaction[];
}

export interface DatabaseAudit extends Audit {
  /** The newest seal when the audit began: what it covers has been examined. */
  readonly head: Head;
  /** The register of access rights is as it was written, and says what everyone may. */
  readonly rightsIntact: boolean;
  /** Its newest row. */
  readonly rightsHead: RightsHead;
}

export interface RecordAudit extends Audit {
  readonly root: string;
  /** Of each actor, which entries ran under which definition: more than one where it was moved to a new version. */
  readonly definitions: readonly Ran[];
}

/** Beyond this there is nothing to learn from one more. */
const MAX_FINDINGS = 1000;
/** Actors read at a time. */
const BATCH = 200;

/** Audits a record and everything that belongs to it. Null when there is neither a record nor a log of that id. */
export async function auditRecord(source: Archive, root: string): Promise<RecordAudit | null> {
  const actors = await actorsOfRoot(source.db, 'everything', root);
  const missing = await actorsMissing(source.db, root, MAX_FINDINGS);
  if (missing.length === 0 && !actors.some((it) => it.id === root)) return null;
  const tally = new Tally(source);
  const definitions: Ran[] = [];
  for (const actor of actors) definitions.push(...(await tally.examine(actor)));
  tally.miss(missing);
  return { root, definitions, ...tally.result() };
}

/**
 * Audits the whole database, a batch at a time.
 * @param anchors seals that were kept elsewhere: the log must still have them.
 * @param rightsKept the same of rows of the register of access rights.
 */
export async function auditAll(
  source: Archive,
  anchors: readonly Anchor[] = [],
  rightsKept: readonly RightsHead[] = [],
): Promise<DatabaseAudit> {
  const head = await headOf(source);
  const tally = new Tally(source);
  let batch: StoredActor[] = [];
  do {
    batch = await actorsAfter(source.db, batch.at(-1)?.id ?? '', BATCH);
    for (const actor of batch) await tally.examine(actor);
  } while (batch.length === BATCH);
  tally.miss(await actorsMissing(source.db, null, MAX_FINDINGS));
  const gap = await firstGap(source.db);
  if (gap !== null) tally.add([{ actor: '', version: null, kind: 'sequence', detail: gapAt(gap) }]);
  tally.add(await sealFindings(source.db, anchors));
  tally.add(await unsealedFindings(source.db, MAX_FINDINGS));
  tally.add(await strayFindings(source.db, MAX_FINDINGS));
  tally.add(await planFindings(source.db));
  tally.add(await definitionFindings(source.db));
  tally.add(emptiedWithout(await documentsRedacted(source.db), tally.documents));
  const { head: rightsHead, findings } = await rightsFindings(source.db, rightsKept);
  tally.add(findings);
  return { head, rightsHead, rightsIntact: findings.length === 0, ...tally.result() };
}

/** What an audit has found so far. */
class Tally {
  readonly #source: Archive;
  readonly #findings: Finding[] = [];
  readonly #redactions: Redaction[] = [];
  /** The received documents that were emptied by decisions. */
  readonly documents: Pick<Receipt, 'integration' | 'message'>[] = [];
  readonly #kinds = new Set<Finding['kind']>();
  #actors = 0;
  #entries = 0;

  constructor(source: Archive) {
    this.#source = source;
  }

  /** @returns under which definitions it has run. */
  async examine({ id, root }: StoredActor): Promise<readonly Ran[]> {
    const evidence = await evidenceOf(this.#source, id);
    if (!evidence) {
      this.miss([id]);
      return [];
    }
    await this.#source.keepUp?.();
    const { findings, started, ran, delegated, planned } = auditActor(evidence, this.#source);
    this.#actors += 1;
    this.#entries += evidence.entries.length;
    this.add(findings);
    this.add(await delegatedFindings(this.#source.db, delegated));
    this.add(await plannedFindings(this.#source.db, planned));
    if (!findings.some((it) => it.kind === 'chain')) this.#note(evidence);
    if (started.length === 0) return ran;
    const known = await namesOf(this.#source.db, 'everything', started);
    const belongs = (it: string) => [root, it].includes(known.get(it)?.root ?? '');
    this.miss(started.filter((it) => !belongs(it)));
    return ran;
  }

  #note({ entries }: Evidence): void {
    const { redactions, documents } = redactionsIn(entries);
    this.#redactions.push(...redactions.slice(0, MAX_FINDINGS - this.#redactions.length));
    this.documents.push(...documents);
  }

  /** Notes actors that must have been but are not. */
  miss(ids: readonly string[]): void {
    this.add(ids.map((actor) => ({ actor, version: null, kind: 'chain', detail: gone })));
  }

  add(findings: readonly Finding[]): void {
    for (const finding of findings) this.#kinds.add(finding.kind);
    this.#findings.push(...findings.slice(0, MAX_FINDINGS - this.#findings.length));
  }

  result(): Audit {
    const none = (...kinds: Finding['kind'][]) => kinds.every((it) => !this.#kinds.has(it));
    return {
      actors: this.#actors,
      entries: this.#entries,
      chainIntact: none('chain', 'sequence', 'seal', 'document', 'plan', 'definition'),
      replayEqual: none('replay', 'snapshot', 'outbox'),
      findings: this.#findings,
      redactions: this.#redactions,
    };
  }
}

/** What is stored of an actor, all of it from the same moment; null when it is no longer there. */
const evidenceOf = ({ db }: Archive, id: string): Promise<Evidence | null> =>
  atOneMoment(db, async (moment) => {
    const actor = await findActor(moment, id);
    if (!actor) return null;
    const entries = await entriesOfActor(moment, id);
    const receipts: Receipt[] = [];
    for (const { integration, message } of restingOn(entries)) {
      const receipt = await findReceipt(moment, integration, message);
      if (receipt) receipts.push(receipt);
    }
    const deadlines = await deadlinesOfActors(moment, [id]);
    const [outbox, words] = [await outboxOf(moment, id), await wordsOfRecord(moment, actor)];
    return { actor, entries, deadlines, outbox, receipts, words };
  });

const gone: Label = {
  sv: 'Aktören är borttagen ur ärendet.',
  en: 'The actor has been removed from its record.',
};

const gapAt = (seq: number): Label => ({
  sv: `Plats ${seq} i databasens logg saknas.`,
  en: `Position ${seq} in the log of the database is missing.`,
});
