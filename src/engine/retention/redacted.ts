/** The entry of the log that says that others were redacted: by which decision, and which fields of which. */
import type { Chart } from '../../../machines/chart.ts';
import type { Entry } from '../../store/entries.ts';
import { sha256 } from '../chain.ts';
import { settled } from '../settled.ts';
import { leaves, type Step } from '../step.ts';
import type { Snapshot } from '../transition.ts';

/** The type of the entry. No chart may declare it, so nobody outside can send it. */
export const REDACTED = 'redacted';

/** The payload of the entry: what it needs for the audit to know that what is gone was to go. */
export type RedactedPayload = {
  /** The retention decision (gallringsbeslut), as the authority refers to it. */
  readonly decision: string;
  /** The entries of this log that say something else than they did, with what they say now. */
  readonly entries: readonly RedactedEntry[];
  /** The received documents that were emptied with them, of the whole record; in the log of the record itself. */
  readonly documents: readonly { readonly integration: string; readonly message: string }[];
};

export type RedactedEntry = {
  readonly version: number;
  /** `remainderOf` it as it stands since. */
  readonly sha256: string;
  /** JSON pointers into `{ payload, meta }`. */
  readonly fields: readonly string[];
};

/** SHA-256 over what stands in a redacted entry in place of what it said: it tells no one anything else. */
export const remainderOf = ({ meta, payload }: Pick<Entry, 'meta' | 'payload'>): string =>
  sha256(JSON.stringify({ meta, payload }));

/** The step that a redaction is: nothing happens. */
export const unmoved = (chart: Chart, before: Snapshot): Step & { readonly text: string } => ({
  ...settled(chart.machine, before),
  taken: [],
  states: leaves(before),
  effects: [],
  deadlines: [],
});

/**
 * The first entry of an actor's log that does not say what it said, without a decision in the log by which it says what
 * stands there now; or that was to be redacted and is not. Null where there is none.
 */
export function redactedWithout(entries: readonly Entry[]): number | null {
  const decided = new Map(
    entries
      .flatMap((it) => (it.type === REDACTED ? readEntries(it) : []))
      .map((it) => [it.version, it.sha256]),
  );
  const isRight = (it: Entry) =>
    it.content === null ? !decided.has(it.version) : decided.get(it.version) === remainderOf(it);
  return entries.find((it) => !isRight(it))?.version ?? null;
}

/** What an altered entry says is the chain's to find. */
function readEntries({ payload }: Entry): readonly RedactedEntry[] {
  try {
    const { entries } = JSON.parse(payload) as Partial<RedactedPayload>;
    return Array.isArray(entries) ? entries : [];
  } catch {
    return [];
  }
}
