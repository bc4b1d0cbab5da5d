import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../access/scope.ts';

const listed = (names: readonly string[]) => sql.join(names.length > 0 ? names : ['']);

/**
 * The condition under which a row of `actor` is within a scope: that of its municipality, and where the record that it
 * belongs to is confidential, of those where that is seen. A joint matter, without its parts, is shared with every
 * municipality that has a member matter of it (R-114).
 * @param shared whether joint matters are asked for at all: those of others are looked up one by one.
 */
export function seen(scope: Scope, shared = true): RawBuilder<boolean> {
  if (scope === 'everything') return sql<boolean>`1 = 1`;
  const { tenants, confidential } = scope;
  const open = sql<boolean>`not exists (
    select 1 from actor as record where record.id = actor.root and record.confidential = 1
  )`;
  const own = tenants.every((it) => confidential.includes(it))
    ? sql<boolean>`actor.tenant in (${listed(tenants)})`
    : sql<boolean>`(actor.tenant in (${listed(tenants)}) and (actor.tenant in (${listed(confidential)}) or ${open}))`;
  if (!shared || tenants.length === 0) return own;
  const members = sql.join(tenants.map((it) => sql`actor.id || ${`.${it}`}`));
  return sql<boolean>`(${own} or (actor.chart = 'joint-matter' and actor.confidential = 0
    and exists (select 1 from actor as member where member.id in (${members}) and member.parent = actor.id)))`;
}
