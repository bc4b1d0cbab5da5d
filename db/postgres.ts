/** PostgreSQL, or a cluster that speaks as it does, over `pg`. */
import { CompiledQuery, type Dialect, type Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import { Away } from './away.ts';
import { assertBindable } from './bindable.ts';

/**
 * As many connections as one process holds. Writers wait for one another, and hold theirs meanwhile: those that the
 * engine needs must be left.
 */
const CONNECTIONS = { read: 8, write: 12, migrate: 2 };
/** Milliseconds until a server that does not answer counts as gone. */
const CONNECT_TIMEOUT = 10_000;

/**
 * A process that stops in the middle of a transaction holds up all the others: after this many milliseconds the
 * server ends it.
 */
const LONGEST_PAUSE = 30_000;
/** Whoever waits longer for its turn gives up, in milliseconds. */
const LONGEST_WAIT = 20_000;
/**
 * Milliseconds after which a statement that the server has not answered has been lost, with its connection: longer than
 * the server has anyone wait. What brings the tables up to date may take longer.
 */
const LONGEST_STATEMENT = 60_000;
/** A connection that has been silent for so long, in milliseconds, is asked whether it is there still. */
const SILENCE = 10_000;

/**
 * @param address `postgres://user:password@host:port/database`.
 * @param access to migrate is to write also what Kysely itself binds, which is not checked.
 */
export const postgres = (address: string, access: keyof typeof CONNECTIONS): Dialect =>
  new PostgresDialect({ pool: poolOf(address, access) });

function poolOf(connectionString: string, access: keyof typeof CONNECTIONS): PostgresPool {
  const pool = new pg.Pool({
    connectionString,
    max: CONNECTIONS[access],
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
    keepAliveInitialDelayMillis: SILENCE,
    ...(access !== 'migrate' && { query_timeout: LONGEST_STATEMENT }),
    application_name: 'arendegang',
    idle_in_transaction_session_timeout: LONGEST_PAUSE,
    lock_timeout: LONGEST_WAIT,
    ...(access === 'read' && { options: '-c default_transaction_read_only=on' }),
    types: { getTypeParser },
  });
  // A connection that breaks is replaced; who uses it is told by the next statement.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const clients = new WeakMap<pg.PoolClient, Client>();
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect().catch((error: unknown) => {
        throw told(error);
      });
      const known = clients.get(client) ?? clientOf(client, access === 'migrate' ? () => {} : assertBindable);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

/**
 * What a server says of itself (SQLSTATE) where it is away: its connections break or are too many, it stops or starts,
 * and a wait for somebody else was too long.
 */
const AWAY = /^(08|53300|55P03|57P0)/;

/** Away as well is a server that does not say anything. */
const told = (error: unknown): unknown =>
  error instanceof Error && (!(error instanceof pg.DatabaseError) || AWAY.test(error.code ?? ''))
    ? new Away(error)
    : error;

type Client = Awaited<ReturnType<PostgresPool['connect']>>;

/**
 * A client that binds no value as something else than it is. Where a statement ended without an answer of the server
 * nobody knows what its connection would answer next: it asks no more, and is not used again.
 */
function clientOf(client: pg.PoolClient, check: (value: unknown) => void): Client {
  let lost: Error | null = null;
  const query = async (text: string, parameters: readonly unknown[]): Promise<unknown> => {
    parameters.forEach(check);
    if (lost) throw new Away(lost);
    try {
      return await client.query(text, parameters.map(written));
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) lost = error as Error;
      throw told(error);
    }
  };
  return { query: query as Client['query'], release: (destroy) => client.release(destroy || lost !== null) };
}

/**
 * PostgreSQL cannot keep the character NUL. It is written as the character after it and a 0, and that one as itself
 * and a 1: what is read is what was written, and the order is that of the texts.
 */
const written = (value: unknown): unknown =>
  typeof value === 'string' && (value.includes('\0') || value.includes('\u0001'))
    ? value.replaceAll('\u0001', '\u00011').replaceAll('\0', '\u00010')
    : value;

const read = (text: string): string =>
  text.includes('\u0001') ? text.replaceAll('\u00010', '\0').replaceAll('\u00011', '\u0001') : text;

const { TEXT, INT8 } = pg.types.builtins;

/** Counts come as numbers: none is beyond 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (type: number, format?: string) =>
  type === TEXT ? read : type === INT8 ? Number : pg.types.getTypeParser(type, format as 'text');

/** @throws Error for a server that would confirm what it may lose. */
export async function assertDurable<T>(db: Kysely<T>): Promise<void> {
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    const { rows } = await db.executeQuery<Record<string, string>>(CompiledQuery.raw(`show ${name}`));
    if (rows[0]?.[name] === 'off')
      throw new Error(
        `PostgreSQL skulle förlora det som den har bekräftat: dess ${name} är av / ` +
          `PostgreSQL would lose what it has confirmed: its ${name} is off`,
      );
  }
}
