/** Facts of a decision point. */
import { adopting, asProposed, type Outcome } from '../../outcomes.ts';
import { byNobody, byNotice, type Regime } from '../../point/regime.ts';
import type { ObservedStep } from '../observed-step.ts';
import type { Fact, Subject } from '../observer.ts';
import { enters, facts, fingerprint, isByPerson, isDeadline, STARTED } from './reading.ts';

export function pointFacts(step: ObservedStep): readonly Fact[] {
  const { event, self } = step;
  const about: Subject = { point: self.id, ...(self.parent && { matter: self.parent }) };
  const here: Subject = { ...about, ...(typeof event.meeting === 'string' && { meeting: event.meeting }) };
  const is = (type: string) => event.type === type;
  return [
    ...conditions(step),
    ...facts(about, ['point.raised', is(STARTED)], ['point.prepared', is('point.prepared')]),
    ...decision(step, about, here),
    ...facts(about, ['moved', is('point.notified')]),
    ...facts(
      here,
      ['notified', is('point.notified')],
      ['notice.posted', is('notice.posted') && isByNotice(step)],
      ['notice.broken', is('notice.broken') && isByNotice(step)],
      ['approved', is('minutes.approved') && enters(step, 'approved')],
      [
        'appeal.opened',
        (is('notice.posted') && (enters(step, 'appealOpen') || enters(step, 'appealed.running'))) ||
          is('party.notify'),
      ],
      ['period.stopped', is('notice.broken') && (enters(step, 'approved') || enters(step, 'unannounced'))],
    ),
    ...appeal(step, about),
    ...facts(
      about,
      ['assessed', is('execution.assess')],
      ['execution.opened', enters(step, 'execution.open')],
      ['plan.announced', is('plan.announce')],
      ['plan.reported', is('plan.report') && event.countyBoard === true],
      ['plan.force', enters(step, 'finalForce') && step.input.regime === 'planning'],
      ['plan.begun', is('execution.begun') && step.input.regime === 'planning'],
      ['execution.begun', is('execution.begun')],
      ['execution.stayed', is('execution.stay')],
      ['execution.resumed', is('execution.resume')],
      ['rectified', enters(step, 'rectified') || is('rectification.waive')],
      ['act.bySystem', is('rectification.decide') && !isByPerson(step)],
    ),
    ...dependence(step),
  ];
}

function conditions({ event, input, self }: ObservedStep): Fact[] {
  if (event.type !== STARTED || !Array.isArray(input.conditionalOn)) return [];
  return input.conditionalOn.map((key) => ({
    name: 'conditional',
    about: { point: self.id, referenced: `${self.parent}.${key}` },
  }));
}

/** The wordings that the body had before it of the points on condition of which it decides. */
const seen = ({ event, self }: ObservedStep): Fact[] =>
  (Array.isArray(event.saw) ? event.saw : []).map(({ point, wording }) => ({
    name: 'reference.seen',
    about: { point: self.id, referenced: `${self.parent}.${point}` },
    value: fingerprint(wording),
  }));

/** That the point is decided, for itself and for those that depend on it. */
function decision(step: ObservedStep, about: Subject, here: Subject): Fact[] {
  const { event, dependents, self } = step;
  const decides = event.type === 'point.decided';
  const outcome = event.outcome as Outcome;
  const proposed = asProposed.includes(outcome);
  return [
    ...seen(step),
    ...facts(
      about,
      ['decision.made', decides],
      ['first.adopted', decides && step.input.label === '1' && adopting.includes(outcome)],
      ['first.refused', decides && step.input.label === '1' && !adopting.includes(outcome)],
    ),
    ...facts(
      here,
      ['decided', decides],
      ['decided.byPerson', decides && isByPerson(step)],
      ['decided.bySystem', decides && !isByPerson(step)],
    ),
    ...dependents.flatMap((point) =>
      facts(
        { point, referenced: self.id },
        ['reference.asProposed', decides && proposed, fingerprint(event.text)],
        ['reference.amended', decides && !proposed && adopting.includes(outcome), fingerprint(event.text)],
        ['reference.otherwise', decides && !adopting.includes(outcome)],
      ),
    ),
  ];
}

/** What becomes of a decision, for the points made on condition of it. */
const dependence = (step: ObservedStep): Fact[] =>
  step.dependents.flatMap((point) =>
    facts(
      { point, referenced: step.self.id },
      ['reference.annulled', enters(step, 'annulled')],
      ['reference.stayed', step.event.type === 'execution.stay'],
      ['reference.resumed', step.event.type === 'execution.resume'],
    ),
  );

const isByNotice = ({ input }: ObservedStep): boolean => byNotice.includes(input.regime as Regime);

/** The time is out for the last of the parties. */
const endsPeriod = (step: ObservedStep): boolean =>
  enters(step, 'periodExpired') || enters(step, 'appealed.over');

function appeal(step: ObservedStep, about: Subject): Fact[] {
  const { event, input } = step;
  const rules = event.type === 'appeal.rule';
  const files = event.type === 'appeal.file';
  const gains = enters(step, 'finalForce');
  const is = (type: string) => event.type === type;
  const open = !byNobody.includes(input.regime as Regime);
  return [
    ...facts({ ...about, case: String(event.forwarded) }, [
      'appeal.numbered',
      files && event.forwarded !== undefined,
    ]),
    ...facts(
      { ...about, case: String(event.caseNumber) },
      ['appeal.filed', files],
      ['ruling.annulled', rules && event.ruling === 'annulled'],
      ['ruling.stands', rules && event.ruling !== 'annulled'],
    ),
    ...facts({ ...about, case: String(event.reference) }, ['appeal.filed', event.type === 'appeal.forward']),
    ...facts(
      about,
      ['period.ended', isDeadline(step, 'appealPeriod') || (is('party.over') && endsPeriod(step))],
      ['noAppeal.confirmed', event.type === 'noAppeal.confirm'],
      ['force.unappealable', gains && !open],
      ['force.byTimer', gains && event.meta.origin === 'timer' && open],
      ['force', gains && open],
    ),
  ];
}
