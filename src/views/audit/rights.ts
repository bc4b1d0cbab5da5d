/** Whether the register of access rights is as it was written, and tells what everyone may. */
import type { Db } from '../../../db/tables.ts';
import type { Label } from '../../../machines/label.ts';
import { canonical, GENESIS } from '../../engine/chain.ts';
import { linked } from '../../engine/rights.ts';
import { allHeld } from '../../store/held.ts';
import { atOneMoment } from '../../store/moment.ts';
import { type Held, type RightsChange, rightsChangesAfter } from '../../store/rights.ts';
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
      const { number: _, prev: __, hash: ___, ...content } = it;
      if (canonical(linked(before, content)) !== canonical(it)) broken ??= (before?.number ?? 0) + 1;
      told.set(nameOf(it), it);
      hashes.set(it.number, it.hash);
      before = it;
    }
    const { number, hash } = before ?? { number: 0, hash: GENESIS };
    const held = new Map((await allHeld(moment)).map((it) => [nameOf(it), it]));
    const findings = [
      ...(broken === null ? [] : [found(breaksAt(broken))]),
      ...((await lastEver(moment, 'rights_change')) === number ? [] : [found(cutAfter(number))]),
      ...[...new Set([...told.keys(), ...held.keys()])].flatMap((it) =>
        isTold(told.get(it), held.get(it)) ? [] : [found(untold(it))],
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

/** A subscription that is removed is no longer among those that are held. */
const isTold = (told: RightsChange | undefined, held: Held | undefined): boolean =>
  held
    ? canonical(told?.after ?? null) === canonical(held.rights) && isToldWhere(told, held)
    : told?.after.state === 'removed';

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
