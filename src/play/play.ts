/** Plays a story: request by request, with the clock of the story, against a world of its own. */
import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { lookUp } from '../engine/pointer.ts';
import { fill } from './fill.ts';
import { type Sent, toRequest } from './send.ts';
import type { Step, Story } from './story.ts';
import type { World } from './world.ts';

/** A problem that an answer told of (RFC 9457), as far as a story's reader wants to know it. */
export interface Problem {
  readonly code: string | null;
  readonly rule: string | null;
  readonly cite: string | null;
  readonly detail: string | null;
  /** Fields of the request that are wrong. */
  readonly fields: readonly { readonly pointer: string; readonly detail: string }[];
}

export interface PlayedStep {
  readonly number: number;
  readonly at: string;
  readonly as: string | null;
  readonly note: string | null;
  readonly request: string;
  /** The type of the event that was sent, if one was. */
  readonly event: string | null;
  readonly status: number;
  readonly problem: Problem | null;
  /** What was expected and did not come, or could not be saved; empty when all is well. */
  readonly failures: readonly string[];
}

export interface Played {
  readonly name: string;
  readonly passed: boolean;
  readonly steps: readonly PlayedStep[];
}

/**
 * Plays the steps in order, and all of them, also after one has failed.
 * @param prefix is put before each step's number in the key that makes its request safe to repeat.
 * @param played is called after each step.
 */
export async function play(
  world: World,
  story: Story,
  { prefix = '', played = () => {} }: { prefix?: string; played?: (step: PlayedStep) => void } = {},
): Promise<Played> {
  const saved = new Map<string, Json>();
  const steps: PlayedStep[] = [];
  for (const [index, step] of story.steps.entries()) {
    if (step.at) await world.moveTo(Date.parse(step.at));
    const sent = await toRequest(world, step, saved, `${prefix}${index + 1}`);
    const done = await answerTo(world, step, sent, saved);
    const at = step.at ?? steps.at(-1)?.at ?? world.services.source.now();
    steps.push({ number: index + 1, at, ...done });
    played({ number: index + 1, at, ...done });
  }
  return { name: story.name, passed: steps.every((it) => it.failures.length === 0), steps };
}

/** Sends the request, saves what the step wants saved, and holds the answer to what it expects. */
async function answerTo(
  world: World,
  step: Step,
  { method, path, headers, body }: Sent,
  saved: Map<string, Json>,
): Promise<Omit<PlayedStep, 'number' | 'at'>> {
  const response = await world.request(path, { method, headers, ...(body !== undefined && { body }) });
  const answer = await jsonOf(response);
  const failures = expectations(step, response.status, answer, saved);
  for (const [name, pointer] of Object.entries(step.save)) {
    const value = lookUp(answer, pointer);
    if (value === undefined) failures.push(`nothing at ${pointer || 'the root'} to save as ${name}`);
    else saved.set(name, value);
  }
  return {
    as: step.as ?? null,
    note: step.note ?? null,
    request: `${method} ${path}`,
    event: eventOf(step.body as Json | undefined),
    status: response.status,
    problem: problemOf(response, answer),
    failures,
  };
}

function expectations(
  { expect }: Step,
  status: number,
  answer: Json | undefined,
  saved: Map<string, Json>,
): string[] {
  if (!expect) return [];
  const wrongStatus =
    expect.status === undefined || expect.status === status
      ? []
      : [`expected status ${expect.status}, got ${status}`];
  const wrongValues = Object.entries(expect.body).flatMap(([pointer, value]) => {
    const wanted = fill(value as Json, saved);
    const got = lookUp(answer, pointer);
    const shown = got === undefined ? 'nothing' : JSON.stringify(got);
    return isDeepStrictEqual(got, wanted)
      ? []
      : [`expected ${JSON.stringify(wanted)} at ${pointer}, got ${shown}`];
  });
  return [...wrongStatus, ...wrongValues];
}

async function jsonOf(response: Response): Promise<Json | undefined> {
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return isJson ? ((await response.json()) as Json) : undefined;
}

function eventOf(body: Json | undefined): string | null {
  const type = lookUp(body, '/type');
  return typeof type === 'string' ? type : null;
}

function problemOf(response: Response, answer: Json | undefined): Problem | null {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return null;
  const text = (field: string) => {
    const value = (answer as JsonObject)[field];
    return typeof value === 'string' ? value : null;
  };
  const fields = (lookUp(answer, '/fields') ?? []) as unknown as Problem['fields'];
  return { code: text('code'), rule: text('rule'), cite: text('cite'), detail: text('detail'), fields };
}
