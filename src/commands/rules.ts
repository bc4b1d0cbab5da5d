import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Way } from '../../machines/law/rule.ts';
import type { RuleId } from '../../machines/law/rules.ts';
import { builtIn } from '../../machines/registry.ts';
import type { Say } from '../clerk/language.ts';
import { type Holding, means, type RuleRow, rulesTable } from '../views/rules.ts';
import type { Command } from './command.ts';

const help = {
  sv: `arendegang rules [--json]

Listar rättsreglerna: vad var och en säger och vilar på, hur och var den hålls, och testerna som nämner den.

  enforced       av ett villkor, ett läge som nekar, en tid eller en händelse i ett tillståndsdiagram, eller av programmet
  watched        av en observatör, på varje väg och i varje logg
  data           nedskriven, och läst där regeln tillämpas
  judgement      människor bedömer, och antecknar det: i vilken händelse i vilket tillståndsdiagram
  notApplicable  med skälet

  --json         skriv en lista av { id, citation, how, where, tests } och inget annat
  --lang sv|en   svarens språk (maskinens)
  --help         skriv detta
`,
  en: `arendegang rules [--json]

Lists the legal rules: what each says and rests on, how it is kept and where, and the tests that name it.

  enforced       by a guard, a state that refuses an event, a deadline or an event of a statechart, or by the program
  watched        by an observer, on every path of a route and in every log
  data           written down, and read where the rule is applied
  judgement      people judge, and record it: in which event of which statechart
  notApplicable  with the reason

  --json         print an array of { id, citation, how, where, tests } and nothing else
  --lang sv|en   the language of the answers (the machine's)
  --help         print this
`,
};

interface Listed {
  readonly id: RuleId;
  readonly citation: string;
  readonly how: readonly Way[];
  /** What holds the rule, each with its kind, its name and its charts; `matter` is every route. */
  readonly where: readonly string[];
  /** Test files and stories that name the rule; empty where the tests are not installed. */
  readonly tests: readonly string[];
}

/** Lists the legal rules. */
export const rules: Command = {
  name: 'rules',
  summary: { sv: 'lista rättsreglerna och hur de hålls', en: 'list the legal rules and how they are kept' },
  help,
  async run(args, { out, say }) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const tests = testTexts();
    const table = rulesTable(builtIn()).map((row) => ({ row, listed: listed(row, tests) }));
    if (values.json)
      out.write(
        `${JSON.stringify(
          table.map((it) => it.listed),
          null,
          2,
        )}\n`,
      );
    else for (const it of table) out.write(textOf(it.row, it.listed, say));
    return 0;
  },
};

const listed = ({ id, rule, held }: RuleRow, tests: readonly (readonly [string, string])[]): Listed => ({
  id,
  citation: rule.cite,
  how: [...new Set(held.map(({ way }) => way))],
  where: held.map(whereOf),
  tests: tests.filter(([, text]) => text.includes(id)).map(([path]) => path),
});

/** `guard thirdDemands: huddinge/council-matter`, `data bodies.quorum: municipality`, or the reason. */
function whereOf({ by, name, charts, says }: Holding): string {
  if (by === 'outside') return `not applicable: ${says.en}`;
  return charts.length > 0 ? `${by} ${name}: ${charts.join(', ')}` : `${by} ${name}`;
}

/** The catalogue's own tests name rules of which they prove nothing. */
const CATALOGUE = /(^|[/\\])rules\.test\.tsx?$/;

/** The text of every test and story of the project, by its path. */
function testTexts(): [path: string, text: string][] {
  const root = projectRoot(import.meta.dirname);
  return globSync('test/**/*.{test.ts,test.tsx,json}', { cwd: root })
    .filter((path) => !CATALOGUE.test(path))
    .sort()
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]);
}

const projectRoot = (folder: string): string =>
  existsSync(join(folder, 'package.json')) ? folder : projectRoot(dirname(folder));

function textOf({ id, rule, held }: RuleRow, { citation, tests }: Listed, say: Say): string {
  const places = held.map((it) => `\n       ${placeOf(it, say)}`).join('');
  const proofs = tests.length > 0 ? `\n       ${say('tester', 'tests')}: ${tests.join(', ')}` : '';
  return `${id}  ${citation}\n       ${say(rule)}${places}${proofs}\n`;
}

/** As `whereOf`, for people. What an observer watches has no Swedish but the rule's own words, which stand above. */
function placeOf(holding: Holding, say: Say): string {
  const { by, says } = holding;
  const where = whereOf(holding);
  if (by === 'outside') return say(`inte tillämplig: ${says.sv}`, where);
  if (by === 'observer') return say(`observatör: ${says.sv}`, where);
  return say(`${means[by].sv}${where.slice(by.length)}`, where);
}
