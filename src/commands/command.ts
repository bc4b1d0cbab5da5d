/** What the subcommands of `arendegang` have in common. */
import { Held } from '../../db/lock.ts';
import { OtherSchema } from '../../db/schema.ts';
import type { Label } from '../../machines/label.ts';
import { isLanguage, type Language, type Say, sayIn } from '../clerk/language.ts';
import type { Refusal } from '../engine/refusal.ts';

/** Where a command writes. */
export interface Output {
  write(text: string): unknown;
}

export interface Streams {
  readonly out: Output;
  readonly err: Output;
}

/** Where a command writes, and the language that people are answered in. */
export interface Speech extends Streams {
  readonly language: Language;
  readonly say: Say;
}

export interface Command {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: Label;
  /** All that `--help` says. */
  readonly help: Label;
  /**
   * @param args without the choice of language, which every command has.
   * @returns the exit code: 0 when all is well, 1 when something was found wanting.
   * @throws WrongUse (exit code 2) when it cannot begin with what it was given.
   */
  run(args: readonly string[], speech: Speech): Promise<number>;
}

/** The command line, or a file that it names, is not right. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
  readonly says: Label;

  /** @param en may be left out of what has no language of its own. */
  constructor(sv: string, en = sv) {
    super(en);
    this.says = { sv, en };
  }
}

/**
 * Runs a command, or prints its help, and says on `err` what went wrong.
 * @param otherwise the language where `--lang` names none.
 * @returns the exit code: as the command's own, 1 when it failed, 2 when it was wrongly used.
 */
export async function carryOut(
  command: Command,
  args: readonly string[],
  streams: Streams,
  otherwise: Language = 'en',
): Promise<number> {
  let language = otherwise;
  try {
    const asked = languageIn(args);
    language = asked.language ?? otherwise;
    const say = sayIn(language);
    if (!args.includes('--help')) return await command.run(asked.rest, { ...streams, language, say });
    streams.out.write(say(command.help));
    return 0;
  } catch (error) {
    const misuse = misuseOf(error);
    streams.err.write(`${misuse?.[language] ?? (error instanceof Error ? error.message : String(error))}\n`);
    return misuse ? 2 : 1;
  }
}

/** What is refused, as a wrong use: why, and each field at fault. @param of the file that it stands in. */
export function refused({ says, particulars: { fields = [] } }: Refusal, of?: string): WrongUse {
  const told = (language: Language) =>
    [
      of === undefined ? says[language] : `${of}: ${says[language]}`,
      ...fields.map((it) => `  ${it.pointer} ${it.detail[language]}`),
    ].join('\n');
  return new WrongUse(told('sv'), told('en'));
}

/** The language of a machine by its locale (POSIX: LC_ALL, else LC_MESSAGES, else LANG); English for any but Swedish. */
export const languageOf = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language =>
  /^sv([_.@-]|$)/.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'sv' : 'en';

/** `--lang sv` or `--lang=sv`, and the arguments without it. @throws WrongUse */
function languageIn(args: readonly string[]): { language: Language | null; rest: readonly string[] } {
  const at = args.findIndex((it) => /^--lang(=|$)/.test(it));
  if (at < 0) return { language: null, rest: args };
  const inline = args[at]?.split('=')[1];
  const language = inline ?? args[at + 1];
  if (!isLanguage(language))
    throw new WrongUse(
      `--lang är sv eller en, inte ”${language ?? ''}”`,
      `--lang is sv or en, and not "${language ?? ''}"`,
    );
  return { language, rest: args.toSpliced(at, inline === undefined ? 2 : 1) };
}

/** What is said of a wrong use; null for another failure. Of options `parseArgs` says it, in English only. */
function misuseOf(error: unknown): Label | null {
  if (error instanceof WrongUse) return error.says;
  if (error instanceof OtherSchema || error instanceof Held) return { sv: error.message, en: error.message };
  if (!(error instanceof TypeError && 'code' in error)) return null;
  const what = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const sv = optionFaults[String(error.code)]?.(what);
  return sv === undefined ? null : { sv, en: error.message };
}

const optionFaults: Readonly<Record<string, (what: string) => string>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: (it) => `Flaggan ”${it}” finns inte.`,
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: (it) => `Flaggan ”${it}” saknar sitt värde, eller ska inte ha något.`,
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: (it) => `”${it}” är ett argument för mycket.`,
};
