/** What an auditor asks of a record, or of all of them: is the log sound, and was what it tells lawful? */
import type { Db } from '../../db/tables.ts';
import { actorsAfter, headsOfRoot, type StoredActor, seenActor } from '../store/actors.ts';
import { namesOf } from '../store/names.ts';
import {
  type Anchor,
  type Audit,
  auditAll,
  auditRecord,
  type DatabaseAudit,
  type RecordAudit,
  type RightsHead,
} from './audit.ts';
import { type LegalFinding, legalityOf } from './legality.ts';
import type { Archive, Source } from './source.ts';

interface Lawfulness {
  /** Null where the log is not sound: nothing can then be said of what it tells. A time that has passed leaves it so. */
  readonly lawful: boolean | null;
  /** Every rule that was watched; of the whole database those violated, and the times that have passed, only. */
  readonly legality: readonly LegalFinding[];
}

export type Examination = RecordAudit & Lawfulness;

/**
 * Examines a record and everything that belongs to it; tells of what is seen. Whether the log is sound, and how much
 * there is of it, is said of the whole. Null when there is no such record.
 */
export async function examine(source: Source, root: string): Promise<Examination | null> {
  if (!(await isSeen(source, root))) return null;
  const whole = await examineWhole(source, root);
  return whole && shown(source, whole);
}

async function examineWhole(source: Archive, root: string): Promise<Examination | null> {
  const audit = await auditRecord(source, root);
  if (!audit) return null;
  if (!isSound(audit)) return { ...audit, lawful: null, legality: [] };
  const legality = await legalityOf(source, root);
  return { ...audit, lawful: isLawful(legality), legality };
}

const isLawful = (legality: readonly LegalFinding[]): boolean => !legality.some(isViolated);

/** The same without what it says of actors that there are, and that are not seen. */
async function shown<It extends Examination>({ db, scope }: Source, whole: It): Promise<It> {
  if (scope === 'everything') return whole;
  const { definitions, findings, redactions, legality } = whole;
  const about = ({ subject, evidence }: LegalFinding) => [
    ...Object.values(subject),
    ...(evidence ? [evidence.actor] : []),
  ];
  const named = [
    ...new Set([
      ...[...definitions, ...findings, ...redactions].map((it) => it.actor),
      ...legality.flatMap(about),
    ]),
  ];
  const seen = await namesOf(db, scope, named);
  const hidden = await namesOf(
    db,
    'everything',
    named.filter((it) => !seen.has(it)),
  );
  if (hidden.size === 0) return whole;
  const isShown = ({ actor }: { readonly actor: string }) => !hidden.has(actor);
  const told = legality.filter((it) => !about(it).some((id) => hidden.has(id)));
  return {
    ...whole,
    definitions: definitions.filter(isShown),
    findings: findings.filter(isShown),
    redactions: redactions.filter(isShown),
    lawful: whole.lawful === null ? null : isLawful(told),
    legality: told,
  };
}

/** What is gone is found by whoever sees everything. */
const isSeen = async ({ db, scope }: Source, root: string): Promise<boolean> =>
  scope === 'everything' || (await seenActor(db, scope, root)) !== null;

/** An examination, and the instant of it, RFC 3339 in UTC. */
export type Examined = Examination & { readonly at: string };

/** Examinations remembered of a database: the pages that are open in a town hall on one day. */
const MAX_REMEMBERED = 500;

const remembered = new WeakMap<Db, Map<string, { readonly heads: string; readonly examined: Examined }>>();

/**
 * The examination of a record as its log stands: made once and made anew when the log has grown. What someone has
 * done to the database in between is seen by `examine` alone, so whoever shows this says when it was made.
 */
export async function examined(source: Source, root: string): Promise<Examined | null> {
  if (!(await isSeen(source, root))) return null;
  const heads = JSON.stringify(await headsOfRoot(source.db, root));
  const known = remembered.get(source.db) ?? new Map();
  remembered.set(source.db, known);
  const before = known.get(root);
  known.delete(root);
  const now = before?.heads === heads ? before.examined : dated(source, await examineWhole(source, root));
  if (now) known.set(root, { heads, examined: now });
  for (const oldest of known.keys()) if (known.size > MAX_REMEMBERED) known.delete(oldest);
  return now && shown(source, now);
}

/** The same, made anew whatever is remembered. */
export async function examinedNow(source: Source, root: string): Promise<Examined | null> {
  remembered.get(source.db)?.delete(root);
  return dated(source, await examine(source, root));
}

const dated = (source: Archive, it: Examination | null): Examined | null => it && { ...it, at: source.now() };

/**
 * Examines the whole database, record by record.
 * @param kept seals, and rows of the register of access rights, that were kept elsewhere: they must still be there.
 */
export async function examineAll(
  source: Archive,
  ...kept: readonly [anchors?: readonly Anchor[], rights?: readonly RightsHead[]]
): Promise<DatabaseAudit & Lawfulness> {
  const audit = await auditAll(source, ...kept);
  if (!isSound(audit)) return { ...audit, lawful: null, legality: [] };
  const legality: LegalFinding[] = [];
  for await (const root of rootsIn(source))
    legality.push(...(await legalityOf(source, root)).filter(isBreach));
  return { ...audit, lawful: isLawful(legality), legality };
}

export const isViolated = ({ verdict }: LegalFinding): boolean => verdict === 'violated';
export const isLate = ({ verdict }: LegalFinding): boolean => verdict === 'late';
/** What an auditor is told of: a rule that was violated, or a time that has passed. */
export const isBreach = (it: LegalFinding): boolean => isViolated(it) || isLate(it);

const isSound = ({ chainIntact, replayEqual }: Audit): boolean => chainIntact && replayEqual;

/** Actors read at a time. */
const BATCH = 200;

async function* rootsIn({ db }: Archive): AsyncGenerator<string> {
  let batch: StoredActor[] = [];
  do {
    batch = await actorsAfter(db, batch.at(-1)?.id ?? '', BATCH);
    for (const { id, root } of batch) if (id === root) yield id;
  } while (batch.length === BATCH);
}
