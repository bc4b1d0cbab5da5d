/** What the API tells of what has happened. */
import { z } from '@hono/zod-openapi';
import { findingKinds } from '../views/audit.ts';
import { Chart, free, instant, Label, listOf, NamedEvent, rule, State } from './schemas.ts';

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
        sender: z.object({
          name: z.string().nullable(),
          origin: z.enum(['person', 'integration', 'timer']),
          label: Label,
        }),
        from: listOf(State),
        to: listOf(State),
        body: z.string().nullable(),
        transitions: listOf(z.string()),
        payload: free,
        rule,
        command: z.string(),
        version: z.int(),
        chartVersion: z.int(),
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
        salt: z.string().nullable(),
        content: z.string().nullable(),
        prev: z.string(),
        hash: z.string(),
      }),
    ),
  })
  .openapi('Log');

export const Audit = z
  .object({
    root: z.string(),
    definitions: listOf(
      z.object({
        actor: z.string(),
        chart: z.string(),
        version: z.int(),
        hash: z.string(),
        first: z.int(),
        last: z.int(),
      }),
    ),
    actors: z.int(),
    entries: z.int(),
    chainIntact: z.boolean(),
    replayEqual: z.boolean(),
    findings: listOf(
      z.object({
        actor: z.string(),
        version: z.int().nullable(),
        kind: z.enum(findingKinds),
        detail: Label,
      }),
    ),
    redactions: listOf(
      z.object({
        actor: z.string(),
        version: z.int(),
        at: instant,
        by: z.string(),
        decision: z.string(),
        entries: listOf(z.int()),
      }),
    ),
    lawful: z.boolean().nullable(),
    legality: listOf(
      z.object({
        rule: z.string(),
        cite: z.string(),
        watches: z.string(),
        subject: z.record(z.string(), z.string().optional()),
        verdict: z.enum(['held', 'violated', 'late', 'undecided']),
        evidence: z
          .object({
            actor: z.string(),
            actorLabel: Label,
            version: z.int(),
            event: NamedEvent,
            on: z.string(),
          })
          .nullable(),
      }),
    ),
  })
  .openapi('Audit');
