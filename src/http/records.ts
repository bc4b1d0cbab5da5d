/** Lists of records, new records, and one record or actor with what belongs to it. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { JsonObject } from '../../machines/chart.ts';
import type { Start } from '../engine/command.ts';
import {
  type JointMatterWords,
  type MatterWords,
  type MeetingWords,
  type Offer,
  openJointMatter,
  openMatter,
  openMeeting,
} from '../engine/openings.ts';
import { parseFields } from '../engine/parse.ts';
import type { Services } from '../services.ts';
import { viewRecord } from '../views/actor.ts';
import type { Collection } from '../views/labels.ts';
import { isCursor, listRecords } from '../views/lists.ts';
import type { Source } from '../views/source.ts';
import { warningsOf } from '../views/warnings.ts';
import { jsonOf } from './body.ts';
import { collectionNames, collections, idOf } from './collections.ts';
import { changedHeaders, etagOf, idempotencyOf } from './conditions.ts';
import { type Env, type Request, senderOf } from './context.ts';
import { answer, bodyOf, changed, problems, told, versioned, withKey } from './describe.ts';
import * as examples from './examples.ts';
import { actorIn, notFound } from './found.ts';
import { NewJointMatter, NewMatter, NewMeeting } from './requests.ts';
import { Item, Page } from './schemas.ts';

type Kind = Exclude<Collection, 'actors'>;

interface Starting {
  readonly body: z.ZodObject;
  /** The name of the body among the components of the description. */
  readonly component: string;
  readonly example: object;
  open(offer: Offer, words: JsonObject): Omit<Start, 'sender'>;
}

/** How each kind of record is started. */
const starts = {
  matters: {
    body: NewMatter,
    component: 'NewMatter',
    example: examples.newMatter,
    open: (offer: Offer, words: JsonObject) => openMatter(offer, words as MatterWords),
  },
  meetings: {
    body: NewMeeting,
    component: 'NewMeeting',
    example: examples.newMeeting,
    open: (offer: Offer, words: JsonObject) => openMeeting(offer, words as unknown as MeetingWords),
  },
  'joint-matters': {
    body: NewJointMatter,
    component: 'NewJointMatter',
    example: examples.newJointMatter,
    open: (offer: Offer, words: JsonObject) => openJointMatter(offer, words as unknown as JointMatterWords),
  },
} as const satisfies Record<Kind, Starting>;

export const kinds = Object.keys(starts) as Kind[];

export const idParam = z.object({
  id: z.string().openapi({ example: examples.actor.id, description: 'Postens id.\n\nThe id of the record.' }),
});

const whole = (most: number, fallback: number) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(most)
    .default(fallback)
    .openapi({ type: 'integer', minimum: 1, maximum: most, default: fallback });

/** How much of a list is asked for: `limit` with `page` from 1. */
export const paging = { limit: whole(100, 20), page: whole(1_000_000, 1) };

const listQuery = z.object({
  ...paging,
  after: z.string().refine(isCursor, { error: 'not a cursor of this list' }).optional(),
  municipality: z.string().optional(),
  body: z.string().optional(),
  ended: z.enum(['true', 'false']).optional(),
});

export function records(services: Services) {
  const api = new OpenAPIHono<Env>();
  for (const kind of kinds) {
    api.openapi(listOf(kind), async (c) => {
      const { ended, municipality: tenant, ...rest } = c.req.valid('query');
      const filter = { ...rest, kind, tenant, ended: ended === undefined ? undefined : ended === 'true' };
      const page = await listRecords(services.source, filter);
      return c.json(page, 200, page.next === null ? {} : { Link: linkToNext(c, page.next) });
    });
    api.openapi(creationOf(kind), async (c) => {
      const raw = await jsonOf(c);
      const idempotency = idempotencyOf(c, raw);
      const { body, open } = starts[kind];
      const opening = open(offerOf(services), parseFields(body, raw));
      const accepted = await services.engine.submit({ ...opening, sender: senderOf(c), idempotency });
      const made = await itemOf(services, kind, accepted.actor);
      const { version } = made;
      return c.json(made, 201, {
        Location: `/v1/${kind}/${accepted.actor}`,
        ...changedHeaders({ version, repeated: accepted.repeated }),
      });
    });
  }
  for (const collection of collectionNames)
    api.openapi(reading(collection), async (c) => {
      const found = await itemOf(services, collection, c.req.valid('param').id);
      return c.json(found, 200, { ETag: etagOf(found.version) });
    });
  return api;
}

const offerOf = ({ source, municipalities }: Services): Offer => ({
  municipalities,
  registry: source.registry,
  now: source.now(),
});

async function itemOf({ source, municipalities }: Services, collection: Collection, id: string) {
  const { record, parts } = await withParts(source, collection, id);
  const municipality = municipalities.find((it) => it.id === record.tenant);
  return { ...record, parts, warnings: municipality ? warningsOf(record, parts, municipality) : [] };
}

async function withParts(source: Source, collection: Collection, id: string) {
  const found = await viewRecord(source, id);
  if (!found) return { record: await actorIn(source, collection, id), parts: [] };
  if (collection !== 'actors' && found.record.collection !== collection) throw notFound(id);
  return found;
}

/** The address of the next page, with the other parameters as they are. */
function linkToNext(c: Request, next: string): string {
  const url = new URL(c.req.url);
  url.searchParams.delete('page');
  url.searchParams.set('after', next);
  return `<${url.pathname}${url.search}>; rel="next"`;
}

const listOf = (kind: Kind) =>
  createRoute({
    method: 'get',
    path: `/${kind}`,
    ...told(idOf('list', kind, 's'), kind, collections[kind].all, {
      sv: 'I den ordning de registrerades. `limit` med `page` från 1, eller `after` med förra sidans `next`.',
      en: 'In the order of their registration. `limit` with `page` from 1, or `after` with the `next` of the page before.',
    }),
    request: { query: listQuery },
    responses: {
      200: {
        ...answer(Page, examples.page, { sv: 'En sida.', en: 'A page.' }),
        headers: { Link: { description: '`rel="next"`', schema: { type: 'string' as const } } },
      },
      ...problems('malformed'),
    },
  });

const creationOf = (kind: Kind) =>
  createRoute({
    method: 'post',
    path: `/${kind}`,
    ...told(
      idOf('create', kind),
      kind,
      {
        sv: `Nytt: ${collections[kind].one.sv.toLowerCase()}`,
        en: `New ${collections[kind].one.en.toLowerCase()}`,
      },
      {
        sv: 'Uppgifter som utelämnas fylls i från kommunens egna: diarienumret ur serien, ett organs platser och justerare.',
        en: "What is left out comes from the municipality's own data: the number from its series, a body's seats and approvers.",
      },
    ),
    parameters: withKey,
    request: { body: bodyOf(starts[kind].component, { example: starts[kind].example }) },
    responses: {
      201: {
        ...answer(Item, examples.item, { sv: 'Registrerat.', en: 'Registered.' }),
        headers: { ...changed, Location: { description: 'URL', schema: { type: 'string' as const } } },
      },
      ...problems(
        'malformed',
        'keyRequired',
        'exists',
        'tooLarge',
        'unsupportedMediaType',
        'invalid',
        'keyReused',
        'unavailable',
      ),
    },
  });

const reading = (collection: Collection) =>
  createRoute({
    method: 'get',
    path: `/${collection}/{id}`,
    ...told(idOf('read', collection), collection, collections[collection].one, {
      sv: 'Med allt som hör till, och varningar som aldrig hindrar något.',
      en: 'With all that belongs to it, and warnings that never stand in the way.',
    }),
    request: { params: idParam },
    responses: {
      200: { ...answer(Item, examples.item, collections[collection].one), headers: versioned },
      ...problems('notFound'),
    },
  });
