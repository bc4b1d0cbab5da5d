/** What a page knows of the request it answers: who looks, in which language, at which address, and when. */
import type { Context } from 'hono';
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import { scopeOf } from '../access/scope.ts';
import { localDate } from '../engine/calendar.ts';
import type { Sender } from '../engine/parse.ts';
import type { Author } from '../engine/rights.ts';
import type { Session } from '../identity/sessions.ts';
import type { Identity, Services } from '../services.ts';
import type { RecordName } from '../views/names.ts';
import type { Source } from '../views/source.ts';
import { bodyLabel } from './body-name.ts';
import { dateText, instantText, type Language, type Say, sayIn } from './language.ts';

export interface View {
  readonly services: Services;
  /** What the viewer may read from. */
  readonly source: Source;
  readonly language: Language;
  readonly say: Say;
  readonly viewer: Identity & Author;
  /** By which the viewer is signed in; null in the demonstration. */
  readonly session: Session | null;
  /** The address of the page, to come back to: path and query without the choice of language. */
  readonly here: string;
  /** What has just been done, to be confirmed once. */
  readonly done: string | null;
  /** The local day, `YYYY-MM-DD`, where the municipalities are. */
  readonly today: string;
  /** When the page was asked for (RFC 3339), by the server's clock. */
  readonly now: string;
  /** The local day as of which a path is asked for, or null for now. */
  readonly asOf: string | null;
  date(date: string): string;
  instant(instant: string): string;
  /** Of a body, or of a stage of a route that has a matter; another text is given back as it is. */
  bodyName(municipality: string, body: string | null): string | null;
  /** A record by its number and its title, where the title does not have the number. */
  nameOf(of: RecordName): string;
  /** A title; that of a meeting, and of what follows from one, names the body in the language of the page. */
  titleOf(of: { readonly municipality: string; readonly title: string }): string;
  municipality(id: string): Municipality | undefined;
}

export type Env = {
  Variables: {
    view: View;
    requestId: string;
    /** Whether people reach the server by TLS. */
    secure: boolean;
  };
};

interface Request {
  readonly services: Services;
  readonly language: Language;
  readonly visitor: Pick<View, 'viewer' | 'session'>;
  readonly url: string;
  readonly done: string | null;
}

export function viewOf({ services, language, visitor, url, done }: Request): View {
  const say = sayIn(language);
  const municipality = (id: string) => services.municipalities.find((it) => it.id === id);
  // Every municipality of the demonstration keeps the same clock.
  const calendar = services.municipalities[0]?.calendar ?? { country: 'SE', zone: 'Europe/Stockholm' };
  const now = services.source.now();
  const titleOf: View['titleOf'] = ({ municipality: of, title }) => {
    const [, kind = '', name, rest = ''] = OF_MEETING.exec(title) ?? [];
    const body = municipality(of)?.bodies.find((it) => it.label.sv === name);
    return body ? kind + say(body.label) + rest : title;
  };
  return {
    services,
    source: { ...services.source, scope: scopeOf(visitor.viewer.grants) },
    language,
    say,
    ...visitor,
    here: addressOf(url),
    done,
    now,
    today: localDate(Date.parse(now), calendar),
    asOf: dayIn(new URL(url).searchParams.get('until')),
    date: (date) => dateText(date, language),
    instant: (instant) => instantText(instant, calendar.zone),
    municipality,
    bodyName: (of, body) => {
      const within = municipality(of);
      const label = within && body !== null && bodyLabel(services.source.registry, within, body);
      return label ? say(label) : body;
    },
    titleOf,
    nameOf: (it) =>
      [it.number && !it.title.includes(it.number) && it.number, titleOf(it)].filter(Boolean).join(' '),
  };
}

/**
 * What a meeting is called when it is planned (machines/actors/meeting.ts), the body in Swedish and the day; before it
 * what kind of thing it is, where that is told, and after it the paragraphs.
 */
const OF_MEETING = /^(.+: )?(.+?)( \d{4}-\d\d-\d\d(?: § .+)?)$/;

/** A day of the calendar, within a thousand years; null for anything else. */
export const dayIn = (text: string | null | undefined): string | null =>
  text && /^(19|2\d)\d\d-\d\d-\d\d$/.test(text) && isRealDay(text) ? text : null;

const isRealDay = (day: string): boolean =>
  !Number.isNaN(Date.parse(day)) && new Date(Date.parse(day)).toISOString().startsWith(day);

/** Path and query of an address, without the choice of language. */
function addressOf(url: string): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.delete('lang');
  return searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname;
}

/**
 * An address within the pages to go back to, as a form sent it. Anything that a browser could take for another
 * host, or that is no page to look at, is the desk.
 */
export function safeReturn(address: unknown): string {
  const base = 'http://pages.invalid';
  if (
    typeof address !== 'string' ||
    !/^\/(?![/\\])[\x21-\x7e]*$/.test(address) ||
    !URL.canParse(address, base)
  )
    return '/';
  const { origin, pathname, search, hash } = new URL(address, base);
  // What is given back is read once more, by the browser: `/.//evil.example` has become another host by now.
  return origin === base && !pathname.startsWith('//') ? pathname + search + hash : '/';
}

/** Whoever looks, as the sender of what the page's forms send. */
export const senderOf = ({ viewer }: View): Sender => viewer;

export const viewIn = (c: Context<Env>): View => c.get('view');
