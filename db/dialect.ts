/** Kysely over a SQLite driver: what holds whichever driver it is. */
import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver, SqliteAdapter } from 'kysely';
import { BaseSqliteDialect, GenericSqliteDriver, type IGenericSqlite } from 'kysely-generic-sqlite';

/** Opens a file, which is created where it may be written; or `:memory:`. */
export type OpenSqlite = (filename: string, access: 'read' | 'write') => Promise<IGenericSqlite>;

/** Whether a transaction may still be open that was given up: what is written in it is never on the disk. */
interface GivenUp {
  is: boolean;
}

class ImmediateDriver extends GenericSqliteDriver {
  readonly #givenUp: GivenUp;

  constructor(
    open: () => Promise<IGenericSqlite>,
    onConnect: (connection: DatabaseConnection) => Promise<void>,
    givenUp: GivenUp,
  ) {
    super(open, onConnect);
    this.#givenUp = givenUp;
  }

  /** A transaction takes the write lock when it begins: it never fails half way for a lock. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    } catch (error) {
      this.#givenUp.is = true;
      throw error;
    }
  }

  /** What a transaction failed with is the error to tell, and not that it could not be rolled back. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => {
      this.#givenUp.is = true;
    });
  }
}

/** A driver that rolls back what was given up before it does anything else, and tells of what it has written. */
const cautious = (driver: IGenericSqlite, givenUp: GivenUp, written: () => void): IGenericSqlite => ({
  ...driver,
  query: async (isSelect, text, parameters) => {
    if (givenUp.is) await rollBack(driver);
    givenUp.is = false;
    const result = await driver.query(isSelect, text, parameters);
    if (!isSelect) written();
    return result;
  },
});

/** Where the disk is full or failing SQLite has rolled back by itself. */
async function rollBack(driver: IGenericSqlite): Promise<void> {
  try {
    await driver.query(false, 'rollback', []);
  } catch (error) {
    if (!String(error).includes('no transaction is active')) throw error;
  }
}

/** SQLite takes changes of the schema in a transaction: a migration that breaks off leaves nothing half made. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class SqliteDialect extends BaseSqliteDialect {
  constructor(
    open: () => Promise<IGenericSqlite>,
    onConnect: (connection: DatabaseConnection) => Promise<void>,
    written: () => void = () => {},
  ) {
    super((): Driver => {
      const givenUp: GivenUp = { is: false };
      return new ImmediateDriver(async () => cautious(await open(), givenUp, written), onConnect, givenUp);
    });
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** Whether a statement answers with rows. */
export const isQuery = (text: string): boolean =>
  /^\s*(select|with|pragma|explain)\b|\breturning\b/i.test(text);

/** Settings that durability and safety rest on; each is read back, for SQLite ignores what it cannot do. */
const settings = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  busy_timeout: 5000,
  trusted_schema: 0,
  // Else `insert or replace` would delete an entry of the log without asking its trigger.
  recursive_triggers: 1,
  journal_size_limit: 67_108_864,
  // What SQLite moves of the log by itself it does not bring to the disk where that is a part: `Checkpoints` moves it.
  wal_autocheckpoint: 0,
  // 8 MiB, which the way to any row of a large file takes.
  cache_size: -8_000,
} as const;

async function configure(connection: DatabaseConnection, inMemory: boolean): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    await connection.executeQuery(CompiledQuery.raw(`pragma ${name} = ${value}`));
    const { rows } = await connection.executeQuery<Record<string, unknown>>(
      CompiledQuery.raw(`pragma ${name}`),
    );
    const actual = Object.values(rows[0] ?? {})[0];
    if (actual !== value && !(inMemory && name === 'journal_mode'))
      throw new Error(`SQLite did not take ${name} = ${value}: it is ${String(actual)}`);
  }
}

/**
 * The writing connection. `:memory:` for tests and the player.
 * @param written called after each statement that writes.
 */
export const writing = (open: OpenSqlite, filename: string, written?: () => void): Dialect =>
  new SqliteDialect(
    () => open(filename, 'write'),
    (connection) => configure(connection, filename === ':memory:'),
    written,
  );

/** A connection that cannot write. */
export const reading = (open: OpenSqlite, filename: string): Dialect =>
  new SqliteDialect(
    () => open(filename, 'read'),
    async (connection) => {
      await connection.executeQuery(CompiledQuery.raw(`pragma busy_timeout = ${settings.busy_timeout}`));
      await connection.executeQuery(CompiledQuery.raw('pragma query_only = 1'));
    },
  );
