import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { type Database, openBeside } from '../../db/open.ts';
import type { Say } from '../clerk/language.ts';
import { parseFields } from '../engine/parse.ts';
import { Refusal } from '../engine/refusal.ts';
import { operator } from '../engine/rights.ts';
import { type Issuer, NewToken, type Token, Tokens } from '../identity/tokens.ts';
import { knownIn, openCatalogue } from '../opening.ts';
import { type Command, refused, type Speech, WrongUse } from './command.ts';
import { existing } from './existing.ts';

const help = {
  sv: `arendegang token create NAMN --municipality K --role ROLL… [--body O…] [--event H…] [--confidential] [--days N]
arendegang token list [--json]
arendegang token revoke ID

Handhar de nycklar som andra system legitimerar sig med i API:et, också medan servern går. En nyckel skrivs ut när den
görs och aldrig mer: bara dess hash förvaras. Den som kan köra detta kan läsa databasen: här görs nycklar för vilken
roll som helst.

  --municipality K  kommunen som den gäller
  --role ROLL       clerk, registrar, caseOfficer, chair, auditor, administrator eller integration; får upprepas
  --body O          ett organ som den gäller; får upprepas; utan den alla
  --event H         en händelse som den får sända; får upprepas; utan den alla som rollerna får
  --confidential    den ser det som är sekretessbelagt
  --days N          hur länge den gäller (90; högst 366)
  --database FIL    i stället för DATABASE_PATH och DATABASE_URL; eller postgres://…
  --json            skriv ett JSON-dokument och inget annat
  --lang sv|en      svarens språk (maskinens)
  --help            skriv detta

Slutkod 2 när nyckeln inte kan göras som begärt, eller när det inte finns någon sådan nyckel eller
databas från den här versionen.
`,
  en: `arendegang token create NAME --municipality M --role ROLE… [--body B…] [--event E…] [--confidential] [--days N]
arendegang token list [--json]
arendegang token revoke ID

Handles the tokens by which other systems speak for themselves at the API, also while the server runs. A token is
printed when it is made and never again: only its hash is kept. Whoever can run this can read the database: it makes
tokens for any role.

  --municipality M  the municipality that it is for
  --role ROLE       clerk, registrar, caseOfficer, chair, auditor, administrator or integration; may be repeated
  --body B          a body that it is for; may be repeated; without it, all
  --event E         an event that it may send; may be repeated; without it, all that its roles may
  --confidential    it sees what is confidential
  --days N          how long it lasts (90; at most 366)
  --database FILE   instead of DATABASE_PATH and DATABASE_URL; or postgres://…
  --json            print one JSON document and nothing else
  --lang sv|en      the language of the answers (the machine's)
  --help            print this

Exit code 2 when the token cannot be made as asked for, or there is no such token or database of this version.
`,
};

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean', default: false } as const;

/** Handles tokens. */
export const token: Command = {
  name: 'token',
  summary: {
    sv: 'gör, lista eller återkalla nycklar för andra system',
    en: 'create, list or revoke the tokens of other systems',
  },
  help,
  async run(args, speech) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        municipality: text,
        role: { ...texts, default: [] },
        body: texts,
        event: texts,
        days: text,
        confidential: flag,
        database: text,
        json: flag,
      },
    });
    const [act, operand = '', ...more] = positionals;
    const isActed = act === 'create' || act === 'revoke';
    if ((!isActed && act !== 'list') || more.length > 0 || isActed !== (operand !== ''))
      throw new WrongUse('create NAMN, list eller revoke ID', 'create NAME, list, or revoke ID');
    return withTokens(existing(values.database), async (tokens) => {
      if (act === 'create') print(speech, values.json, await create(tokens, operand, values));
      else if (act === 'revoke') print(speech, values.json, { token: await tokens.revoke(operand, issuer) });
      else {
        const all = await tokens.list(issuer);
        if (values.json) speech.out.write(`${JSON.stringify(all, null, 2)}\n`);
        else for (const it of all) speech.out.write(lineOf(it, speech.say));
      }
      return 0;
    });
  },
};

/** Whoever has the database may anything. */
const issuer: Issuer = { ...operator('token'), grants: null };

interface Scope {
  readonly municipality?: string;
  readonly role: readonly string[];
  readonly body?: readonly string[];
  readonly event?: readonly string[];
  readonly confidential: boolean;
  readonly days?: string;
}

const create = (tokens: Tokens, name: string, asked: Scope) =>
  tokens.create(
    parseFields(NewToken, {
      name,
      tenant: asked.municipality ?? '',
      roles: asked.role,
      bodies: asked.body ?? 'all',
      ...(asked.event && { events: asked.event }),
      confidential: asked.confidential,
      ...(asked.days !== undefined && { days: Number(asked.days) }),
    }) as NewToken,
    issuer,
  );

interface Made {
  readonly token: Token;
  /** Of a token that has just been made. */
  readonly secret?: string;
}

function print({ out, say }: Speech, json: boolean, { token: made, secret }: Made): void {
  if (json) out.write(`${JSON.stringify({ ...made, ...(secret !== undefined && { secret }) }, null, 2)}\n`);
  else out.write(`${secret === undefined ? '' : `${secret}\n`}${lineOf(made, say)}`);
}

const lineOf = ({ id, name, grant, endsAt, usedAt, revokedAt }: Token, say: Say): string =>
  `${id}  ${name}: ${[
    grant.tenant,
    grant.roles.join(','),
    grant.bodies === 'all' ? say('alla organ', 'all bodies') : grant.bodies.join(','),
    ...(grant.events ? [grant.events.join(',')] : []),
    ...(grant.confidential ? [say('sekretess', 'confidential')] : []),
    revokedAt
      ? say(`återkallad ${revokedAt}`, `revoked ${revokedAt}`)
      : say(`gäller till ${endsAt}`, `ends ${endsAt}`),
    say(`senast använd ${usedAt ?? 'aldrig'}`, `last used ${usedAt ?? 'never'}`),
  ].join(' · ')}\n`;

/** @throws WrongUse for what cannot be done as it was asked for. */
async function withTokens(file: string, act: (tokens: Tokens) => Promise<number>): Promise<number> {
  const db: Database = await openBeside(file);
  try {
    const catalogue = await openCatalogue(db.reader);
    return await act(new Tokens(db, knownIn(catalogue), Date.now, pino({ level: 'silent' })));
  } catch (error) {
    throw error instanceof Refusal ? refused(error) : error;
  } finally {
    await db.close();
  }
}
