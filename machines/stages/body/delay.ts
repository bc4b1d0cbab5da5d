/** Delay: deferred or referred back by the body, or at the demand of a minority. */
import {
  type Action,
  all,
  assigning,
  causing,
  type EventDeclaration,
  type Guard,
  guard,
  type Named,
  type StateData,
  type TransitionData,
} from '../../chart.ts';
import { comingDate, count, deciding, line, oneOf, prose, several } from '../../events.ts';
import { isThird, type MinorityBrake } from '../../municipalities/municipality.ts';
import { tell } from '../../tell.ts';
import { records } from '../matter/outcomes.ts';
import { type MatterContext, pointId } from '../matter.ts';
import { byOthers } from './by-others.ts';
import { secretary } from './secretary.ts';

const motivatedByOthers = byOthers<{ motivationBy?: readonly string[] }>(
  { sv: 'Den som är jävig sätter ingen motivering.', en: 'One who is recused sets no motivation.' },
  ({ motivationBy = [] }) => motivationBy,
);

export const delayEvents: Readonly<Record<string, EventDeclaration>> = {
  'item.defer': deciding({
    label: { sv: 'Bordlägg', en: 'Defer' },
    by: secretary,
    rule: 'R-060',
    fields: {
      until: comingDate('Till sammanträdet', 'Until the meeting of').optional(),
      reason: prose('Skäl', 'Reason').optional(),
    },
  }),
  'item.referBack': deciding({
    label: { sv: 'Återremittera', en: 'Refer back' },
    by: secretary,
    rule: 'R-061',
    fields: { to: line('Till', 'To'), motivation: prose('Motivering', 'Motivation') },
  }),
  'minority.delay': deciding({
    label: { sv: 'Minoritetens begäran', en: 'Minority demand' },
    by: secretary,
    rule: 'R-055',
    asks: { motivatedByOthers },
    fields: {
      kind: oneOf('Begärs', 'Demanded', {
        defer: { sv: 'bordläggning', en: 'deferral' },
        refer: { sv: 'återremiss', en: 'referral back' },
      }),
      requesters: count('Antal som begär', 'Members demanding it'),
      to: line('Till', 'To').optional(),
      motivation: prose('Motivering', 'Motivation').optional(),
      motivationBy: several('Motiveringen är satt av', 'Motivation set by', line('Namn', 'Name')).optional(),
    },
  }),
};

export const delayGuards: Readonly<Record<string, Guard>> = {
  goesTo: guard<MatterContext, { to?: string }, { to: string }>({
    rule: 'R-061',
    version: 1,
    says: {
      sv: 'Ärendet kan återremitteras bara till ett tidigare led på sin väg.',
      en: 'The matter can be referred back only to an earlier stage of its route.',
    },
    holds: (_, event, { to }) => event.to === to,
  }),
  isDelay: guard<MatterContext, { kind: string }, { kind: string }>({
    rule: 'R-055',
    version: 1,
    says: { sv: 'Begäran avser något annat.', en: 'The demand is for something else.' },
    holds: (_, event, { kind }) => event.kind === kind,
  }),
  thirdDemands: guard<MatterContext, { requesters: number }>({
    rule: 'R-055',
    version: 1,
    says: {
      sv: 'Minst en tredjedel av de närvarande måste begära det, och inte fler än som är närvarande.',
      en: 'At least one third of those present must demand it, and no more than are present.',
    },
    holds: (context, event) => {
      const present = context.present ?? 0;
      return event.requesters <= present && 3 * event.requesters >= present && present > 0;
    },
  }),
  minorityUnused: guard<MatterContext>({
    rule: 'R-056',
    version: 1,
    says: {
      sv: 'Ärendet har redan bordlagts eller återremitterats på begäran av en minoritet.',
      en: 'The matter has already been deferred or referred back at the demand of a minority.',
    },
    holds: (context) => !context.minorityDelayUsed,
  }),
  motivated: guard<
    MatterContext,
    { requesters: number; motivation?: string; motivationBy?: readonly string[] }
  >({
    rule: 'R-058',
    version: 1,
    says: {
      sv: 'En återremiss ska motiveras av dem som begär den: ange motiveringen och vilka av dem som har satt den.',
      en: 'Those who demand a referral back give its motivation: state it, and who of them set it.',
    },
    holds: (_, { requesters, motivation, motivationBy = [] }) =>
      motivation !== undefined && motivationBy.length > 0 && motivationBy.length <= requesters,
  }),
};

export const delayActions: Readonly<Record<string, Action>> = {
  sendBackPoints: causing<MatterContext>(1, (context) =>
    context.points
      .filter((point) => point.standing === 'open')
      .flatMap((point) => tell(pointId(context, point.key), 'point.sentBack')),
  ),
  waitUntil: assigning<MatterContext, { until?: string | null }>(1, (_, { until = null }) => ({
    deferredUntil: until,
  })),
  useMinority: assigning<MatterContext>(1, () => ({ minorityDelayUsed: true })),
};

/** By the body itself, until its next meeting or a day that it says. */
export const defers: TransitionData = {
  target: 'deferred',
  actions: [{ type: 'waitUntil' }, records('deferred'), { type: 'leave', params: { how: 'deferred' } }],
};

/** The stages to which a body may refer back, and those among them where the matter is drafted again. */
export interface Back {
  readonly referTo: readonly string[];
  readonly drafting: readonly string[];
}

/** The transitions of a referral to each stage that it may go to. */
export function referrals(
  { referTo, drafting }: Back,
  how: string,
  guards: readonly Named[],
  first: readonly Named[],
): TransitionData[] {
  return referTo.map((to) => ({
    target: drafting.includes(to) ? `#${to}.drafting` : `#${to}`,
    guard: all({ type: 'goesTo', params: { to } }, ...guards),
    actions: [...first, { type: 'leave', params: { how } }, { type: 'sendBackPoints' }],
  }));
}

/** Who is entitled to a delay: a third, once (KL 5:50), or what another jurisdiction says of the body. */
function entitledBy(brake: MinorityBrake): Named[] {
  const { threshold, maxUses } = brake;
  return [
    isThird(brake) ? { type: 'thirdDemands' } : { type: 'shareDemands', params: { threshold } },
    ...(maxUses === null ? [] : [{ type: 'minorityUnused' }]),
  ];
}

/** The minority's right exists where the body has it (in Sweden ): elsewhere there is no such transition. */
export function minorityDelay(brake: MinorityBrake, back: Back): StateData['on'] {
  const entitled = entitledBy(brake);
  const defers: TransitionData = {
    target: 'deferred',
    guard: all({ type: 'isDelay', params: { kind: 'defer' } }, ...entitled),
    actions: [
      { type: 'useMinority' },
      { type: 'waitUntil' },
      records('minorityDeferral'),
      { type: 'leave', params: { how: 'deferred' } },
    ],
  };
  const refers = referrals(
    back,
    'referredBack',
    [{ type: 'isDelay', params: { kind: 'refer' } }, ...entitled, { type: 'motivated' }],
    [{ type: 'useMinority' }, records('minorityReferral')],
  );
  return {
    'minority.delay': [
      ...(brake.delays.includes('defer') ? [defers] : []),
      ...(brake.delays.includes('refer') ? refers : []),
    ],
  };
}
