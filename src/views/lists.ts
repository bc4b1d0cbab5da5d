/** Records by their kind, a page at a time. */
import type { Scope } from '../access/scope.ts';
import { type Calendar, endOfDay, startOfDay } from '../engine/calendar.ts';
import type { StoredActor } from '../store/actors.ts';
import { type ActorFilter, countActors, listActors, partsOf } from '../store/lists.ts';
import { soughtIn } from '../store/terms.ts';
import { chartOf } from './actor.ts';
import {
  type Collection,
  collectionOf,
  type NamedChart,
  type NamedState,
  namedChart,
  namedState,
} from './labels.ts';
import type { Source } from './source.ts';

export interface RecordFilter {
  readonly kind: Exclude<Collection, 'actors'>;
  readonly municipality?: string | undefined;
  readonly body?: string | undefined;
  readonly ended?: boolean | undefined;
  /** The path of a state, or of one that others are within. */
  readonly state?: string | undefined;
  /** Words of the title or the number, by how they begin; letter case and diacritics make no difference. */
  readonly q?: string | undefined;
  /** Words of the name of one to whom something of it was sent, in the same way. */
  readonly recipient?: string | undefined;
  /** Registered on or between two days in Sweden, `YYYY-MM-DD`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  /** From 1; not together with `after`. */
  readonly page?: number | undefined;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
}

export interface RecordSummary {
  readonly id: string;
  readonly collection: Collection;
  readonly chart: NamedChart;
  readonly title: string;
  readonly number: string | null;
  readonly body: string | null;
  readonly municipality: string;
  readonly version: number;
  readonly states: readonly NamedState[];
  readonly ended: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface RecordPage {
  readonly items: readonly RecordSummary[];
  /** How many records match, on all pages; null where there are more than anyone counts. */
  readonly total: number | null;
  /** What to ask for as `after` to get the next page, or null on the last. */
  readonly next: string | null;
}

const charts = {
  matters: { routes: true },
  meetings: { charts: ['meeting'] },
  'joint-matters': { charts: ['joint-matter'] },
  delegations: { charts: ['delegation'] },
} as const satisfies Record<RecordFilter['kind'], Partial<ActorFilter>>;

/** Beyond this nobody turns the pages to the end, and a count of them all costs more than the page. */
const MOST_COUNTED = 10_000;

/**
 * Records, the newest first.
 * @throws RangeError when `after` is not a cursor (see `isCursor`), or a day is none.
 */
export async function listRecords(source: Source, filter: RecordFilter): Promise<RecordPage> {
  const { limit, page = 1, after } = filter;
  const matching = matchingOf(source.scope, filter);
  if (matching === null) return { items: [], total: 0, next: null };
  const place = after === undefined ? { offset: (page - 1) * limit } : { after: readCursor(after) };
  const parts = await partsOf(source.db, matching);
  const found = await listActors(source.db, { ...matching, ...place, limit: limit + 1 }, parts);
  const total = await countActors(source.db, matching, MOST_COUNTED + 1, parts);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((it) => summary(source, it)),
    total: total > MOST_COUNTED ? null : total,
    next: last && found.length > limit ? cursorOf(last) : null,
  };
}

const inSweden: Calendar = { country: 'SE', zone: 'Europe/Stockholm' };

/** What the store is asked; null where nothing can match: a text was looked for that has no word. */
function matchingOf(scope: Scope, filter: RecordFilter): Omit<ActorFilter, 'limit'> | null {
  const { kind, municipality, body, ended, state, q, recipient, from, to } = filter;
  const text = soughtIn(q ?? '', 'text');
  const recipients = soughtIn(recipient ?? '', 'recipient');
  if ((q?.trim() && text.length === 0) || (recipient?.trim() && recipients.length === 0)) return null;
  const instant = (epoch: number) => new Date(epoch).toISOString();
  return {
    scope,
    ...charts[kind],
    records: true,
    ...(municipality !== undefined && { tenant: municipality }),
    ...(body !== undefined && { body }),
    ...(ended !== undefined && { ended }),
    ...(state !== undefined && { state }),
    ...(from !== undefined && { since: instant(startOfDay(from, inSweden)) }),
    ...(to !== undefined && { before: instant(endOfDay(to, inSweden)) }),
    sought: [...text, ...recipients],
  };
}

/** A record as lists show it. */
export function summary({ registry }: Pick<Source, 'registry'>, actor: StoredActor): RecordSummary {
  const chart = chartOf(registry, actor);
  const { id, title, number, body, tenant, version, ended, createdAt, updatedAt } = actor;
  return {
    id,
    collection: collectionOf(chart.name),
    chart: namedChart(chart),
    title,
    number,
    body,
    municipality: tenant,
    version,
    states: actor.states.map((path) => namedState(chart, path)),
    ended,
    createdAt,
    updatedAt,
  };
}

type Place = Pick<StoredActor, 'createdAt' | 'id'>;

const cursorOf = ({ createdAt, id }: Place): string =>
  Buffer.from(`${createdAt} ${id}`).toString('base64url');

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([a-z0-9.-]+)$/i;

/** Whether a text is a cursor that a list has given. */
export const isCursor = (text: string): boolean => CURSOR.test(decoded(text));

function readCursor(text: string): Place {
  const [, createdAt, id] = CURSOR.exec(decoded(text)) ?? [];
  if (!createdAt || !id) throw new RangeError('not a cursor of this list');
  return { createdAt, id };
}

const decoded = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');
