/** What bodies of a municipality have been asked, and have not taken up yet in a matter of their own. */
import type { JsonObject } from '../../machines/chart.ts';
import { findActors } from '../store/actors.ts';
import { deadlinesOfActors } from '../store/deadlines.ts';
import { actorsIn } from '../store/waiting.ts';
import type { RecordName } from './names.ts';
import type { Source } from './source.ts';

export interface Question {
  /** Of the consultation. */
  readonly id: string;
  readonly question: string;
  /** The matter that asks. */
  readonly of: RecordName;
  /** The last day of the time to answer, `YYYY-MM-DD`; null where none runs. */
  readonly until: string | null;
}

/** More than these are found with the matters that ask. */
const MOST = 500;

const open = ['sent', 'incomplete', 'overdue'].map((leaf) => ({ chart: 'consultation', leaf }));

/** Those to any of the bodies, the one that is to be answered first before the others. */
export async function questionsTo(
  { db, scope }: Pick<Source, 'db' | 'scope'>,
  municipality: string,
  bodies: readonly string[],
): Promise<readonly Question[]> {
  const ids = await actorsIn(db, scope, open, municipality, MOST);
  const found = new Map((await findActors(db, ids)).map((it) => [it.id, it]));
  const asked = ids
    .flatMap((id) => found.get(id) ?? [])
    .filter(({ body, snapshot }) => {
      const { context } = JSON.parse(snapshot) as { context: JsonObject };
      return body !== null && bodies.includes(body) && context.answeredIn === null;
    });
  const deadlines = await deadlinesOfActors(
    db,
    asked.map(({ id }) => id),
  );
  const roots = await findActors(db, [...new Set(asked.map(({ root }) => root))]);
  return asked.flatMap(({ id, root, title: question }) => {
    const matter = roots.find((it) => it.id === root);
    if (!matter) return [];
    const { title, number, tenant } = matter;
    const until = deadlines.find((it) => it.actor === id)?.lastDay ?? null;
    return [{ id, question, of: { title, number, municipality: tenant }, until }];
  });
}
