/** What goes out, as long as the server runs. The loop only repeats what a courier does. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../db/open.ts';
import { forgetDelivered } from '../store/deliveries.ts';
import type { Courier } from '../webhooks/courier.ts';
import type { Bell } from './bell.ts';

/** The longest sleep: another process may have put something in the queue. */
const LONGEST_SLEEP = 60_000;
/** What cannot be begun is tried again no sooner. */
const SHORTEST_SLEEP = 1_000;
/**
 * What is committed meanwhile is read together: many small commits do not have the log read as often; nor is what takes
 * longer, where very many messages wait, asked for all the time. A subscriber that has had very much to hear of keeps
 * the others waiting no longer than so.
 */
const GATHER = 50;
const LONGEST_GATHER = 2_000;
/** How long it is shown what was delivered, in milliseconds, and how often that is looked after. */
const KEEP_DELIVERED = 30 * 24 * 3_600_000;
const FORGET_EVERY = 3_600_000;

/**
 * Delivers until stopped: when the bell is rung, when the next attempt is due, or after a minute at the latest. A slow
 * endpoint is not waited for. What is on its way when it is stopped is finished.
 */
export function keepDelivering(
  courier: Pick<Courier, 'startDue' | 'nextDue' | 'now' | 'stop'>,
  { writer }: Database,
  bell: Bell,
  failed: (error: unknown) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  let forgotten = 0;
  /** @returns how long to sleep. */
  const round = async (): Promise<number> => {
    const begun = await courier.startDue();
    // What waits for another of its record is due, and yet there is nothing to be done about it.
    for (const one of begun) one.then((made) => made > 0 && bell.ring(), failed);
    const now = Date.parse(courier.now());
    if (now - forgotten >= FORGET_EVERY) {
      await forgetDelivered(writer, new Date(now - KEEP_DELIVERED).toISOString());
      forgotten = now;
    }
    const next = await courier.nextDue();
    return Math.max(SHORTEST_SLEEP, Math.min(next ? Date.parse(next) - now : LONGEST_SLEEP, LONGEST_SLEEP));
  };
  const loop = async () => {
    while (!signal.aborted) {
      const began = performance.now();
      const sleep = await round().catch((error: unknown) => {
        failed(error);
        return SHORTEST_SLEEP;
      });
      const took = performance.now() - began;
      if (!signal.aborted) await bell.wait(sleep);
      const rest = Math.min(Math.max(GATHER, took), LONGEST_GATHER);
      await pause(rest, undefined, { signal }).catch(() => {});
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      bell.ring();
      await Promise.all([running, courier.stop()]);
    },
  };
}
