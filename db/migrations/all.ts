import type { Migration } from 'kysely/migration';
import * as start from './0001-start.ts';
import * as routes from './0002-routes.ts';
import * as identity from './0003-identity.ts';
import * as access from './0004-access.ts';
import * as webhooks from './0005-webhooks.ts';
import * as search from './0006-search.ts';
import * as growth from './0007-growth.ts';
import * as moves from './0008-moves.ts';
import * as failed from './0009-failed.ts';
import * as retention from './0012-retention.ts';
import * as lookUps from './0013-look-ups.ts';
import * as lists from './0014-lists.ts';
import * as rights from './0015-rights.ts';

/** Every migration, oldest first. Append only: one that has run somewhere is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-start': start,
  '0002-routes': routes,
  '0003-identity': identity,
  '0004-access': access,
  '0005-webhooks': webhooks,
  '0006-search': search,
  '0007-growth': growth,
  '0008-moves': moves,
  '0009-failed': failed,
  '0012-retention': retention,
  '0013-look-ups': lookUps,
  '0014-lists': lists,
  '0015-rights': rights,
};
