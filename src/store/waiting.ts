/** Who waits for somebody to do something. */
import { type Selectable, sql } from 'kysely';
import type { ActorTable, Db } from '../../db/tables.ts';
import type { Scope } from '../access/scope.ts';
import { type StoredActor, toActor } from './actors.ts';
import { type Place, placesIn } from './places.ts';
import { seen } from './seen.ts';
import { tenantsIn } from './tenants.ts';

/** A state in which someone has something to do. */
export interface WorkState {
  readonly chart: string;
  readonly leaf: string;
}

interface Waiting {
  readonly id: string;
  readonly due_at: string;
  readonly created_at: string;
}

/**
 * Ids of the actors that have not ended and are in one of the states, those whose deadline is the earliest first, then
 * by their creation. From each place come the first of those there, in the order of the index.
 */
export async function actorsIn(
  db: Db,
  scope: Scope,
  states: readonly WorkState[],
  tenant: string | undefined,
  limit: number,
): Promise<string[]> {
  const waits = new Set(states.map(({ chart, leaf }) => `${chart} ${leaf}`));
  let first: readonly Waiting[] = [];
  for (const one of await tenantsIn(db, scope, tenant))
    for (const place of await placesIn(db, one, 'open')) {
      const isWork = place.state.split(',').some((leaf) => waits.has(`${place.chart} ${leaf}`));
      if (!isWork) continue;
      const there = await waitingAt(db, scope, place, limit);
      first = [...first, ...there].sort(byDue).slice(0, limit);
    }
  return first.map((it) => it.id);
}

const byDue = (a: Waiting, b: Waiting): number => (orderOf(a) < orderOf(b) ? -1 : 1);
const orderOf = ({ due_at, created_at, id }: Waiting): string => `${due_at} ${created_at} ${id}`;

async function waitingAt(db: Db, scope: Scope, place: Place, limit: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select id, due_at, created_at from actor
    where ended = 0 and tenant = ${place.tenant} and chart = ${place.chart} and state = ${place.state}
      and ${seen(scope, false)}
    order by due_at, created_at, id limit ${limit}`.execute(db);
  return rows;
}

/** The open matters that a body has deferred, in the order in which they were registered. */
export const deferredAt = (db: Db, scope: Scope, tenant: string, body: string): Promise<StoredActor[]> =>
  openAt(db, scope, { tenant, body, stand: ({ state }) => state.endsWith('.deferred') });

/** The meetings of a body that are planned or summoned, in the order in which they were planned. */
export const meetingsAhead = (db: Db, scope: Scope, tenant: string, body: string): Promise<StoredActor[]> =>
  openAt(db, scope, {
    tenant,
    body,
    stand: ({ chart, state }) => chart === 'meeting' && (state === 'planned' || state === 'summoned'),
  });

/** What a body has that stands in places of a kind, in the order in which it was registered. */
async function openAt(
  db: Db,
  scope: Scope,
  { tenant, body, stand }: { tenant: string; body: string; stand: (it: Place) => boolean },
): Promise<StoredActor[]> {
  const found: StoredActor[] = [];
  for (const { chart, state } of (await placesIn(db, tenant, 'open')).filter(stand)) {
    const { rows } = await sql<Selectable<ActorTable>>`
      select * from actor
      where ended = 0 and tenant = ${tenant} and chart = ${chart} and state = ${state} and body = ${body}
        and ${seen(scope, false)}`.execute(db);
    found.push(...rows.map(toActor));
  }
  const orderOf = ({ createdAt, id }: StoredActor) => `${createdAt} ${id}`;
  return found.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}
