/** What the subcommands of `arendegang` have in common. */
import { OtherSchema } from '../../db/schema.ts';

/** Where a command writes. */
export interface Output {
  write(text: string): unknown;
}

export interface Streams {
  readonly out: Output;
  readonly err: Output;
}

export interface Command {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** All that `--help` says. */
  readonly help: string;
  /**
   * @returns the exit code: 0 when all is well, 1 when something was found wanting.
   * @throws WrongUse (exit code 2) when it cannot begin with what it was given.
   */
  run(args: readonly string[], streams: Streams): Promise<number>;
}

/** The command line, or a file that it names, is not right. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/**
 * Runs a command, or prints its help, and says on `err` what went wrong.
 * @returns the exit code: as the command's own, 1 when it failed, 2 when it was wrongly used.
 */
export async function carryOut(command: Command, args: readonly string[], streams: Streams): Promise<number> {
  if (args.includes('--help')) {
    streams.out.write(command.help);
    return 0;
  }
  try {
    return await command.run(args, streams);
  } catch (error) {
    streams.err.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return isWrongUse(error) ? 2 : 1;
  }
}

/** `parseArgs` throws its own for an option that does not exist or lacks its value. */
const isWrongUse = (error: unknown): boolean =>
  error instanceof WrongUse ||
  error instanceof OtherSchema ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
