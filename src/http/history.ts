/** What has happened to an actor: its path, drawn and as data; its log as it is stored; and whether that is sound. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { notFound } from '../engine/refusal.ts';
import type { Services } from '../services.ts';
import { drawPath } from '../views/drawing.ts';
import { examine } from '../views/examination.ts';
import type { Collection } from '../views/labels.ts';
import { logOfActor, logOfRecord } from '../views/log.ts';
import { pathOf } from '../views/path.ts';
import { collectionNames, idOf } from './collections.ts';
import { type Env, sourceFor } from './context.ts';
import { answer, problems, told } from './describe.ts';
import { actorIn } from './found.ts';
import * as examples from './history-examples.ts';
import { Audit, Log, Path } from './history-schemas.ts';
import { idParam, noParameters } from './query.ts';

const until = z.iso.datetime({ offset: true }).optional().openapi({ example: '2026-11-20T12:00:00Z' });

export function history({ source: archive }: Services) {
  const api = new OpenAPIHono<Env>();
  for (const collection of collectionNames) {
    api.openapi(pathIn(collection), async (c) => {
      const source = sourceFor(c, archive);
      const { id, root } = await actorIn(source, collection, c.req.valid('param').id);
      const { actor = id === root ? undefined : id, until } = c.req.valid('query');
      const path = await pathOf(source, root, { actor, until });
      if (!path) throw notFound(actor ?? id);
      return c.json(path, 200);
    });
    api.openapi(drawingIn(collection), async (c) => {
      const source = sourceFor(c, archive);
      const { id } = await actorIn(source, collection, c.req.valid('param').id);
      const { language = c.get('language'), until } = c.req.valid('query');
      const svg = await drawPath(source, id, language, until);
      if (svg === null) throw notFound(id);
      // A picture opened on its own may run nothing and fetch nothing.
      const policy = "default-src 'none'; style-src 'unsafe-inline'";
      return c.body(svg, 200, {
        'Content-Type': 'image/svg+xml; charset=utf-8',
        'Content-Security-Policy': policy,
      });
    });
    api.openapi(logIn(collection), async (c) => {
      const source = sourceFor(c, archive);
      const { id, root } = await actorIn(source, collection, c.req.valid('param').id);
      const items = id === root ? await logOfRecord(source, root) : await logOfActor(source, id);
      return c.json({ items }, 200);
    });
    api.openapi(auditIn(collection), async (c) => {
      const source = sourceFor(c, archive);
      const { root } = await actorIn(source, collection, c.req.valid('param').id);
      const examination = await examine(source, root);
      if (!examination) throw notFound(root);
      return c.json(examination, 200);
    });
  }
  return api;
}

export const pathIn = <In extends Collection>(collection: In) =>
  createRoute({
    method: 'get',
    path: `/${collection}/{id}/path` as const,
    ...told(
      idOf('read', collection, 'Path'),
      collection,
      { sv: 'Vägen', en: 'The path' },
      {
        sv: 'Varje steg i ordning. `actor` visar bara en aktörs steg, `until` läget vid en tidpunkt. Avsändarens `name` är null när det är ett ärende som är sekretessmarkerat för den som frågar.',
        en: 'Every step in order. `actor` shows the steps of one actor only, `until` how things stood at an instant. The `name` of the sender is null where that is a matter which is confidential to the one who asks.',
      },
    ),
    request: { params: idParam, query: z.strictObject({ actor: z.string().optional(), until }) },
    responses: {
      200: answer(Path, examples.path, { sv: 'Vägen.', en: 'The path.' }),
      ...problems('malformed', 'notFound'),
    },
  });

const drawingIn = (collection: Collection) =>
  createRoute({
    method: 'get',
    path: `/${collection}/{id}/path.svg`,
    ...told(
      idOf('draw', collection, 'Path'),
      collection,
      { sv: 'Vägen, ritad', en: 'The path, drawn' },
      {
        sv: 'Vägen på det tillståndsdiagram som styrde den.',
        en: 'The path on the statechart that drove it.',
      },
    ),
    request: { params: idParam, query: z.strictObject({ language: z.enum(['sv', 'en']).optional(), until }) },
    responses: {
      200: {
        description: 'SVG',
        content: { 'image/svg+xml': { schema: z.string(), examples: { example: { value: '<svg></svg>' } } } },
      },
      ...problems('malformed', 'notFound'),
    },
  });

export const logIn = <In extends Collection>(collection: In) =>
  createRoute({
    method: 'get',
    path: `/${collection}/{id}/log` as const,
    ...told(
      idOf('read', collection, 'Log'),
      collection,
      { sv: 'Loggen', en: 'The log' },
      {
        sv: 'Raderna som de är lagrade. `hash` är SHA-256 över radens kanoniska JSON (RFC 8785) utan `hash`, med `content` för `payload`, `meta` och `salt`. Vad en rad säger om något annat som är sekretessmarkerat, för den som inte ser det, är ersatt av `{"confidential":true}`, och `sender` i `meta` av null där det är det andra som sände; då finns `content` i stället för `salt`.',
        en: 'The entries as they are stored. `hash` is SHA-256 over the canonical JSON (RFC 8785) of the entry without `hash`, with `content` for `payload`, `meta` and `salt`. What an entry says of something else that is marked as confidential is replaced by `{"confidential":true}` for those who do not see it, and `sender` in `meta` by null where that other sent it; it then has `content` instead of `salt`.',
      },
    ),
    request: { params: idParam },
    middleware: noParameters,
    responses: {
      200: answer(Log, examples.log, { sv: 'Loggen.', en: 'The log.' }),
      ...problems('malformed', 'notFound'),
    },
  });

export const auditIn = <In extends Collection>(collection: In) =>
  createRoute({
    method: 'get',
    path: `/${collection}/{id}/audit` as const,
    ...told(
      idOf('audit', collection),
      collection,
      { sv: 'Granskning', en: 'Audit' },
      {
        sv: 'Om loggen för hela posten är hel, oförändrad och ger det som är lagrat; och vad varje bevakad rättsregel säger om det som hänt. `late` är en tid som lagen ger och som har gått ut: det som är beslutat gäller ändå, och `lawful` påverkas inte. `lawful` är null när loggen inte är hel: då går inget att säga. Det som den som frågar inte ser nämns inte, och `lawful` gäller det som syns; om loggen är hel och hur mycket den har sägs om hela posten.',
        en: 'Whether the log of the whole record is complete, unaltered, and gives what is stored; and what each legal rule that is watched says of what has happened. `late` is a time that the law gives and that has passed: what was decided holds all the same, and `lawful` is not touched by it. `lawful` is null where the log is not sound: nothing can then be said. What the one who asks does not see is not mentioned, and `lawful` is about what is seen; whether the log is sound and how much there is of it is said of the whole record.',
      },
    ),
    request: { params: idParam },
    middleware: noParameters,
    responses: {
      200: answer(Audit, examples.audit, { sv: 'Granskningen.', en: 'The audit.' }),
      ...problems('malformed', 'notFound'),
    },
  });
