/** What everyone may now, as the register of access rights tells it. */
import type { Db } from '../../db/tables.ts';
import { accountRights, listAccounts } from './accounts.ts';
import { integrationRights, integrationsOf } from './integrations.ts';
import type { Held } from './rights.ts';
import { subscriptionRights, subscriptionsOf } from './subscriptions.ts';
import { listTokens, tokenRights } from './tokens.ts';

/** Without the subscriptions that are removed. */
export const allHeld = async (db: Db): Promise<Held[]> => [
  ...(await listAccounts(db)).map(accountRights),
  ...(await listTokens(db)).map(tokenRights),
  ...(await integrationsOf(db, null)).map(integrationRights),
  ...(await subscriptionsOf(db, null)).map(subscriptionRights),
];
