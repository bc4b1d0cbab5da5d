/** Facts of budgets and accounts: what is published, what the auditors say, in which order the council decides. */
import type { Chart } from '../../chart.ts';
import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { stageOf } from '../taken.ts';
import { facts, STARTED } from './reading.ts';

const has = ({ data }: Chart, role: string): boolean =>
  Object.values(data.states ?? {}).some(({ meta }) => meta?.role === role);

/** Ordinary elections are held every fourth year, 2022 among them; the new council begins on 15 October. */
const isOldCouncil = (day: string): boolean =>
  Number(day.slice(0, 4)) % 4 === 2022 % 4 && day.slice(5) < '10-15';

const isForNewCouncil = ({ data }: Chart): boolean =>
  Object.values(data.states ?? {}).some(({ meta }) => meta?.newCouncil === true);

const isDropped = (proposals: unknown): boolean =>
  Array.isArray(proposals) && proposals.every(({ outcome }) => outcome === 'writtenOff');

export function financeFacts(step: ObservedStep): readonly Fact[] {
  const { chart, event, self, taken } = step;
  const is = (type: string) => event.type === type;
  const { role, newCouncil, bodyKind } = stageOf(chart, taken[0]?.source ?? '');
  const publishes = is('proposal.publish');
  const adopts =
    is('decision.confirm') && role === 'decide' && bodyKind === 'council' && isForNewCouncil(chart);
  const audited = is('question.put') && role === 'decide' && has(chart, 'audit');
  const points = Array.isArray(event.points) ? event.points : [];
  const isReport = points.length > 0 && points.every((it) => it === 1);
  const isClean = event.remarks === false && event.recommends === true;
  return facts(
    { matter: self.id },
    ['publication.due', is(STARTED) && has(chart, 'publication')],
    ['published', publishes && String(event.on) <= String(event.announcedOn)],
    ['published.late', publishes && String(event.on) > String(event.announcedOn)],
    ['budget.oldCouncil', publishes && newCouncil === true && isOldCouncil(String(event.meetingOn))],
    ['budget.byOldCouncil', adopts && isOldCouncil(event.meta.on)],
    ['budget.council', publishes && newCouncil === true && !isOldCouncil(String(event.meetingOn))],
    ['audit.clean', is('audit.report') && isClean],
    ['audit.reasoned', is('audit.report') && !isClean && Boolean(event.reason)],
    ['audit.unreasoned', is('audit.report') && !isClean && !event.reason],
    ['audit.explained', is('explanation.obtain') && event.auditorsHeard === true],
    ['negotiation.due', is('negotiation.judge') && event.major === true],
    ['negotiation.needless', is('negotiation.judge') && event.major !== true],
    ['negotiation.done', is('negotiation.conclude') && event.central !== true],
    ['negotiation.excepted', is('negotiation.except')],
    ['report.asked', audited && isReport],
    ['discharge.asked', audited && !isReport],
    ['discharge.tried', audited && !isReport && !isDropped(event.proposals)],
  );
}
