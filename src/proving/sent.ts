/** Events as they are sent in an exploration: the hour is always the same, for no chart looks at the clock. */
import type { Circumstances, JsonObject, Origin, Received } from '../../machines/chart.ts';

export type Sent = JsonObject & { readonly type: string };

export const TODAY = '2026-12-01';

const CIRCUMSTANCES = { at: `${TODAY}T09:00:00.000Z`, on: TODAY, sender: 'someone' } as const;

/** The event as a chart receives it. */
export const received = (event: Sent, origin: Origin): Received => ({
  ...event,
  meta: { ...CIRCUMSTANCES, origin } satisfies Circumstances,
});
