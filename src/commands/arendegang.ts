/** The command `arendegang` with its subcommands. */
import type { Language } from '../clerk/language.ts';
import { account } from './account.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { type Command, carryOut, type Streams, WrongUse } from './command.ts';
import { doctor } from './doctor.ts';
import { migrate } from './migrate.ts';
import { play } from './play.ts';
import { redact } from './redact.ts';
import { rules } from './rules.ts';
import { serve } from './serve.ts';
import { token } from './token.ts';
import { transfer } from './transfer.ts';
import { verify } from './verify.ts';

const commands: readonly Command[] = [
  serve,
  play,
  verify,
  backup,
  transfer,
  migrate,
  redact,
  doctor,
  check,
  rules,
  token,
  account,
];

const listIn = (language: Language): string =>
  commands.map(({ name, summary }) => `  ${name.padEnd(10)}${summary[language]}`).join('\n');

const help = {
  sv: `arendegang KOMMANDO [FLAGGOR]

${listIn('sv')}

arendegang KOMMANDO --help säger mer. --lang sv|en väljer språk för varje kommando; annars är det maskinens.
`,
  en: `arendegang COMMAND [OPTIONS]

${listIn('en')}

arendegang COMMAND --help says more. --lang sv|en chooses the language of any command; else it is the machine's.
`,
};

/** What is answered where no command is named. */
const nothing: Command = {
  name: '',
  summary: { sv: '', en: '' },
  help,
  async run([name]) {
    throw name === undefined
      ? new WrongUse(`Ange ett kommando.\n\n${help.sv}`, `Name a command.\n\n${help.en}`)
      : new WrongUse(
          `Det finns inget kommando ”${name}”.\n\n${help.sv}`,
          `There is no command "${name}".\n\n${help.en}`,
        );
  },
};

/**
 * @param language where `--lang` names none.
 * @returns the exit code: 0 done, 1 failed or found wanting, 2 wrongly used.
 */
export async function arendegang(
  args: readonly string[],
  streams: Streams,
  language: Language,
): Promise<number> {
  // The choice of language may come first.
  const at = args[0] === '--lang' ? 2 : args[0]?.startsWith('--lang=') ? 1 : 0;
  const command = commands.find(({ name }) => name === args[at]);
  return command
    ? carryOut(command, args.toSpliced(at, 1), streams, language)
    : carryOut(nothing, args, streams, language);
}
