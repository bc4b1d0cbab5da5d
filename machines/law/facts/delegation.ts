/** Facts of decisions that are made for a committee: held against its orders as the stage has them. */
import type { JsonObject } from '../../chart.ts';
import type { Delegation } from '../../municipalities/delegation.ts';
import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { stageOf } from '../taken.ts';
import { facts, isByPerson } from './reading.ts';

/** The order under which it is decided, where it is in force that day and the amount within it. */
function coveringOrder(orders: readonly Delegation[], { event }: ObservedStep): Delegation | undefined {
  const { on } = event.meta;
  return orders.find(
    ({ id, from, to, limit }) =>
      id === event.order &&
      from <= on &&
      (to === null || on <= to) &&
      (limit === undefined || Number(event.amount) <= limit),
  );
}

export function delegationFacts(step: ObservedStep): readonly Fact[] {
  const { chart, event, self, taken } = step;
  const stage = stageOf(chart, taken[0]?.source ?? '');
  if (stage.role !== 'delegated') return [];
  return [
    ...(event.type === 'decision.take' || event.type === 'urgent.decide' ? decision(step, stage) : []),
    ...facts(
      { matter: self.id },
      ['delegate.notified', event.type === 'decision.note'],
      ['delegate.minuted', event.type === 'record.approve'],
    ),
  ];
}

function decision(step: ObservedStep, { orders, urgent }: JsonObject): readonly Fact[] {
  const { event, self } = step;
  const order = coveringOrder(orders as unknown as readonly Delegation[], step);
  const isOwn = order?.delegate.position === event.position;
  const isAsked = order?.handedOn === true && order.delegate.position === event.askedBy;
  const isUrgent = urgent === true;
  return facts(
    { matter: self.id },
    ['delegate.reserved', !isUrgent && event.nature !== 'ordinary'],
    ['delegate.handedOn', !isOwn && isAsked],
    ['delegate.handedOnUnasked', order !== undefined && !isOwn && !isAsked],
    ['delegate.urgent', isUrgent && Boolean(event.urgency)],
    ['delegate.notUrgent', isUrgent && !event.urgency],
    ['delegate.decided', order !== undefined],
    ['delegate.unauthorised', order === undefined],
    ['decision.byPerson', isByPerson(step)],
    ['decision.bySystem', !isByPerson(step)],
  );
}
