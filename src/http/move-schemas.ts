/** What the API tells of plans that move matters to a new version: each with what it would do, and has done. */
import { z } from '@hono/zod-openapi';
import { blocks } from '../engine/moves/blocked.ts';
import { type MovePlan, policies } from '../engine/moves/plan.ts';
import { outcomes } from '../engine/moves/prepare.ts';
import { Chart, day, instant, Label, listOf, NamedEvent, rule, State } from './schemas.ts';

const Blocked = z.object({ why: z.enum(blocks), says: Label });

const Plan = z.custom<MovePlan>().openapi({ type: 'object', additionalProperties: true });

const Part = z.object({
  actor: z.string(),
  label: Label,
  chart: Chart,
  to: z.int(),
  from: listOf(State),
  states: listOf(State),
  remembers: listOf(z.string()),
  deadlines: listOf(
    z.object({
      name: z.string(),
      label: Label,
      policy: z.enum(policies),
      before: day.nullable(),
      lastDay: day.nullable(),
    }),
  ),
  blocked: Blocked.nullable(),
  diverges: z.object({ version: z.int(), on: day, event: NamedEvent, says: Label, rule }).nullable(),
});

const Batch = z.object({
  number: z.int(),
  startedAt: instant,
  startedBy: z.string(),
  finishedAt: instant.nullable(),
});

export const MoveSummary = z
  .object({
    id: z.string(),
    plan: Plan,
    hash: z.string(),
    publishedAt: instant,
    publishedBy: z.string(),
  })
  .openapi('MoveSummary');

export const Moves = z.object({ items: listOf(MoveSummary) }).openapi('Moves');

export const Move = MoveSummary.extend({
  moved: z.int(),
  remaining: z.int(),
  batches: listOf(Batch),
  matters: listOf(
    z.object({
      id: z.string(),
      title: z.string().nullable(),
      number: z.string().nullable(),
      outcome: z.enum(outcomes),
      moves: z.boolean(),
      blocked: Blocked.nullable(),
      parts: listOf(Part),
    }),
  ),
  next: z.string().nullable(),
}).openapi('Move');

export const MoveBatch = z
  .object({
    number: z.int(),
    moved: z.int(),
    stayed: z.int(),
    blocked: z.int(),
    last: z.string().nullable(),
    startedAt: instant,
    finishedAt: instant,
  })
  .openapi('MoveBatch');
