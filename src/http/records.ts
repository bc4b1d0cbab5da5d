/** Lists of records, and one record or actor with what belongs to it. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { saying } from '../../machines/label.ts';
import type { Services } from '../services.ts';
import type { Collection } from '../views/labels.ts';
import { isCursor, listRecords, type RecordFilter } from '../views/lists.ts';
import { collectionNames, collections, idOf } from './collections.ts';
import { etagOf } from './conditions.ts';
import type { Env, Request } from './context.ts';
import { answer, problems, told, versioned } from './describe.ts';
import * as examples from './examples.ts';
import { itemIn } from './item.ts';
import { idParam, paging } from './query.ts';
import { Item, Page } from './schemas.ts';

type Kind = RecordFilter['kind'];

const listQuery = z.object({
  ...paging,
  after: z
    .string()
    .refine(isCursor, saying('ingen markör i den här listan', 'not a cursor of this list'))
    .optional(),
  municipality: z.string().optional(),
  body: z.string().optional(),
  ended: z.enum(['true', 'false']).optional(),
});

export function records(services: Services) {
  const api = new OpenAPIHono<Env>();
  for (const collection of collectionNames) {
    if (collection !== 'actors')
      api.openapi(listOf(collection), async (c) => {
        const { ended, municipality: tenant, ...rest } = c.req.valid('query');
        const filter = { ...rest, tenant, ended: ended && ended === 'true' };
        const page = await listRecords(services.source, { ...filter, kind: collection });
        return c.json(page, 200, page.next === null ? {} : { Link: linkToNext(c, page.next) });
      });
    api.openapi(reading(collection), async (c) => {
      const found = await itemIn(services, collection, c.req.valid('param').id);
      return c.json(found, 200, { ETag: etagOf(found.version) });
    });
  }
  return api;
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
