import { parseArgs } from 'node:util';
import { openReader } from '../../db/open.ts';
import { calendarsOf, openCatalogue } from '../opening.ts';
import type { Anchor } from '../views/audit.ts';
import { examineAll } from '../views/examination.ts';
import { type Command, type Output, WrongUse } from './command.ts';
import { existing } from './existing.ts';

const help = `arendegang verify [--json] [--database FILE] [--anchor NUMBER:HASH]…

Audits a whole database, also while the server runs on it: every log's chain of hashes, the gapless sequence of
the log and its seals, that replaying each log gives byte for byte what is stored, and that what is to be sent and
what was received are as the log says. Where that holds, the legal rules are held against every record, and each that
was violated is told with its citation, the step and the day. Nothing is written.

It prints the head: the newest seal. Keep it outside the database; it is what shows later that the whole log has not
been written anew or cut back, which nothing within the database can show.

  --anchor NUMBER:HASH  a head that was kept: the log must still have that seal; may be repeated
  --database FILE       instead of DATABASE_PATH and DATABASE_URL; or postgres://…
  --json                print one JSON document and nothing else
  --help                print this

Exit code 1 when something is wrong with the database or against the law, 2 when there is no database of this version.
`;

/** Audits a database. */
export const verify: Command = {
  name: 'verify',
  summary: 'audit a database: chain, seals, replay, the legal rules',
  help,
  async run(args, { out }) {
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
    else print(examined, out);
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
    throw new WrongUse(`an anchor is NUMBER:HASH, as verify prints it, and not "${text}"`);
  return { number: Number(number), hash };
}

export type Examined = Awaited<ReturnType<typeof examineAll>>;

/** The audit as people read it. */
export function print(examined: Examined, out: Output): void {
  const { head, actors, entries, chainIntact, replayEqual, findings, lawful, legality } = examined;
  for (const { actor, version, kind, detail } of findings)
    out.write(
      `✗ ${kind} ${[actor, version].filter((it) => it !== null && it !== '').join(' ')}: ${detail.en}\n`,
    );
  for (const { actor, version, at, by, decision, entries: said } of examined.redactions)
    out.write(
      `– ${actor} ${version}: ${said.length} entries redacted ${at} by ${by}, by decision ${decision}\n`,
    );
  for (const { rule, cite, watches, evidence } of legality)
    out.write(`✗ ${rule} (${cite}) ${stepOf(evidence)}: violated: ${watches}\n`);
  const said = (it: boolean | null) => (it === null ? 'not judged' : it ? 'yes' : 'NO');
  out.write(`${actors} actors, ${entries} entries\n`);
  out.write(`chain intact: ${said(chainIntact)}\nreplay equal: ${said(replayEqual)}\n`);
  out.write(`lawful: ${said(lawful)}\n`);
  out.write(`head: ${head.number}:${head.hash}\n`);
}

/** The entry of the log: whose, which, what, and the day. */
const stepOf = (evidence: Examined['legality'][number]['evidence']): string =>
  evidence ? [evidence.actor, evidence.version, evidence.event.type, evidence.on].join(' ') : '';
