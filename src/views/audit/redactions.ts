/** What was redacted by a decision: no fault, but nobody can say any more what stood there. */
import type { Label } from '../../../machines/label.ts';
import { REDACTED, type RedactedPayload } from '../../engine/retention/redacted.ts';
import type { Entry } from '../../store/entries.ts';
import type { Receipt } from '../../store/receipts.ts';
import type { Finding } from './evidence.ts';

/** A redaction of an actor's log, with the entry that records it. */
export interface Redaction {
  readonly actor: string;
  readonly version: number;
  readonly at: string;
  /** Who carried it out, and the decision (gallringsbeslut) by which. */
  readonly by: string;
  readonly decision: string;
  /** The entries that say something else since, by their versions. */
  readonly entries: readonly number[];
}

type Document = Pick<Receipt, 'integration' | 'message'>;

/** @param entries a log that is whole: what each says is what its chain covers. */
export function redactionsIn(entries: readonly Entry[]): { redactions: Redaction[]; documents: Document[] } {
  const decided = entries
    .filter((it) => it.type === REDACTED)
    .map((entry) => ({ entry, payload: JSON.parse(entry.payload) as RedactedPayload }));
  const redactions = decided.map(({ entry: { actor, version, at, meta }, payload }) => ({
    actor,
    version,
    at,
    by: (JSON.parse(meta) as { sender: string }).sender,
    decision: payload.decision,
    entries: payload.entries.map((it) => it.version),
  }));
  return { redactions, documents: decided.flatMap((it) => it.payload.documents) };
}

/** Received documents that were emptied and that no decision names. */
export function emptiedWithout(emptied: readonly Document[], decided: readonly Document[]): Finding[] {
  const key = ({ integration, message }: Document) => `${integration}\n${message}`;
  const named = new Set(decided.map(key));
  return emptied
    .filter((it) => !named.has(key(it)))
    .map((it) => ({ actor: '', version: null, kind: 'document', detail: without(it) }));
}

const without = ({ integration, message }: Document): Label => ({
  sv: `Meddelandet ${message} från ${integration} är tömt utan gallringsbeslut.`,
  en: `The message ${message} from ${integration} was emptied without a retention decision.`,
});
