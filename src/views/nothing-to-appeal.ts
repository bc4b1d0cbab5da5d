/**
 * Notices of minutes without a decision of the body's own: what it has proposed to another, endorsed, deferred or referred
 * back cannot be appealed, so the time that such a notice stays up is no appeal period.
 */
import type { Label } from '../../machines/label.ts';
import type { RuleId } from '../../machines/law/rules.ts';
import { findActors, type StoredActor } from '../store/actors.ts';
import type { Source } from './source.ts';

/** What the time of such a notice is. */
export const staysUntil: { readonly label: Label; readonly rule: RuleId } = {
  label: { sv: 'Anslaget får tas ned', en: 'The notice may be taken down' },
  rule: 'R-071',
};

/** Those among the actors that are such notices, by id. */
export async function nothingToAppeal(
  { db }: Pick<Source, 'db'>,
  actors: readonly StoredActor[],
): Promise<ReadonlySet<string>> {
  const notices = actors.filter((it) => it.chart === 'notice');
  const points = new Map(notices.map((it) => [it.id, pointsOf(it)]));
  const found = await findActors(db, [...new Set([...points.values()].flat())]);
  const bodies = new Map(found.map((it) => [it.id, it.body]));
  const decides = ({ id, body }: StoredActor) => points.get(id)?.some((it) => bodies.get(it) === body);
  return new Set(notices.filter((it) => !decides(it)).map((it) => it.id));
}

const pointsOf = ({ snapshot }: StoredActor): readonly string[] =>
  (JSON.parse(snapshot) as { readonly context: { readonly points: readonly string[] } }).context.points;
