/** Facts of decisions that are made for a committee, and of the delegations under which they are. */
import type { JsonObject } from '../../chart.ts';
import type { Use } from '../../delegation/events.ts';
import type { DelegationContext } from '../../delegation/given.ts';
import { plain } from '../../person.ts';
import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { stageOf } from '../taken.ts';
import { enters, facts, isByPerson } from './reading.ts';

export function delegationFacts(step: ObservedStep): readonly Fact[] {
  const { chart, event, self, taken } = step;
  const stage = stageOf(chart, taken[0]?.source ?? '');
  if (stage.role !== 'delegated') return [];
  return [
    ...(event.type === 'decision.take' || event.type === 'urgent.decide' ? decision(step, stage) : []),
    ...facts({ matter: self.id, person: plain(String(event.person)) }, [
      'delegate.recused',
      event.type === 'recusal.declare',
    ]),
    ...facts(
      { matter: self.id },
      ['delegate.notified', event.type === 'decision.note'],
      ['delegate.minuted', event.type === 'record.approve'],
    ),
  ];
}

function decision(step: ObservedStep, { urgent }: JsonObject): readonly Fact[] {
  const { event, self } = step;
  const isUrgent = urgent === true;
  const isNamed = Boolean(event.delegation);
  const took = (name: unknown) =>
    facts({ matter: self.id, person: plain(String(name)) }, ['delegate.tookPart', true]);
  return facts(
    { matter: self.id },
    ['delegate.execution', !isUrgent && event.nature === 'execution'],
    ['delegate.reserved', !isUrgent && event.nature !== 'ordinary' && event.nature !== 'execution'],
    ['delegate.urgent', isUrgent && Boolean(event.urgency)],
    ['delegate.notUrgent', isUrgent && !event.urgency],
    ['delegate.decided', isNamed],
    ['delegate.unauthorised', !isNamed],
    ['decision.byPerson', isByPerson(step)],
    ['decision.bySystem', !isByPerson(step)],
  ).concat(took(event.by), took(event.meta.sender));
}

/** What the register gave, as it was given. */
type Given = Partial<DelegationContext>;

/** Of a delegation: what is done under it, held against what was given. */
export function registerFacts(step: ObservedStep): readonly Fact[] {
  const { event, self, input } = step;
  const given = input as unknown as Given;
  const hands = event.type === 'delegation.handOn';
  const mayHandOn = given.kind === 'headOfAdministration' && given.mayHandOn === true && isByPerson(step);
  return [
    ...(event.type === 'delegation.use' ? use(step, given) : []),
    ...facts(
      { delegation: self.id },
      ['delegation.handedOn', hands && mayHandOn],
      ['delegation.handedOnUnasked', hands && !mayHandOn],
      ['delegation.over', enters(step, 'revoked') || enters(step, 'lapsed') || enters(step, 'ended')],
    ),
  ];
}

function use({ event, self }: ObservedStep, given: Given): readonly Fact[] {
  const covered = covers(given, event as unknown as Use, event.meta.on);
  const isDelegate = event.position === given.position;
  const isAutomated = given.kind === 'automated';
  return facts(
    { delegation: self.id },
    ['delegation.exceeded', !covered],
    ['delegation.byOther', !isDelegate],
    ['delegation.byAutomation', isAutomated],
    ['delegation.used', covered && isDelegate && !isAutomated],
  );
}

const covers = (
  { body, groups = [], matter, limit, from = '', to }: Given,
  asked: Use,
  on: string,
): boolean =>
  asked.body === body &&
  groups.some(({ id }) => id === asked.group) &&
  (matter == null || matter === asked.matter) &&
  from <= on &&
  (to == null || on <= to) &&
  (limit == null || (asked.amount !== undefined && asked.amount <= limit));
