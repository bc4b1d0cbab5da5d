import { stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isAddress } from '../../db/location.ts';
import { openUnchecked } from '../../db/open.ts';
import { whatIsApart } from '../../db/schema.ts';
import { misshapen } from '../../db/shape.ts';
import type { Db } from '../../db/tables.ts';
import type { Label } from '../../machines/label.ts';
import { readConfig } from '../config.ts';
import { definitionsApart } from '../engine/definitions.ts';
import { publishedPlan } from '../engine/moves/published.ts';
import { openCatalogue } from '../opening.ts';
import { nextDue } from '../store/deadlines.ts';
import { storedDefinitions } from '../store/definitions.ts';
import { damageOf, deadLetters, deadlinesSetAside, endpointsLost } from '../store/health.ts';
import { purposeOf } from '../store/installation.ts';
import { storedPlans } from '../store/moves.ts';
import { newestSeal } from '../store/seals.ts';
import type { Command } from './command.ts';
import { existing } from './existing.ts';

const help = {
  sv: `arendegang doctor [--json] [--database FIL]

Letar efter det som hindrar en server från att starta eller göra sitt arbete, också medan den går, och säger vad som ska
göras åt var sak: inställningarna, tabellerna, filens sidor och index, vem som får läsa den, plats på disken,
definitioner som ärenden löper på och planer som de flyttas efter, klockan, frister som ställts åt sidan eller som ingen
verkställer, och meddelanden som gavs upp. Inget skrivs. Hela filen läses, vilket tar minuter där den är många gigabyte.
Loggen granskas inte: det gör verify.

  --database FIL   i stället för DATABASE_URL eller DATABASE_PATH
  --json           skriv en lista av { check, ok, says } och inget annat
  --lang sv|en     svarens språk (maskinens)
  --help           skriv detta

Slutkod 1 när något är fel, 2 när det inte finns någon databas.
`,
  en: `arendegang doctor [--json] [--database FILE]

Looks for what keeps a server from starting or from doing its work, also while it runs, and says what to do about each
thing: the settings, the schema, the pages of the file and its indexes, who may read it, room on the disk, definitions
that matters run on and plans by which they are moved, the clock, deadlines that were set aside or that nobody fires, and
messages that were given up. Nothing is written. It reads the whole file, which takes minutes where that is many
gigabytes. It does not audit the log: that is verify.

  --database FILE  instead of DATABASE_URL or DATABASE_PATH
  --lang sv|en     the language of the answers (the machine's)
  --json           print an array of { check, ok, says } and nothing else
  --help           print this

Exit code 1 when something is wrong, 2 when there is no database.
`,
};

/** What is asked, and of what. */
interface Patient {
  readonly db: Db;
  /** Null for a server's database. */
  readonly file: string | null;
  /** RFC 3339. */
  readonly now: string;
}

/** What is wrong, and what to do; null for nothing. */
type Examine = (of: Patient) => Promise<Label | null>;

/** A timer that is late by more than this, in milliseconds, does not run. */
const LATE = 10 * 60_000;
/** Clocks of two machines may differ by this much, in milliseconds. */
const SKEW = 60_000;

const sayIf = (says: boolean, sv: string, en: string): Label | null => (says ? { sv, en } : null);

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What something throws, in words; null for nothing. */
function faultOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

const checks: Readonly<Record<string, Examine>> = {
  settings: async () => {
    const what = faultOf(() => readConfig(process.env));
    return sayIf(what !== null, `miljövariabler är fel: ${what}`, `environment variables are wrong: ${what}`);
  },
  schema: async ({ db }) => {
    const says = await whatIsApart(db);
    if (says) return says;
    const wrong = await misshapen(db);
    return sayIf(
      wrong.length > 0,
      `tabellerna är inte som programmet gör dem (${wrong.join(', ')}): återgå till en kopia`,
      `the tables are not as the program makes them (${wrong.join(', ')}): go back to a copy`,
    );
  },
  pages: async ({ db }) => {
    const damage = await damageOf(db);
    return sayIf(
      damage.length > 0,
      `filen är skadad (${damage.join('; ')}): stoppa servern och återgå till en kopia`,
      `the file is damaged (${damage.join('; ')}): stop the server and go back to a copy`,
    );
  },
  access: async ({ file }) => {
    if (file === null || process.platform === 'win32') return null;
    const { mode } = await stat(file);
    return sayIf(
      (mode & 0o007) !== 0,
      `alla på maskinen når ${file}: chmod o-rwx`,
      `everyone on the machine can reach ${file}: chmod o-rwx`,
    );
  },
  room: async ({ file }) => {
    if (file === null) return null;
    const { size } = await stat(file);
    const { bavail, bsize } = await statfs(dirname(resolve(file)));
    return sayIf(
      bavail * bsize < size,
      'på disken ryms inte en kopia av databasen: ge den mer plats',
      'the disk has no room for a copy of the database: give it more',
    );
  },
  definitions: async ({ db }) => {
    const { registry } = await openCatalogue(db);
    const apart = await definitionsApart(db, registry, await storedDefinitions(db));
    return sayIf(
      apart.length > 0,
      `servern startar inte, för databasen är skriven under annat än programmet har: ${apart.join('; ')}`,
      `the server does not start, for the database was written under what the program does not have: ${apart.join('; ')}`,
    );
  },
  plans: async ({ db }) => {
    const stored = await storedPlans(db);
    // After the plans: the versions from and to which they move were there before them.
    const { registry } = await openCatalogue(db);
    const apart = stored.flatMap((it) => faultOf(() => publishedPlan(it, registry)) ?? []);
    return sayIf(
      apart.length > 0,
      `servern startar inte, för det som ärenden flyttas efter är inte vad som publicerades: ${apart.join('; ')}`,
      `the server does not start, for what matters are moved by is not what was published: ${apart.join('; ')}`,
    );
  },
  clock: async ({ db, now }) => {
    // The demonstration's clock is put forward by whoever tries it.
    if ((await purposeOf(db)) === 'demo') return null;
    const newest = await newestSeal(db);
    return sayIf(
      newest !== null && Date.parse(newest.at) > Date.parse(now) + SKEW,
      `klockan går efter det senast skrivna (${newest?.at}): ställ den`,
      `the clock is behind what was written last (${newest?.at}): set it`,
    );
  },
  deadlines: async ({ db, now }) => {
    const aside = await deadlinesSetAside(db);
    if (aside > 0)
      return {
        sv: `${aside} frister kunde inte verkställas: de står under Frister, med skälet`,
        en: `${aside} deadlines could not be carried out: they are listed under Deadlines, with the reason`,
      };
    const next = await nextDue(db);
    return sayIf(
      next !== null && Date.parse(next) < Date.parse(now) - LATE,
      `ingen verkställer det som förfaller (sedan ${next}): starta servern`,
      `nobody carries out what falls due (since ${next}): start the server`,
    );
  },
  messages: async ({ db }) => {
    const [dead, lost] = [await deadLetters(db), await endpointsLost(db)];
    return sayIf(
      dead > 0 || lost.length > 0,
      `${dead} meddelanden gavs upp; avstängda mottagare: ${lost.join(', ') || 'inga'}`,
      `${dead} messages were given up; receivers that are off: ${lost.join(', ') || 'none'}`,
    );
  },
};

/** What each check finds. One that cannot be made says why. */
async function examine(of: Patient): Promise<{ check: string; ok: boolean; says: Label | null }[]> {
  const found = [];
  for (const [check, look] of Object.entries(checks)) {
    const says = await look(of).catch((error: unknown) => {
      const why = reasonOf(error);
      return { sv: `kunde inte prövas: ${why}`, en: `could not be examined: ${why}` };
    });
    found.push({ check, ok: says === null, says });
  }
  return found;
}

/** Says what keeps a server from its work. */
export const doctor: Command = {
  name: 'doctor',
  summary: {
    sv: 'leta efter det som hindrar en server i dess arbete',
    en: 'look for what keeps a server from its work',
  },
  help,
  async run(args, { out, say }) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        database: { type: 'string' },
      },
    });
    const location = existing(values.database);
    const file = isAddress(location) ? null : location;
    const db = await openUnchecked(location);
    try {
      const found = await examine({ db, file, now: new Date().toISOString() });
      if (values.json) out.write(`${JSON.stringify(found, null, 2)}\n`);
      else
        for (const { check, ok, says } of found)
          out.write(`${ok ? '✓' : '✗'} ${check}${says ? `: ${say(says)}` : ''}\n`);
      return found.every((it) => it.ok) ? 0 : 1;
    } finally {
      await db.destroy();
    }
  },
};
