import { existsSync } from 'node:fs';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copyDatabase } from '../../db/copy.ts';
import { isAddress } from '../../db/location.ts';
import { openReader } from '../../db/open.ts';
import { OtherSchema } from '../../db/schema.ts';
import { type Command, WrongUse } from './command.ts';
import { existing } from './existing.ts';
import { examinedIn, type Heads, headsOf, isSound, print } from './verify.ts';

const help = {
  sv: `arendegang backup FIL [--database FIL]

Kopierar en databas till en ny fil, också medan servern går på den: allt som var sparat när kopian började, och inget
halvt. Kopian är på disken när kommandot slutar, och granskas som verify granskar en databas. För att återgå till en
kopia: stoppa servern, lägg kopian där DATABASE_PATH säger, och starta den; README säger vad som då händer på nytt, och
vad som ska göras om.

Kopian ska ha det huvud som databasen hade när den började, och får sitt namn när den är granskad. Dess huvud skrivs ut.
Förvara det utanför båda: verify --anchor visar senare att kopian inte har bytts ut.

  --database FIL   i stället för DATABASE_PATH
  --lang sv|en     svarens språk (maskinens)
  --help           skriv detta

Slutkod 1 när något är fel med kopian, som behålls, eller den är från en annan version av programmet, som ensam
granskar den; 2 när det inte finns någon databas, eller när FIL redan finns, eller något som SQLite skulle läsa med den:
FIL-wal, FIL-shm, FIL-journal.
`,
  en: `arendegang backup FILE [--database FILE]

Copies a database to a new file, also while the server runs on it: everything that was committed when the copy began,
and nothing half done. The copy is on the disk when the command ends, and it is audited as verify audits a database.
To restore one, stop the server, put the copy where DATABASE_PATH says, and start it; the README says what then happens
again, and what is to be done anew.

The copy must have the head that the database had when it began, and has its name once it is audited. It prints the head
of the copy. Keep it outside both: verify --anchor shows later that the copy has not been exchanged.

  --database FILE  instead of DATABASE_PATH
  --lang sv|en     the language of the answers (the machine's)
  --help           print this

Exit code 1 when something is wrong with the copy, which is kept, or it is of another version of the program, which alone
audits it; 2 when there is no database, or FILE is there already, or what SQLite would read with it: FILE-wal, FILE-shm,
FILE-journal.
`,
};

/** Copies a database and audits the copy. */
export const backup: Command = {
  name: 'backup',
  summary: {
    sv: 'kopiera en databas, också medan servern går, och granska kopian',
    en: 'copy a database, also while the server runs, and audit the copy',
  },
  help,
  async run(args, speech) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { database: { type: 'string' } },
      allowPositionals: true,
    });
    const [to, ...more] = positionals;
    if (to === undefined || more.length > 0)
      throw new WrongUse('ange en fil att kopiera till', 'name one file to copy to');
    const from = existing(values.database);
    if (isAddress(from))
      throw new WrongUse(
        'en PostgreSQL-databas kopieras med pg_dump eller pg_basebackup',
        'a PostgreSQL database is copied by pg_dump or pg_basebackup',
      );
    const there = withBeside(to).find(existsSync);
    if (there !== undefined) throw isThere(there);
    if (!existsSync(dirname(resolve(to))))
      throw new WrongUse(`mappen för ${to} finns inte`, `the folder of ${to} does not exist`);
    const heads = await headsIn(from).catch((error: unknown) => {
      if (error instanceof OtherSchema) return error;
      throw error;
    });
    const examined = await copyDurably(from, to, async (copy) =>
      heads instanceof OtherSchema ? heads : examinedIn(copy, ...heads),
    );
    if (!(examined instanceof OtherSchema)) {
      print(examined, speech);
      return isSound(examined) ? 0 : 1;
    }
    const { out, say } = speech;
    out.write(say('kopian behålls, ogranskad: ', 'the copy is kept, and not audited: '));
    out.write(`${examined.message}\n`);
    return 1;
  },
};

/** The heads of a database, which a copy of it must have too. @throws OtherSchema */
async function headsIn(file: string): Promise<Heads> {
  const db = await openReader(file);
  try {
    return await headsOf(db);
  } finally {
    await db.destroy();
  }
}

/** A database and what SQLite keeps beside it, and would take for a part of whatever has its name. */
const withBeside = (file: string): string[] => ['', '-wal', '-shm', '-journal'].map((it) => file + it);

/**
 * Copies a database to a file, which nobody may read who may not read the database. Under its name the copy is whole and
 * on the disk: until then it has another, under which nothing stays of one that fails.
 * @param look looks at the copy before it has its name, which it gets whatever is found.
 */
export async function copyDurably<T>(
  from: string,
  to: string,
  look: (copy: string) => Promise<T>,
): Promise<T> {
  const unfinished = `${to}.unfinished`;
  const remove = () => Promise.all(withBeside(unfinished).map((it) => rm(it, { force: true })));
  await remove();
  const { mode } = await stat(from);
  await (await open(unfinished, 'wx', mode & 0o777)).close();
  try {
    await copyDatabase(from, unfinished);
    await sync(unfinished);
  } catch (error) {
    await remove();
    throw error;
  }
  try {
    return await look(unfinished);
  } finally {
    await nameAnew(unfinished, to).finally(remove);
    await sync(dirname(resolve(to)));
  }
}

/** Gives a file a name that nothing has. Where the file system has no links, what has just come under it is written over. */
const nameAnew = (file: string, name: string): Promise<void> =>
  link(file, name).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw isThere(name);
    return rename(file, name);
  });

const isThere = (file: string): WrongUse => new WrongUse(`${file} finns redan`, `${file} is there already`);

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync();
  await file.close();
}
