/** Matters under way moved to a new version of their route: the plan, what it would do, and how it is carried out. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { PublishedPlan } from '../engine/moves/published.ts';
import type { Services } from '../services.ts';
import { previewOfPlan } from '../views/moves.ts';
import { jsonOf } from './body.ts';
import { etagOf, expectedVersion, idempotencyOf } from './conditions.ts';
import { type Env, senderOf, sourceFor } from './context.ts';
import { answer, bodyOf, changed, problems, told, versioned, withVersionAndKey } from './describe.ts';
import * as examples from './move-examples.ts';
import { Move, MoveBatch, MoveSummary, Moves } from './move-schemas.ts';
import { noParameters, paging } from './query.ts';

export function moves({ moves, source }: Services) {
  const api = new OpenAPIHono<Env>();
  api.openapi(listRoute, async (c) =>
    c.json({ items: (await moves.visibleTo(senderOf(c))).map(summaryOf) }, 200),
  );
  api.openapi(publishRoute, async (c) => {
    const { published, isNew } = await moves.publish(await jsonOf(c), senderOf(c));
    const { id } = published.plan;
    return c.json(summaryOf(published), isNew ? 201 : 200, { Location: `/v1/moves/${id}`, ETag: etagOf(0) });
  });
  api.openapi(readRoute, async (c) => {
    const found = await moves.find(c.req.valid('param').id, senderOf(c));
    const { limit, after = '' } = c.req.valid('query');
    const progress = await moves.progress(found);
    const { matters, next } = await previewOfPlan(sourceFor(c, source), found, after, limit);
    const batches = progress.batches.map(({ number, startedAt, startedBy, finishedAt }) => ({
      number,
      startedAt,
      startedBy,
      finishedAt,
    }));
    const { moved, remaining } = progress;
    const body = { ...summaryOf(found), moved, remaining, batches, matters, next };
    return c.json(body, 200, {
      ETag: etagOf(batches.length),
      ...(next !== null && { Link: `<${c.req.path}?limit=${limit}&after=${next}>; rel="next"` }),
    });
  });
  api.openapi(runRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { scope, key } = idempotencyOf(c, null);
    const by = { scope, key, expected: expectedVersion(c) };
    const { repeated, ...batch } = await moves.run(id, senderOf(c), by);
    return c.json(batch, 200, {
      ETag: etagOf(batch.number),
      ...(repeated && { 'Idempotency-Replayed': 'true' }),
    });
  });
  return api;
}

const summaryOf = ({ plan, ...signed }: PublishedPlan) => ({ id: plan.id, plan, ...signed });

const tag = 'reference';
const idParam = z.object({
  id: z
    .string()
    .openapi({ example: examples.newMove.id, description: 'Planens namn.\n\nThe name of the plan.' }),
});

const listRoute = createRoute({
  method: 'get',
  path: '/moves',
  ...told(
    'listMoves',
    tag,
    { sv: 'Flyttar', en: 'Moves' },
    {
      sv: 'Planerna för flytt av pågående ärenden i de kommuner vars vägar du förvaltar, den äldsta först.',
      en: 'The plans that move matters under way, in the municipalities whose routes you administer, the oldest first.',
    },
  ),
  middleware: noParameters,
  responses: {
    200: answer(Moves, examples.moves, { sv: 'Flyttarna.', en: 'The moves.' }),
    ...problems('malformed'),
  },
});

const published = {
  ...versioned,
  Location: { description: 'URL', schema: { type: 'string' as const } },
};

const publishRoute = createRoute({
  method: 'post',
  path: '/moves',
  ...told(
    'publishMove',
    tag,
    { sv: 'Publicera en plan för flytt', en: 'Publish a plan that moves matters' },
    {
      sv: 'Planen säger från och till vilken version, vilket läge som motsvarar vilket (samma där inget sägs), vilka uppgifter som ändras, vad som gäller för varje frist som kan löpa (`keep` behåller sista dagen, `recompute` räknar om från den dag då läget inträdde, `restart` räknar från flytten, `end` låter den upphöra), skälet och vem som godkänt. Inget flyttas ännu. Samma plan igen ändrar ingenting.',
      en: 'The plan says from and to which version, which state corresponds to which (the same where nothing is said), which fields change, what becomes of each deadline that may run (`keep` its last day, `recompute` it from the day its state was entered, `restart` it from the move, let it `end`), the reason and who approved it. Nothing is moved yet. The same plan again changes nothing.',
    },
  ),
  request: { body: bodyOf('NewMove', { example: examples.newMove }) },
  responses: {
    201: {
      ...answer(MoveSummary, examples.summary, {
        sv: 'Publicerad.',
        en: 'Published.',
      }),
      headers: published,
    },
    200: {
      ...answer(MoveSummary, examples.summary, {
        sv: 'Var redan publicerad, med samma innehåll.',
        en: 'Was published already, with the same content.',
      }),
      headers: published,
    },
    ...problems('malformed', 'forbidden', 'exists', 'tooLarge', 'unsupportedMediaType', 'invalid'),
  },
});

const readRoute = createRoute({
  method: 'get',
  path: '/moves/{id}',
  ...told(
    'readMove',
    tag,
    { sv: 'En flytt, och vad den skulle göra', en: 'A move, and what it would do' },
    {
      sv: 'Planen, hur långt den kommit, och för varje ärende vad den skulle göra: `identical` när hela loggen ger samma sak i den nya versionen, `diverges` när den hade gått en annan väg (vid vilken post, och vad som då hände och nu skulle hända), `blocked` när det inte flyttas, och varför. Ärendena i id-ordning: `after` med förra sidans `next`.',
      en: 'The plan, how far it has come, and for each matter what it would do: `identical` where the whole log gives the same under the new version, `diverges` where it would have taken another course (at which entry, and what was taken then and would be now), `blocked` where it is not moved, and why. The matters in the order of their ids: `after` with the `next` of the page before.',
    },
  ),
  request: {
    params: idParam,
    query: z.strictObject({ limit: paging.limit, after: z.string().max(200).optional() }),
  },
  responses: {
    200: {
      ...answer(Move, examples.move, { sv: 'Flytten.', en: 'The move.' }),
      headers: { ...versioned, Link: { description: '`rel="next"`', schema: { type: 'string' as const } } },
    },
    ...problems('malformed', 'forbidden', 'notFound'),
  },
});

const runRoute = createRoute({
  method: 'post',
  path: '/moves/{id}/run',
  ...told(
    'runMove',
    tag,
    { sv: 'Genomför en omgång av en flytt', en: 'Carry out one batch of a move' },
    {
      sv: 'Flyttar de närmast följande ärendena, varje ärende helt eller inte alls, med en post i dess logg. `last` är null när alla har prövats: annars finns fler omgångar. En omgång som avbröts tas upp där den började, och det som då flyttades flyttas inte igen. If-Match är antalet omgångar hittills.',
      en: 'Moves the records that come next, each as a whole or not at all, by one entry of its log. `last` is null when all have been tried: else there are more batches. One that was interrupted is taken up where it began, and what was moved then is not moved again. If-Match is the number of batches so far.',
    },
  ),
  parameters: withVersionAndKey,
  request: { params: idParam },
  responses: {
    200: {
      ...answer(MoveBatch, examples.batch, { sv: 'Omgången.', en: 'The batch.' }),
      headers: changed,
    },
    ...problems(
      'malformed',
      'keyRequired',
      'forbidden',
      'notFound',
      'stale',
      'keyReused',
      'preconditionRequired',
    ),
  },
});
