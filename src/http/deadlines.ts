/** A deadline that could not be carried out in its time, tried again. */
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { z } from 'zod';
import { parseFields } from '../engine/parse.ts';
import type { Services } from '../services.ts';
import { jsonOf } from './body.ts';
import { changedBy } from './changed.ts';
import { changedHeaders, idempotencyOf } from './conditions.ts';
import { type Env, senderOf } from './context.ts';
import { answer, bodyOf, changed, problems, told, withKey } from './describe.ts';
import * as examples from './examples.ts';
import { assertIn } from './found.ts';
import { idParam } from './query.ts';
import { FailedDeadline } from './requests.ts';
import { Changed } from './schemas.ts';

export function deadlines({ engine }: Services) {
  const api = new OpenAPIHono<Env>();
  api.openapi(retryRoute, async (c) => {
    const raw = await jsonOf(c);
    const idempotency = idempotencyOf(c, raw);
    const { state, name } = parseFields(FailedDeadline, raw) as unknown as z.output<typeof FailedDeadline>;
    const { id: actor } = c.req.valid('param');
    const sender = senderOf(c);
    const deadline = { actor, state, name };
    const accepted = await engine.submit({ kind: 'retry', deadline, sender, idempotency });
    if (accepted.repeated) await assertIn(engine, sender, 'actors', actor);
    return c.json(changedBy(engine.registry, accepted), 200, changedHeaders(accepted));
  });
  return api;
}

const retryRoute = createRoute({
  method: 'post',
  path: '/actors/{id}/deadlines/retry',
  ...told(
    'retryDeadline',
    'actors',
    { sv: 'Pröva en frist på nytt', en: 'Have a deadline tried again' },
    {
      sv: 'En frist som inte kunde verkställas i sin tid (`failure`) verkställs som från sin egen dag, och loggen säger vem som prövade den på nytt.',
      en: 'A deadline that could not be carried out in its time (`failure`) is carried out as of its own day, and the log says who had it tried again.',
    },
  ),
  parameters: withKey,
  request: { params: idParam, body: bodyOf('FailedDeadline', { example: examples.failedDeadline }) },
  responses: {
    200: {
      ...answer(Changed, examples.changed, { sv: 'Det har hänt.', en: 'It has happened.' }),
      headers: changed,
    },
    ...problems(
      'malformed',
      'keyRequired',
      'forbidden',
      'notFound',
      'refused',
      'tooLarge',
      'unsupportedMediaType',
      'invalid',
      'keyReused',
    ),
  },
});
