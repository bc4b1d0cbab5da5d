/** Who asks for a page: whoever is signed in, or in the demonstration whomever the visitor has chosen to be. */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { rolesOf } from '../access/grant.ts';
import { onDuty } from '../engine/on-duty.ts';
import type { Author } from '../engine/rights.ts';
import type { Session } from '../identity/sessions.ts';
import type { Identity, Services } from '../services.ts';
import { isLanguage, type Language } from './language.ts';
import { Page, rolesText } from './layout.tsx';
import { postedForm } from './posted.ts';
import { safeReturn, type View, viewOf } from './view.ts';

const IDENTITY = 'identity';
const LANGUAGE = 'language';
const DONE = 'done';
const YEAR = 365 * 24 * 60 * 60;

export const flags = (c: Context) => ({
  httpOnly: true,
  sameSite: 'Lax' as const,
  path: '/',
  secure: c.get('secure') === true || new URL(c.req.url).protocol === 'https:',
});

/** Whether people reach the server by TLS: it may end at a proxy in front of it. */
export const isSecure = ({ people }: Services): boolean => people?.publicUrl?.protocol === 'https:';

/** A browser sends a cookie with this prefix only to the host that set it, and never without TLS (RFC 6265bis, 4.1.3.2). */
const sessionCookie = (services: Services): string => (isSecure(services) ? '__Host-session' : 'session');

export const readSession = (c: Context, services: Services): string | undefined =>
  getCookie(c, sessionCookie(services));

/** Until the browser is closed, or the session ends. */
export function writeSession(c: Context, services: Services, cookie: string): void {
  setCookie(c, sessionCookie(services), cookie, flags(c));
}

export function dropSession(c: Context, services: Services): void {
  setCookie(c, sessionCookie(services), '', { ...flags(c), maxAge: 0 });
}

export interface Visitor {
  readonly viewer: Identity & Author;
  /** Null in the demonstration. */
  readonly session: Session | null;
}

type Known = Omit<Visitor, 'viewer'> & { readonly viewer: Identity };

/** The person that the cookie stands for, or null. A system's token opens no pages. */
export async function visitorOf(c: Context, services: Services): Promise<Visitor | null> {
  const visitor = await known(c, services);
  const { now, calendarOf } = services.source;
  return visitor && { ...visitor, viewer: { ...onDuty(visitor.viewer, now(), calendarOf), way: 'page' } };
}

async function known(c: Context, services: Services): Promise<Known | null> {
  const { people, identities } = services;
  if (!people) {
    const viewer = identities.get(getCookie(c, IDENTITY) ?? '');
    return viewer?.origin === 'person' ? { viewer, session: null } : null;
  }
  const cookie = readSession(c, services);
  const session = cookie === undefined ? null : await people.sessions.find(cookie);
  return session && { viewer: { ...session.person, origin: 'person' }, session };
}

/** The language asked for in the address, which is remembered; else the one remembered; else Swedish. */
export function languageOf(c: Context): Language {
  const asked = c.req.query('lang');
  if (isLanguage(asked)) setCookie(c, LANGUAGE, asked, { ...flags(c), maxAge: YEAR });
  const remembered = getCookie(c, LANGUAGE);
  return isLanguage(asked) ? asked : isLanguage(remembered) ? remembered : 'sv';
}

/** Remembers what was done until the next page has said so: the type of an event, or the name of another act. */
export function rememberDone(c: Context, what: string): void {
  setCookie(c, DONE, what, { ...flags(c), maxAge: 60 });
}

export function takeDone(c: Context): string | null {
  const what = getCookie(c, DONE) ?? null;
  if (what !== null) setCookie(c, DONE, '', { ...flags(c), maxAge: 0 });
  return what;
}

/** Takes the choice of a form. An unknown token chooses nobody. */
export const chooseIdentity = (services: Services) => async (c: Context) => {
  const posted = await postedForm(c);
  const token = String(posted.get('token'));
  const identity = services.identities.get(token);
  if (identity?.origin === 'person') setCookie(c, IDENTITY, token, { ...flags(c), maxAge: YEAR });
  return c.redirect(safeReturn(posted.get('_return')), 303);
};

/** The page that asks, before there is anything else to see: `return` is where the visitor wanted to go. */
export const identityPage = (services: Services) => async (c: Context) => {
  const returnTo = safeReturn(c.req.query('return'));
  const view = viewOf({
    services,
    language: languageOf(c),
    visitor: (await visitorOf(c, services)) ?? nobody,
    url: new URL(returnTo, c.req.url).href,
    done: null,
  });
  return c.html(<IdentityPage view={view} />);
};

export const nobody: Visitor = {
  viewer: { id: '', name: '', origin: 'person', grants: [], way: 'page' },
  session: null,
};

const IdentityPage = ({ view }: { view: View }) => {
  const { say } = view;
  return (
    <Page view={view} title={say('Vem är du?', 'Who are you?')}>
      <h1 class="ds-heading" data-size="lg">
        {say('Vem är du?', 'Who are you?')}
      </h1>
      <p class="lead">
        {say(
          'Detta är en demonstration. Välj den roll du vill arbeta i; du kan byta när som helst.',
          'This is a demonstration. Choose the role you want to work in; you can switch at any time.',
        )}
      </p>
      <ul class="cards">
        {[...view.services.identities]
          .filter(([, it]) => it.origin === 'person')
          .map(([token, it]) => (
            <li class="ds-card">
              <form method="post" action="/identity" class="stack">
                <input type="hidden" name="_return" value={view.here} />
                <h2 class="ds-heading" data-size="xs">
                  {it.name}
                </h2>
                <p class="muted">{rolesText(view, rolesOf(it.grants))}</p>
                <button class="ds-button" data-variant="secondary" type="submit" name="token" value={token}>
                  {say('Fortsätt som', 'Continue as')} {it.name}
                </button>
              </form>
            </li>
          ))}
      </ul>
    </Page>
  );
};
