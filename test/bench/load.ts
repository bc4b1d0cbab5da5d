/** A closed loop: each connection sends its next request when the one before is answered. */
import { Client } from 'undici';
import type { Step } from './walk.ts';

/** What a connection asks for, one request after the other. */
export interface Asking {
  next(): Step;
  answered(status: number, body: string): void;
}

export interface Load {
  /** Requests answered in a second. */
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Asks as long as it is told to; stop it with `close`. */
export class Connections {
  readonly #clients: readonly { readonly client: Client; readonly asking: Asking }[];

  constructor(url: string, asking: readonly Asking[]) {
    this.#clients = asking.map((it) => ({ client: new Client(url, { pipelining: 1 }), asking: it }));
  }

  /** @throws Error for an answer that says no. */
  async ask(seconds: number): Promise<Load> {
    const took: number[] = [];
    const began = performance.now();
    const until = began + seconds * 1000;
    await Promise.all(
      this.#clients.map(async ({ client, asking }) => {
        while (performance.now() < until) {
          const sent = performance.now();
          const { statusCode, body } = await client.request(asking.next());
          asking.answered(statusCode, await body.text());
          took.push(performance.now() - sent);
        }
      }),
    );
    const lasted = (performance.now() - began) / 1000;
    took.sort((a, b) => a - b);
    const at = (share: number) => took[Math.floor((took.length - 1) * share)] ?? Number.NaN;
    return { perSecond: took.length / lasted, p50: at(0.5), p99: at(0.99) };
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map(({ client }) => client.close()));
  }
}
