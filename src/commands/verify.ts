import { parseArgs } from 'node:util';
import { openReader } from '../../db/open.ts';
import type { Db } from '../../db/tables.ts';
import { rules } from '../../machines/law/rules.ts';
import { calendarsOf, openCatalogue, registersOf } from '../opening.ts';
import { newestRightsChange } from '../store/rights.ts';
import { lastEver, newestSeal } from '../store/seals.ts';
import type { Anchor, Finding, RightsHead } from '../views/audit.ts';
import { examineAll, isLate, isViolated } from '../views/examination.ts';
import { type Stray, straysAmongWaiting } from '../webhooks/queued.ts';
import { type Command, type Speech, WrongUse } from './command.ts';
import { existing } from './existing.ts';

const help = {
  sv: `arendegang verify [--json] [--database FIL] [--anchor NUMMER:HASH]… [--register NUMMER:HASH]…

Granskar en hel databas, också medan servern går på den: varje loggs kedja av kontrollsummor, att loggen och dess sigill
är utan luckor, att varje logg spelad från början ger byte för byte det som är lagrat och det som steg lagt ut att skickas,
att det som togs emot är täckt av sigill och det som poster vilar på är besvarat som loggen säger, och att planerna som
ärenden flyttats efter är som de publicerades. Ett meddelande som väntar på att skickas ska vara vad loggen ger, utom
ärendets rubrik och nummer, organen, händelsens namn och vad som beslutats, som är från när meddelandet gjordes. Där det
håller prövas rättsreglerna mot varje ärende, och den som är bruten sägs med sin källa, steget och dagen.
Behörighetsregistret granskas också: att ingen rad är ändrad, borttagen eller omflyttad, och att ingen får annat än det
säger. Inget skrivs.

Huvudena skrivs ut: det nyaste sigillet, och registrets nyaste rad. Förvara dem utanför databasen; det är vad som senare
visar att loggen och registret inte har skrivits om i sin helhet eller kortats, vilket inget inne i databasen kan visa.

  --anchor NUMMER:HASH    ett huvud som har förvarats: loggen måste ännu ha det sigillet; får upprepas
  --register NUMMER:HASH  detsamma för behörighetsregistrets huvud; får upprepas
  --database FIL          i stället för DATABASE_PATH och DATABASE_URL; eller postgres://…
  --json                  skriv ett JSON-dokument och inget annat
  --lang sv|en            svarens språk (maskinens)
  --help                  skriv detta

Slutkod 1 när något är fel med databasen eller mot lagen, 2 när det inte finns någon databas från den här
versionen.
`,
  en: `arendegang verify [--json] [--database FILE] [--anchor NUMBER:HASH]… [--register NUMBER:HASH]…

Audits a whole database, also while the server runs on it: every log's chain of hashes, the gapless sequence of
the log and its seals, that replaying each log gives byte for byte what is stored and what steps have put out to be sent,
that what was received is covered by seals, and what entries rest on was answered as the log says, and that the plans by
which matters were moved are as they were published. A message that waits to be sent must be what the log gives, but for
the title and number of the record, the bodies, the name of the event and what was decided, which are of when it was made.
Where that holds, the legal rules are held against every record, and each that was violated is told with its citation, the
step and the day. The register of access rights is audited too: that no row is changed, removed or moved, and that nobody
may anything else than it says. Nothing is written.

It prints the heads: the newest seal, and the newest row of the register. Keep them outside the database; they are what
shows later that the log and the register have not been written anew or cut back, which nothing within the database can.

  --anchor NUMBER:HASH    a head that was kept: the log must still have that seal; may be repeated
  --register NUMBER:HASH  the same of a head of the register of access rights; may be repeated
  --database FILE         instead of DATABASE_PATH and DATABASE_URL; or postgres://…
  --json                  print one JSON document and nothing else
  --lang sv|en            the language of the answers (the machine's)
  --help                  print this

Exit code 1 when something is wrong with the database or against the law, 2 when there is no database of this version.
`,
};

/** Audits a database. */
export const verify: Command = {
  name: 'verify',
  summary: {
    sv: 'granska en databas: kedja, sigill, omspelning, rättsreglerna',
    en: 'audit a database: chain, seals, replay, the legal rules',
  },
  help,
  async run(args, { out, say }) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        database: { type: 'string' },
        anchor: { type: 'string', multiple: true, default: [] },
        register: { type: 'string', multiple: true, default: [] },
      },
    });
    const [anchors, rights] = [values.anchor.map(parsedHead), values.register.map(parsedHead)];
    const examined = await examinedIn(existing(values.database), anchors, rights);
    if (values.json) out.write(`${JSON.stringify(examined, null, 2)}\n`);
    else print(examined, { out, say });
    return isSound(examined) ? 0 : 1;
  },
};

/** Heads of the log and of the register of access rights. */
export type Heads = readonly [anchors: readonly Anchor[], rights: readonly RightsHead[]];

/** The heads of a database, as far as it has them. */
export async function headsOf(db: Db): Promise<Heads> {
  const [seal, change] = [await newestSeal(db), await newestRightsChange(db)];
  return [seal ? [seal] : [], change ? [change] : []];
}

/**
 * Audits a database: a file, or the address of a server.
 * @param kept heads that were kept, which must still be there.
 */
export async function examinedIn(file: string, ...kept: Partial<Heads>): Promise<Examined> {
  const db = await openReader(file);
  try {
    const catalogue = await openCatalogue(db);
    const { registry } = catalogue;
    const now = () => new Date().toISOString();
    const keepUp = async () => catalogue.refresh(db, await lastEver(db, 'route'));
    const [calendarOf, registerOf] = [calendarsOf(catalogue), registersOf(catalogue)];
    const source = { db, registry, calendarOf, registerOf, now, keepUp };
    const examined = await examineAll(source, ...kept);
    const strays = (await straysAmongWaiting(db, registry)).map(strayFinding);
    return {
      ...examined,
      findings: [...examined.findings, ...strays],
      replayEqual: examined.replayEqual && strays.length === 0,
    };
  } finally {
    await db.destroy();
  }
}

const strayFinding = ({ id, actor }: Stray): Finding => ({
  actor,
  version: null,
  kind: 'outbox',
  detail: {
    sv: `Meddelandet ${id} som väntar på att skickas är inte vad loggen ger.`,
    en: `The message ${id} that waits to be sent is not what the log gives.`,
  },
});

export const isSound = ({ findings, lawful }: Examined): boolean => findings.length === 0 && lawful === true;

/** @throws WrongUse */
function parsedHead(text: string): Anchor {
  const [, number, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (number === undefined || hash === undefined)
    throw new WrongUse(
      `ett huvud är NUMMER:HASH, som verify skriver det, inte ”${text}”`,
      `an anchor is NUMBER:HASH, as verify prints it, and not "${text}"`,
    );
  return { number: Number(number), hash };
}

export type Examined = Awaited<ReturnType<typeof examineAll>>;

/** The audit as people read it. */
export function print(examined: Examined, { out, say }: Pick<Speech, 'out' | 'say'>): void {
  const { head, actors, entries, chainIntact, replayEqual, findings, lawful, legality } = examined;
  const { rightsIntact, rightsHead } = examined;
  for (const { actor, version, kind, detail } of findings)
    out.write(
      `✗ ${kind} ${[actor, version].filter((it) => it !== null && it !== '').join(' ')}: ${say(detail)}\n`,
    );
  for (const { actor, version, at, by, decision, entries: said } of examined.redactions)
    out.write(
      `– ${actor} ${version}: ${say(
        `${said.length} poster gallrade ${at} av ${by}, enligt ${decision}`,
        `${said.length} entries redacted ${at} by ${by}, by decision ${decision}`,
      )}\n`,
    );
  for (const { rule, cite, watches, evidence } of legality.filter(isViolated))
    out.write(
      `✗ ${rule} (${cite}) ${stepOf(evidence)}: ${say(`bruten: ${rules[rule].sv}`, `violated: ${watches}`)}\n`,
    );
  for (const { rule, cite, evidence } of legality.filter(isLate))
    out.write(
      `– ${rule} (${cite}) ${stepOf(evidence)}: ${say('tiden gick ut; det beslutade gäller ändå', 'the time passed; what was decided holds all the same')}\n`,
    );
  const answer = (it: boolean | null) =>
    it === null ? say('inte prövat', 'not judged') : it ? say('ja', 'yes') : say('NEJ', 'NO');
  out.write(say(`${actors} aktörer, ${entries} poster\n`, `${actors} actors, ${entries} entries\n`));
  out.write(`${say('kedjan hel', 'chain intact')}: ${answer(chainIntact)}\n`);
  out.write(`${say('omspelning ger detsamma', 'replay equal')}: ${answer(replayEqual)}\n`);
  out.write(`${say('lagligt', 'lawful')}: ${answer(lawful)}\n`);
  out.write(
    `${say('behörighetsregistret helt', 'register of access rights intact')}: ${answer(rightsIntact)}\n`,
  );
  out.write(`${say('huvud', 'head')}: ${head.number}:${head.hash}\n`);
  out.write(`${say('registrets huvud', 'head of the register')}: ${rightsHead.number}:${rightsHead.hash}\n`);
}

/** The entry of the log: whose, which, what, and the day. */
const stepOf = (evidence: Examined['legality'][number]['evidence']): string =>
  evidence ? [evidence.actor, evidence.version, evidence.event.type, evidence.on].join(' ') : '';
