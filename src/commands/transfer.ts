import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isAddress } from '../../db/location.ts';
import { openAlone, openNew } from '../../db/open.ts';
import { newestSeal } from '../store/seals.ts';
import { NotEmpty, transferAll } from '../store/transfer.ts';
import { type Command, WrongUse } from './command.ts';
import { examinedIn, isSound, print } from './verify.ts';

const help = `arendegang transfer --from FILE --to postgres://USER:PASSWORD@HOST:PORT/DATABASE

Copies everything from a SQLite file to a PostgreSQL database that is empty, all of it or nothing, and audits the copy
as verify does: the numbers of rows, every chain, the seals, and that replaying each log gives what is stored. The
server must not run meanwhile. The file stays as it is. From now on start the server with DATABASE_URL.

  --from FILE      the SQLite file
  --to ADDRESS     the PostgreSQL database
  --help           print this

Exit code 1 when something is wrong with the copy, which is kept; 2 when there is no file, when a server runs on it, when
it is of another version of the program, or when the PostgreSQL database is not empty.
`;

/** Moves a municipality from one file to a database that several servers share. */
export const transfer: Command = {
  name: 'transfer',
  summary: 'copy a SQLite file to PostgreSQL, and audit the copy',
  help,
  async run(args, { out }) {
    const { values } = parseArgs({
      args: [...args],
      options: { from: { type: 'string' }, to: { type: 'string' } },
    });
    const { from, to } = values;
    if (from === undefined || to === undefined) throw new WrongUse('name --from FILE and --to postgres://…');
    if (!isAddress(to)) throw new WrongUse('--to is postgres://USER:PASSWORD@HOST:PORT/DATABASE');
    if (!existsSync(from)) throw new WrongUse(`there is no database ${from}`);
    const head = await copied(from, to, (text) => out.write(`${text}\n`));
    const examined = await examinedIn(to, head ? [head] : []);
    print(examined, out);
    return isSound(examined) ? 0 : 1;
  },
};

/** @returns the newest seal of the file, which the copy must have too. */
async function copied(from: string, to: string, say: (text: string) => void) {
  const source = await openAlone(from).catch((error: unknown) => {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  });
  try {
    const target = await openNew(to);
    try {
      const rows = await transferAll(source.reader, target.writer, (table, done, of) =>
        say(`${table}: ${done} of ${of}`),
      );
      say(`${rows} rows copied`);
      return await newestSeal(source.reader);
    } catch (error) {
      throw error instanceof NotEmpty
        ? new WrongUse(`the PostgreSQL database is not empty: ${error.message}`)
        : error;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
