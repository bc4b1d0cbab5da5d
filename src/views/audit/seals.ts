/** Whether the chain of seals covers the log of the database as it is, to its last entry. */
import type { Db } from '../../../db/tables.ts';
import type { Label } from '../../../machines/label.ts';
import { hashOfSeal, UNSEALED } from '../../engine/seal.ts';
import { entriesAfter, hashesBetween } from '../../store/entries.ts';
import { atOneMoment } from '../../store/moment.ts';
import { type Receipt, receiptsSealed, receiptsUnsealed } from '../../store/receipts.ts';
import { findSeal, lastEver, newestSeal, type Seal, sealsAfter } from '../../store/seals.ts';
import type { Finding } from './evidence.ts';

/** A seal that is known from elsewhere. */
export type Anchor = Pick<Seal, 'number' | 'hash'>;

/** Seals examined at a time. */
const BATCH = 200;

/** The first seal that does not hold, what has been cut off at the end, and anchors that do not fit. */
export async function sealFindings(db: Db, anchors: readonly Anchor[]): Promise<Finding[]> {
  const broken = await firstBroken(db);
  const findings = [
    ...(broken === null ? [] : [found(breaksAt(broken))]),
    ...(await atOneMoment(db, missingAtEnd)),
  ];
  for (const anchor of anchors) {
    const seal = anchor.number === UNSEALED.number ? UNSEALED : await findSeal(db, anchor.number);
    if (!seal) findings.push(found(endsBefore(anchor, (await newestSeal(db)) ?? UNSEALED)));
    else if (seal.hash !== anchor.hash) findings.push(found(otherThan(anchor)));
  }
  return findings;
}

/** The received documents that no seal covers. */
export const unsealedFindings = async (db: Db, limit: number): Promise<Finding[]> =>
  (await receiptsUnsealed(db, limit)).map((it) => ({
    actor: '',
    version: null,
    kind: 'document',
    detail: unsealed(it),
  }));

const found = (detail: Label): Finding => ({ actor: '', version: null, kind: 'seal', detail });

/** The number of the first seal that is not what it covers. */
async function firstBroken(db: Db): Promise<number | null> {
  let before = UNSEALED;
  for (;;) {
    const seals = await sealsAfter(db, before.number, BATCH);
    const to = seals.at(-1)?.number ?? before.number;
    const documents = Map.groupBy(await receiptsSealed(db, { after: before.number, to }), (it) => it.seal);
    for (const seal of seals) {
      const entries = await hashesBetween(db, before.last, seal.last);
      const follows = seal.number === before.number + 1 && seal.prev === before.hash;
      const whole = entries.length === seal.last - before.last;
      const hash = hashOfSeal(seal, { entries, documents: documents.get(seal.number) ?? [] });
      if (!(follows && whole && hash === seal.hash)) return before.number + 1;
      before = seal;
    }
    if (seals.length < BATCH) return null;
  }
}

/** Removing the newest leaves no gap: the database itself remembers how far it had come. */
async function missingAtEnd(db: Db): Promise<Finding[]> {
  const head = (await newestSeal(db)) ?? UNSEALED;
  const [unsealed] = await entriesAfter(db, head.last, 1);
  const [entry, seal] = [await lastEver(db, 'entry'), await lastEver(db, 'seal')];
  const isWhole = unsealed === undefined && entry === head.last && seal === head.number;
  return isWhole ? [] : [found(cutAt(head))];
}

const breaksAt = (number: number): Label => ({
  sv: `Sigill ${number} stämmer inte med loggen.`,
  en: `Seal ${number} does not fit the log.`,
});

const cutAt = ({ number, last }: Seal): Label => ({
  sv: `Loggen slutar inte vid sigill ${number} och plats ${last}, som den ska.`,
  en: `The log does not end at seal ${number} and position ${last}, as it should.`,
});

const unsealed = ({
  integration,
  message,
  seal,
}: Pick<Receipt, 'integration' | 'message' | 'seal'>): Label => ({
  sv: `Meddelandet ${message} från ${integration} täcks inte av något sigill: det finns inget ${seal}.`,
  en: `The message ${message} from ${integration} is covered by no seal: there is no ${seal}.`,
});

const endsBefore = ({ number }: Anchor, newest: Seal): Label => ({
  sv: `Databasen slutar vid sigill ${newest.number}. Det som kom därefter, till och med sigill ${number}, saknas.`,
  en: `The database ends at seal ${newest.number}. What came after it, up to seal ${number}, is missing.`,
});

const otherThan = ({ number }: Anchor): Label => ({
  sv: `Sigill ${number} är ett annat än det som förvaras utanför databasen.`,
  en: `Seal ${number} is another than the one that is kept outside the database.`,
});
