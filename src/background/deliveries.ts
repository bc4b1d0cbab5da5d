/** What goes out, as long as the server runs. The loop only repeats what a courier does. */
import type { Database } from '../../db/open.ts';
import { forgetDelivered } from '../store/deliveries.ts';
import type { Courier } from '../webhooks/courier.ts';
import type { Bell } from './bell.ts';

/** The longest sleep: another process may have put something in the queue. */
const LONGEST_SLEEP = 60_000;
/** What cannot be begun is tried again no sooner. */
const SHORTEST_SLEEP = 1_000;
/** How long it is shown what was delivered, in milliseconds. */
const KEEP_DELIVERED = 30 * 24 * 3_600_000;

/**
 * Delivers until stopped: when the bell is rung, when the next attempt is due, or after a minute at the latest. A slow
 * endpoint is not waited for. What is on its way when it is stopped is finished.
 */
export function keepDelivering(
  courier: Courier,
  { writer }: Database,
  bell: Bell,
  failed: (error: unknown) => void,
): { stop(): Promise<void> } {
  let stopped = false;
  const begin = async () => {
    const served = await courier.startDue();
    for (const one of served) one.then(() => bell.ring(), failed);
    await forgetDelivered(writer, new Date(Date.parse(courier.now()) - KEEP_DELIVERED).toISOString());
    const next = await courier.nextDue();
    const wait = next === null ? LONGEST_SLEEP : Date.parse(next) - Date.parse(courier.now());
    return Math.max(SHORTEST_SLEEP, Math.min(wait, LONGEST_SLEEP));
  };
  const loop = async () => {
    while (!stopped) {
      const wait = await begin().catch((error: unknown) => {
        failed(error);
        return LONGEST_SLEEP;
      });
      if (!stopped) await bell.wait(wait);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopped = true;
      bell.ring();
      await running;
      await Promise.allSettled(courier.inHand());
    },
  };
}
