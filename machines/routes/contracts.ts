/** Contracts: approved and signed, or ended. */
import { committeeMatter, councilMatter } from './bodies.ts';
import type { Route } from './route.ts';

/** Route S, to the council: the contract is approved; then signed, after the standstill if it was procured. */
export const contractApproval: Route = {
  ...councilMatter,
  name: 'contract-approval',
  label: { sv: 'Avtal, fullmäktige', en: 'Contract for the council' },
  must: 'concludes',
};

/** Route S where a committee approves. */
export const committeeContract = (body: string): Route => ({
  ...committeeMatter(body),
  name: `${body}-contract`,
  label: { sv: 'Avtal, nämnd', en: 'Contract for a committee' },
  must: 'concludes',
});

/** Route T (seed 004): a committee ends a contract; the contract ends with its notice period, or as agreed. */
export const contractTermination = (body: string): Route => ({
  ...committeeMatter(body),
  name: `${body}-termination`,
  label: { sv: 'Uppsägning av avtal', en: 'Termination of a contract' },
  must: 'terminates',
});
