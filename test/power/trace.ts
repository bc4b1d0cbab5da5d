/** A program of Node's with the shim before libc: what it wrote below a folder, in order. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kinds = {
  w: 'write',
  t: 'truncate',
  s: 'sync',
  f: 'failed sync',
  c: 'create',
  u: 'remove',
  l: 'link',
  a: 'answer',
} as const;

export interface Operation {
  readonly kind: (typeof kinds)[keyof typeof kinds];
  readonly path: string;
  /** Where it was written, or the size that was left. */
  readonly at: number;
  /** What was written or answered, or the new path. */
  readonly data: Buffer;
}

const source = fileURLToPath(new URL('shim.c', import.meta.url));

/** Whether the shim can be made here: it needs Linux and a C compiler. */
export const canTrace = (): boolean =>
  process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;

/** What the shim is to do in a process. */
interface Shimmed {
  /** What is written below it is told, and fails. */
  readonly folder: string;
  /** The file that is told, if there is one. */
  readonly trace?: string;
  /** The file that says what fails, if anything may. */
  readonly faults?: string;
  /** Whether answers over sockets are told as well. */
  readonly answers?: boolean;
}

/** The environment of a process that the shim is loaded into; the shim is made for it. */
export function shimmed({ folder, trace, faults, answers = false }: Shimmed): NodeJS.ProcessEnv {
  const shim = join(mkdtempSync(join(tmpdir(), 'shim-')), 'shim.so');
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, source, '-lpthread']);
  return {
    ...process.env,
    LD_PRELOAD: shim,
    POWER_FOLDER: `${folder}/`,
    ...(trace && { POWER_TRACE: trace }),
    ...(faults && { POWER_FAULTS: faults }),
    ...(answers && { POWER_ANSWERS: 'true' }),
  };
}

export const operationsIn = (trace: string): Operation[] => [...read(readFileSync(trace))];

function* read(trace: Buffer): Generator<Operation> {
  for (let from = 0; from < trace.length; ) {
    const kind = kinds[String.fromCharCode(trace.readUInt8(from)) as keyof typeof kinds];
    if (!kind) throw new Error(`the trace has no operation at ${from}`);
    const name = from + 15 + trace.readUInt16LE(from + 1);
    const end = name + trace.readUInt32LE(from + 11);
    const at = Number(trace.readBigUInt64LE(from + 3));
    yield { kind, path: trace.toString('utf8', from + 15, name), at, data: trace.subarray(name, end) };
    from = end;
  }
}
