/** How a step becomes a request: who sends it, and what the player adds so that stories stay readable. */
import type { Json } from '../../machines/chart.ts';
import type { Role } from '../../machines/roles.ts';
import { correspondentOf } from '../webhooks/integrations.ts';
import { sign } from '../webhooks/signature.ts';
import { fill, fillText, type Saved } from './fill.ts';
import type { Step } from './story.ts';
import type { World } from './world.ts';

/** A step with everything filled in. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string | undefined;
}

const STARTS = /^\/v1\/(matters|meetings|delegations)$/;
const EVENTS = /^(\/v1\/(?:matters|meetings|joint-matters|delegations|actors)\/[^/]+)\/events$/;
const HOOK = /^\/v1\/hooks\/([^/]+)$/;

/**
 * The request of a step. Where the story does not say otherwise it gets the identity of its role, the key
 * that makes it safe to repeat, the version that the story has come to, the municipality in whose name
 * something is started, and the signature of the integration that sends a webhook.
 */
export async function toRequest(world: World, step: Step, saved: Saved, key: string): Promise<Sent> {
  const [method = '', written = ''] = step.request.split(' ');
  const path = fillText(written, saved);
  const headers = new Headers(Object.entries(step.headers).map(([name, it]) => [name, fillText(it, saved)]));
  const add = (name: string, value: string | null | undefined) => {
    if (value && !headers.has(name)) headers.set(name, value);
  };
  add('authorization', step.as && bearer(world, step.as));
  if (method !== 'POST') return { method, path, headers, body: textOf(step, saved) };
  add('idempotency-key', key);
  const actor = EVENTS.exec(path)?.[1];
  if (actor && !headers.has('if-match')) add('if-match', await versionOf(world, actor, headers));
  const body = textOf(step, saved, STARTS.test(path) ? { municipality: world.municipality } : {});
  add('content-type', body && 'application/json');
  const integration = HOOK.exec(path)?.[1];
  if (integration) await signAs(world, integration, key, body ?? '', add);
  return { method, path, headers, body };
}

function textOf(
  { body }: Step,
  saved: Saved,
  defaults: Readonly<Record<string, Json>> = {},
): string | undefined {
  if (body === undefined) return undefined;
  const filled = fill(body as Json, saved);
  const isObject = filled !== null && typeof filled === 'object' && !Array.isArray(filled);
  return JSON.stringify(isObject ? { ...defaults, ...filled } : filled);
}

function bearer({ services }: World, role: Role): string {
  const token = `demo-${role}`;
  if (!services.identities.has(token)) throw new Error(`there is no demo identity for ${role}`);
  return `Bearer ${token}`;
}

/** The entity tag of an actor as it stands; `"0"`, which no actor has, where there is none to be seen. */
async function versionOf(world: World, actor: string, headers: Headers): Promise<string> {
  const authorization = headers.get('authorization');
  const seen = await world.request(actor, { headers: authorization ? { authorization } : {} });
  return seen.headers.get('etag') ?? '"0"';
}

async function signAs(
  { services }: World,
  name: string,
  key: string,
  body: string,
  add: (name: string, value: string) => void,
): Promise<void> {
  const secret = (await correspondentOf(services.webhooks, name))?.secrets[0];
  if (!secret) return;
  const timestamp = Math.floor(Date.parse(services.source.now()) / 1000);
  add('webhook-id', key);
  add('webhook-timestamp', String(timestamp));
  add('webhook-signature', sign({ id: key, timestamp, body }, secret));
}
