import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { isAddress } from '../../db/location.ts';
import { type Database, openBeside } from '../../db/open.ts';
import { readConfig } from '../config.ts';
import { parseFields } from '../engine/parse.ts';
import { Refusal } from '../engine/refusal.ts';
import { type Issuer, NewToken, type Token, Tokens } from '../identity/tokens.ts';
import { knownIn, openCatalogue } from '../opening.ts';
import { type Command, type Output, WrongUse } from './command.ts';

const help = `arendegang token create NAME --municipality M --role ROLE… [--body B…] [--event E…] [--confidential] [--days N]
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
  --help            print this

Exit code 2 when the token cannot be made as asked for, or there is no such token or database of this version.
`;

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean', default: false } as const;

/** Handles tokens. */
export const token: Command = {
  name: 'token',
  summary: 'create, list or revoke the tokens of other systems',
  help,
  async run(args, { out }) {
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
      throw new WrongUse('create NAME, list, or revoke ID');
    const file = values.database ?? readConfig(process.env).database;
    return withTokens(file, async (tokens) => {
      if (act === 'create') print(out, values.json, await create(tokens, operand, values));
      else if (act === 'revoke') print(out, values.json, { token: await tokens.revoke(operand, operator) });
      else {
        const all = await tokens.list(operator);
        if (values.json) out.write(`${JSON.stringify(all, null, 2)}\n`);
        else for (const it of all) out.write(lineOf(it));
      }
      return 0;
    });
  },
};

/** Whoever has the database may anything. */
const operator: Issuer = { id: 'operator', name: 'arendegang token', grants: null };

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
    operator,
  );

function print(out: Output, json: boolean, { token: made, secret }: { token: Token; secret?: string }): void {
  if (json) out.write(`${JSON.stringify({ ...made, ...(secret !== undefined && { secret }) }, null, 2)}\n`);
  else out.write(`${secret === undefined ? '' : `${secret}\n`}${lineOf(made)}`);
}

const lineOf = ({ id, name, grant, endsAt, usedAt, revokedAt }: Token): string =>
  `${id}  ${name}: ${[
    grant.tenant,
    grant.roles.join(','),
    grant.bodies === 'all' ? 'all bodies' : grant.bodies.join(','),
    ...(grant.events ? [grant.events.join(',')] : []),
    ...(grant.confidential ? ['confidential'] : []),
    revokedAt ? `revoked ${revokedAt}` : `ends ${endsAt}`,
    `last used ${usedAt ?? 'never'}`,
  ].join(' · ')}\n`;

/** @throws WrongUse for what cannot be done as it was asked for. */
async function withTokens(file: string, act: (tokens: Tokens) => Promise<number>): Promise<number> {
  if (!isAddress(file) && !existsSync(file)) throw new WrongUse(`there is no database ${file}`);
  const db: Database = await openBeside(file);
  try {
    const catalogue = await openCatalogue(db.reader);
    return await act(new Tokens(db, knownIn(catalogue), Date.now, pino({ level: 'silent' })));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const fields = error.particulars.fields ?? [];
    throw new WrongUse([error.says.en, ...fields.map((it) => `${it.pointer}: ${it.detail.en}`)].join('\n'));
  } finally {
    await db.close();
  }
}
