/** Which texts of a declared payload people have written: what may be about somebody, and is redacted. */
import * as z from 'zod';
import type { Chart, Json } from '../../../machines/chart.ts';

/** A text by its JSON pointer, with the name of the field that it is, or is one of. */
export interface Text {
  readonly pointer: string;
  readonly field: string;
  readonly text: string;
}

/** Fields that name a thing of the law, the route or the register, though any text may stand there (README.md). */
export const structural: ReadonlySet<string> = new Set([
  ...['actor', 'addressedTo', 'board', 'bodies', 'body', 'bodyName', 'channel'],
  ...['conditionalOn', 'group', 'how', 'id', 'joint', 'key', 'label', 'matter'],
  ...['meeting', 'municipality', 'noticeBoard', 'number', 'otherBoards', 'paragraph', 'point'],
  ...['points', 'position', 'provision', 'recipient', 'relation', 'role', 'route'],
  ...['time', 'to'],
]);

/**
 * The free texts in a value: strings that no format, pattern or list confines. An id, a date and a choice are none.
 * @param schema what the value was parsed by.
 */
export function* textsIn(schema: z.core.$ZodType, value: Json, field = '', pointer = ''): Generator<Text> {
  const it = chosen(schema, value);
  if (typeof value === 'string') {
    if (isFree(it) && !structural.has(field)) yield { pointer, field, text: value };
  } else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) {
      const of = memberOf(it, key);
      if (of) yield* textsIn(of, inner, Array.isArray(value) ? field : key, `${pointer}/${escaped(key)}`);
    }
}

/** A field of which a chart's input says nothing. */
const undeclared = z.union([z.iso.date(), z.json()]);

/** What is written in what a plan moves: fields of the new version, the plan's reason, and who approved it. */
export const planned = ({ input }: Chart): z.ZodObject =>
  z.object({
    context: input.catchall(undeclared),
    remembers: input.catchall(undeclared),
    reason: z.string(),
    approver: z.string(),
  });

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** The schema that says what a value is: within what may be absent, and of several the one that it fits. */
function chosen(schema: z.core.$ZodType, value: Json): z.core.$ZodTypes {
  const it = schema as z.core.$ZodTypes;
  const { def } = it._zod;
  if (def.type === 'lazy') return chosen(def.getter(), value);
  if ('innerType' in def) return chosen(def.innerType, value);
  if (def.type === 'union') {
    const fits = def.options.find((option) => (option as z.ZodType).safeParse(value).success);
    if (fits) return chosen(fits, value);
  }
  return it;
}

function memberOf({ _zod: { def } }: z.core.$ZodTypes, key: string): z.core.$ZodType | undefined {
  if (def.type === 'object') return def.shape[key] ?? def.catchall;
  if (def.type === 'record') return def.valueType;
  return def.type === 'array' ? def.element : undefined;
}

const isFree = ({ _zod: { def } }: z.core.$ZodTypes): boolean =>
  def.type === 'string' &&
  !('format' in def && def.format) &&
  !def.checks?.some((it) => it._zod.def.check === 'string_format');
