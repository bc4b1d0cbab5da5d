import { openSqlite } from './sqlite.ts';

/**
 * Copies a database, also one that a server is writing, to a file that is empty or not there: everything that was
 * committed when the copy began. What is free in the file is left out.
 * @throws Error of SQLite, naming the file.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const db = await openSqlite(from, 'read');
  try {
    await db.query(false, 'vacuum into ?', [to]);
  } finally {
    await db.close();
  }
}
