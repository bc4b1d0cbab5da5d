/** The environment, checked, and the file of settings under it. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { isAddress } from '../db/location.ts';
import { isLoopback, type LiveConfig, liveConfigIn, liveVariables, yesOrNo } from './live-config.ts';
import { allowedNetworks } from './webhooks/target.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** A SQLite file, `:memory:`, or the address of a PostgreSQL server, with its password. */
  readonly database: string;
  readonly logLevel: string;
  /** Whether a new database begins empty, without the demonstration's matters. */
  readonly empty: boolean;
  /** The key that the secrets of webhooks are sealed with in the database; null to store them as they are. */
  readonly secretsKey: Uint8Array | null;
  /** Networks that webhooks may be sent to beside the public ones; undefined for this machine alone. */
  readonly webhookNetworks: readonly string[] | undefined;
  /** Requests a minute that one identity may send to the API; nought for as many as it likes. */
  readonly rateLimit: number;
  /** What opens `/metrics`; null where only this machine is told. */
  readonly metricsToken: string | null;
  /** How people reach and enter a server for real matters; null for the demonstration. */
  readonly live: LiveConfig | null;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce
    .number({ error: 'ett tal från 0 till 65535 / a number from 0 to 65535' })
    .int()
    .min(0)
    .max(65_535)
    .default(3000),
  DATABASE_PATH: z.string().default('arendegang.db'),
  DATABASE_URL: z.string().refine(isAddress, 'postgres://user:password@host:port/database').optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `något av / one of ${logLevels.join(', ')}` }).default('info'),
  EMPTY: yesOrNo.default(false),
  SECRETS_KEY: z
    .string()
    .regex(
      /^[A-Za-z0-9+/]{43}=$/,
      '32 byte i base64, som av / 32 bytes in base64, as of: openssl rand -base64 32',
    )
    .transform((it) => Buffer.from(it, 'base64'))
    .optional(),
  WEBHOOK_NETWORKS: z
    .string()
    .transform((it) => it.split(',').map((network) => network.trim()))
    .refine(
      areNetworks,
      'nät åtskilda av komma, som / networks separated by commas, such as 10.1.0.0/16,::1/128',
    )
    .optional(),
  RATE_LIMIT: z.coerce
    .number({ error: 'ett tal från 0 / a number from 0' })
    .int()
    .min(0)
    .max(10_000_000)
    .default(60_000),
  METRICS_TOKEN: z.string().min(16, 'minst 16 tecken / at least 16 characters').optional(),
  ...liveVariables,
});

type Stated = Readonly<Record<string, string | undefined>>;

function areNetworks(networks: readonly string[]): boolean {
  try {
    allowedNetworks(networks);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads the variables that the README lists; one that is empty counts as absent.
 * @throws Error that names every wrong variable.
 */
export function readConfig(environment: Stated): Config {
  const data = parsed(Environment, environment);
  return {
    host: data.HOST,
    port: data.PORT,
    database: placeIn(data),
    logLevel: data.LOG_LEVEL,
    empty: data.EMPTY,
    secretsKey: data.SECRETS_KEY ?? null,
    webhookNetworks: data.WEBHOOK_NETWORKS,
    rateLimit: data.RATE_LIMIT,
    metricsToken: data.METRICS_TOKEN ?? null,
    live: liveConfigIn(data),
  };
}

const Place = Environment.pick({ DATABASE_PATH: true, DATABASE_URL: true });

const placeIn = ({ DATABASE_URL, DATABASE_PATH }: z.output<typeof Place>): string =>
  DATABASE_URL ?? DATABASE_PATH;

/** Where the database is, whatever else is stated. @throws Error that names the wrong variable. */
export const readDatabase = (environment: Stated): string => placeIn(parsed(Place, environment));

function parsed<T extends z.ZodType>(schema: T, environment: Stated): z.output<T> {
  const stated = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { success, data, error } = schema.safeParse(stated);
  if (!success) throw new Error(error.issues.map((it) => `${it.path.join('.')}: ${it.message}`).join('\n'));
  return data;
}

const SettingsFile = z.partialRecord(
  Environment.keyof(),
  z.union([z.string(), z.number(), z.boolean()]).transform(String),
);

/**
 * Settings in a file, a JSON object of the same names as in the environment.
 * @throws Error for a file that is not there or not that, and for a name that is none.
 */
export function settingsIn(file: string): Stated {
  try {
    return SettingsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The tokens and secrets of the demonstration are known to all. @throws Error for an address others can reach. */
export function assertLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new Error(
    `Demonstrationens nycklar är allmänt kända och får inte användas på ${host}. Använd 127.0.0.1.\n` +
      `The demonstration's tokens are known to everyone and must not be used on ${host}. Use 127.0.0.1.`,
  );
}
