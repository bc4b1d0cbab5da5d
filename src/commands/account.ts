import { parseArgs } from 'node:util';
import { openBeside } from '../../db/open.ts';
import { changeRights, operator } from '../engine/rights.ts';
import { renewAccount } from '../identity/accounts.ts';
import { listAccounts } from '../store/accounts.ts';
import { type Command, WrongUse } from './command.ts';
import { existing } from './existing.ts';

const help = {
  sv: `arendegang account renew NAMN [--database FIL]

Ger ett konto en ny engångskod, också medan servern går: för den som har glömt sitt lösenord när ingen annan
administratör kan ge en på sidan. Det gamla lösenordet och sessionerna upphör genast. Koden gäller ett dygn, skrivs ut
när den görs och aldrig mer, och ett nytt lösenord väljs med den på /first-password. Den som kan köra detta kan läsa
databasen.

  --database FIL   i stället för DATABASE_PATH och DATABASE_URL; eller postgres://…
  --lang sv|en     svarens språk (maskinens)
  --help           skriv detta

Slutkod 2 när det inte finns något sådant konto, eller någon databas från den här versionen.
`,
  en: `arendegang account renew NAME [--database FILE]

Gives an account a new one-time code, also while the server runs: for whoever has forgotten the password where no other
administrator can give one on the page. The old password and the sessions end at once. The code is good for a day, is
printed when it is made and never again, and a new password is chosen with it at /first-password. Whoever can run this
can read the database.

  --database FILE  instead of DATABASE_PATH and DATABASE_URL; or postgres://…
  --lang sv|en     the language of the answers (the machine's)
  --help           print this

Exit code 2 when there is no such account, or no database of this version.
`,
};

/** Lets in again who cannot come in. */
export const account: Command = {
  name: 'account',
  summary: {
    sv: 'ge ett konto en ny engångskod i stället för lösenordet',
    en: 'give an account a new one-time code in place of its password',
  },
  help,
  async run(args, { out, err, say }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { database: { type: 'string' } },
    });
    const [act, name, ...more] = positionals;
    if (act !== 'renew' || name === undefined || more.length > 0)
      throw new WrongUse('renew NAMN', 'renew NAME');
    const db = await openBeside(existing(values.database));
    try {
      const logins = (await listAccounts(db.reader)).map((it) => it.login);
      const login = name.trim().toLowerCase();
      if (!logins.includes(login)) throw absent(login, logins);
      const now = Date.now();
      const code = await changeRights(db, operator('account'), new Date(now).toISOString(), (it) =>
        renewAccount(it, login, now),
      );
      out.write(`${code}\n`);
      err.write(
        say(
          `${login} väljer ett nytt lösenord på /first-password inom ett dygn.\n`,
          `${login} chooses a new password at /first-password within a day.\n`,
        ),
      );
      return 0;
    } finally {
      await db.close();
    }
  },
};

const absent = (login: string, others: readonly string[]): WrongUse =>
  others.length === 0
    ? new WrongUse(
        'Databasen har inga konton: här loggar ingen in med lösenord.',
        'The database has no accounts: nobody signs in with a password here.',
      )
    : new WrongUse(
        `Det finns inget konto ”${login}”. Kontona är: ${others.join(', ')}`,
        `There is no account "${login}". The accounts are: ${others.join(', ')}`,
      );
