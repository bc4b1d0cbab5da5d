/** Whether the register of access rights is as it was written, and tells what everyone may. */
import type { Db } from '../../../db/tables.ts';
import type { Label } from '../../../machines/label.ts';
import { canonical, GENESIS } from '../../engine/chain.ts';
import { linked } from '../../engine/rights.ts';
import { allStored } from '../../store/held.ts';
import { atOneMoment } from '../../store/moment.ts';
import { type Held, type RightsChange, rightsChangesAfter, type Stored } from '../../store/rights.ts';
import { lastEver } from '../../store/seals.ts';
import type { Finding } from './evidence.ts';

/** Where the register has come to. */
export type RightsHead = Pick<RightsChange, 'number' | 'hash'>;

/** Rows read at a time. */
const BATCH = 500;

/**
 * The first row that is not what was written, what has been cut off at the end, rights that it does not tell of, and
 * heads that were kept elsewhere and do not fit.
 */
export const rightsFindings = (
  db: Db,
  kept: readonly RightsHead[],
): Promise<{ head: RightsHead; findings: Finding[] }> =>
  atOneMoment(db, async (moment) => {
    const told = new Map<string, RightsChange>();
    const hashes = new Map([[0, GENESIS]]);
    let before: RightsChange | null = null;
    let broken: number | null = null;
    for await (const it of rowsIn(moment)) {
      if (!isWritten(before, it)) broken ??= (before?.number ?? 0) + 1;
      told.set(nameOf(it), it);
      hashes.set(it.number, it.hash);
      before = it;
    }
    const { number, hash } = before ?? { number: 0, hash: GENESIS };
    const stored = new Map((await allStored(moment)).map((it) => [nameOf(it), it]));
    const findings = [
      ...(broken === null ? [] : [found(breaksAt(broken))]),
      ...((await lastEver(moment, 'rights_change')) === number ? [] : [found(cutAfter(number))]),
      ...[...new Set([...told.keys(), ...stored.keys()])].flatMap((it) =>
        isTold(told.get(it), stored.get(it)) ? [] : [found(untold(it))],
      ),
      ...kept.flatMap((it) => (hashes.get(it.number) === it.hash ? [] : [found(otherThan(it))])),
    ];
    return { head: { number, hash }, findings };
  });

async function* rowsIn(db: Db): AsyncGenerator<RightsChange> {
  let batch: RightsChange[] = [];
  do {
    batch = await rightsChangesAfter(db, batch.at(-1)?.number ?? 0, BATCH);
    yield* batch;
  } while (batch.length === BATCH);
}

const nameOf = ({ kind, subject }: Pick<Held, 'kind' | 'subject'>): string => `${kind} ${subject}`;

/** Whether a row is what was written after the one before it. */
const isWritten = (before: RightsChange | null, it: RightsChange): boolean => {
  const { number: _, prev: __, hash: ___, ...content } = it;
  return isSo(() => canonical(linked(before, content)) === canonical(it));
};

/** A subscription that is removed is no longer among those that are stored. */
const isTold = (told: RightsChange | undefined, stored: Stored | undefined): boolean =>
  isSo(() => {
    if (!stored) return told?.after.state === 'removed';
    const held = stored.held();
    return canonical(told?.after ?? null) === canonical(held.rights) && isToldWhere(told, held);
  });

/** What cannot be read, or is no JSON, is not so. */
const isSo = (judge: () => boolean): boolean => {
  try {
    return judge();
  } catch {
    return false;
  }
};

/** Those of an account are in its grants: its row has also the ones that it had before. */
const isToldWhere = (told: RightsChange | undefined, { kind, municipalities }: Held): boolean =>
  kind === 'account' || canonical(told?.municipalities ?? null) === canonical(municipalities);

const found = (detail: Label): Finding => ({ actor: '', version: null, kind: 'rights', detail });

const breaksAt = (number: number): Label => ({
  sv: `Rad ${number} i behörighetsregistret är inte den som skrevs.`,
  en: `Row ${number} of the register of access rights is not the one that was written.`,
});

const cutAfter = (number: number): Label => ({
  sv: `Det som stod i behörighetsregistret efter rad ${number} är borta.`,
  en: `What stood in the register of access rights after row ${number} is gone.`,
});

const untold = (name: string): Label => ({
  sv: `Det som är lagrat av ${name} är inte vad behörighetsregistret säger.`,
  en: `What is stored of ${name} is not what the register of access rights says.`,
});

const otherThan = ({ number }: RightsHead): Label => ({
  sv: `Rad ${number} i behörighetsregistret är en annan än den som förvaras utanför databasen, eller saknas.`,
  en: `Row ${number} of the register of access rights is another than the one that is kept outside the database, or is missing.`,
});
