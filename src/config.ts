/** The environment, checked. */
import * as z from 'zod';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** A SQLite file, or `:memory:`. */
  readonly databasePath: string;
  readonly logLevel: string;
  /** Whether a new database begins empty, without the demonstration's matters. */
  readonly empty: boolean;
}

const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'a number from 0 to 65535' }).int().min(0).max(65_535).default(3000),
  DATABASE_PATH: z.string().default('arendegang.db'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  EMPTY: z.stringbool().default(false),
});

/**
 * Reads `HOST`, `PORT`, `DATABASE_PATH`, `LOG_LEVEL` and `EMPTY`; one that is empty counts as absent.
 * @throws Error that names every wrong variable.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const stated = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { success, data, error } = Environment.safeParse(stated);
  if (!success) throw new Error(error.issues.map((it) => `${it.path.join('.')}: ${it.message}`).join('\n'));
  const { HOST: host, PORT: port, DATABASE_PATH: databasePath, LOG_LEVEL: logLevel, EMPTY: empty } = data;
  return { host, port, databasePath, logLevel, empty };
}

/** The tokens and secrets of the demonstration are known to all. @throws Error for an address others can reach. */
export function assertLoopback(host: string): void {
  if (/^(localhost|::1|127(\.\d{1,3}){3})$/.test(host)) return;
  throw new Error(
    `Demonstrationens nycklar är allmänt kända och får inte användas på ${host}. Använd 127.0.0.1.\n` +
      `The demonstration's tokens are known to everyone and must not be used on ${host}. Use 127.0.0.1.`,
  );
}
