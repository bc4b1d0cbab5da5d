/** The picture of a path as a file of its own. */
import type { Context } from 'hono';
import { drawPath } from '../views/drawing.ts';
import { missing } from './missing.tsx';
import { type Env, viewIn } from './view.ts';

export const picture = async (c: Context<Env, '/actors/:id/path.svg'>) => {
  const { source, language } = viewIn(c);
  const svg = await drawPath(source, c.req.param('id'), language);
  return svg === null ? missing(c) : c.body(svg, 200, { 'Content-Type': 'image/svg+xml; charset=utf-8' });
};
