/** The systems that send to us: what each may send, how it says it, and what became of what it sent. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Json } from '../../machines/chart.ts';
import { parseFields } from '../engine/parse.ts';
import type { Services } from '../services.ts';
import {
  addSystem,
  changeSystem,
  renewSystemSecret,
  systemFor,
  systemsFor,
} from '../webhooks/integrations.ts';
import { Mapping } from '../webhooks/mapping.ts';
import { messagesFor, tryAgain, trySample } from '../webhooks/received.ts';
import { jsonOf } from './body.ts';
import { changedBy } from './changed.ts';
import { changedHeaders, etagOf, expectedVersion } from './conditions.ts';
import { authorOf, type Env } from './context.ts';
import { answer, bilingual, bodyOf, changed, problems, told, versioned, withVersion } from './describe.ts';
import * as examples from './examples.ts';
import * as schemas from './integration-schemas.ts';
import { noParameters, paging } from './query.ts';
import { Changed } from './schemas.ts';

/** A message as another system sends it, and a mapping to try it with in the place of the one in force. */
export const Sample = z.strictObject({
  message: z.custom<Json>((it) => it !== undefined),
  mapping: Mapping.nullable().optional(),
});

export function integrations({ webhooks, engine }: Services) {
  const api = new OpenAPIHono<Env>();
  api.openapi(listRoute, async (c) => c.json({ items: await systemsFor(webhooks, c.get('identity')) }, 200));
  api.openapi(addRoute, async (c) => {
    const { integration, secret } = await addSystem(webhooks, authorOf(c), await jsonOf(c));
    return c.json({ ...integration, secret }, 201, { Location: `/v1/integrations/${integration.name}` });
  });
  api.openapi(readRoute, async (c) => {
    const found = await systemFor(webhooks, c.get('identity'), c.req.valid('param').name);
    return c.json(found, 200, { ETag: etagOf(found.secretVersion) });
  });
  api.openapi(changeRoute, async (c) => {
    const { name } = c.req.valid('param');
    return c.json(await changeSystem(webhooks, authorOf(c), name, await jsonOf(c)), 200);
  });
  api.openapi(renewRoute, async (c) => {
    const { name } = c.req.valid('param');
    const who = authorOf(c);
    const { integration, secret } = await renewSystemSecret(webhooks, who, name, expectedVersion(c));
    return c.json({ ...integration, secret }, 200, { ETag: etagOf(integration.secretVersion) });
  });
  api.openapi(sampleRoute, async (c) => {
    const { name } = c.req.valid('param');
    const asked = parseFields(Sample, await jsonOf(c)) as unknown as {
      message: Json;
      mapping?: Mapping | null;
    };
    const bytes = new TextEncoder().encode(JSON.stringify(asked.message));
    const tried = { bytes, ...(asked.mapping !== undefined && { mapping: asked.mapping }) };
    return c.json(await trySample(webhooks, c.get('identity'), name, tried), 200);
  });
  api.openapi(messagesRoute, async (c) => {
    const { limit, page } = c.req.valid('query');
    const { name } = c.req.valid('param');
    const wanted = { limit, offset: (page - 1) * limit };
    return c.json({ items: await messagesFor(webhooks, c.get('identity'), name, wanted) }, 200);
  });
  api.openapi(tryAgainRoute, async (c) => {
    const { name, id } = c.req.valid('param');
    const accepted = await tryAgain(webhooks, c.get('identity'), name, id);
    if (!accepted) return c.body(null, 204);
    return c.json(changedBy(engine.registry, accepted), 200, changedHeaders(accepted));
  });
  return api;
}

const tag = 'hooks';
const name = z.string().openapi({ example: schemas.integration.name });
const one = { params: z.object({ name }) };
const integration = answer(schemas.IntegrationView, schemas.integration, {
  sv: 'Integrationen.',
  en: 'The integration.',
});

const listRoute = createRoute({
  method: 'get',
  path: '/integrations',
  ...told(
    'listIntegrations',
    tag,
    { sv: 'Integrationer', en: 'Integrations' },
    {
      sv: 'De system som får sända hit, vad vart och ett får sända och hur dess meddelanden läses.',
      en: 'The systems that may send to us, what each may send and how its messages are read.',
    },
  ),
  middleware: noParameters,
  responses: {
    200: answer(
      schemas.Integrations,
      { items: [schemas.integration] },
      { sv: 'Integrationer.', en: 'Integrations.' },
    ),
    ...problems('malformed', 'forbidden'),
  },
});

const addRoute = createRoute({
  method: 'post',
  path: '/integrations',
  ...told(
    'createIntegration',
    tag,
    { sv: 'Anmäl ett system', en: 'Declare a system' },
    {
      sv: 'Administratören anmäler vilka händelser ett system får sända och hur dess meddelanden säger dem. En händelse som beslutar nekas (R-093), och det som administratören inte själv får. Hemligheten står bara i detta svar.',
      en: 'The administrator declares which events a system may send and how its messages say them. An event that decides is refused (R-093), and what the administrator may not do themselves. The secret is in this answer only.',
    },
  ),
  request: { body: bodyOf('NewIntegration', { example: schemas.newIntegration }) },
  responses: {
    201: {
      ...answer(schemas.IntegrationWithSecret, schemas.withSecret, { sv: 'Anmäld.', en: 'Declared.' }),
      headers: { Location: { description: 'URL', schema: { type: 'string' as const } } },
    },
    ...problems('malformed', 'forbidden', 'refused', 'exists', 'tooLarge', 'unsupportedMediaType', 'invalid'),
  },
});

const readRoute = createRoute({
  method: 'get',
  path: '/integrations/{name}',
  ...told(
    'readIntegration',
    tag,
    { sv: 'En integration', en: 'An integration' },
    { sv: 'Integrationen, utan hemligheter.', en: 'The integration, without secrets.' },
  ),
  request: one,
  middleware: noParameters,
  responses: { 200: { ...integration, headers: versioned }, ...problems('malformed', 'notFound') },
});

const changeRoute = createRoute({
  method: 'put',
  path: '/integrations/{name}',
  ...told(
    'changeIntegration',
    tag,
    { sv: 'Ändra en integration', en: 'Change an integration' },
    {
      sv: 'Händelser, översättning och om systemet hörs. Det som redan har kommit in ändras inte; ett nekat meddelande kan prövas på nytt.',
      en: 'Events, mapping, and whether the system is heard. What has come in does not change; a refused message can be tried again.',
    },
  ),
  request: { ...one, body: bodyOf('ChangedIntegration', { example: schemas.changedIntegration }) },
  responses: {
    200: integration,
    ...problems(
      'malformed',
      'forbidden',
      'notFound',
      'refused',
      'tooLarge',
      'unsupportedMediaType',
      'invalid',
    ),
  },
});

const renewRoute = createRoute({
  method: 'post',
  path: '/integrations/{name}/secret',
  ...told(
    'renewIntegrationSecret',
    tag,
    { sv: 'Ny hemlighet', en: 'New secret' },
    {
      sv: 'En ny hemlighet, som bara står i detta svar. Den förra gäller också, tills nästa byte. If-Match är `secretVersion`, så att den förra inte upphör för att två byter var för sig.',
      en: 'A new secret, which is in this answer only. The one before is valid too, until the next exchange. If-Match is `secretVersion`, so that the one before does not cease because two people exchange it, each by themselves.',
    },
  ),
  parameters: withVersion,
  request: one,
  responses: {
    200: {
      ...answer(schemas.IntegrationWithSecret, schemas.withSecret, { sv: 'Bytt.', en: 'Exchanged.' }),
      headers: versioned,
    },
    ...problems('malformed', 'forbidden', 'notFound', 'stale', 'preconditionRequired'),
  },
});

const sampleRoute = createRoute({
  method: 'post',
  path: '/integrations/{name}/sample',
  ...told(
    'tryIntegrationSample',
    tag,
    { sv: 'Pröva ett exempel', en: 'Try a sample' },
    {
      sv: 'Säger vad ett meddelande skulle sända, med översättningen som gäller eller en annan. Ingenting sänds och ingenting sparas.',
      en: 'Says what a message would send, by the mapping in force or another. Nothing is sent and nothing is kept.',
    },
  ),
  request: { ...one, body: bodyOf('IntegrationSample', { example: schemas.sample }) },
  responses: {
    200: answer(schemas.Tried, schemas.tried, {
      sv: 'Det som skulle sändas.',
      en: 'What would be sent.',
    }),
    ...problems(
      'malformed',
      'undeclared',
      'notFound',
      'refused',
      'tooLarge',
      'unsupportedMediaType',
      'invalid',
    ),
  },
});

const messagesRoute = createRoute({
  method: 'get',
  path: '/integrations/{name}/messages',
  ...told(
    'listIntegrationMessages',
    tag,
    { sv: 'Inkomna meddelanden', en: 'Messages received' },
    {
      sv: 'Vad som har kommit in, det senaste först, och vad det blev av det. Innehållet visas för den som får se det som är sekretessbelagt.',
      en: 'What has come in, the latest first, and what became of it. The content is shown to those who may see what is confidential.',
    },
  ),
  request: { ...one, query: z.strictObject(paging) },
  responses: {
    200: answer(schemas.Messages, schemas.messages, { sv: 'Meddelanden.', en: 'Messages.' }),
    ...problems('malformed', 'notFound'),
  },
});

const tryAgainRoute = createRoute({
  method: 'post',
  path: '/integrations/{name}/messages/{id}/retry',
  ...told(
    'retryIntegrationMessage',
    tag,
    { sv: 'Pröva på nytt', en: 'Try again' },
    {
      sv: 'Ett meddelande som nekades prövas på nytt, genom samma ingång. Vem som gjorde det antecknas.',
      en: 'A message that was refused is tried again, through the same entrance. Who did so is recorded.',
    },
  ),
  request: {
    params: z.object({ name, id: z.string().openapi({ example: 'msg_p5jXN8AQM9LWM0D4loKWxJek' }) }),
  },
  responses: {
    200: {
      ...answer(Changed, examples.changed, { sv: 'Det har hänt.', en: 'It has happened.' }),
      headers: changed,
    },
    204: { description: bilingual({ sv: 'Det angår inte.', en: 'It is of no concern.' }) },
    ...problems('malformed', 'undeclared', 'forbidden', 'notFound', 'refused', 'exists', 'invalid'),
  },
});
