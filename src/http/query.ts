/** The parameters that several operations share. */
import { z } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import { wrongIn } from '../engine/wrong.ts';
import { id } from './examples.ts';
import { RequestProblem } from './problem.ts';

export const idParam = z.object({
  id: z.string().openapi({ example: id, description: 'Postens id.\n\nThe id of the record.' }),
});

/** @throws RequestProblem `malformed` naming each parameter that is wrong. */
export function wrongParameters(error: z.core.$ZodError): never {
  throw new RequestProblem(
    'malformed',
    { sv: 'En parameter i adressen är fel.', en: 'A parameter of the address is wrong.' },
    { fields: wrongIn(null, error) },
  );
}

/** For what is read as it is, and takes no parameters: one is refused, as by a list that does not take it. */
export const noParameters = createMiddleware(async (c, next) => {
  const { error } = z.strictObject({}).safeParse(c.req.query());
  if (error) wrongParameters(error);
  await next();
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
