import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { openAlone, openReader } from '../../db/open.ts';
import type { Json } from '../../machines/chart.ts';
import { tick } from '../background/tick.ts';
import type { Say } from '../clerk/language.ts';
import { canonical, sha256 } from '../engine/chain.ts';
import type { BatchResult } from '../engine/moves/moves.ts';
import { readPlan } from '../engine/moves/selection.ts';
import type { Sender } from '../engine/parse.ts';
import { Refusal } from '../engine/refusal.ts';
import { calendarsOf, openCatalogue, openMatters, registersOf } from '../opening.ts';
import { newestSeal } from '../store/seals.ts';
import { type MovePreview, previewOfPlan } from '../views/moves.ts';
import { type Command, refused, type Speech, WrongUse } from './command.ts';
import { existing } from './existing.ts';

const help = {
  sv: `arendegang migrate PLAN.json [--dry-run] [--json] [--database FIL]

Flyttar pågående ärenden till en ny version av sin väg, enligt en plan (det som POST /v1/moves tar): vilken version till
vilken, vilket läge som svarar mot vilket, vad som blir av varje tid, skälet och vem som har godkänt den. Varje ärende
flyttas helt eller inte alls, genom en post i sin logg, som nämner den som godkänt som avsändare. En körning som bröts
tas upp igen; det som är flyttat flyttas inte på nytt. Servern får inte gå under tiden.

  --dry-run        säg om varje ärende vad som skulle bli av det, också medan servern går; inget skrivs
  --database FIL   i stället för DATABASE_PATH och DATABASE_URL; eller postgres://…
  --json           skriv ett JSON-dokument och inget annat
  --lang sv|en     svarens språk (maskinens)
  --help           skriv detta

Slutkod 1 när något inte flyttas, 2 när planen eller databasen inte går att använda.
`,
  en: `arendegang migrate PLAN.json [--dry-run] [--json] [--database FILE]

Moves matters under way to a new version of their route, by a plan (what POST /v1/moves takes): which version to
which, which state corresponds to which, what becomes of each deadline, the reason and who has approved it. Each
matter moves as a whole or not at all, by one entry of its log, which names the approver as its sender. A run that
broke off is taken up again; what was moved is not moved again. The server must not run meanwhile.

  --dry-run        say of each matter what would become of it, also while the server runs; nothing is written
  --database FILE  instead of DATABASE_PATH and DATABASE_URL; or postgres://…
  --json           print one JSON document and nothing else
  --lang sv|en     the language of the answers (the machine's)
  --help           print this

Exit code 1 when something is not moved, 2 when the plan or the database cannot be used.
`,
};

/** Records previewed at a time. */
const PAGE = 100;

/** Moves matters by a plan. */
export const migrate: Command = {
  name: 'migrate',
  summary: {
    sv: 'flytta pågående ärenden till en ny version av sin väg',
    en: 'move matters under way to a new version of their route',
  },
  help,
  async run(args, speech) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        database: { type: 'string' },
      },
    });
    const [planFile, ...more] = positionals;
    if (planFile === undefined || more.length > 0)
      throw new WrongUse('ange en fil med en plan', 'name one file with a plan');
    const written = jsonIn(planFile);
    const file = existing(values.database);
    try {
      if (!values['dry-run']) return await run(file, written, values.json, speech);
      return await dryRun(file, written, values.json, speech);
    } catch (error) {
      throw error instanceof Refusal ? refused(error, planFile) : error;
    }
  },
};

/** @throws WrongUse */
function jsonIn(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch (error) {
    throw new WrongUse(`${file}: ${(error as Error).message}`);
  }
}

async function dryRun(file: string, written: Json, json: boolean, { out, say }: Speech): Promise<number> {
  const db = await openReader(file);
  try {
    const catalogue = await openCatalogue(db);
    const { registry, municipalities } = catalogue;
    const now = () => new Date().toISOString();
    const source = {
      db,
      registry,
      calendarOf: calendarsOf(catalogue),
      registerOf: registersOf(catalogue),
      now,
    };
    const plan = readPlan(
      written,
      source,
      municipalities.map((it) => it.id),
    );
    const matters: MovePreview[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page = await previewOfPlan(
        { ...source, scope: 'everything' },
        { plan, hash: sha256(canonical(plan)) },
        after,
        PAGE,
      );
      if (!json) for (const it of page.matters) out.write(lineOf(it, say));
      matters.push(...page.matters);
      after = page.next;
    }
    const moves = matters.filter((it) => it.moves).length;
    if (json) out.write(`${JSON.stringify({ plan, matters }, null, 2)}\n`);
    else
      out.write(
        say(
          `${moves} av ${matters.length} skulle flyttas\n`,
          `${moves} of ${matters.length} would be moved\n`,
        ),
      );
    return moves === matters.length ? 0 : 1;
  } finally {
    await db.destroy();
  }
}

function lineOf({ id, number, outcome, moves, blocked, parts }: MovePreview, say: Say): string {
  const reasons = [blocked, ...parts.flatMap((it) => [it.blocked, it.diverges])].filter((it) => it !== null);
  const lines = reasons.map((it) => `    ${say(it.says)}\n`).join('');
  return `${moves ? '✓' : '✗'} ${outcome.padEnd(9)} ${number ?? ''} ${id}\n${lines}`;
}

async function run(file: string, written: Json, json: boolean, { out, say }: Speech): Promise<number> {
  const db = await openAlone(file);
  try {
    const newest = await newestSeal(db.reader);
    // A demonstration's clock may have been put forward: time does not go back in a record.
    const now = () => Math.max(Date.now(), newest ? Date.parse(newest.at) : 0);
    const { moves, engine } = await openMatters({
      db,
      log: pino({ level: 'warn' }, pino.destination(2)),
      now,
    });
    const sender = senderOf(written);
    const { published } = await moves.publish(written, sender);
    const { id } = published.plan;
    // What fell due while no server ran happens before the move.
    await tick(engine, db);
    const batches: BatchResult[] = [];
    do {
      const expected = (await moves.progress(published)).batches.length;
      const batch = await moves.run(id, sender, { scope: sender.id, key: randomUUID(), expected });
      batches.push(batch);
      if (!json)
        out.write(
          `${batch.number}: ${say(
            `${batch.moved} flyttade, ${batch.stayed + batch.blocked} inte`,
            `${batch.moved} moved, ${batch.stayed + batch.blocked} not`,
          )}\n`,
        );
    } while (batches.at(-1)?.last !== null);
    await engine.drain();
    const { moved, remaining } = await moves.progress(published);
    if (json) out.write(`${JSON.stringify({ id, moved, remaining, batches }, null, 2)}\n`);
    else
      out.write(
        say(
          `${moved} flyttade enligt ${id}, ${remaining} inte\n`,
          `${moved} moved by ${id}, ${remaining} not\n`,
        ),
      );
    return remaining === 0 ? 0 : 1;
  } finally {
    await db.close();
  }
}

/** Whoever has the database has it moved in the name of who approved it. */
function senderOf(written: Json): Sender {
  const { approver, municipalities } = (written ?? {}) as { approver?: Json; municipalities?: Json };
  const tenants = Array.isArray(municipalities) ? municipalities.map(String) : [];
  return {
    id: 'arendegang migrate',
    name: String(approver),
    origin: 'person',
    grants: tenants.map((tenant) => ({
      tenant,
      roles: ['administrator'],
      bodies: 'all',
      confidential: true,
    })),
  };
}
