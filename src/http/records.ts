/** Lists of records, and one record or actor with what belongs to it. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { day } from '../../machines/events.ts';
import { type Label, saying } from '../../machines/label.ts';
import type { Services } from '../services.ts';
import type { Collection } from '../views/labels.ts';
import { isCursor, listRecords, type RecordFilter } from '../views/lists.ts';
import { holdsPersonalNumber } from '../views/personal-number.ts';
import { collectionNames, collections, idOf } from './collections.ts';
import { etagOf } from './conditions.ts';
import { type Env, type Request, sourceFor } from './context.ts';
import { answer, bilingual, problems, told, versioned } from './describe.ts';
import { itemIn } from './item.ts';
import { idParam, noParameters, paging } from './query.ts';
import { items, pageOf } from './record-examples.ts';
import { Item, Page } from './schemas.ts';

type Kind = RecordFilter['kind'];

const about = {
  state: {
    sv: 'Läget: en stations namn, eller ett tillstånds väg (`path`).',
    en: 'The standing: the name of a stage, or the path of a state.',
  },
  q: {
    sv: 'Ord ur rubriken eller diarienumret, hela eller början av dem, i vilken ordning som helst. Stora och små bokstäver, prickar och accenter spelar ingen roll.',
    en: 'Words of the title or of the registry number, whole or how they begin, in any order. Letter case, dots and accents make no difference.',
  },
  recipient: {
    sv: 'Ord ur namnet på den i mottagarregistret som något har expedierats till.',
    en: 'Words of the name of one in the register of recipients to whom something was dispatched.',
  },
  from: {
    sv: 'Registrerat denna dag eller senare, svensk tid.',
    en: 'Registered on this day or later, Swedish time.',
  },
  to: {
    sv: 'Registrerat denna dag eller tidigare, svensk tid.',
    en: 'Registered on this day or earlier, Swedish time.',
  },
} as const;

/** What is looked for stands in addresses, and addresses in logs: no personal number may (DIGG's profile, R-127). */
const words = (description: Label, example: string) =>
  z
    .string()
    .max(200)
    .refine(
      (it) => !holdsPersonalNumber(it),
      saying('ett personnummer får inte stå i adressen', 'a personal number must not be in the address'),
    )
    .optional()
    .openapi({ example, description: bilingual(description) });

const listQuery = z.strictObject({
  ...paging,
  after: z
    .string()
    .refine(isCursor, saying('ingen markör i den här listan', 'not a cursor of this list'))
    .optional(),
  municipality: z.string().optional(),
  body: z.string().optional(),
  ended: z.enum(['true', 'false']).optional(),
  state: z
    .string()
    .regex(/^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$/)
    .optional()
    .openapi({ example: 'administration', description: bilingual(about.state) }),
  q: words(about.q, 'sodertorn samverk'),
  recipient: words(about.recipient, 'karolinska'),
  from: day.optional().openapi({ example: '2026-01-01', description: bilingual(about.from) }),
  to: day.optional().openapi({ example: '2026-12-31', description: bilingual(about.to) }),
});

export function records(services: Services) {
  const api = new OpenAPIHono<Env>();
  for (const collection of collectionNames) {
    if (collection !== 'actors')
      api.openapi(listOf(collection), async (c) => {
        const { ended, ...rest } = c.req.valid('query');
        const filter = { ...rest, ended: ended && ended === 'true' };
        const page = await listRecords(sourceFor(c, services.source), { ...filter, kind: collection });
        return c.json(page, 200, page.next === null ? {} : { Link: linkToNext(c, page.next) });
      });
    api.openapi(reading(collection), async (c) => {
      const found = await itemIn(
        sourceFor(c, services.source),
        services,
        collection,
        c.req.valid('param').id,
      );
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

export const listOf = <In extends Kind>(kind: In) =>
  createRoute({
    method: 'get',
    path: `/${kind}` as const,
    ...told(idOf('list', kind, 's'), kind, collections[kind].all, {
      sv: 'I den ordning de registrerades. `limit` med `page` från 1, eller `after` med förra sidans `next`.',
      en: 'In the order of their registration. `limit` with `page` from 1, or `after` with the `next` of the page before.',
    }),
    request: { query: listQuery },
    responses: {
      200: {
        ...answer(Page, pageOf(kind), { sv: 'En sida.', en: 'A page.' }),
        headers: { Link: { description: '`rel="next"`', schema: { type: 'string' as const } } },
      },
      ...problems('malformed'),
    },
  });

export const reading = <In extends Collection>(collection: In) =>
  createRoute({
    method: 'get',
    path: `/${collection}/{id}` as const,
    ...told(idOf('read', collection), collection, collections[collection].one, {
      sv: 'Med allt som hör till, och varningar som aldrig hindrar något.',
      en: 'With all that belongs to it, and warnings that never stand in the way.',
    }),
    request: { params: idParam },
    middleware: noParameters,
    responses: {
      200: { ...answer(Item, items[collection], collections[collection].one), headers: versioned },
      ...problems('malformed', 'notFound'),
    },
  });
