/** A server for real matters: people come in by the identity provider or by a password, systems by their tokens. */
import type { Logger } from 'pino';
import type { Database } from '../db/open.ts';
import { Refusal } from './engine/refusal.ts';
import { Accounts } from './identity/accounts.ts';
import { Admission } from './identity/admission.ts';
import { faultsIn } from './identity/claims.ts';
import type { People } from './identity/people.ts';
import { Provider } from './identity/provider.ts';
import { Sessions } from './identity/sessions.ts';
import type { LiveConfig } from './live-config.ts';
import { knownIn, openMatters, type WebhookSetting } from './opening.ts';
import type { Services } from './services.ts';

interface Setting {
  readonly db: Database;
  readonly log: Logger;
  readonly config: LiveConfig;
  readonly webhooks?: WebhookSetting;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Where the provider sends people back: to be registered there. */
const CALLBACK = '/login/callback';

/**
 * The services of a real server on a database.
 * @throws Error when a definition that matters run on is missing or was changed, or when the table of claims names what
 * there is not.
 */
export async function openLive({
  db,
  log,
  config,
  webhooks = {},
  now = Date.now,
}: Setting): Promise<Services> {
  const matters = await openMatters({ db, log, now, webhooks: { ...webhooks, onlySealed: true } });
  const { catalogue, tokens } = matters;
  const { provider, publicUrl, behindProxy } = config;
  const faults = provider ? faultsIn(provider.claims, knownIn(catalogue)) : [];
  if (faults.length > 0) throw new Error(faults.map(({ sv, en }) => `OIDC_CLAIMS: ${sv} / ${en}`).join('\n'));
  const people: People = {
    sessions: new Sessions(db, now, log),
    by:
      provider && publicUrl
        ? { provider: new Provider(provider, new URL(CALLBACK, publicUrl), now) }
        : {
            accounts: new Accounts(db, now, catalogue.municipalities),
            admission: new Admission(db, now, knownIn(catalogue)),
          },
    publicUrl,
    behindProxy,
  };
  return {
    ...matters,
    identify: async (token) => {
      const known = await tokens.identify(token);
      return known && { ...known, origin: 'integration' };
    },
    identities: new Map(),
    people,
    mode: 'live',
    goToDay: async () => {
      throw new Refusal('forbidden', {
        sv: 'Klockan är den riktiga, och ställs inte om.',
        en: 'The clock is the real one, and is not put forward.',
      });
    },
  };
}
