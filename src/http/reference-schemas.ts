/** What the API tells of the desk, the municipalities, the rules and itself. */
import { z } from '@hono/zod-openapi';
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import { collection, day, instant, Label, listOf, NamedEvent, rule, State } from './schemas.ts';

/** The newest seal of the log of the whole database. */
export const Head = z
  .object({ number: z.int(), hash: z.string(), last: z.int(), at: instant.nullable() })
  .openapi('Head');

/** What time it is for the server. */
export const Time = z.object({ now: instant }).openapi('Time');

export const Desk = z
  .object({
    waiting: listOf(
      z.object({
        id: z.string(),
        root: z.string(),
        collection,
        label: Label,
        title: z.string(),
        number: z.string().nullable(),
        body: z.string().nullable(),
        municipality: z.string(),
        states: listOf(State),
        next: listOf(NamedEvent),
        due: z.object({ label: Label, lastDay: day }).nullable(),
        overdue: z.boolean(),
      }),
    ),
    due: listOf(
      z.object({
        id: z.string(),
        root: z.string(),
        collection,
        actorLabel: Label,
        title: z.string(),
        municipality: z.string(),
        label: Label,
        rule,
        lastDay: day,
        dueAt: instant,
        overdue: z.boolean(),
      }),
    ),
  })
  .openapi('Desk');

export const Municipalities = z
  .object({
    items: listOf(z.custom<Municipality>().openapi({ type: 'object', additionalProperties: true })),
  })
  .openapi('Municipalities');

export const Rules = z
  .object({ items: listOf(z.object({ id: z.string(), cite: z.string(), sv: z.string(), en: z.string() })) })
  .openapi('Rules');

export const ApiInfo = z
  .object({
    apiName: z.string(),
    apiVersion: z.string(),
    apiReleased: day,
    apiDocumentation: z.string(),
    apiStatus: z.string(),
  })
  .openapi('ApiInfo');
