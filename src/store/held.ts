/** What everyone may now, as the register of access rights tells it. */
import type { Db } from '../../db/tables.ts';
import { accountRights, listAccounts } from './accounts.ts';
import { storedIntegrations } from './integrations.ts';
import type { Stored } from './rights.ts';
import { storedSubscriptions } from './subscriptions.ts';
import { listTokens, tokenRights } from './tokens.ts';

/** Without the subscriptions that are removed. */
export const allStored = async (db: Db): Promise<Stored[]> => [
  ...(await listAccounts(db)).map(
    (it): Stored => ({ kind: 'account', subject: it.login, held: () => accountRights(it) }),
  ),
  ...(await listTokens(db)).map(
    (it): Stored => ({ kind: 'token', subject: it.id, held: () => tokenRights(it) }),
  ),
  ...(await storedIntegrations(db)),
  ...(await storedSubscriptions(db)),
];
