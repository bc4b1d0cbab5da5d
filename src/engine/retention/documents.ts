/** Which received documents are a record's own, and what is left of one that is redacted. */
import type { Db } from '../../../db/tables.ts';
import { recordsWithin } from '../../store/actors.ts';
import { type Receipt, receiptsNaming, refusedAfter } from '../../store/receipts.ts';
import { redactedRecords } from '../../store/redactions.ts';
import { canonical } from '../chain.ts';
import { actorsNamedIn } from '../named.ts';
import { bodyContentOf } from '../seal.ts';

/**
 * The messages about a record that are not emptied yet: those that it took, and those that were refused and name it by
 * its id. What a record that it has started took, a member of a joint matter, is that one's.
 * @param own the ids of the record and its parts.
 */
export async function documentsOf(db: Db, root: string, own: ReadonlySet<string>): Promise<Receipt[]> {
  const others = new Set(await recordsWithin(db, root));
  const isAbout = ({ result, body }: Receipt): boolean => {
    const answer = JSON.parse(result) as { actor?: string; refusal?: unknown };
    if (answer.refusal === undefined) return answer.actor !== undefined && own.has(answer.actor);
    return namedIn(body).some((it) => isWithin(it, own, others));
  };
  return (await receiptsNaming(db, root)).filter((it) => it.content === null && isAbout(it));
}

/** Others may write an id in capitals. */
const namedIn = (body: string): readonly string[] => actorsNamedIn(body.toLowerCase());

/** Messages looked through at a time. */
const BATCH = 500;

/** Closed records that are named by messages which were refused, and of which nothing has happened since they were redacted. */
export async function* refusedSince(db: Db, tenants: readonly string[]): AsyncGenerator<string> {
  const told = new Set<string>();
  let last: Pick<Receipt, 'integration' | 'message'> | undefined = { integration: '', message: '' };
  while (last) {
    const refused: Awaited<ReturnType<typeof refusedAfter>> = await refusedAfter(db, last, BATCH);
    const named = new Set(refused.flatMap(({ body }) => namedIn(body).flatMap(upwards)));
    for (const root of await redactedRecords(db, [...named], tenants)) {
      if (!told.has(root)) yield root;
      told.add(root);
    }
    last = refused.at(-1);
  }
}

/** An id, and those that it begins with: `<uuid>.p1` is a part of `<uuid>`, or a record that it has started. */
const upwards = (id: string): string[] =>
  id.split('.').map((_, index, segments) => segments.slice(0, index + 1).join('.'));

/** Whether an id is of the one rather than of the others, or would be if it were there. */
const isWithin = (id: string, own: ReadonlySet<string>, others: ReadonlySet<string>): boolean => {
  const nearest = upwards(id).findLast((it) => own.has(it) || others.has(it));
  return nearest !== undefined && own.has(nearest);
};

export function emptied(receipt: Receipt, decision: string): Receipt {
  const declined = JSON.parse(receipt.result) as { refusal?: { code: string } };
  const says = { sv: 'Gallrat.', en: 'Redacted.' };
  return {
    ...receipt,
    body: canonical({ redacted: decision }),
    salt: null,
    content: bodyContentOf(receipt),
    result: declined.refusal
      ? JSON.stringify({ refusal: { code: declined.refusal.code, says, particulars: {} } })
      : receipt.result,
  };
}
