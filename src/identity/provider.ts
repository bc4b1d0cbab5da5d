/**
 * Signing in by OpenID Connect: the authorization code flow with PKCE (RFC 7636), state and nonce, as RFC 9700 asks.
 * Between leaving for the provider and coming back the browser keeps what binds the two, in a cookie of its own: a
 * visitor who never comes back has left nothing here.
 */
import * as oidc from 'openid-client';
import * as z from 'zod';
import { type ClaimTable, grantsFrom, nameFrom } from './claims.ts';
import { newSecret } from './secret.ts';
import type { Person } from './sessions.ts';

export interface ProviderSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  readonly claims: ClaimTable;
}

/** Seconds that the provider's clock may be off. */
const SKEW = 10;
/** Seconds that the provider has to answer us. */
const PATIENCE = 10;
/** How long someone may take at the provider, in milliseconds. */
export const LONGEST_VISIT = 10 * 60_000;
/** The provider's addresses are asked for anew after this, in milliseconds. */
const METADATA_KEPT = 3_600_000;

const Visit = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  at: z.number(),
});

/** Someone came back from the provider, and it was not them, or not in time, or they turned back. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed';
}

/** Someone who came back. */
export interface Returned {
  readonly person: Person;
  /** The provider's ID token, to be shown to it when they log out there too. */
  readonly providerToken: string;
  readonly returnTo: string;
}

export class Provider {
  readonly #settings: ProviderSettings;
  readonly #callback: URL;
  readonly #now: () => number;
  #known: { readonly at: number; readonly configuration: oidc.Configuration } | null = null;

  /**
   * @param callback our own address to which the provider sends people back.
   * @param now epoch milliseconds.
   */
  constructor(settings: ProviderSettings, callback: URL, now: () => number) {
    this.#settings = settings;
    this.#callback = callback;
    this.#now = now;
  }

  /**
   * Sends someone to the provider.
   * @param returnTo where they go once they are back.
   * @returns the provider's address, and what their browser keeps until then.
   * @throws Error when the provider does not answer.
   */
  async begin(returnTo: string): Promise<{ location: URL; visit: string }> {
    const configuration = await this.#configuration();
    const visit = { state: newSecret(), nonce: newSecret(), verifier: oidc.randomPKCECodeVerifier() };
    const location = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#callback.href,
      scope: this.#settings.scope,
      state: visit.state,
      nonce: visit.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(visit.verifier),
      code_challenge_method: 'S256',
    });
    const kept = JSON.stringify({ ...visit, returnTo, at: this.#now() });
    return { location, visit: Buffer.from(kept).toString('base64url') };
  }

  /**
   * Takes someone back.
   * @param query what the provider sent with them.
   * @param kept what their browser kept.
   * @throws SignInFailed whose message is a short word for the log: never what was sent.
   */
  async finish(query: URLSearchParams, kept: string | undefined): Promise<Returned> {
    const visit = visitOf(kept);
    if (!visit || this.#now() - visit.at > LONGEST_VISIT) throw new SignInFailed('no visit under way');
    const back = new URL(this.#callback);
    back.search = query.toString();
    try {
      const configuration = await this.#configuration();
      const tokens = await oidc.authorizationCodeGrant(configuration, back, {
        pkceCodeVerifier: visit.verifier,
        expectedState: visit.state,
        expectedNonce: visit.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims || !tokens.id_token) throw new SignInFailed('no ID token');
      const more = configuration.serverMetadata().userinfo_endpoint
        ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : {};
      const person = this.#personOf(claims.sub, { ...more, ...claims });
      return { person, providerToken: tokens.id_token, returnTo: visit.returnTo };
    } catch (error) {
      throw error instanceof SignInFailed ? error : new SignInFailed(wordOf(error));
    }
  }

  /**
   * Where someone logs out at the provider too (OpenID Connect RP-Initiated Logout); null where it has no such address,
   * or does not answer.
   * @param returnTo our own address to which they are sent back.
   */
  async logout(providerToken: string, returnTo: URL): Promise<URL | null> {
    const configuration = await this.#configuration().catch(() => null);
    if (!configuration?.serverMetadata().end_session_endpoint) return null;
    return oidc.buildEndSessionUrl(configuration, {
      id_token_hint: providerToken,
      post_logout_redirect_uri: returnTo.href,
    });
  }

  #personOf(subject: string, claims: Readonly<Record<string, unknown>>): Person {
    const table = this.#settings.claims;
    return {
      id: `${this.#settings.issuer.href}#${subject}`,
      name: nameFrom(table, claims, subject),
      grants: grantsFrom(table, claims),
    };
  }

  /** What the provider says of itself. A provider that does not answer is asked again the next time. */
  async #configuration(): Promise<oidc.Configuration> {
    const now = this.#now();
    if (this.#known && now - this.#known.at < METADATA_KEPT) return this.#known.configuration;
    const { issuer, clientId, clientSecret } = this.#settings;
    const configuration = await oidc.discovery(
      issuer,
      clientId,
      { [oidc.clockTolerance]: SKEW },
      oidc.ClientSecretBasic(clientSecret),
      // Only for a provider on this machine: the settings take no other without TLS.
      { timeout: PATIENCE, ...(issuer.protocol === 'http:' && { execute: [oidc.allowInsecureRequests] }) },
    );
    this.#known = { at: now, configuration };
    return configuration;
  }
}

function visitOf(kept: string | undefined): z.infer<typeof Visit> | null {
  if (kept === undefined) return null;
  try {
    return Visit.parse(JSON.parse(Buffer.from(kept, 'base64url').toString()));
  } catch {
    return null;
  }
}

/** The kind of a failure, in a word: its message and its cause may hold what nobody is to read. */
function wordOf(error: unknown): string {
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError)
    return /^[\w.-]{1,60}$/.test(error.error) ? error.error : error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
