import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, carryOut } from '../../src/commands/command.ts';

/** What a command answers: its exit code and what it wrote. */
export interface Answered {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process. */
export async function answer(command: Command, ...args: readonly string[]): Promise<Answered> {
  const written = { out: '', err: '' };
  const stream = (to: keyof typeof written) => ({
    write: (text: string) => {
      written[to] += text;
    },
  });
  const code = await carryOut(command, args, { out: stream('out'), err: stream('err') });
  return { code, ...written };
}

/** A folder of its own for the files of a test; gone when the test is. */
export class Folder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'arendegang-'));

  /** Writes a file, as JSON unless it is text. @returns its path. */
  file(name: string, content: unknown): string {
    const path = join(this.path, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
