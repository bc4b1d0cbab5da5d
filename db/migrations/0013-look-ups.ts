import type { Kysely } from 'kysely';
import { define } from '../define.ts';

/**
 * Indexes by which what grows is looked up, however much of it there is: what is open, state by state and the earliest
 * due first; which definitions actors run on; joint matters of all municipalities; the records that are confidential, which few are; a word within a municipality; and the
 * messages of a subscription by what became of them.
 */
export const up = (db: Kysely<unknown>): Promise<void> =>
  define(db, [
    `alter table actor add column due_at text not null default '~'`,
    `update actor set due_at = (select min(due_at) from deadline where deadline.actor = actor.id)
      where id in (select actor from deadline)`,
    'drop index actor_open',
    `create index actor_open on actor (tenant, chart, state, due_at, created_at, id, root, confidential)
      where ended = 0`,
    'drop index actor_chart',
    'create index actor_pinned on actor (chart, chart_version, chart_hash, ended, root)',
    `create index actor_joint on actor (chart, created_at, id) where chart = 'joint-matter'`,
    'create index actor_confidential on actor (id) where confidential = 1',
    'drop index term_word',
    'create index term_word on term (tenant, kind, word, record)',
    'create index delivery_state on delivery (subscription, state, seq)',
  ]);
