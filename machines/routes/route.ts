/** A route as data: the ordered stages of a matter through a municipality's bodies. */
import * as z from 'zod';
import { routeId, routeLabel } from '../stages/kind.ts';
import { kinds } from '../stages/kinds.ts';
import { pointTopics } from '../stages/matter/draft.ts';
import { RouteDate } from './dates.ts';

type Schemas<Kinds> = {
  -readonly [index in keyof Kinds]: Kinds[index] extends { schema: infer S } ? S : never;
};

const Stage = z.discriminatedUnion('type', kinds.map((it) => it.schema) as Schemas<typeof kinds>);
export const Route = z.strictObject({
  name: routeId,
  version: z.int().positive(),
  label: routeLabel,
  stages: z.array(Stage).min(1).max(30),
  /** What one of the points of a matter on the route is about. */
  must: z.enum(pointTopics).optional(),
  /** Days of the year by which the law wants the matter on its way. */
  dates: z.array(RouteDate).max(20).optional(),
  /** Review windows that suspend decisions made on the route and yet are no stage of it, and why they do not apply. */
  exempt: z
    .array(z.strictObject({ window: routeId, why: z.string().min(1).max(1000) }))
    .max(20)
    .optional(),
  /** What the route rests on, and what in it is not settled. */
  remark: z.string().min(1).max(2000).optional(),
});
export type Route = z.infer<typeof Route>;
