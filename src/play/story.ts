/** A story: a file of timed requests, and what is expected of the answers. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { Json } from '../../machines/chart.ts';
import { municipalities } from '../../machines/registry.ts';
import { type Role, roles } from '../../machines/roles.ts';
import { lookUp, POINTER } from '../engine/pointer.ts';

const name = z.string().regex(/^[a-zA-Z][\w-]*$/, 'a letter, then letters, digits, - or _');
const pointer = z.string().regex(POINTER, 'a JSON pointer');

const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'a header name');
const headerValue = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'a header value');

const Step = z.strictObject({
  /** When the request is sent; absent, the moment of the step before. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** The role whose demo identity sends it; absent, it is sent without one. */
  as: z.enum(Object.keys(roles) as [Role, ...Role[]]).optional(),
  /** What the step is about, for those who read the story. */
  note: z.string().optional(),
  request: z
    .string()
    .regex(/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/\S*$/, 'a method, a space and a path'),
  headers: z.record(headerName, headerValue).default({}),
  body: z.json().optional(),
  /** Name → pointer into the answer. Later steps write `{name}`. */
  save: z.record(name, pointer).default({}),
  expect: z
    .strictObject({
      status: z.int().min(100).max(599).optional(),
      /** Pointer into the answer → the value that must be there. */
      body: z.record(pointer, z.json()).default({}),
    })
    .optional(),
});
export type Step = z.infer<typeof Step>;

/** Written `{name}` in a later step: what was saved under that name. */
export const PLACEHOLDER = /\{([a-zA-Z][\w-]*)\}/g;

const Story = z
  .strictObject({
    name: z.string().min(1),
    /** In whose name matters and meetings are started where the body of the request names nobody. */
    municipality: z.string().regex(/^[a-z][a-z0-9-]*$/, 'the id of a municipality'),
    steps: z.array(Step).min(1),
  })
  .superRefine(({ municipality, steps }, context) => {
    const published = steps.map(({ body }) => lookUp(body as Json | undefined, '/jurisdiction/id'));
    if (![...municipalities.map((it) => it.id), ...published].includes(municipality))
      context.addIssue({ code: 'custom', path: ['municipality'], message: 'neither built in nor published' });
    const saved = new Set<string>();
    let now = Number.NEGATIVE_INFINITY;
    const wrong = (index: number, field: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['steps', index, field], message });
    steps.forEach((step, index) => {
      if (index === 0 && !step.at) wrong(index, 'at', 'the first step must say when it happens');
      const at = step.at ? Date.parse(step.at) : now;
      if (at < now) wrong(index, 'at', 'before the step before it: time does not go back');
      now = at;
      for (const [, it = ''] of step.request.matchAll(PLACEHOLDER))
        if (!saved.has(it)) wrong(index, 'request', `no step before this one saves "${it}"`);
      if (step.body !== undefined && /^(GET|HEAD) /.test(step.request))
        wrong(index, 'body', 'a request that only reads has no body');
      for (const it of Object.keys(step.save)) saved.add(it);
    });
  });
export type Story = z.infer<typeof Story>;

/** A file that is no story. The message names the file, and each field at fault. */
export class StoryFault extends Error {
  override readonly name = 'StoryFault';
}

/**
 * A step in a file may have `bodyFrom`, the path of a file from there with its body, in place of the body.
 * @throws StoryFault when a file cannot be read, is not JSON, or has a field that is wrong.
 */
export async function readStory(file: string): Promise<Story> {
  const written = await readJson(file);
  const steps = (written as { steps?: unknown } | null)?.steps;
  if (!Array.isArray(steps)) return parseStory(file, written);
  const whole = await Promise.all(steps.map((step: unknown) => withBody(step, dirname(file))));
  return parseStory(file, { ...(written as object), steps: whole });
}

async function withBody(step: unknown, folder: string): Promise<unknown> {
  const { bodyFrom, ...rest } = (step ?? {}) as Record<string, unknown>;
  return typeof bodyFrom === 'string' ? { ...rest, body: await readJson(join(folder, bodyFrom)) } : step;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new StoryFault(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws StoryFault naming each wrong field; `source` is what the message calls the story. */
export function parseStory(source: string, written: unknown): Story {
  const parsed = Story.safeParse(written);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${source}: ${z.core.toDotPath(path) || 'the file'}: ${message}`,
  );
  throw new StoryFault(faults.join('\n'));
}
