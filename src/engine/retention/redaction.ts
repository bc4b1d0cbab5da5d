/** Redacts records whose time is out, by a retention decision: previewed first, then carried out one by one. */
import type { Label } from '../../../machines/label.ts';
import type { Municipality } from '../../../machines/municipalities/municipality.ts';
import { actorsOfRoot, type StoredActor } from '../../store/actors.ts';
import { deadlinesOfActors } from '../../store/deadlines.ts';
import { closedRecords, lastHappened } from '../../store/redactions.ts';
import { localDate } from '../calendar.ts';
import type { Engine } from '../engine.ts';
import type { Sender } from '../parse.ts';
import { notFound, Refusal } from '../refusal.ts';
import { refusedSince } from './documents.ts';
import { retentionOf } from './due.ts';
import { type Prepared, prepareRedaction, type RetentionSource } from './prepare.ts';

export interface RedactionSource extends RetentionSource {
  readonly municipalities: readonly Municipality[];
  /** RFC 3339 in UTC. */
  now(): string;
}

/** What would become of one record. */
export interface RedactionPreview {
  readonly root: string;
  readonly number: string | null;
  readonly closedOn: string | null;
  /** Null where it is not redacted, with the reason. */
  readonly redacts: Prepared | null;
  readonly kept: Label | null;
}

/** Records looked through at a time. */
const BATCH = 200;

/** What a decision would redact of one record. @throws Refusal `notFound`, `invalid` without a decision. */
export async function previewOf(
  source: RedactionSource,
  root: string,
  decision: string,
): Promise<RedactionPreview> {
  assertDecision(decision);
  const actors = await actorsOfRoot(source.db, 'everything', root);
  const record = actors.find((it) => it.id === root);
  const last = await lastHappened(source.db, root);
  if (!record || last === null) throw notFound(root);
  const ids = actors.map((it) => it.id);
  const deadlines = (await deadlinesOfActors(source.db, ids)).length;
  return preview(source, record, { last, deadlines }, decision);
}

/**
 * The same of every closed record whose time is out, by their ids; then of those that were redacted before a message
 * about them came in and was refused. @throws Refusal `invalid` without a decision.
 */
export async function* previewsOf(
  source: RedactionSource,
  decision: string,
): AsyncGenerator<RedactionPreview> {
  assertDecision(decision);
  const rules = source.municipalities.flatMap((it) =>
    it.retention.map(({ years }) => ({ tenant: it.id, years })),
  );
  const tenants = [...new Set(rules.map((it) => it.tenant))];
  const until = yearsBefore(source.now(), Math.min(...rules.map((it) => it.years)));
  for (let after: string | undefined = ''; after !== undefined; ) {
    const roots = await closedRecords(source.db, { tenants, until, after, limit: BATCH });
    for (const root of roots) {
      const it = await previewOf(source, root, decision);
      if (it.closedOn !== null) yield it;
    }
    after = roots.at(-1);
  }
  for await (const root of refusedSince(source.db, tenants)) {
    const it = await previewOf(source, root, decision);
    if (it.closedOn !== null) yield it;
  }
}

/** An instant no earlier than so many years before another: `retentionOf` decides by the day. */
const yearsBefore = (instant: string, years: number): string =>
  `${String(Number(instant.slice(0, 4)) - years).padStart(4, '0')}${instant.slice(4)}`;

async function preview(
  source: RedactionSource,
  { id: root, number, tenant, ...record }: StoredActor,
  standing: { readonly last: string; readonly deadlines: number },
  decision: string,
): Promise<RedactionPreview> {
  const municipality = source.municipalities.find((it) => it.id === tenant);
  if (!municipality) throw new Error(`there is no municipality ${tenant}`);
  const kept = (says: Label, closedOn: string | null = null) => ({
    root,
    number,
    closedOn,
    redacts: null,
    kept: says,
  });
  const retention = retentionOf(record, standing, municipality);
  if ('kept' in retention) return kept(retention.kept);
  const { rule, closedOn, dueOn } = retention;
  if (localDate(Date.parse(source.now()), municipality.calendar) <= dueOn) return kept(notBefore(dueOn));
  const prepared = await prepareRedaction(source, root, { decision, keeps: rule.keeps });
  if ('says' in prepared) return kept(prepared.says, closedOn);
  if (prepared.parts.length === 0) return kept(nothingLeft);
  return { root, number, closedOn, redacts: prepared, kept: null };
}

/** How often one is prepared anew because something happened to it in between. */
const ATTEMPTS = 5;

/**
 * Redacts a record, all of it or nothing.
 * @throws Refusal `invalid` without a decision, `refused` where it is kept, `forbidden`, `unavailable`.
 */
export async function redactRecord(
  source: RedactionSource & { readonly engine: Engine },
  root: string,
  { decision, sender }: { readonly decision: string; readonly sender: Sender },
): Promise<Prepared> {
  for (let attempt = 1; ; attempt++) {
    const { redacts, kept } = await previewOf(source, root, decision);
    if (!redacts) throw new Refusal('refused', kept ?? nothingLeft);
    const { parts, copies } = redacts;
    try {
      await source.engine.submit({ kind: 'redact', root, parts, copies, sender });
      return redacts;
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'stale' || attempt === ATTEMPTS) throw error;
    }
  }
}

function assertDecision(decision: string): void {
  if (decision.trim() !== '') return;
  throw new Refusal('invalid', {
    sv: 'Gallring sker bara efter ett gallringsbeslut: ange vilket.',
    en: 'Nothing is redacted without a retention decision: state which.',
  });
}

const notBefore = (dueOn: string): Label => ({
  sv: `Det bevaras till och med ${dueOn}.`,
  en: `It is kept until ${dueOn}.`,
});

const nothingLeft: Label = { sv: 'Det finns inget kvar att gallra.', en: 'There is nothing left to redact.' };
