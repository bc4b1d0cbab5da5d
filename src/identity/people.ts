/** How people come in where the server is for real: by an identity provider, or by passwords of our own keeping. */
import type { Accounts } from './accounts.ts';
import type { Admission } from './admission.ts';
import type { Provider } from './provider.ts';
import type { Sessions } from './sessions.ts';

export interface People {
  readonly sessions: Sessions;
  readonly by:
    | { readonly provider: Provider }
    | { readonly accounts: Accounts; readonly admission: Admission };
  /** The address by which people reach the server; null for this machine's own, without TLS. */
  readonly publicUrl: URL | null;
  /** Whether a proxy in front of the server says for whom it asks (`X-Forwarded-For`). */
  readonly behindProxy: boolean;
}
