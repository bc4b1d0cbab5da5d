/** How people reach and enter a server for real matters: that part of the environment, checked. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { ClaimTable } from './identity/claims.ts';
import type { ProviderSettings } from './identity/provider.ts';

export interface LiveConfig {
  /** The address by which people reach the server; null for this machine's own, without TLS. */
  readonly publicUrl: URL | null;
  /** Whether a proxy in front of the server says for whom it asks. */
  readonly behindProxy: boolean;
  /** The identity provider; null where passwords are our own. */
  readonly provider: ProviderSettings | null;
}

const origin = z
  .url({ protocol: /^https?$/, error: 'en adress / an address, https://…' })
  .transform((it) => new URL(it));

export const yesOrNo = z.stringbool({ error: 'true eller / or false' });

/** The variables, as a shape for zod. */
export const liveVariables = {
  LIVE: yesOrNo.optional(),
  PUBLIC_URL: origin.optional(),
  BEHIND_PROXY: yesOrNo.default(false),
  OIDC_ISSUER: origin.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_SCOPE: z
    .string()
    .refine((it) => it.split(' ').includes('openid'), 'ska ha / must have openid')
    .default('openid profile'),
  OIDC_CLAIMS: z.string().optional(),
};

interface Stated extends z.infer<z.ZodObject<typeof liveVariables>> {
  readonly HOST: string;
}

/**
 * What a server for real matters is told; null for the demonstration. Where `OIDC_ISSUER` is stated the server is for
 * real, unless `LIVE` says otherwise.
 * @throws Error that names the variable which is wrong, missing, or not for the demonstration.
 */
export const liveConfigIn = (stated: Stated): LiveConfig | null =>
  (stated.LIVE ?? stated.OIDC_ISSUER !== undefined) ? liveIn(stated) : demoIn(stated);

/** The names that only a server for real matters takes. */
const ONLY_LIVE = [
  'PUBLIC_URL',
  'BEHIND_PROXY',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_CLAIMS',
] as const;

function demoIn(data: Stated): null {
  const strange = ONLY_LIVE.filter((name) => data[name]);
  if (strange.length > 0)
    throw new Error(`${strange.join(', ')}: gäller bara LIVE=true / only with LIVE=true`);
  return null;
}

function liveIn(data: Stated): LiveConfig {
  const { HOST: host, PUBLIC_URL: stated, BEHIND_PROXY: behindProxy } = data;
  const publicUrl = stated ?? null;
  if (publicUrl && publicUrl.href !== `${publicUrl.origin}/`)
    throw new Error('PUBLIC_URL: utan sökväg / without a path');
  if (!isLoopback(publicUrl?.hostname ?? host) && publicUrl?.protocol !== 'https:')
    throw new Error(
      `PUBLIC_URL: ange adressen som användarna når, https://…, när andra når ${host}.\n` +
        `PUBLIC_URL: state the address that people use, https://…, where others reach ${host}.`,
    );
  return { publicUrl, behindProxy, provider: providerIn(data) };
}

function providerIn(data: Stated): ProviderSettings | null {
  const {
    OIDC_ISSUER,
    OIDC_CLIENT_ID,
    OIDC_CLIENT_SECRET,
    OIDC_CLAIMS,
    OIDC_SCOPE: scope,
    PUBLIC_URL,
  } = data;
  const needed = { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_CLAIMS, PUBLIC_URL };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (!ONLY_LIVE.some((it) => it.startsWith('OIDC_') && data[it])) return null;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !OIDC_CLAIMS || !PUBLIC_URL)
    throw new Error(
      `${missing.join(', ')}: behövs för inloggning med OpenID Connect / needed for OpenID Connect`,
    );
  if (OIDC_ISSUER.protocol !== 'https:' && !isLoopback(OIDC_ISSUER.hostname))
    throw new Error('OIDC_ISSUER: https://…');
  if (isGuessable(OIDC_CLIENT_SECRET) && !isLoopback(PUBLIC_URL.hostname))
    throw new Error('OIDC_CLIENT_SECRET: går att gissa / can be guessed');
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    scope,
    claims: claimsIn(OIDC_CLAIMS),
  };
}

/** Short, or what examples are written with. */
const isGuessable = (secret: string): boolean =>
  secret.length < 16 || /^(change|secret|password|example|demo|test)/i.test(secret);

function claimsIn(file: string): ClaimTable {
  try {
    return ClaimTable.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`OIDC_CLAIMS: ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export const isLoopback = (host: string): boolean => /^(localhost|\[?::1\]?|127(\.\d{1,3}){3})$/.test(host);
