/** Events and conditions of bodies whose rules are not those of the Swedish act: only their routes have them. */
import * as z from 'zod';
import { type EventDeclaration, type Guard, guard } from '../chart.ts';
import { deciding } from '../events.ts';
import { type Body, isThird } from '../municipalities/municipality.ts';
import type { MatterContext } from './matter.ts';

const chairsVote = deciding({
  label: { sv: 'Ordförandens röst avgör', en: "The chair's vote decides" },
  by: ['clerk', 'chair'],
  fields: {
    proposal: z.int().min(1).max(10).meta({ sv: 'Röstade för förslag', en: 'Voted for proposal' }),
  },
});

const shareDemands = guard<
  MatterContext,
  { requesters: number },
  { threshold: readonly [part: number, whole: number] }
>({
  rule: null,
  version: 1,
  says: {
    sv: 'Färre har begärt det än organets regler kräver.',
    en: "Fewer demand it than the body's rules require.",
  },
  holds: (context, event, { threshold: [part, whole] }) => {
    const present = context.present ?? 0;
    return event.requesters <= present && whole * event.requesters >= part * present && present > 0;
  },
});

/** The events that the rules of these bodies call for. */
export const ownEvents = (bodies: readonly Body[]): Readonly<Record<string, EventDeclaration>> =>
  bodies.some((it) => it.tie === 'chairsProposal') ? { 'vote.chair': chairsVote } : {};

/** The guards that the rules of these bodies call for. */
export const ownGuards = (bodies: readonly Body[]): Readonly<Record<string, Guard>> =>
  bodies.some((it) => it.minorityBrake && !isThird(it.minorityBrake)) ? { shareDemands } : {};
