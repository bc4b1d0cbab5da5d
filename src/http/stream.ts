/** What happens, as it happens. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Services } from '../services.ts';
import { viewActor } from '../views/actor.ts';
import type { Happened } from '../views/feed.ts';
import type { Source } from '../views/source.ts';
import { readAnew } from './anew.ts';
import { type Env, type Request, sourceFor } from './context.ts';
import { bilingual, problems, told } from './describe.ts';
import { id } from './examples.ts';
import { follow } from './follow.ts';
import { actorIn } from './found.ts';
import { RequestProblem } from './problem.ts';

/** Streams at once. Each is a connection, and a batch of the log at most. */
const MOST = 200;
/** Of one identity: windows of a browser, instances of a system. */
const MOST_OF_ONE = 10;
/** A place in the log. */
const LAST_SEEN = /^\d{1,10}$/;
/** As far as places are counted. */
const LAST_PLACE = 2 ** 31 - 1;

export function stream({ engine, feed, source: archive }: Services) {
  const api = new OpenAPIHono<Env>();
  const open = new Map<string, number>();
  api.openapi(streamRoute, async (c) => {
    const { municipality, record, after } = c.req.valid('query');
    const who = c.get('identity').id;
    const source = sourceFor(c, archive);
    if (record !== undefined) await actorIn(source, 'actors', record);
    const newest = await feed.newest();
    const asked = placeIn(c) ?? after ?? newest;
    const headers = { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' };
    if (c.req.raw.method === 'HEAD') return c.body(null, 200, headers);
    enter(open, who);
    const wanted = (it: Happened) =>
      (municipality === undefined || it.municipality === municipality) &&
      (record === undefined || it.record === record);
    const body = follow({
      feed,
      after: Math.min(asked, newest),
      isReset: asked > newest,
      select: (batch) => readAnew(engine, () => seenOf(source, batch.filter(wanted))),
      mayStill: c.get('isStillIn'),
      ended: () => open.set(who, (open.get(who) ?? 1) - 1),
    });
    return c.body(body, 200, headers);
  });
  return api;
}

/** @throws RequestProblem `tooMany` of one, `overloaded` of all. */
function enter(open: Map<string, number>, who: string): void {
  const all = [...open.values()].reduce((sum, it) => sum + it, 0);
  if (all >= MOST)
    throw new RequestProblem('overloaded', {
      sv: 'Så många följer redan som servern klarar.',
      en: 'As many follow already as the server can serve.',
    });
  const own = open.get(who) ?? 0;
  if (own >= MOST_OF_ONE)
    throw new RequestProblem('tooMany', {
      sv: `Högst ${MOST_OF_ONE} strömmar åt gången.`,
      en: `At most ${MOST_OF_ONE} streams at a time.`,
    });
  open.set(who, own + 1);
}

/** Where a reader that comes back was (`Last-Event-ID`). @throws RequestProblem `malformed`. */
function placeIn(c: Request): number | null {
  const header = c.req.header('last-event-id');
  if (header === undefined) return null;
  if (LAST_SEEN.test(header) && Number(header) <= LAST_PLACE) return Number(header);
  throw new RequestProblem('malformed', {
    sv: 'Last-Event-ID ska vara ett id ur den här strömmen.',
    en: 'Last-Event-ID must be an id of this stream.',
  });
}

/** Those whose actor is seen. */
async function seenOf(source: Source, batch: readonly Happened[]): Promise<readonly Happened[]> {
  const actors = [...new Set(batch.map((it) => it.actor))];
  const views = await Promise.all(actors.map((actor) => viewActor(source, actor)));
  const seen = new Set(views.flatMap((it) => (it ? [it.id] : [])));
  return batch.filter((it) => seen.has(it.actor));
}

const example = `retry: 2000
id: 41

id: 42
event: happened
data: {"seq":42,"actor":"${id}","record":"${id}","municipality":"huddinge","type":"matter.assign","version":2,"at":"2026-11-20T09:00:00.000Z","command":"5d0c9c1e-3d3f-4a7e-8f0a-2f1f6f0f9f11"}

`;

const streamRoute = createRoute({
  method: 'get',
  path: '/events/stream',
  ...told(
    'streamEvents',
    'reference',
    { sv: 'Följ vad som händer', en: 'Follow what happens' },
    {
      sv: 'Server-sent events ur hela databasens logg, i dess ordning: vad som hänt med vad, inte vad det säger. `id` är platsen i loggen; den som kommer tillbaka med `Last-Event-ID` missar ingenting. En rad med bara `id` säger hur långt loggen kommit. Den som inte hinner läsa kopplas från, liksom var tionde minut och när servern stannar: kom tillbaka. Strömmen slutar när nyckeln återkallas eller upphör. Utan `after` och `Last-Event-ID` börjar strömmen nu. Den som var längre fram än loggen, som när en kopia har lagts tillbaka, får först händelsen `reset` med den nyaste platsen, och hör vad som händer efter den: läs om vad du vet.',
      en: 'Server-sent events from the log of the whole database, in its order: what has happened to what, not what it says. `id` is the place in the log; whoever comes back with `Last-Event-ID` misses nothing. A line with only an `id` says how far the log has come. Whoever cannot keep up is cut off, as is everyone each ten minutes and when the server stops: come back. The stream ends when the token is revoked or ends. Without `after` and `Last-Event-ID` the stream begins now. Whoever was further than the log, as when a copy has been restored, first gets the event `reset` with the newest place, and hears what happens after it: read anew what you know.',
    },
  ),
  parameters: [
    {
      name: 'Last-Event-ID',
      in: 'header',
      description: bilingual({
        sv: 'Det `id` som läsaren såg sist: strömmen fortsätter efter det, vad än `after` säger.',
        en: 'The last `id` that the reader saw: the stream goes on after it, whatever `after` says.',
      }),
      schema: { type: 'string', pattern: LAST_SEEN.source },
      example: '41',
    },
  ],
  request: {
    query: z.strictObject({
      municipality: z.string().optional().openapi({ example: 'huddinge' }),
      record: z
        .string()
        .optional()
        .openapi({
          example: id,
          description: bilingual({
            sv: 'Bara detta ärende, sammanträde eller gemensamma ärende.',
            en: 'This matter, meeting or joint matter only.',
          }),
        }),
      after: z.coerce
        .number()
        .int()
        .min(0)
        .max(LAST_PLACE)
        .optional()
        .openapi({ type: 'integer', example: 0 }),
    }),
  },
  responses: {
    200: {
      description: bilingual({ sv: 'Strömmen.', en: 'The stream.' }),
      content: { 'text/event-stream': { schema: z.string(), examples: { example: { value: example } } } },
    },
    ...problems('malformed', 'notFound'),
  },
});
