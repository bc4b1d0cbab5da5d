/** What a decision taken for a committee does to the points that it was taken on. */
import { type Action, assigning, causing } from '../../chart.ts';
import { tell } from '../../tell.ts';
import { dependentsOf, type MatterContext, type PointEntry, pointId } from '../matter.ts';
import type { Taken } from './orders.ts';

interface DelegatedContext extends MatterContext {
  /** The day of the committee's next meeting, at which an urgent decision is to be notified. */
  readonly notifyBy: string | null;
}

export const isOf =
  (body: string) =>
  (point: PointEntry): boolean =>
    point.body === body;

export interface For {
  readonly body: string;
}

export const takenActions: Readonly<Record<string, Action>> = {
  /** The register accepts it, or nothing is decided. */
  useDelegation: causing<MatterContext, Taken, For>(
    1,
    ({ self }, { delegation, order, by, position, amount }, { body }) =>
      tell(delegation, 'delegation.use', {
        matter: self.id,
        municipality: self.tenant,
        body,
        group: order,
        by,
        position,
        ...(amount !== undefined && { amount }),
      }),
  ),
  takeDecision: causing<MatterContext, Taken, For>(1, (context, { outcome, text }, { body }) =>
    context.points.filter(isOf(body)).flatMap((point) => [
      ...tell(pointId(context, point.key), 'point.decided', {
        body,
        outcome,
        meeting: context.self.id,
        paragraph: 0,
        ...(text !== undefined && { text }),
      }),
      ...tell(dependentsOf(context, point.key), 'condition.decided', { point: point.key, outcome }),
    ]),
  ),
  markTaken: assigning<DelegatedContext, Taken, For>(1, (context, { nextMeeting }, { body }) => ({
    notifyBy: nextMeeting ?? null,
    // Who takes no part in it is a matter of each visit to a body.
    recused: [],
    treated: context.points.filter(isOf(body)).map((point) => point.key),
    points: context.points.map((point) => (point.body === body ? { ...point, standing: 'decided' } : point)),
  })),
};
