import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import type { Label } from '../../machines/label.ts';
import { Municipality } from '../../machines/municipalities/municipality.ts';
import { builtIn, municipalities } from '../../machines/registry.ts';
import { municipalityIn, RouteDocument } from '../../machines/routes/document.ts';
import { Route } from '../../machines/routes/route.ts';
import { type Checkable, checkRoute } from '../proving/check.ts';
import { nameOf } from '../proving/checkable.ts';
import type { CheckResult } from '../proving/result.ts';
import { textOf, toldOf } from '../proving/told.ts';
import { type Command, type Output, WrongUse } from './command.ts';

const help = {
  sv: `arendegang check [VÄG.json…] [--municipality NAMN|FIL.json] [--json]

Prövar tillståndsdiagram: går varje väg genom vart och ett, ensamt och tillsammans med dem det har att göra med, och
håller rättsreglerna mot dem alla. Utan fil prövas alla inbyggda vägar och aktörer. En regel som kan brytas visas med en
kortaste väg dit. En gräns som nås sägs, och det som ligger bortom den är inte prövat.

  VÄG.json             det som POST /v1/routes tar: { municipality eller jurisdiction, route }; eller enbart en väg
  --municipality NAMN  vems organ en ensam väg nämner (huddinge): en inbyggd kommun, eller en fil med en
  --json               skriv en lista av resultat och inget annat
  --lang sv|en         svarens språk (maskinens)
  --help               skriv detta

Slutkod 1 när något inte är bevisat, 2 när en fil inte går att läsa.
`,
  en: `arendegang check [ROUTE.json…] [--municipality NAME|FILE.json] [--json]

Proves statecharts: explores every path of each, alone and together with those it deals with, and holds the legal
rules against all of them. Without a file, every built-in route and actor is checked. A rule that can be violated
is shown with a shortest path. A limit that is hit is said, and what is beyond it is not proved.

  ROUTE.json           what POST /v1/routes takes: { municipality or jurisdiction, route }; or a route alone
  --municipality NAME  whose bodies a route alone names (huddinge): a built-in municipality, or a file with one
  --lang sv|en         the language of the answers (the machine's)
  --json               print an array of results and nothing else
  --help               print this

Exit code 1 when something is not proved, 2 when a file cannot be read.
`,
};

/** Proves routes. */
export const check: Command = {
  name: 'check',
  summary: {
    sv: 'pröva vägar mot lagen, längs varje gång',
    en: 'prove routes against the law, on every path',
  },
  help,
  async run(args, { out, err, language }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        municipality: { type: 'string', default: 'huddinge' },
      },
    });
    const wanted = positionals.length > 0 ? fromFiles(positionals, values.municipality) : everything();
    const results: CheckResult[] = [];
    for (const [index, what] of wanted.entries()) {
      const result = await checkRoute(what);
      results.push(result);
      if (!values.json) print(result, language, out);
      else if (process.stderr.isTTY) err.write(`${index + 1}/${wanted.length} ${nameOf(what)}\n`);
    }
    if (values.json) out.write(`${JSON.stringify(results, null, 2)}\n`);
    return results.every((it) => it.proved) ? 0 : 1;
  },
};

const everything = (): Checkable[] =>
  builtIn()
    .newest()
    .map(({ name }) => ({ chart: name }));

function fromFiles(files: readonly string[], whose: string): Checkable[] {
  const municipality = municipalities.find((it) => it.id === whose) ?? parsed(Municipality, whose);
  return files.map((file) => {
    if (!('route' in parsed(z.looseObject({}), file))) return { route: parsed(Route, file), municipality };
    const document = parsed(RouteDocument, file);
    const its = municipalityIn(document, municipalities);
    if (!its)
      throw new WrongUse(
        `${file}: det finns ingen kommun ”${document.municipality}”`,
        `${file}: there is no municipality "${document.municipality}"`,
      );
    return { route: document.route, municipality: its };
  });
}

/** @throws WrongUse when the file is not there, not JSON, or not what it should be. */
function parsed<T>(schema: { parse(value: unknown): T }, file: string): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new WrongUse(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function print(result: CheckResult, language: keyof Label, out: Output): void {
  const { route, proved, states, transitions, milliseconds } = result;
  const words = { sv: ['tillstånd', 'övergångar'], en: ['states', 'transitions'] }[language];
  out.write(
    `${proved ? '✓' : '✗'} ${route}: ${states} ${words[0]}, ${transitions} ${words[1]}, ${milliseconds} ms\n`,
  );
  for (const it of toldOf(result)) out.write(`  ${textOf(it, language)}\n`);
}
