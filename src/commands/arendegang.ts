/** The command `arendegang` with its subcommands. */
import { backup } from './backup.ts';
import { check } from './check.ts';
import { type Command, carryOut, type Streams } from './command.ts';
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
];

const usage = `arendegang COMMAND [OPTIONS]

${commands.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`).join('\n')}

arendegang COMMAND --help says more.
`;

/** @returns the exit code: 0 done, 1 failed or found wanting, 2 wrongly used. */
export async function arendegang([name, ...args]: readonly string[], streams: Streams): Promise<number> {
  const command = commands.find((it) => it.name === name);
  if (command) return carryOut(command, args, streams);
  if (name === '--help') {
    streams.out.write(usage);
    return 0;
  }
  streams.err.write(
    `${name === undefined ? 'Name a command.' : `There is no command "${name}".`}\n\n${usage}`,
  );
  return 2;
}
