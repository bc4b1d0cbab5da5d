/** The parameters that several operations share. */
import { z } from '@hono/zod-openapi';
import { id } from './examples.ts';

export const idParam = z.object({
  id: z.string().openapi({ example: id, description: 'Postens id.\n\nThe id of the record.' }),
});

const whole = (most: number, fallback: number) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(most)
    .default(fallback)
    .openapi({ type: 'integer', minimum: 1, maximum: most, default: fallback });

/**
 * How much of a list is asked for: `limit` with `page` from 1. A page is found by counting those before it: whoever goes
 * further than anybody turns pages follows `after`.
 */
export const paging = { limit: whole(100, 20), page: whole(1_000, 1) };
