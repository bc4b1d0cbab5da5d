/** What a process wrote below a folder, in order, and what was on the disk whenever its power might have been cut. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Operation {
  readonly kind: 'write' | 'truncate' | 'sync';
  readonly path: string;
  /** Where it was written, or the size that was left. */
  readonly at: number;
  readonly data: Buffer;
}

const source = fileURLToPath(new URL('shim.c', import.meta.url));

/** Whether the shim can be made here: it needs Linux and a C compiler. */
export const canTrace = (): boolean =>
  process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;

/** Runs a program of Node's with the shim before libc. @returns what it wrote below the folder. */
export function traced(folder: string, elsewhere: string, program: readonly string[]): Operation[] {
  const [shim, trace] = [join(elsewhere, 'shim.so'), join(elsewhere, 'trace')];
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, source, '-ldl', '-lpthread']);
  const env = { ...process.env, LD_PRELOAD: shim, POWER_FOLDER: `${folder}/`, POWER_TRACE: trace };
  execFileSync(process.execPath, program, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return [...operationsIn(readFileSync(trace))];
}

const kinds: Readonly<Record<string, Operation['kind']>> = { w: 'write', t: 'truncate', s: 'sync' };

function* operationsIn(trace: Buffer): Generator<Operation> {
  for (let from = 0; from < trace.length; ) {
    const kind = kinds[String.fromCharCode(trace.readUInt8(from))];
    if (!kind) throw new Error(`the trace has no operation at ${from}`);
    const name = from + 15 + trace.readUInt16LE(from + 1);
    const end = name + trace.readUInt32LE(from + 11);
    const at = Number(trace.readBigUInt64LE(from + 3));
    yield { kind, path: trace.toString('utf8', from + 15, name), at, data: trace.subarray(name, end) };
    from = end;
  }
}

/** What a disk writes whole or not at all, in bytes. */
const SECTOR = 512;

/** Says of each sector that nobody has asked to be on the disk whether it is there nevertheless. */
export type Luck = () => boolean;

/** The bytes of a file, changed in place. */
class Image {
  #bytes: Buffer;
  #size: number;

  constructor(content: Buffer) {
    this.#bytes = Buffer.from(content);
    this.#size = content.length;
  }

  get content(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  apply({ kind, at, data }: Operation, luck: Luck): void {
    if (kind === 'truncate' && luck()) this.#resize(at);
    if (kind !== 'write') return;
    for (let from = 0; from < data.length; ) {
      const to = Math.min(data.length, from + SECTOR - ((at + from) % SECTOR));
      if (luck()) {
        this.#resize(Math.max(this.#size, at + to));
        data.copy(this.#bytes, at + from, from, to);
      }
      from = to;
    }
  }

  /** What is new is zero. */
  #resize(size: number): void {
    if (size > this.#bytes.length) {
      const larger = Buffer.alloc(size * 2);
      this.content.copy(larger);
      this.#bytes = larger;
    }
    if (size < this.#size) this.#bytes.fill(0, size, this.#size);
    this.#size = size;
  }
}

/** One file: what is on the disk for sure, and what may have come there since, in any order. */
export class TracedFile {
  readonly #sure: Image;
  #pending: Operation[] = [];

  constructor(content: Buffer) {
    this.#sure = new Image(content);
  }

  apply(operation: Operation): void {
    if (operation.kind !== 'sync') this.#pending.push(operation);
    else {
      for (const it of this.#pending) this.#sure.apply(it, () => true);
      this.#pending = [];
    }
  }

  /** The file as it may be found when the power is cut now. */
  found(luck: Luck): Buffer {
    const image = new Image(this.#sure.content);
    for (const it of this.#pending) image.apply(it, luck);
    return image.content;
  }
}
