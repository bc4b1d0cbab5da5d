import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Kysely } from 'kysely';
import { sqliteReader } from '../../db/sqlite.ts';
import type { Tables } from '../../db/tables.ts';
import { readConfig } from '../config.ts';
import { calendarsOf, openCatalogue } from '../demo.ts';
import { type Audit, auditAll } from '../views/audit.ts';
import { type Command, type Output, WrongUse } from './command.ts';

const help = `arendegang verify [--json] [--database FILE]

Audits a whole database, also while the server runs on it: every log's chain of hashes, the gapless sequence of
the log, and that replaying each log gives byte for byte what is stored. Nothing is written.

  --database FILE  instead of DATABASE_PATH
  --json           print one JSON document and nothing else
  --help           print this

Exit code 1 when something is wrong with the database, 2 when there is none.
`;

/** Audits a database. */
export const verify: Command = {
  name: 'verify',
  summary: 'audit a database: chain, sequence, replay',
  help,
  async run(args, { out }) {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, database: { type: 'string' } },
    });
    const file = values.database ?? readConfig(process.env).databasePath;
    if (!existsSync(file)) throw new WrongUse(`there is no database ${file}`);
    const db = new Kysely<Tables>({ dialect: sqliteReader(file) });
    try {
      const catalogue = await openCatalogue(db);
      const audit = await auditAll({
        db,
        registry: catalogue.registry,
        calendarOf: calendarsOf(catalogue),
        now: () => new Date().toISOString(),
      });
      if (values.json) out.write(`${JSON.stringify(audit, null, 2)}\n`);
      else print(audit, out);
      return audit.findings.length === 0 ? 0 : 1;
    } finally {
      await db.destroy();
    }
  },
};

function print({ actors, entries, chainIntact, replayEqual, findings }: Audit, out: Output): void {
  for (const { actor, version, kind, detail } of findings)
    out.write(
      `✗ ${kind} ${[actor, version].filter((it) => it !== null && it !== '').join(' ')}: ${detail.en}\n`,
    );
  const said = (it: boolean) => (it ? 'yes' : 'NO');
  out.write(`${actors} actors, ${entries} entries\n`);
  out.write(`chain intact: ${said(chainIntact)}\nreplay equal: ${said(replayEqual)}\n`);
}
