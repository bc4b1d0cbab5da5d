/** A contender in a process of its own, and what it takes of the machine (from Linux's /proc). */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** In what the kernel counts processor time. */
const TICKS_PER_SECOND = 100;

export class Contender {
  readonly url: string;
  /** Milliseconds that it took to start. */
  readonly took: number;
  readonly #child: ChildProcess;

  private constructor(url: string, took: number, child: ChildProcess) {
    this.url = url;
    this.took = took;
    this.#child = child;
  }

  /**
   * @param args what Node is to run; it prints its URL.
   * @throws Error when it ends before.
   */
  static async start(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Contender> {
    const began = performance.now();
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'silent', RATE_LIMIT: '0', ...env },
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (url) return new Contender(url, performance.now() - began, child);
    }
    throw new Error(`${args.join(' ')} ended without an address`);
  }

  /** Our server as `npm start` runs it, on any port that is free, without the demonstration's matters. */
  static async ours(env: Readonly<Record<string, string>>): Promise<Contender> {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { start: string } };
    const [, ...args] = scripts.start.split(' ');
    return Contender.start([...args, '--empty', '--port', '0'], env);
  }

  /** Seconds of processor time so far, and resident memory in MiB. */
  async use(): Promise<{ cpu: number; rss: number }> {
    const stat = await readFile(`/proc/${this.#child.pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0] = fields.slice(11, 13);
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8');
    const rss = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    return { cpu: (user + system) / TICKS_PER_SECOND, rss };
  }

  /** Bytes that it has read so far, whether from the disk or from what the kernel keeps of it. */
  async bytesRead(): Promise<number> {
    const io = await readFile(`/proc/${this.#child.pid}/io`, 'utf8');
    return Number(/rchar: (\d+)/.exec(io)?.[1] ?? Number.NaN);
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}
