/** What a step means in law: read off the transitions taken, the payload and the origin, never off what a chart remembers. */

import { consultationFacts } from './facts/consultation.ts';
import { registerFacts } from './facts/delegation.ts';
import { matterFacts } from './facts/matter.ts';
import { meetingFacts } from './facts/meeting.ts';

import {
  agreementFacts,
  contractFacts,
  initiativeFacts,
  jointFacts,
  noticeFacts,
  partyFacts,
} from './facts/others.ts';

import { pointFacts } from './facts/point.ts';
import type { ObservedStep } from './observed-step.ts';
import type { Fact } from './observer.ts';

const readers: Readonly<Record<string, (step: ObservedStep) => readonly Fact[]>> = {
  'decision-point': pointFacts,
  meeting: meetingFacts,
  notice: noticeFacts,
  contract: contractFacts,
  agreement: agreementFacts,
  'joint-matter': jointFacts,
  delegation: registerFacts,
  initiative: initiativeFacts,
  consultation: consultationFacts,
  party: partyFacts,
};

/** The facts of a step, in the order in which they hold. Charts of routes are named `municipality/route`. */
export function factsOf(step: ObservedStep): readonly Fact[] {
  const read = step.chart.name.includes('/') ? matterFacts : readers[step.chart.name];
  return read?.(step) ?? [];
}
