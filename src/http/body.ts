/** Reads request bodies: within a limit, and as JSON that can be worked on. */
import type { Json } from '../../machines/chart.ts';
import { readJson } from '../engine/json.ts';
import type { Request } from './context.ts';
import { RequestProblem } from './problem.ts';

/** A matter with fifty points of ten thousand characters fits; a document does not. */
const MOST_BYTES = 1024 * 1024;

/** The body as bytes. @throws RequestProblem `tooLarge`, or `malformed` where it breaks off. */
export async function bytesOf(c: Request, most = MOST_BYTES): Promise<Uint8Array> {
  const declared = c.req.header('content-length');
  if (Number(declared ?? 0) > most) throw tooLarge(most);
  // Node holds a body to the length that its header tells; the other way is slower, and needed where none is told.
  const reading = declared === undefined ? streamed(c, most) : c.req.arrayBuffer();
  const bytes = await reading.catch(() => {
    throw new RequestProblem('malformed', { sv: 'Begäran bryts av.', en: 'The request breaks off.' });
  });
  if (bytes.byteLength > most) throw tooLarge(most);
  return new Uint8Array(bytes);
}

/** The body, or as much of it as is needed to know that it is too large. */
async function streamed(c: Request, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > most) break;
  }
  return Buffer.concat(chunks);
}

/** The body as JSON. @throws RequestProblem `unsupportedMediaType`, `tooLarge` or `malformed`. */
export async function jsonOf(c: Request): Promise<Json> {
  if (!/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(c.req.header('content-type') ?? ''))
    throw new RequestProblem('unsupportedMediaType', {
      sv: 'Sänd JSON i UTF-8 med Content-Type: application/json.',
      en: 'Send JSON in UTF-8 with Content-Type: application/json.',
    });
  const read = readJson(await bytesOf(c));
  if (!read.ok) throw new RequestProblem('malformed', read.says, { fields: read.fields });
  return read.value;
}

const tooLarge = (most: number): RequestProblem =>
  new RequestProblem('tooLarge', {
    sv: `Högst ${most} byte tas emot.`,
    en: `At most ${most} bytes are accepted.`,
  });
