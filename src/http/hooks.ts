/** Signed messages in (Standard Webhooks). */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Label } from '../../machines/label.ts';
import { notFound } from '../engine/refusal.ts';
import type { Services } from '../services.ts';
import { deliver } from '../webhooks/incoming.ts';
import { correspondentOf } from '../webhooks/integrations.ts';
import { type Verdict, verify } from '../webhooks/signature.ts';
import { bytesOf } from './body.ts';
import { changedBy } from './changed.ts';
import { changedHeaders } from './conditions.ts';
import type { Env } from './context.ts';
import { answer, bilingual, bodyOf, changed, problems, told } from './describe.ts';
import * as examples from './examples.ts';
import { RequestProblem } from './problem.ts';
import { Changed } from './schemas.ts';

/** A message is an event and a few fields; documents are not sent this way. */
const MOST_BYTES = 64 * 1024;

export function hooks({ engine, db, source, webhooks }: Services) {
  const api = new OpenAPIHono<Env>();
  api.openapi(hookRoute, async (c) => {
    const { integration: name } = c.req.valid('param');
    const integration = await correspondentOf(webhooks, name);
    if (!integration) throw notFound(name);
    const bytes = await bytesOf(c, MOST_BYTES);
    const seconds = Math.floor(Date.parse(source.now()) / 1000);
    const verdict = verify(c.req.raw.headers, bytes, integration.secrets, seconds);
    if (!verdict.ok) throw new RequestProblem('badSignature', reasons[verdict.reason]);
    const accepted = await deliver({ engine, db: db.reader }, integration, { id: verdict.id, bytes });
    if (!accepted) return c.body(null, 204);
    return c.json(changedBy(engine.registry, accepted), 200, changedHeaders(accepted));
  });
  return api;
}

const reasons: Readonly<Record<Extract<Verdict, { ok: false }>['reason'], Label>> = {
  missingHeader: {
    sv: 'webhook-id, webhook-timestamp och webhook-signature behövs alla.',
    en: 'webhook-id, webhook-timestamp and webhook-signature are all needed.',
  },
  malformedHeader: {
    sv: 'En av underskriftens rubriker går inte att läsa.',
    en: 'A header of the signature cannot be read.',
  },
  tooOld: {
    sv: 'Meddelandet är mer än fem minuter gammalt.',
    en: 'The message is more than five minutes old.',
  },
  tooNew: { sv: 'Meddelandet är daterat i framtiden.', en: 'The message is dated in the future.' },
  noMatch: {
    sv: 'Underskriften hör inte till meddelandet.',
    en: 'The signature does not belong to the message.',
  },
};

const header = (name: string, example: string) => ({
  name,
  in: 'header' as const,
  required: true,
  description: 'Standard Webhooks 1.0.0',
  schema: { type: 'string' as const },
  example,
});

const hookRoute = createRoute({
  method: 'post',
  path: '/hooks/{integration}',
  ...told(
    'receiveHook',
    'hooks',
    { sv: 'Ta emot ett meddelande', en: 'Receive a message' },
    {
      sv: 'Ett undertecknat meddelande från ett annat system. Samma meddelande igen får samma svar; det som nekades för hur det då stod till prövas på nytt. Ett annat meddelande under samma id är 422. Ett system sänder bara de händelser det är anmält för och kan aldrig besluta (R-093). Vad svaret än blir sparas meddelandet som inkommen handling.',
      en: 'A signed message from another system. The same message again gets the same answer; what was refused for how things stood then is tried anew. Another message under the same id is 422. A system sends only the events it is declared for and can never decide (R-093). Whatever the answer, the message is kept as a received document.',
    },
  ),
  security: [],
  parameters: [
    header('webhook-id', 'msg_p5jXN8AQM9LWM0D4loKWxJek'),
    header('webhook-timestamp', '1795165200'),
    header('webhook-signature', 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='),
  ],
  request: {
    params: z.object({ integration: z.string().openapi({ example: 'e-signering' }) }),
    body: bodyOf('Delivery', { example: examples.delivery }),
  },
  responses: {
    200: {
      ...answer(Changed, examples.changed, { sv: 'Det har hänt.', en: 'It has happened.' }),
      headers: changed,
    },
    204: {
      description: bilingual({
        sv: 'Meddelandet angår inte ärendegången och är lagt till handlingarna.',
        en: 'The message is of no concern to the course of any matter, and is kept.',
      }),
    },
    ...problems(
      'malformed',
      'badSignature',
      'undeclared',
      'forbidden',
      'notFound',
      'refused',
      'exists',
      'tooLarge',
      'invalid',
      'keyReused',
    ),
  },
});
