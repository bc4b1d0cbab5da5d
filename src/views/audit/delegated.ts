/** Whether each decision for a committee was accepted by the delegation that it names. */
import type { Db } from '../../../db/tables.ts';
import type { Label } from '../../../machines/label.ts';
import type { Folded } from '../../engine/replay.ts';
import { isEntered } from '../../store/entries.ts';
import type { Finding } from './evidence.ts';

/** An entry by which it was decided for a committee, and the delegation that it was asked of. */
export interface Delegated {
  readonly actor: string;
  readonly version: number;
  readonly command: string;
  readonly delegation: string;
}

const USE = 'delegation.use';

export const delegatedIn = ({ entry, step }: Folded): Delegated[] => {
  const { actor, version, command } = entry;
  return step.effects.flatMap((it) =>
    it.kind === 'tell' && it.event.type === USE
      ? it.to.map((delegation) => ({ actor, version, command, delegation }))
      : [],
  );
};

/** The decisions that the delegation has no entry of, from the same command. */
export async function delegatedFindings(db: Db, delegated: readonly Delegated[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { actor, version, command, delegation } of delegated)
    if (!(await isEntered(db, { actor: delegation, type: USE, command })))
      found.push({ actor, version, kind: 'delegation', detail: notAccepted(delegation) });
  return found;
}

const notAccepted = (delegation: string): Label => ({
  sv: `Delegationen ${delegation} har inte godtagit beslutet.`,
  en: `The delegation ${delegation} has not accepted the decision.`,
});
