/** Which received documents are a record's own, and what is left of one that is redacted. */
import type { Db } from '../../../db/tables.ts';
import { recordsWithin } from '../../store/actors.ts';
import { type Receipt, receiptsNaming } from '../../store/receipts.ts';
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
    return actorsNamedIn(body).some((it) => isWithin(it, own, others));
  };
  return (await receiptsNaming(db, root)).filter((it) => it.content === null && isAbout(it));
}

/** Whether an id is of the one rather than of the others, or would be if it were there. */
function isWithin(id: string, own: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (let it = id; !others.has(it); it = it.slice(0, it.lastIndexOf('.'))) {
    if (own.has(it)) return true;
    if (!it.includes('.')) return false;
  }
  return false;
}

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
