/** Who is told by webhook, and what became of each message. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Services } from '../services.ts';
import { changeTerms, remove } from '../webhooks/changed-subscription.ts';
import {
  deliveriesFor,
  renewSecret,
  resend,
  sendTest,
  subscribe,
  subscriptionFor,
  subscriptionsFor,
  switchTo,
} from '../webhooks/subscriptions.ts';
import { jsonOf } from './body.ts';
import { etagOf, expectedVersion } from './conditions.ts';
import { authorOf, type Env } from './context.ts';
import { answer, bodyOf, problems, told, versioned, withVersion } from './describe.ts';
import { noParameters, paging } from './query.ts';
import * as schemas from './subscription-schemas.ts';

export function subscriptions({ webhooks }: Services) {
  const api = new OpenAPIHono<Env>();
  api.openapi(listRoute, async (c) => {
    const { municipality } = c.req.valid('query');
    const found = await subscriptionsFor(webhooks, c.get('identity'), municipality ?? null);
    return c.json({ items: found }, 200);
  });
  api.openapi(createRoute_, async (c) => {
    const { subscription, secret } = await subscribe(webhooks, authorOf(c), await jsonOf(c));
    return c.json({ ...subscription, secret }, 201, {
      Location: `/v1/subscriptions/${subscription.id}`,
    });
  });
  api.openapi(readRoute, async (c) => {
    const found = await subscriptionFor(webhooks, c.get('identity'), c.req.valid('param').id);
    return c.json(found, 200, { ETag: etagOf(found.secretVersion) });
  });
  api.openapi(changeRoute, async (c) => {
    const { id } = c.req.valid('param');
    await changeTerms(webhooks, authorOf(c), id, await jsonOf(c));
    webhooks.bell.ring();
    return c.json(await subscriptionFor(webhooks, c.get('identity'), id), 200);
  });
  api.openapi(removeRoute, async (c) => {
    const { id } = c.req.valid('param');
    await remove(webhooks, authorOf(c), id);
    return c.json(await subscriptionFor(webhooks, c.get('identity'), id), 200);
  });
  for (const [route, state] of [[enableRoute, 'active'] as const, [disableRoute, 'disabled'] as const])
    api.openapi(route, async (c) => {
      const { id } = c.req.valid('param');
      await switchTo(webhooks, authorOf(c), id, state);
      webhooks.bell.ring();
      return c.json(await subscriptionFor(webhooks, c.get('identity'), id), 200);
    });
  api.openapi(renewRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { subscription, secret } = await renewSecret(webhooks, authorOf(c), id, expectedVersion(c));
    return c.json({ ...subscription, secret }, 200, { ETag: etagOf(subscription.secretVersion) });
  });
  api.openapi(testRoute, async (c) => {
    const id = await sendTest(webhooks, c.get('identity'), c.req.valid('param').id);
    webhooks.bell.ring();
    return c.json({ id }, 202);
  });
  api.openapi(deliveriesRoute, async (c) => {
    const { limit, page, state } = c.req.valid('query');
    const wanted = { ...(state && { state }), limit, offset: (page - 1) * limit };
    return c.json(await deliveriesFor(webhooks, c.get('identity'), c.req.valid('param').id, wanted), 200);
  });
  api.openapi(resendRoute, async (c) => {
    const { id } = c.req.valid('param');
    await resend(webhooks, c.get('identity'), id);
    webhooks.bell.ring();
    return c.json({ id }, 202);
  });
  return api;
}

const tag = 'hooks';
const one = { params: z.object({ id: z.string().openapi({ example: schemas.subscription.id }) }) };
const oneSent = { params: z.object({ id: z.string().openapi({ example: schemas.delivery.id }) }) };
const found = answer(schemas.SubscriptionView, schemas.subscription, {
  sv: 'Prenumerationen.',
  en: 'The subscription.',
});
const queued = answer(schemas.Queued, { id: schemas.delivery.id }, { sv: 'Står i kö.', en: 'Is queued.' });

const listRoute = createRoute({
  method: 'get',
  path: '/subscriptions',
  ...told(
    'listSubscriptions',
    tag,
    { sv: 'Prenumerationer', en: 'Subscriptions' },
    {
      sv: 'De system som får veta av webhook, och hur det går. För administratörer och registratorer.',
      en: 'The systems that are told by webhook, and how it goes. For administrators and registrars.',
    },
  ),
  request: { query: z.strictObject({ municipality: z.string().optional() }) },
  responses: {
    200: answer(
      schemas.Subscriptions,
      { items: [schemas.subscription] },
      { sv: 'Prenumerationer.', en: 'Subscriptions.' },
    ),
    ...problems('malformed', 'forbidden'),
  },
});

const createRoute_ = createRoute({
  method: 'post',
  path: '/subscriptions',
  ...told(
    'createSubscription',
    tag,
    { sv: 'Prenumerera', en: 'Subscribe' },
    {
      sv: 'Ett annat system får veta vad som händer från nu: vilka händelser, organ och vägar, eller de beslut som expedieras till en mottagare ur registret. Hemligheten står bara i detta svar. Adresser utanför det öppna nätet tas inte emot om driften inte har tillåtit dem.',
      en: 'Another system is told what happens from now on: which events, bodies and routes, or the decisions that are dispatched to a recipient of the register. The secret is in this answer only. Addresses outside the public internet are not taken unless the operator has allowed them.',
    },
  ),
  request: { body: bodyOf('NewSubscription', { example: schemas.newSubscription }) },
  responses: {
    201: {
      ...answer(schemas.SubscriptionWithSecret, schemas.withSecret, { sv: 'Gjord.', en: 'Made.' }),
      headers: { Location: { description: 'URL', schema: { type: 'string' as const } } },
    },
    ...problems('malformed', 'forbidden', 'tooLarge', 'unsupportedMediaType', 'invalid'),
  },
});

const readRoute = createRoute({
  method: 'get',
  path: '/subscriptions/{id}',
  ...told(
    'readSubscription',
    tag,
    { sv: 'En prenumeration', en: 'A subscription' },
    {
      sv: 'Prenumerationen med sin öppna nyckel, utan hemligheter.',
      en: 'The subscription with its public key, without secrets.',
    },
  ),
  request: one,
  middleware: noParameters,
  responses: { 200: { ...found, headers: versioned }, ...problems('malformed', 'notFound') },
});

const changeRoute = createRoute({
  method: 'put',
  path: '/subscriptions/{id}',
  ...told(
    'changeSubscription',
    tag,
    { sv: 'Ändra en prenumeration', en: 'Change a subscription' },
    {
      sv: 'Namn, adress, händelser, organ och vägar, alla på en gång. Det som väntar på att sändas går till den nya adressen. En annan mottagare är en annan prenumeration.',
      en: 'Name, address, events, bodies and routes, all at once. What waits to be sent goes to the new address. Another recipient is another subscription.',
    },
  ),
  request: { ...one, body: bodyOf('ChangedSubscription', { example: schemas.changedSubscription }) },
  responses: {
    200: found,
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

const removeRoute = createRoute({
  method: 'delete',
  path: '/subscriptions/{id}',
  ...told(
    'removeSubscription',
    tag,
    { sv: 'Ta bort en prenumeration', en: 'Remove a subscription' },
    {
      sv: 'Ingenting mer sänds, och det som väntade ges upp. Det som har sänts finns kvar under samma id. Medan beslut väntar på att expedieras den vägen går det inte.',
      en: 'Nothing more is sent, and what waited is given up. What has been sent stays under the same id. While decisions wait to be dispatched that way it cannot be done.',
    },
  ),
  request: one,
  responses: { 200: found, ...problems('malformed', 'notFound', 'forbidden', 'refused') },
});

const enableRoute = createRoute({
  method: 'post',
  path: '/subscriptions/{id}/enable',
  ...told(
    'enableSubscription',
    tag,
    { sv: 'Slå på', en: 'Switch on' },
    {
      sv: 'Prenumerationen fortsätter där den stannade: det som har hänt sedan dess sänds.',
      en: 'The subscription goes on where it stopped: what has happened since is sent.',
    },
  ),
  request: one,
  responses: { 200: found, ...problems('malformed', 'notFound', 'forbidden', 'refused') },
});

const disableRoute = createRoute({
  ...enableRoute,
  path: '/subscriptions/{id}/disable',
  ...told(
    'disableSubscription',
    tag,
    { sv: 'Slå av', en: 'Switch off' },
    {
      sv: 'Ingenting mer sänds förrän den slås på igen.',
      en: 'Nothing more is sent until it is switched on again.',
    },
  ),
});

const renewRoute = createRoute({
  method: 'post',
  path: '/subscriptions/{id}/secret',
  ...told(
    'renewSubscriptionSecret',
    tag,
    { sv: 'Ny hemlighet', en: 'New secret' },
    {
      sv: 'En ny hemlighet, som bara står i detta svar. Meddelandena undertecknas med den och den förra tills nästa byte. If-Match är `secretVersion`, så att den förra inte upphör för att två byter var för sig.',
      en: 'A new secret, which is in this answer only. Messages are signed with it and the one before until the next exchange. If-Match is `secretVersion`, so that the one before does not cease because two people exchange it, each by themselves.',
    },
  ),
  parameters: withVersion,
  request: one,
  responses: {
    200: {
      ...answer(schemas.SubscriptionWithSecret, schemas.withSecret, { sv: 'Bytt.', en: 'Exchanged.' }),
      headers: versioned,
    },
    ...problems('malformed', 'notFound', 'forbidden', 'refused', 'stale', 'preconditionRequired'),
  },
});

const testRoute = createRoute({
  method: 'post',
  path: '/subscriptions/{id}/test',
  ...told(
    'testSubscription',
    tag,
    { sv: 'Sänd ett provmeddelande', en: 'Send a test message' },
    {
      sv: 'Ett meddelande som inte säger något om något ärende ställs i kö.',
      en: 'A message that says nothing of any matter is queued.',
    },
  ),
  request: one,
  responses: { 202: queued, ...problems('malformed', 'notFound', 'forbidden', 'refused') },
});

const deliveriesRoute = createRoute({
  method: 'get',
  path: '/subscriptions/{id}/deliveries',
  ...told(
    'listDeliveries',
    tag,
    { sv: 'Sända meddelanden', en: 'Messages sent' },
    {
      sv: 'Vad som är på väg, framme och uppgivet, det senaste först. Det som är framme visas i trettio dagar.',
      en: 'What is on its way, delivered and given up, the latest first. What is delivered is shown for thirty days.',
    },
  ),
  request: {
    ...one,
    query: z.strictObject({ ...paging, state: z.enum(['waiting', 'delivered', 'dead']).optional() }),
  },
  responses: {
    200: answer(schemas.Deliveries, schemas.deliveries, { sv: 'Meddelanden.', en: 'Messages.' }),
    ...problems('malformed', 'notFound'),
  },
});

const resendRoute = createRoute({
  method: 'post',
  path: '/deliveries/{id}/resend',
  ...told(
    'resendDelivery',
    tag,
    { sv: 'Sänd igen', en: 'Send again' },
    {
      sv: 'Ett meddelande som är uppgivet eller framme ställs i kö igen, under samma webhook-id. Vem som gjorde det antecknas.',
      en: 'A message that is given up or delivered is queued again, under the same webhook-id. Who did so is noted.',
    },
  ),
  request: oneSent,
  responses: { 202: queued, ...problems('malformed', 'notFound', 'refused') },
});
