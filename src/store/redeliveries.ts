import type { Db } from '../../db/tables.ts';

/** A message that came in, tried again by a person, with what became of it that time. */
export interface Redelivery {
  readonly integration: string;
  readonly message: string;
  readonly at: string;
  readonly by: string;
  /** JSON, as a receipt's. */
  readonly result: string;
}

export async function addRedelivery(db: Db, { by, ...rest }: Redelivery): Promise<void> {
  await db
    .insertInto('redelivery')
    .values({ ...rest, sent_by: by })
    .execute();
}

/** Those of an integration's messages, the oldest first. */
export async function redeliveriesOf(
  db: Db,
  integration: string,
  messages: readonly string[],
): Promise<Redelivery[]> {
  if (messages.length === 0) return [];
  const rows = await db
    .selectFrom('redelivery')
    .selectAll()
    .where('integration', '=', integration)
    .where('message', 'in', messages)
    .orderBy('seq')
    .execute();
  return rows.map(({ seq: _, sent_by: by, ...rest }) => ({ ...rest, by }));
}
