import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { openAlone, openReader } from '../../db/open.ts';
import type { Db } from '../../db/tables.ts';
import type { Say } from '../clerk/language.ts';
import type { Sender } from '../engine/parse.ts';
import { Refusal } from '../engine/refusal.ts';
import {
  previewOf,
  previewsOf,
  type RedactionPreview,
  type RedactionSource,
  redactRecord,
} from '../engine/retention/redaction.ts';
import { openCatalogue, openMatters } from '../opening.ts';
import { tidy } from '../store/redactions.ts';
import { newestSeal } from '../store/seals.ts';
import { type Command, refused, type Speech, WrongUse } from './command.ts';
import { existing } from './existing.ts';

const help = {
  sv: `arendegang redact --decision TEXT [--matter ID]… [--carry-out --by NAMN] [--database FIL]

Gallrar det som människor skrev i avslutade ärenden vars tid är ute enligt kommunens gallringsplan (R-125): namn,
rubriker och texter, i loggen och i varje kopia som databasen har. Datum, utfall, lägen och nummer står kvar; loggen,
dess kedja och dess sigill håller, och varje logg säger enligt vilket beslut, när, av vem och vilka fält.

Utan --carry-out sägs vad som skulle gallras, också medan servern går; inget skrivs. När det verkställs får servern inte
gå på filen. Det som är gallrat går inte att få tillbaka annat än ur en kopia: se "backup" i README. En plan som har
flyttat ärendet står kvar som den publicerades, och nämns.

  --decision TEXT  gallringsbeslutet, som myndigheten hänvisar till det: utan ett görs inget
  --by NAMN        vem som verkställer det
  --matter ID      bara det här ärendet; får upprepas
  --carry-out      gallra
  --database FIL   i stället för DATABASE_PATH och DATABASE_URL; eller postgres://…
  --lang sv|en     svarens språk (maskinens)
  --help           skriv detta

Slutkod 1 när ett ärende som nämns eller vars tid är ute behålls, 2 när något saknas, en server går
på filen eller databasen är från en annan version.
`,
  en: `arendegang redact --decision TEXT [--matter ID]… [--carry-out --by NAME] [--database FILE]

Redacts what people wrote in closed matters whose time is out by the municipality's retention plan (gallring, R-125):
names, titles and texts, in the log and in every copy that the database keeps. Dates, outcomes, states and numbers stay;
the log, its chain and its seals hold, and each log says by which decision, when, by whom and which fields.

Without --carry-out it says what would be redacted, also while the server runs; nothing is written. To carry it out, the
server must not run on the file. What is redacted cannot be had back, except from a copy: see "backup" in the README. A
plan that has moved the matter stays as it was published, and is named.

  --decision TEXT  the retention decision (gallringsbeslut), as the authority refers to it: without one nothing is done
  --by NAME        who carries it out
  --matter ID      only this record; may be repeated
  --carry-out      redact
  --database FILE  instead of DATABASE_PATH and DATABASE_URL; or postgres://…
  --lang sv|en     the language of the answers (the machine's)
  --help           print this

Exit code 1 when a record that was named or whose time is out is kept, 2 when something is lacking, a server
runs on the file or the database is of another version.
`,
};

/** Redacts by a retention decision. */
export const redact: Command = {
  name: 'redact',
  summary: {
    sv: 'gallra avslutade ärenden enligt ett gallringsbeslut',
    en: 'redact closed matters by a retention decision',
  },
  help,
  async run(args, speech) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        decision: { type: 'string' },
        by: { type: 'string' },
        matter: { type: 'string', multiple: true, default: [] },
        'carry-out': { type: 'boolean', default: false },
        database: { type: 'string' },
      },
    });
    const { decision, by, matter: roots } = values;
    if (decision === undefined)
      throw new WrongUse(
        'ange gallringsbeslutet: --decision TEXT',
        'name the retention decision: --decision TEXT',
      );
    const file = existing(values.database);
    if (!values['carry-out']) return preview(file, { decision, roots }, speech);
    if (by === undefined || by.trim() === '')
      throw new WrongUse('säg vem som verkställer det: --by NAMN', 'say who carries it out: --by NAME');
    return carryOut(file, { decision, roots, by }, speech);
  },
};

interface Asked {
  readonly decision: string;
  readonly roots: readonly string[];
}

async function preview(file: string, asked: Asked, speech: Speech): Promise<number> {
  const db = await openReader(file);
  try {
    const { registry, municipalities } = await openCatalogue(db);
    const now = await clockOf(db);
    const source = { db, registry, municipalities, now: () => new Date(now()).toISOString() };
    const [redacted, kept] = await each(source, asked, speech, async () => {});
    speech.out.write(
      speech.say(
        `${redacted} skulle gallras, ${kept} inte\n`,
        `${redacted} would be redacted, ${kept} not\n`,
      ),
    );
    return kept === 0 ? 0 : 1;
  } finally {
    await db.destroy();
  }
}

async function carryOut(
  file: string,
  asked: Asked & { readonly by: string },
  speech: Speech,
): Promise<number> {
  const db = await openAlone(file);
  try {
    const now = await clockOf(db.reader);
    const log = pino({ level: 'warn' }, pino.destination(2));
    const { engine, source, municipalities } = await openMatters({ db, log, now });
    const sender = senderOf(
      asked.by,
      municipalities.map((it) => it.id),
    );
    const within = { ...source, municipalities, engine };
    const carriedOut = each(within, asked, speech, async ({ root }) => {
      await redactRecord(within, root, { decision: asked.decision, sender });
    });
    const [redacted, kept] = await carriedOut.finally(async () => {
      await engine.drain();
      await tidy(db.writer);
    });
    const { decision } = asked;
    speech.out.write(
      speech.say(
        `${redacted} gallrade enligt ${decision}, ${kept} inte\n`,
        `${redacted} redacted by ${decision}, ${kept} not\n`,
      ),
    );
    return kept === 0 ? 0 : 1;
  } finally {
    await db.close();
  }
}

/** A demonstration's clock may have been put forward: time does not go back in a record. */
async function clockOf(db: Db): Promise<() => number> {
  const newest = await newestSeal(db);
  return () => Math.max(Date.now(), newest ? Date.parse(newest.at) : 0);
}

/** @returns how many are redacted, and how many are kept though they were named or their time is out. */
async function each(
  source: RedactionSource,
  { decision, roots }: Asked,
  { out, say }: Speech,
  act: (it: RedactionPreview) => Promise<void>,
): Promise<[number, number]> {
  const counted: [number, number] = [0, 0];
  try {
    for await (const it of roots.length > 0 ? named(source, roots, decision) : previewsOf(source, decision)) {
      if (it.redacts) await act(it);
      counted[it.redacts ? 0 : 1] += 1;
      out.write(lineOf(it, say));
    }
  } catch (error) {
    throw error instanceof Refusal ? refused(error) : error;
  }
  return counted;
}

async function* named(source: RedactionSource, roots: readonly string[], decision: string) {
  for (const root of roots) yield await previewOf(source, root, decision);
}

function lineOf({ root, number, closedOn, redacts, kept }: RedactionPreview, say: Say): string {
  const name = `${number ?? ''} ${root}`.trim();
  if (!redacts) return `✗ ${name}: ${kept ? say(kept) : ''}\n`;
  const { entries, documents } = redacts.copies;
  const told = redacts.told.map(
    (it) =>
      `    ${say(`det som ${it} antecknat om det står kvar där`, `what ${it} noted of it stays there`)}\n`,
  );
  const plans = redacts.plans.map(
    (it) =>
      `    ${say(
        `planen ”${it}”, som flyttade det, står kvar med sitt skäl, sin godkännare och det som den skrev`,
        `the plan "${it}", which moved it, stays with its reason, its approver and what it wrote`,
      )}\n`,
  );
  const what = say(
    `avslutat ${closedOn}; ${entries.length} poster, ${documents.length} mottagna handlingar`,
    `closed ${closedOn}; ${entries.length} entries, ${documents.length} received documents`,
  );
  return `✓ ${name}: ${what}\n${[...told, ...plans].join('')}`;
}

/** Whoever has the database has it redacted in the name of who answers for it. */
const senderOf = (name: string, tenants: readonly string[]): Sender => ({
  id: 'arendegang redact',
  name,
  origin: 'person',
  grants: tenants.map((tenant) => ({ tenant, roles: ['administrator'], bodies: 'all', confidential: true })),
});
