import { parseArgs } from 'node:util';
import { openReader } from '../../db/open.ts';
import { rules } from '../../machines/law/rules.ts';
import { calendarsOf, openCatalogue } from '../opening.ts';
import type { Anchor } from '../views/audit.ts';
import { examineAll } from '../views/examination.ts';
import { type Command, type Speech, WrongUse } from './command.ts';
import { existing } from './existing.ts';

const help = {
  sv: `arendegang verify [--json] [--database FIL] [--anchor NUMMER:HASH]…

Granskar en hel databas, också medan servern går på den: varje loggs kedja av kontrollsummor, att loggen och dess sigill
är utan luckor, att varje logg spelad från början ger byte för byte det som är lagrat, och att det som ska skickas och
det som togs emot är som loggen säger. Där det håller prövas rättsreglerna mot varje ärende, och den som är bruten sägs
med sin källa, steget och dagen. Inget skrivs.

Huvudet skrivs ut: det nyaste sigillet. Förvara det utanför databasen; det är vad som senare visar att loggen inte har
skrivits om i sin helhet eller kortats, vilket inget inne i databasen kan visa.

  --anchor NUMMER:HASH  ett huvud som har förvarats: loggen måste ännu ha det sigillet; får upprepas
  --database FIL        i stället för DATABASE_PATH och DATABASE_URL; eller postgres://…
  --json                skriv ett JSON-dokument och inget annat
  --lang sv|en          svarens språk (maskinens)
  --help                skriv detta

Slutkod 1 när något är fel med databasen eller mot lagen, 2 när det inte finns någon databas från den här
versionen.
`,
  en: `arendegang verify [--json] [--database FILE] [--anchor NUMBER:HASH]…

Audits a whole database, also while the server runs on it: every log's chain of hashes, the gapless sequence of
the log and its seals, that replaying each log gives byte for byte what is stored, and that what is to be sent and
what was received are as the log says. Where that holds, the legal rules are held against every record, and each that
was violated is told with its citation, the step and the day. Nothing is written.

It prints the head: the newest seal. Keep it outside the database; it is what shows later that the whole log has not
been written anew or cut back, which nothing within the database can show.

  --anchor NUMBER:HASH  a head that was kept: the log must still have that seal; may be repeated
  --database FILE       instead of DATABASE_PATH and DATABASE_URL; or postgres://…
  --json                print one JSON document and nothing else
  --lang sv|en          the language of the answers (the machine's)
  --help                print this

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
      },
    });
    const examined = await examinedIn(existing(values.database), values.anchor.map(anchorOf));
    if (values.json) out.write(`${JSON.stringify(examined, null, 2)}\n`);
    else print(examined, { out, say });
    return isSound(examined) ? 0 : 1;
  },
};

/** Audits a database: a file, or the address of a server. @param anchors heads that were kept, which the log must still have. */
export async function examinedIn(file: string, anchors: readonly Anchor[] = []): Promise<Examined> {
  const db = await openReader(file);
  try {
    const catalogue = await openCatalogue(db);
    const { registry } = catalogue;
    const now = () => new Date().toISOString();
    return await examineAll({ db, registry, calendarOf: calendarsOf(catalogue), now }, anchors);
  } finally {
    await db.destroy();
  }
}

export const isSound = ({ findings, lawful }: Examined): boolean => findings.length === 0 && lawful === true;

/** @throws WrongUse */
function anchorOf(text: string): Anchor {
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
  for (const { rule, cite, watches, evidence } of legality)
    out.write(
      `✗ ${rule} (${cite}) ${stepOf(evidence)}: ${say(`bruten: ${rules[rule].sv}`, `violated: ${watches}`)}\n`,
    );
  const answer = (it: boolean | null) =>
    it === null ? say('inte prövat', 'not judged') : it ? say('ja', 'yes') : say('NEJ', 'NO');
  out.write(say(`${actors} aktörer, ${entries} poster\n`, `${actors} actors, ${entries} entries\n`));
  out.write(`${say('kedjan hel', 'chain intact')}: ${answer(chainIntact)}\n`);
  out.write(`${say('omspelning ger detsamma', 'replay equal')}: ${answer(replayEqual)}\n`);
  out.write(`${say('lagligt', 'lawful')}: ${answer(lawful)}\n`);
  out.write(`${say('huvud', 'head')}: ${head.number}:${head.hash}\n`);
}

/** The entry of the log: whose, which, what, and the day. */
const stepOf = (evidence: Examined['legality'][number]['evidence']): string =>
  evidence ? [evidence.actor, evidence.version, evidence.event.type, evidence.on].join(' ') : '';
