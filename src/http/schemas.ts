/** What the API answers, as schemas: the views' own shapes, so that a view that changes breaks the build here. */
import { z } from '@hono/zod-openapi';
import type { Json } from '../../machines/chart.ts';
import type { RuleId } from '../../machines/law/rules.ts';
import { roles } from '../../machines/roles.ts';
import { type ProblemCode, statusOf } from './problem.ts';

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>) => Object.keys(record) as [K, ...K[]];
export const listOf = <T extends z.ZodType>(schema: T) => z.array(schema).readonly();

/** Any JSON, under names that the chart decides. */
export const free = z.record(z.string(), z.custom<Json>()).readonly().openapi({ type: 'object' });
export const instant = z.string().openapi({ format: 'date-time' });
export const day = z.string().openapi({ format: 'date' });
export const rule = z
  .custom<RuleId>()
  .nullable()
  .openapi({ type: ['string', 'null'], pattern: '^R-\\d{3}$' });
const cite = z.string().nullable();
const role = z.enum(keysOf(roles)).openapi('Role');
const kind = z.enum(['deciding', 'clerical']);
export const collection = z.enum(['matters', 'meetings', 'joint-matters', 'delegations', 'actors']);

export const Label = z.object({ sv: z.string(), en: z.string() }).openapi('Label');
export const State = z.object({ path: z.string(), label: Label }).openapi('State');
export const Chart = z.object({ name: z.string(), version: z.int(), label: Label }).openapi('Chart');
export const NamedEvent = z.object({ type: z.string(), label: Label });

const Deadline = z
  .object({
    name: z.string(),
    state: z.string(),
    label: Label,
    rule,
    cite,
    lastDay: day,
    dueAt: instant,
    failure: z.string().nullable(),
  })
  .openapi('Deadline');

export const Actor = z
  .object({
    id: z.string(),
    collection,
    chart: Chart,
    label: Label,
    title: z.string(),
    number: z.string().nullable(),
    body: z.string().nullable(),
    municipality: z.string(),
    root: z.string(),
    parent: z.string().nullable(),
    version: z.int(),
    states: listOf(State),
    ended: z.boolean(),
    createdAt: instant,
    updatedAt: instant,
    context: free,
    deadlines: listOf(Deadline),
  })
  .openapi('Actor');

const Warning = z
  .object({ code: z.string(), field: z.string(), says: Label, suggestion: z.string().nullable() })
  .openapi('Warning');

/** An actor with what belongs to it. */
export const Item = Actor.extend({ parts: listOf(Actor), warnings: listOf(Warning) }).openapi('Record');

export const Page = z
  .object({
    items: listOf(
      Actor.omit({ label: true, root: true, parent: true, context: true, deadlines: true }).openapi(
        'Summary',
      ),
    ),
    total: z.int().nullable(),
    next: z.string().nullable(),
  })
  .openapi('Page');

export const Changed = z
  .object({ id: z.string(), version: z.int(), at: instant, command: z.string(), states: listOf(State) })
  .openapi('Changed');

const Unmet = z.object({ guard: z.string(), rule, cite, says: Label });

const Explanation = z
  .object({
    rule,
    cite,
    says: Label,
    unmet: listOf(Unmet),
    who: listOf(role),
    when: z.object({ states: listOf(Label), from: instant.nullable() }),
  })
  .openapi('Explanation');

export const Events = z
  .object({
    available: listOf(
      z.object({
        type: z.string(),
        label: Label,
        kind,
        by: listOf(role),
        permitted: z.boolean(),
        fields: free,
      }),
    ),
    unavailable: listOf(z.object({ type: z.string(), label: Label, kind, explanation: Explanation })),
  })
  .openapi('Events');

/** RFC 9457, with members of our own. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(keysOf<ProblemCode>(statusOf)),
    rule: rule.optional(),
    cite: cite.optional(),
    unmet: listOf(z.object({ guard: z.string(), rule, cite, detail: z.string() })).optional(),
    who: listOf(role).optional(),
    when: z.object({ states: listOf(z.string()), from: instant.nullable() }).optional(),
    fields: listOf(
      z.object({
        pointer: z.string(),
        detail: z.string(),
        permitted: listOf(z.union([z.string(), z.int()])).optional(),
        path: listOf(
          z.object({ event: z.string(), transitions: listOf(z.string()), states: listOf(z.string()) }),
        ).optional(),
      }),
    ).optional(),
    version: z.int().optional(),
    actor: z.string().optional(),
  })
  .openapi('Problem');
