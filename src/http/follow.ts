/** A feed as server-sent events (WHATWG HTML, 9.2): pulled by whoever reads, so that nothing heaps up for the slow. */
import type { Feed, Happened } from '../views/feed.ts';

/** Sent when nothing else is, so that both ends notice a connection that is gone. */
const HEARTBEAT_MS = 10_000;
/** Whoever takes nothing for this long is cut, and resumes from the last event that came through. */
const SLOW_MS = 30_000;
/** After this long a follower comes anew, with a token that is looked at anew. */
const LIFETIME_MS = 10 * 60_000;
/** How soon a browser comes back, in milliseconds. */
const RETRY_MS = 2_000;

export interface Following {
  readonly feed: Feed;
  /** The place after which to begin. */
  readonly after: number;
  /** Whether whoever follows was further than the log, and is told that it begins anew at that place. */
  readonly isReset: boolean;
  /** Those of a batch that whoever follows wants and may see. */
  select(batch: readonly Happened[]): Promise<readonly Happened[]>;
  /** Whether whoever follows may still: asked before anything is told, and at each heartbeat. */
  mayStill(): Promise<boolean>;
  /** Called once, however it ends. */
  ended(): void;
}

/**
 * The events after a place, until the reader leaves, is too slow, may no longer or has followed long enough, or the
 * server stops. Each has its place as id. One without data says how far the log has come where nothing of it is for the reader, so that
 * whoever resumes does not begin far back.
 */
export function follow({
  feed,
  after,
  isReset,
  select,
  mayStill,
  ended,
}: Following): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const until = Date.now() + LIFETIME_MS;
  let place = after;
  let slow: NodeJS.Timeout | undefined;
  let isOver = false;
  const over = () => {
    clearTimeout(slow);
    if (!isOver) ended();
    isOver = true;
  };
  const cutting = (controller: ReadableStreamDefaultController) =>
    setTimeout(() => {
      over();
      controller.error(new Error('the reader is too slow'));
    }, SLOW_MS);
  const next = async (): Promise<string> => {
    for (let waited = false; ; waited = true) {
      const { generation } = feed;
      const batch = await feed.after(place);
      const last = batch.at(-1);
      if (last) {
        place = last.seq;
        const chosen = await select(batch);
        return chosen.length > 0 ? chosen.map(eventOf).join('') : `id: ${place}\n\n`;
      }
      if (waited || feed.closing.aborted) return ': \n\n';
      await feed.newer(generation, HEARTBEAT_MS);
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const reset = isReset ? `\nevent: reset\ndata: {"seq":${place}}` : '';
        controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\nid: ${place}${reset}\n\n`));
        slow = cutting(controller);
      },
      pull: async (controller) => {
        clearTimeout(slow);
        if (feed.closing.aborted || Date.now() >= until) {
          over();
          return controller.close();
        }
        const text = await next()
          .then(async (it) => ((await mayStill()) ? it : null))
          .catch((error: unknown) => {
            over();
            throw error;
          });
        if (isOver) return;
        if (text === null) {
          over();
          return controller.close();
        }
        controller.enqueue(encoder.encode(text));
        slow = cutting(controller);
      },
      cancel: over,
    },
    { highWaterMark: 0 },
  );
}

const eventOf = (it: Happened): string => `id: ${it.seq}\nevent: happened\ndata: ${JSON.stringify(it)}\n\n`;
