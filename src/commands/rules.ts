import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Chart, statesOf } from '../../machines/chart.ts';
import { observers } from '../../machines/law/observers.ts';
import { rules as law, type RuleId } from '../../machines/law/rules.ts';
import { builtIn } from '../../machines/registry.ts';
import type { Command } from './command.ts';

const help = `arendegang rules [--json]

Lists the legal rules: what each says and rests on, how it is held and where, and the tests that name it.
"guard" is a condition in a statechart, "state" a state that refuses an event, "deadline" and "event" are those
of a statechart; an "observer" watches every log, whatever the statecharts say.

  --json  print an array of { id, citation, how, where, tests } and nothing else
  --help  print this
`;

/** How a rule is held: in a chart, or by watching what charts have done. */
type How = 'guard' | 'state' | 'deadline' | 'event' | 'observer';

interface Held {
  readonly id: RuleId;
  readonly citation: string;
  /** Empty for a rule that is stated, but that nothing holds. */
  readonly how: readonly How[];
  /** `chart: name` for each place in a chart, and what each observer watches. */
  readonly where: readonly string[];
  /** Test files and stories that name the rule; empty where the tests are not installed. */
  readonly tests: readonly string[];
}

/** Lists the legal rules. */
export const rules: Command = {
  name: 'rules',
  summary: 'list the legal rules and how they are held',
  help,
  async run(args, { out }) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const held = heldRules();
    if (values.json) out.write(`${JSON.stringify(held, null, 2)}\n`);
    else for (const it of held) out.write(textOf(it));
    return 0;
  },
};

function heldRules(): Held[] {
  const watched = observers.map(({ rule, watches }): Place => ({ rule, how: 'observer', where: watches }));
  const places = [...builtIn().all().flatMap(placesOf), ...watched];
  const tests = testTexts();
  return (Object.keys(law) as RuleId[]).map((id) => {
    const own = places.filter((it) => it.rule === id);
    return {
      id,
      citation: law[id].cite,
      how: [...new Set(own.map((it) => it.how))],
      where: [...new Set(own.map((it) => it.where))],
      tests: tests.filter(([, text]) => text.includes(id)).map(([path]) => path),
    };
  });
}

interface Place {
  readonly rule: RuleId | null;
  readonly how: How;
  readonly where: string;
}

function placesOf({ name, guards, events, deadlines, data }: Chart): Place[] {
  const named = (how: How, declared: Readonly<Record<string, { readonly rule: RuleId | null }>>): Place[] =>
    Object.entries(declared).map(([key, { rule }]) => ({ rule, how, where: `${name}: ${key}` }));
  const refusing = [...statesOf(data)].flatMap(([path, { meta }]) =>
    Object.values(meta?.refuses ?? {}).map(
      (rule): Place => ({ rule, how: 'state', where: `${name}: ${path.join('.')}` }),
    ),
  );
  return [...named('guard', guards), ...refusing, ...named('deadline', deadlines), ...named('event', events)];
}

/** The text of every test and story of the project, by its path. */
function testTexts(): [path: string, text: string][] {
  const root = projectRoot(import.meta.dirname);
  return globSync('test/**/*.{test.ts,test.tsx,json}', { cwd: root })
    .sort()
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]);
}

const projectRoot = (folder: string): string =>
  existsSync(join(folder, 'package.json')) ? folder : projectRoot(dirname(folder));

function textOf({ id, citation, how, where, tests }: Held): string {
  const places = where.length > 0 ? `\n       ${how.join(', ')}: ${where.join(', ')}` : '';
  const proofs = tests.length > 0 ? `\n       tests: ${tests.join(', ')}` : '';
  return `${id}  ${citation}\n       ${law[id].en}${places}${proofs}\n`;
}
