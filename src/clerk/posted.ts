/** What a posted form holds, and the key that keeps it from being carried out twice. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { canonical, sha256 } from '../engine/chain.ts';
import type { Idempotency } from '../engine/command.ts';
import { readJson } from '../engine/json.ts';
import { Refusal } from '../engine/refusal.ts';
import type { View } from './view.ts';

/** @throws HTTPException 415 for anything but a form, 400 for a form that cannot be read. */
export async function postedForm(c: Context): Promise<FormData> {
  if (
    !/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(c.req.header('content-type') ?? '')
  )
    throw new HTTPException(415, { message: 'a form is expected' });
  try {
    return await c.req.formData();
  } catch (cause) {
    throw new HTTPException(400, { message: 'the form cannot be read', cause });
  }
}

/**
 * The key that the page put into the form: sent again with the same content, as by a double click, it gets the first
 * answer again. A form without a key of ours has none.
 */
export function onceOnly(
  { viewer }: View,
  posted: FormData,
  content: JsonObject,
): { idempotency?: Idempotency } {
  const key = posted.get('_key');
  if (typeof key !== 'string' || !/^[\w-]{1,64}$/.test(key)) return {};
  return { idempotency: { scope: `pages ${viewer.id}`, key, fingerprint: sha256(canonical(content)) } };
}

/**
 * A text of a form as JSON, which is read as the API reads it.
 * @param pointer where it belongs in what is made of the form.
 * @throws Refusal `invalid` for what is no JSON, or cannot be kept as it is.
 */
export function jsonIn(text: string, pointer = ''): Json {
  const read = readJson(new TextEncoder().encode(text));
  if (read.ok) return read.value;
  const fields = read.fields.map((it) => ({ ...it, pointer: pointer + it.pointer }));
  throw new Refusal('invalid', read.says, { fields });
}
