import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { openDatabase } from '../../db/open.ts';
import type { Json } from '../../machines/chart.ts';
import { everyPath } from '../play/paths.ts';
import { type Played, type PlayedStep, play as playStory } from '../play/play.ts';
import { stepLines, verdict } from '../play/print.ts';
import { readStory, type Story, StoryFault } from '../play/story.ts';
import { openWorld } from '../play/world.ts';
import { type Command, WrongUse } from './command.ts';

const help = {
  sv: `arendegang play [--json] FIL…

Spelar berättelser, var och en mot en egen server i minnet med en klocka som berättelsen ställer. Skriver varje steg
med dess tid, dess svar och, där det nekades, regeln; därefter varje ärendes väg som JSON.

  --json         skriv ett JSON-dokument och inget annat
  --lang sv|en   svarens språk (maskinens)
  --help         skriv detta

Slutkod 1 när en förväntan slår fel, 2 när en fil inte är en berättelse.
`,
  en: `arendegang play [--json] FILE…

Plays stories, each against a server of its own in memory with a clock that the story sets. Prints each step
with its time, its answer and, where it was refused, the rule; then the path of every matter as JSON.

  --json         print one JSON document and nothing else
  --lang sv|en   the language of the answers (the machine's)
  --help         print this

Exit code 1 when an expectation fails, 2 when a file is no story.
`,
};

/** Plays stories. */
export const play: Command = {
  name: 'play',
  summary: { sv: 'spela berättelser mot en server i minnet', en: 'play stories against a server in memory' },
  help,
  async run(args, { out, say }) {
    const { values, positionals: files } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    if (files.length === 0) throw new WrongUse('ange minst en fil', 'name at least one file');
    const stories = await Promise.all(files.map(read));
    const results: Result[] = [];
    for (const [index, story] of stories.entries()) {
      const print = (text: string) => values.json || out.write(text);
      const result = await playOne(files[index] ?? '', story, (step) => print(stepLines(step)));
      print(`${JSON.stringify(result.paths, null, 2)}\n${verdict(result, say)}`);
      results.push(result);
    }
    const passed = results.every((it) => it.passed);
    if (values.json) out.write(`${JSON.stringify({ passed, stories: results }, null, 2)}\n`);
    return passed ? 0 : 1;
  },
};

interface Result extends Played {
  readonly file: string;
  readonly paths: readonly Json[];
}

async function playOne(file: string, story: Story, played: (step: PlayedStep) => void): Promise<Result> {
  const db = await openDatabase(':memory:');
  try {
    const now = Date.parse(story.steps[0]?.at ?? '');
    const log = pino({ level: 'warn' }, pino.destination(2));
    const world = await openWorld(db, { municipality: story.municipality, now, log });
    const result = await playStory(world, story, { played });
    return { file, ...result, paths: await everyPath(world) };
  } finally {
    await db.close();
  }
}

const read = (file: string): Promise<Story> =>
  readStory(file).catch((error: unknown) => {
    throw error instanceof StoryFault ? new WrongUse(error.message) : error;
  });
