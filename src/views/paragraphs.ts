/** Paragraphs of minutes, which a body numbers through its meetings of a year. */
import { nextParagraph } from '../../machines/meeting/items.ts';
import type { MeetingContext } from '../../machines/meeting/memory.ts';
import { viewActor } from './actor.ts';
import { listRecords } from './lists.ts';
import type { Source } from './source.ts';

/** As many meetings as may have been planned since the last one that was held. */
const LATEST = 20;

interface Minutes {
  readonly municipality: string;
  readonly body: string;
  /** `YYYY`. */
  readonly year: string;
}

/** The paragraph after the last that the body's meetings of a year have come to; 1 for the first of them. */
export async function paragraphAfter(source: Source, { municipality, body, year }: Minutes): Promise<number> {
  const { items } = await listRecords(source, { kind: 'meetings', municipality, body, limit: LATEST });
  const meetings = await Promise.all(items.map((it) => viewActor(source, it.id)));
  const paragraphs = meetings
    .flatMap((it) => (it ? [it.context as unknown as MeetingContext] : []))
    .filter((it) => it.date.startsWith(year))
    .map(nextParagraph);
  return Math.max(1, ...paragraphs);
}
