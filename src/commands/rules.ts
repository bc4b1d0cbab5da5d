import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Way } from '../../machines/law/rule.ts';
import type { RuleId } from '../../machines/law/rules.ts';
import { builtIn } from '../../machines/registry.ts';
import { type Holding, type RuleRow, rulesTable } from '../views/rules.ts';
import type { Command } from './command.ts';

const help = `arendegang rules [--json]

Lists the legal rules: what each says and rests on, how it is kept and where, and the tests that name it.

  enforced       by a guard, a state that refuses an event, a deadline or an event of a statechart, or by the program
  watched        by an observer, on every path of a route and in every log
  data           written down, and read where the rule is applied
  judgement      people judge, and record it: in which event of which statechart
  notApplicable  with the reason

  --json  print an array of { id, citation, how, where, tests } and nothing else
  --help  print this
`;

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
  summary: 'list the legal rules and how they are kept',
  help,
  async run(args, { out }) {
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
    else for (const it of table) out.write(textOf(it.row, it.listed));
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

function textOf({ id, rule }: RuleRow, { citation, where, tests }: Listed): string {
  const places = where.map((it) => `\n       ${it}`).join('');
  const proofs = tests.length > 0 ? `\n       tests: ${tests.join(', ')}` : '';
  return `${id}  ${citation}\n       ${rule.en}${places}${proofs}\n`;
}
