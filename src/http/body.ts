/** Reads request bodies: within a limit, and as JSON that can be worked on. */
import type { Json } from '../../machines/chart.ts';
import { readJson } from '../engine/json.ts';
import type { Request } from './context.ts';
import { RequestProblem } from './problem.ts';

/** A matter with fifty points of ten thousand characters fits; a document does not. */
const MOST_BYTES = 1024 * 1024;

/** The body as bytes. @throws RequestProblem `tooLarge`. */
export async function bytesOf(c: Request, most = MOST_BYTES): Promise<Uint8Array> {
  const declared = c.req.header('content-length');
  if (declared !== undefined) {
    if (Number(declared) > most) throw tooLarge(most);
    return new Uint8Array(await c.req.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
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
