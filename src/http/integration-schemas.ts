/** What the API tells of integrations and of what came in from them, with an example of each. */
import { z } from '@hono/zod-openapi';
import type { Mapping } from '../webhooks/mapping.ts';
import { at, id } from './examples.ts';
import { instant, Label, listOf } from './schemas.ts';

const mapping = z.custom<Mapping>().openapi({ type: 'object', additionalProperties: true });

export const IntegrationView = z
  .object({
    name: z.string(),
    municipality: z.string(),
    label: Label,
    events: listOf(z.string()),
    mapping: mapping.nullable().openapi({ type: ['object', 'null'], additionalProperties: true }),
    state: z.enum(['active', 'disabled']),
    secretsInUse: z.int(),
    secretVersion: z.int(),
    createdAt: instant,
    createdBy: z.string(),
    changedAt: instant,
    changedBy: z.string(),
  })
  .openapi('Integration');

export const Integrations = z.object({ items: listOf(IntegrationView) }).openapi('Integrations');

/** The one answer that has the secret. */
export const IntegrationWithSecret = IntegrationView.extend({ secret: z.string() }).openapi(
  'IntegrationWithSecret',
);

export const Tried = z
  .object({
    ignored: z.boolean(),
    event: z
      .object({
        actor: z.string(),
        type: z.string(),
        payload: z.custom<object>().openapi({ type: 'object', additionalProperties: true }),
      })
      .nullable(),
  })
  .openapi('TriedSample');

const outcome = z.enum(['accepted', 'refused', 'ignored']);

export const Messages = z
  .object({
    items: listOf(
      z.object({
        id: z.string(),
        receivedAt: instant,
        outcome,
        actor: z.string().nullable(),
        refusal: z.object({ code: z.string(), says: Label }).nullable(),
        body: z.string().nullable(),
        triedAgain: listOf(z.object({ at: instant, by: z.string(), outcome: z.string() })),
      }),
    ),
  })
  .openapi('ReceivedMessages');

/** An e-signing service that reports that minutes are signed. */
const esigning: Mapping = {
  ignore: [[{ at: '/event', in: ['document.sent', 'document.viewed'] }]],
  actor: { at: '/document/reference', by: 'id', after: 'arendegang:' },
  type: { at: '/event', table: { 'document.completed': 'minutes.approve' } },
  payload: { approvedBy: { at: '/document/signatories', each: '/name' } },
};

const labels = { sv: 'Underskriftstjänsten', en: 'The signing service' };

export const newIntegration = {
  name: 'underskrifter',
  municipality: 'huddinge',
  label: labels,
  events: ['minutes.approve'],
  mapping: esigning,
};

export const changedIntegration = {
  label: labels,
  events: ['minutes.approve'],
  mapping: esigning,
  state: 'active',
};

export const integration: z.input<typeof IntegrationView> = {
  ...newIntegration,
  state: 'active',
  secretsInUse: 1,
  secretVersion: 184467440737,
  createdAt: at,
  createdBy: 'Ada Administratör',
  changedAt: at,
  changedBy: 'Ada Administratör',
};

export const withSecret = {
  ...integration,
  secret: 'whsec_ZXhhbXBsZTogdGhpcyBpcyBub3QgYSBzZWNyZXQgb2Ygb3Vycw==',
};

export const sample = {
  message: {
    event: 'document.completed',
    document: { reference: `arendegang:${id}`, signatories: [{ name: 'Olle' }, { name: 'Eva' }] },
  },
};

export const tried = {
  ignored: false,
  event: { actor: id, type: 'minutes.approve', payload: { approvedBy: ['Olle', 'Eva'] } },
};

export const messages: z.input<typeof Messages> = {
  items: [
    {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      receivedAt: at,
      outcome: 'refused',
      actor: null,
      refusal: { code: 'notFound', says: { sv: `Det finns inget ${id}.`, en: `There is no ${id}.` } },
      body: null,
      triedAgain: [],
    },
  ],
};
