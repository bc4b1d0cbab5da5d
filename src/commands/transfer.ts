import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isAddress } from '../../db/location.ts';
import { openAlone, openNew } from '../../db/open.ts';
import { NotEmpty, transferAll } from '../store/transfer.ts';
import { type Command, type Speech, WrongUse } from './command.ts';
import { absent } from './existing.ts';
import { examinedIn, type Heads, headsOf, isSound, print } from './verify.ts';

const help = {
  sv: `arendegang transfer --from FIL --to postgres://ANVÄNDARE:LÖSENORD@VÄRD:PORT/DATABAS

Kopierar allt från en SQLite-fil till en PostgreSQL-databas som är tom, allt eller inget, och granskar kopian som verify
gör: antalet rader, varje kedja, sigillen, och att varje logg spelad från början ger det som är lagrat. Servern får inte
gå under tiden. Filen förblir som den är. Starta därefter servern med DATABASE_URL.

  --from FIL       SQLite-filen
  --to ADRESS      PostgreSQL-databasen
  --lang sv|en     svarens språk (maskinens)
  --help           skriv detta

Slutkod 1 när något är fel med kopian, som behålls; 2 när det inte finns någon fil, när en server går på den, när
den är från en annan version av programmet, eller när PostgreSQL-databasen inte är tom.
`,
  en: `arendegang transfer --from FILE --to postgres://USER:PASSWORD@HOST:PORT/DATABASE

Copies everything from a SQLite file to a PostgreSQL database that is empty, all of it or nothing, and audits the copy
as verify does: the numbers of rows, every chain, the seals, and that replaying each log gives what is stored. The
server must not run meanwhile. The file stays as it is. From now on start the server with DATABASE_URL.

  --from FILE      the SQLite file
  --to ADDRESS     the PostgreSQL database
  --lang sv|en     the language of the answers (the machine's)
  --help           print this

Exit code 1 when something is wrong with the copy, which is kept; 2 when there is no file, when a server runs on it, when
it is of another version of the program, or when the PostgreSQL database is not empty.
`,
};

/** Moves a municipality from one file to a database that several servers share. */
export const transfer: Command = {
  name: 'transfer',
  summary: {
    sv: 'kopiera en SQLite-fil till PostgreSQL, och granska kopian',
    en: 'copy a SQLite file to PostgreSQL, and audit the copy',
  },
  help,
  async run(args, speech) {
    const { values } = parseArgs({
      args: [...args],
      options: { from: { type: 'string' }, to: { type: 'string' } },
    });
    const { from, to } = values;
    if (from === undefined || to === undefined)
      throw new WrongUse('ange --from FIL och --to postgres://…', 'name --from FILE and --to postgres://…');
    if (!isAddress(to)) throw new WrongUse('--to: postgres://…');
    if (!existsSync(from)) throw absent(from);
    const examined = await examinedIn(to, ...(await copied(from, to, speech)));
    print(examined, speech);
    return isSound(examined) ? 0 : 1;
  },
};

/** @returns the heads of the file, which the copy must have too. */
async function copied(from: string, to: string, { out, say }: Speech): Promise<Heads> {
  const source = await openAlone(from).catch((error: unknown) => {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  });
  try {
    const target = await openNew(to);
    try {
      const rows = await transferAll(source.reader, target.writer, (table, done, of) =>
        out.write(say(`${table}: ${done} av ${of}\n`, `${table}: ${done} of ${of}\n`)),
      );
      out.write(say(`${rows} rader kopierade\n`, `${rows} rows copied\n`));
      return await headsOf(source.reader);
    } catch (error) {
      throw error instanceof NotEmpty
        ? new WrongUse(
            `PostgreSQL-databasen är inte tom: ${error.message}`,
            `the PostgreSQL database is not empty: ${error.message}`,
          )
        : error;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
