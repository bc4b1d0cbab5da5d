/** What the API tells of routes: the stages of each, and the data that each version was composed from. */
import { z } from '@hono/zod-openapi';
import { Municipality } from '../../machines/municipalities/municipality.ts';
import { Route } from '../../machines/routes/route.ts';
import { instant, Label, listOf } from './schemas.ts';

export const Routes = z
  .object({
    items: listOf(
      z.object({
        municipality: z.string(),
        route: z.string(),
        version: z.int(),
        label: Label,
        stages: listOf(
          z.object({ id: z.string(), label: Label, body: z.string().nullable(), role: z.string() }),
        ),
      }),
    ),
  })
  .openapi('Routes');

const data = <T extends z.ZodType>(_: T) =>
  z.custom<z.infer<T>>().openapi({ type: 'object', additionalProperties: true });

export const RouteVersion = z
  .object({
    jurisdiction: data(Municipality),
    route: data(Route),
    hash: z.string(),
    publishedAt: instant.nullable(),
    publishedBy: z.string().nullable(),
    record: z.string().nullable(),
  })
  .openapi('RouteVersion');

export const RouteVersions = z
  .object({ municipality: z.string(), name: z.string(), versions: listOf(RouteVersion) })
  .openapi('RouteVersions');
