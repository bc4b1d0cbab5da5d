/** What the `type` of a problem leads to (RFC 9457): what the problem is, in both languages. */
import type { Context } from 'hono';
import { type ProblemCode, statusOf, titleOf } from './problem.ts';

export function problemType(c: Context) {
  const code = c.req.param('code') ?? '';
  if (!Object.hasOwn(titleOf, code)) return c.notFound();
  const known = code as ProblemCode;
  return c.json({ type: `/problems/${known}`, status: statusOf[known], title: titleOf[known] });
}
