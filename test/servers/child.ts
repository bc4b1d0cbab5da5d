/**
 * One of several servers on a PostgreSQL database, under load: `node child.ts ADDRESS NAME NOW ACTOR…`. Prints a line
 * of JSON for each command that is acknowledged. Half of the keys are used by all servers, the others by this one.
 */
import { openEngine } from '../fixtures/engine.ts';

export interface Acknowledged {
  readonly key: string;
  readonly actor: string;
  readonly version: number;
  readonly command: string;
}

const [address = '', name = '', now = '', ...actors] = process.argv.slice(2);
const bench = await openEngine({ filename: address, now });

async function load(actor: string, loop: number, whose: string): Promise<never> {
  for (let n = 0; ; n++) {
    const key = `${whose}-${loop}-${n}`;
    const idempotency = { scope: 'servers', key, fingerprint: key };
    const { version, command } = await bench.send(actor, 'letter.note', { text: key }, { idempotency });
    process.stdout.write(`${JSON.stringify({ key, actor, version, command } satisfies Acknowledged)}\n`);
  }
}

async function tickAlways(): Promise<never> {
  for (;;) {
    await bench.tick();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const loads = actors.flatMap((actor, loop) => [load(actor, loop, 'all'), load(actor, loop, name)]);
await Promise.all([tickAlways(), ...loads]);
