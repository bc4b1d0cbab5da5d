/** What can happen to an actor, and making it happen. */
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { z } from 'zod';
import { parseFields } from '../engine/parse.ts';
import { notFound } from '../engine/refusal.ts';
import { sendEvent } from '../engine/send-event.ts';
import type { Services } from '../services.ts';
import { actorOf } from '../views/actor.ts';
import { eventsOf } from '../views/available.ts';
import type { Collection } from '../views/labels.ts';
import { jsonOf } from './body.ts';
import { changedBy } from './changed.ts';
import { collectionNames, idOf } from './collections.ts';
import { changedHeaders, expectedVersion, idempotencyOf } from './conditions.ts';
import { type Env, senderOf, sourceFor } from './context.ts';
import { answer, bodyOf, changed, problems, told, withVersionAndKey } from './describe.ts';
import { componentOf } from './event-schemas.ts';
import * as examples from './examples.ts';
import { actorIn, assertIn, isIn } from './found.ts';
import { idParam, noParameters } from './query.ts';
import { newEvents } from './record-examples.ts';
import { NewEvent } from './requests.ts';
import { Changed, Events } from './schemas.ts';

export function events({ engine, source: archive }: Services) {
  const api = new OpenAPIHono<Env>();
  for (const collection of collectionNames) {
    api.openapi(possibleIn(collection), async (c) => {
      const source = sourceFor(c, archive);
      const { id } = await actorIn(source, collection, c.req.valid('param').id);
      const actor = await actorOf(source, id);
      if (!actor) throw notFound(id);
      return c.json(eventsOf(source, actor, c.get('identity').grants), 200);
    });
    api.openapi(sendingTo(collection), async (c) => {
      const expected = expectedVersion(c);
      const raw = await jsonOf(c);
      const idempotency = idempotencyOf(c, raw);
      const { type, payload } = parseFields(NewEvent, raw) as unknown as z.output<typeof NewEvent>;
      const { id: actor } = c.req.valid('param');
      const sender = senderOf(c);
      const among = isIn(collection);
      const accepted = await sendEvent(engine, {
        actor,
        among,
        expected,
        type,
        payload,
        sender,
        idempotency,
      });
      if (accepted.repeated) await assertIn(engine, sender, collection, actor);
      return c.json(changedBy(engine.registry, accepted), 200, changedHeaders(accepted));
    });
  }
  return api;
}

export const possibleIn = <In extends Collection>(collection: In) =>
  createRoute({
    method: 'get',
    path: `/${collection}/{id}/events` as const,
    ...told(
      idOf('list', collection, 'Events'),
      collection,
      { sv: 'Möjliga händelser', en: 'Possible events' },
      {
        sv: 'Vad som kan hända nu, med vilka uppgifter och, där läget bara medger några, vilka värden; och vad som inte kan hända, enligt vilken regel, vem som kunde och när.',
        en: 'What can happen now, with which fields and, where the state permits only some, which values; and what cannot, by which rule, who could do it, and when.',
      },
    ),
    request: { params: idParam },
    middleware: noParameters,
    responses: {
      200: answer(Events, examples.events, { sv: 'Händelser.', en: 'Events.' }),
      ...problems('malformed', 'notFound'),
    },
  });

export const sendingTo = <In extends Collection>(collection: In) =>
  createRoute({
    method: 'post',
    path: `/${collection}/{id}/events` as const,
    ...told(
      idOf('send', collection, 'Event'),
      collection,
      { sv: 'Sänd en händelse', en: 'Send an event' },
      {
        sv: 'Antingen händer allt som följer av händelsen, eller ingenting. Ett nej säger enligt vilken regel, vem som kan och när; gäller det ett värde, vilka läget medger (`fields[].permitted`).',
        en: 'Either all that follows from the event happens, or nothing. A refusal says by which rule, who can, and when; where it is for a value, which the state permits (`fields[].permitted`).',
      },
    ),
    parameters: withVersionAndKey,
    request: { params: idParam, body: bodyOf(componentOf(collection), { example: newEvents[collection] }) },
    responses: {
      200: {
        ...answer(Changed, examples.changed, { sv: 'Det har hänt.', en: 'It has happened.' }),
        headers: changed,
      },
      ...problems(
        'malformed',
        'keyRequired',
        'undeclared',
        'forbidden',
        'notFound',
        'refused',
        'stale',
        'tooLarge',
        'unsupportedMediaType',
        'invalid',
        'keyReused',
        'preconditionRequired',
      ),
    },
  });
