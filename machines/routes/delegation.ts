/** Decisions that are made for a committee by another. */
import { Route } from './route.ts';

const administration = {
  id: 'administration',
  type: 'preparation',
  label: { sv: 'Förvaltningen', en: 'Administration' },
} as const;

/** Route J: a delegate decides within the committee's delegation scheme. */
export const delegatedDecision = (body: string): Route =>
  Route.parse({
    name: `${body}-delegated`,
    version: 1,
    label: { sv: 'Delegationsbeslut', en: 'Delegated decision' },
    stages: [administration, { id: 'delegate', type: 'delegated', body }],
  });

/** Route K: the chair, or another member, decides in what cannot wait for the committee. */
export const urgentDecision = (body: string): Route =>
  Route.parse({
    name: `${body}-urgent`,
    version: 1,
    label: { sv: 'Brådskande beslut', en: 'Urgent decision' },
    stages: [administration, { id: 'chair', type: 'delegated', body, urgent: true }],
  });
