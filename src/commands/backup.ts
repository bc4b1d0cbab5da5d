import { existsSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copyDatabase } from '../../db/copy.ts';
import { isAddress } from '../../db/location.ts';
import { OtherSchema } from '../../db/schema.ts';
import { type Command, WrongUse } from './command.ts';
import { existing } from './existing.ts';
import { examinedIn, isSound, print } from './verify.ts';

const help = `arendegang backup FILE [--database FILE]

Copies a database to a new file, also while the server runs on it: everything that was committed when the copy began,
and nothing half done. The copy is on the disk when the command ends, and it is audited as verify audits a database.
To restore one, stop the server, put the copy where DATABASE_PATH says, and start it; the README says what then happens
again, and what is to be done anew.

It prints the head of the copy. Keep it outside both: verify --anchor shows later that the copy has not been exchanged.

  --database FILE  instead of DATABASE_PATH
  --help           print this

Exit code 1 when something is wrong with the copy, which is kept, or it is of another version of the program, which alone
audits it; 2 when there is no database, or FILE is there already.
`;

/** Copies a database and audits the copy. */
export const backup: Command = {
  name: 'backup',
  summary: 'copy a database, also while the server runs, and audit the copy',
  help,
  async run(args, { out }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { database: { type: 'string' } },
      allowPositionals: true,
    });
    const [to, ...more] = positionals;
    if (to === undefined || more.length > 0) throw new WrongUse('name one file to copy to');
    const from = existing(values.database);
    if (isAddress(from)) throw new WrongUse('a PostgreSQL database is copied by pg_dump or pg_basebackup');
    if (existsSync(to)) throw new WrongUse(`${to} is there already`);
    if (!existsSync(dirname(resolve(to)))) throw new WrongUse(`the folder of ${to} does not exist`);
    await copyDurably(from, to);
    try {
      const examined = await examinedIn(to);
      print(examined, out);
      return isSound(examined) ? 0 : 1;
    } catch (error) {
      if (!(error instanceof OtherSchema)) throw error;
      out.write(`the copy is kept, and not audited: ${error.message}\n`);
      return 1;
    }
  },
};

/**
 * Copies a database to a file, which nobody may read who may not read the database. Under its name the copy is whole and
 * on the disk: until then it has another.
 */
export async function copyDurably(from: string, to: string): Promise<void> {
  const unfinished = `${to}.unfinished`;
  await rm(unfinished, { force: true });
  const { mode } = await stat(from);
  await (await open(unfinished, 'wx', mode & 0o777)).close();
  await copyDatabase(from, unfinished);
  await sync(unfinished);
  await rename(unfinished, to);
  await sync(dirname(resolve(to)));
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync();
  await file.close();
}
