/** The routes that matters take: what there is, what each was composed from, and how a new one is published. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { type Chart, stateLabel } from '../../machines/chart.ts';
import { notFound } from '../engine/refusal.ts';
import type { Services } from '../services.ts';
import { jsonOf } from './body.ts';
import { type Env, senderOf } from './context.ts';
import { answer, bodyOf, problems, told } from './describe.ts';
import { noParameters } from './query.ts';
import * as examples from './route-examples.ts';
import { Routes, RouteVersion, RouteVersions } from './route-schemas.ts';

export function routes({ source, db, catalogue, prove }: Services) {
  const api = new OpenAPIHono<Env>();
  api.openapi(listRoute, (c) => c.json({ items: source.registry.all().flatMap(stagesOf) }, 200));
  api.openapi(readRoute, (c) => {
    const { municipality, name } = c.req.valid('param');
    const versions = catalogue.versionsOf(municipality, name);
    if (versions.length === 0) throw notFound(`${municipality}/${name}`);
    return c.json({ municipality, name, versions }, 200);
  });
  api.openapi(publishRoute, async (c) => {
    const { version, isNew } = await catalogue.publish(db, await jsonOf(c), {
      sender: senderOf(c),
      now: source.now(),
      prove,
    });
    const { jurisdiction, route } = version;
    return c.json(version, isNew ? 201 : 200, { Location: `/v1/routes/${jurisdiction.id}/${route.name}` });
  });
  return api;
}

/** A route of a municipality: charts named `municipality/route`. */
function stagesOf(chart: Chart) {
  const [municipality = '', route] = chart.name.split('/');
  if (route === undefined) return [];
  const stages = Object.entries(chart.data.states ?? {}).flatMap(([id, { meta }]) =>
    typeof meta?.stage === 'string' && typeof meta.role === 'string'
      ? [
          {
            id,
            label: stateLabel(chart, id),
            body: typeof meta.body === 'string' ? meta.body : null,
            role: meta.role,
          },
        ]
      : [],
  );
  return [{ municipality, route, version: chart.version, label: chart.label, stages }];
}

const tag = 'reference';

const listRoute = createRoute({
  method: 'get',
  path: '/routes',
  ...told(
    'listRoutes',
    tag,
    { sv: 'Vägar', en: 'Routes' },
    {
      sv: 'De vägar som ärenden tar, i alla versioner, med sina stationer. Ett nytt ärende tar den senaste versionen.',
      en: 'The routes that matters take, in every version, with their stages. A new matter takes the newest version.',
    },
  ),
  middleware: noParameters,
  responses: {
    200: answer(Routes, examples.routes, { sv: 'Vägar.', en: 'Routes.' }),
    ...problems('malformed'),
  },
});

const readRoute = createRoute({
  method: 'get',
  path: '/routes/{municipality}/{name}',
  ...told(
    'readRoute',
    tag,
    { sv: 'En väg', en: 'A route' },
    {
      sv: 'Vägens versioner, äldst först, med de uppgifter som var och en är sammansatt av.',
      en: 'The versions of the route, oldest first, with the data that each was composed from.',
    },
  ),
  request: { params: z.object({ municipality: z.string(), name: z.string() }) },
  middleware: noParameters,
  responses: {
    200: answer(RouteVersions, examples.routeVersions, { sv: 'Vägen.', en: 'The route.' }),
    ...problems('malformed', 'notFound'),
  },
});

const published = { Location: { description: 'URL', schema: { type: 'string' as const } } };

const publishRoute = createRoute({
  method: 'post',
  path: '/routes',
  ...told(
    'publishRoute',
    tag,
    { sv: 'Publicera en väg', en: 'Publish a route' },
    {
      sv: 'Administratören publicerar en väg som data, med kommunens uppgifter eller en hänvisning till dem. Det som är publicerat ändras inte: nya ärenden tar den nya versionen, påbörjade fortsätter på sin. Samma innehåll igen ändrar ingenting.',
      en: 'The administrator publishes a route as data, with the data of its municipality or a reference to them. What is published does not change: new matters take the new version, those under way stay on theirs. The same content again changes nothing.',
    },
  ),
  request: { body: bodyOf('NewRoute', { example: examples.newRoute }) },
  responses: {
    201: {
      ...answer(RouteVersion, examples.routeVersion, { sv: 'Publicerad.', en: 'Published.' }),
      headers: published,
    },
    200: {
      ...answer(RouteVersion, examples.routeVersion, {
        sv: 'Var redan publicerad, med samma innehåll.',
        en: 'Was published already, with the same content.',
      }),
      headers: published,
    },
    ...problems('malformed', 'forbidden', 'exists', 'tooLarge', 'unsupportedMediaType', 'invalid'),
  },
});
