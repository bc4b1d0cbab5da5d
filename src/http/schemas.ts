/** What the API answers, as schemas: the views' own shapes, so that a view that changes breaks the build here. */
import { z } from '@hono/zod-openapi';
import type { Json } from '../../machines/chart.ts';
import type { RuleId } from '../../machines/law/rules.ts';
import { roles } from '../../machines/roles.ts';
import { type ProblemCode, statusOf } from './problem.ts';

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>) => Object.keys(record) as [K, ...K[]];
const listOf = <T extends z.ZodType>(schema: T) => z.array(schema).readonly();

/** Any JSON, under names that the chart decides. */
const free = z.record(z.string(), z.custom<Json>()).readonly().openapi({ type: 'object' });
const instant = z.string().openapi({ format: 'date-time' });
const day = z.string().openapi({ format: 'date' });
const rule = z
  .custom<RuleId>()
  .nullable()
  .openapi({ type: ['string', 'null'], pattern: '^R-\\d{3}$' });
const cite = z.string().nullable();
const role = z.enum(keysOf(roles)).openapi('Role');
const origin = z.enum(['person', 'integration', 'timer']);
const kind = z.enum(['deciding', 'clerical']);
const collection = z.enum(['matters', 'meetings', 'joint-matters', 'actors']);

export const Label = z.object({ sv: z.string(), en: z.string() }).openapi('Label');
const State = z.object({ path: z.string(), label: Label }).openapi('State');
const Chart = z.object({ name: z.string(), version: z.int(), label: Label }).openapi('Chart');
const NamedEvent = z.object({ type: z.string(), label: Label });

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
    tenant: z.string(),
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
    total: z.int(),
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

export const Path = z
  .object({
    id: z.string(),
    title: z.string(),
    number: z.string().nullable(),
    chart: Chart,
    steps: listOf(
      z.object({
        number: z.int(),
        at: instant,
        recordedAt: instant,
        actor: z.string(),
        actorLabel: Label,
        event: NamedEvent,
        sender: z.object({ name: z.string(), origin, label: Label }),
        from: listOf(State),
        to: listOf(State),
        body: z.string().nullable(),
        transitions: listOf(z.string()),
        payload: free,
        rule,
        command: z.string(),
        version: z.int(),
        hash: z.string(),
      }),
    ),
    current: listOf(State),
  })
  .openapi('Path');

export const Log = z
  .object({
    items: listOf(
      z.object({
        seq: z.int(),
        actor: z.string(),
        version: z.int(),
        root: z.string(),
        tenant: z.string(),
        command: z.string(),
        at: instant,
        type: z.string(),
        payload: z.string(),
        meta: z.string(),
        step: z.string(),
        prev: z.string(),
        hash: z.string(),
      }),
    ),
  })
  .openapi('Log');

export const Audit = z
  .object({
    root: z.string(),
    actors: z.int(),
    entries: z.int(),
    chainIntact: z.boolean(),
    replayEqual: z.boolean(),
    findings: listOf(
      z.object({
        actor: z.string(),
        version: z.int().nullable(),
        kind: z.enum(['chain', 'replay', 'sequence', 'snapshot', 'deadline']),
        detail: Label,
      }),
    ),
  })
  .openapi('Audit');

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
        tenant: z.string(),
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
        tenant: z.string(),
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
    items: listOf(
      z.object({
        id: z.string(),
        name: z.string(),
        calendar: z.object({ country: z.string(), zone: z.string() }),
        registryPrefix: z.string(),
        noticeBoard: z.string(),
        bodies: listOf(
          z.object({
            id: z.string(),
            label: Label,
            kind: z.string(),
            seats: z.int().nullable(),
            seatsAssumed: z.boolean(),
            approvers: z.int(),
          }),
        ),
        recipients: listOf(z.object({ id: z.string(), name: z.string(), channel: z.string() })),
        groups: z.record(z.string(), listOf(z.string())),
      }),
    ),
  })
  .openapi('Municipalities');

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
    fields: listOf(z.object({ pointer: z.string(), detail: z.string() })).optional(),
    version: z.int().optional(),
    actor: z.string().optional(),
  })
  .openapi('Problem');
