/** The pages by which people come in and go out where the server is for real. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { SignIn } from '../identity/accounts.ts';
import { isAcceptable } from '../identity/accounts.ts';
import { addressOf } from '../identity/address.ts';
import type { People } from '../identity/people.ts';
import { LONGEST_VISIT, SignInFailed } from '../identity/provider.ts';
import type { Person } from '../identity/sessions.ts';
import type { Services } from '../services.ts';
import { dropSession, flags, isSecure, readSession, writeSession } from './identity.tsx';
import { shownOnce } from './once.ts';
import { postedForm } from './posted.ts';
import { FirstPasswordPage, LoggedOutPage, LoginPage, NoAccessPage, type Trouble } from './sign-in-pages.tsx';
import { type Env, safeReturn, viewIn } from './view.ts';

type Place = Services & { readonly people: People };

/** What the browser keeps while its user is at the provider. */
const visitCookie = (services: Services): string => (isSecure(services) ? '__Host-visit' : 'visit');

export const loginPage = (c: Context<Env>) =>
  c.html(<LoginPage view={viewIn(c)} returnTo={safeReturn(c.req.query('return'))} />);

/** Takes an account's name and password. */
export const login = (services: Place) => async (c: Context<Env>) => {
  const { by } = services.people;
  if (!('accounts' in by)) return c.redirect('/login', 303);
  const posted = await postedForm(c);
  const [name, password] = ['login', 'password'].map((it) => String(posted.get(it) ?? '')) as [
    string,
    string,
  ];
  const returnTo = safeReturn(posted.get('return'));
  const from = addressOf(c, services.people);
  const came = await by.accounts.signIn({ login: name.trim().toLowerCase().slice(0, 100), password, from });
  const trouble = troubleOf(c, services, came);
  if (trouble)
    return c.html(<LoginPage view={viewIn(c)} returnTo={returnTo} trouble={trouble} />, trouble.status);
  await enter(c, services, (came as { person: Person }).person);
  return c.redirect(returnTo, 303);
};

export const firstPasswordPage = (c: Context<Env>) => c.html(<FirstPasswordPage view={viewIn(c)} />);

/** Takes a one-time code and the password that its owner has chosen. */
export const chooseFirstPassword = (services: Place) => async (c: Context<Env>) => {
  const { by } = services.people;
  if (!('accounts' in by)) return c.redirect('/login', 303);
  const posted = await postedForm(c);
  const [code, password] = ['code', 'password'].map((it) => String(posted.get(it) ?? '')) as [string, string];
  const view = viewIn(c);
  if (!isAcceptable(password) || password !== posted.get('repeated'))
    return shownOnce(
      c,
      <FirstPasswordPage view={view} code={code} trouble={{ kind: 'password', status: 422 }} />,
      422,
    );
  const came = await by.accounts.choosePassword({ code, password, from: addressOf(c, services.people) });
  const trouble = troubleOf(c, services, came);
  if (trouble) return c.html(<FirstPasswordPage view={view} trouble={trouble} />, trouble.status);
  await enter(c, services, (came as { person: Person }).person);
  return c.redirect('/', 303);
};

function troubleOf(c: Context, { log }: Services, came: SignIn): Trouble | null {
  if (came === 'wrong') {
    log.warn({ path: c.req.path }, 'a sign-in failed');
    return { kind: 'wrong', status: 401 };
  }
  if ('person' in came) return null;
  c.header('Retry-After', String(came.wait));
  return { kind: 'wait', status: 429, seconds: came.wait };
}

/** Sends the visitor to the identity provider. */
export const leaveForProvider = (services: Place) => async (c: Context<Env>) => {
  const { by } = services.people;
  if (!('provider' in by)) return c.redirect('/login', 303);
  const returnTo = safeReturn(c.req.query('return'));
  try {
    const { location, visit } = await by.provider.begin(returnTo);
    setCookie(c, visitCookie(services), visit, { ...flags(c), maxAge: LONGEST_VISIT / 1000 });
    return c.redirect(location.href, 302);
  } catch (error) {
    services.log.error({ reason: (error as Error).name }, 'the identity provider does not answer');
    const trouble = { kind: 'silent', status: 503 } as const;
    return c.html(<LoginPage view={viewIn(c)} returnTo={returnTo} trouble={trouble} />, 503);
  }
};

/** Takes the visitor back from the identity provider. */
export const comeFromProvider = (services: Place) => async (c: Context<Env>) => {
  const { by } = services.people;
  if (!('provider' in by)) return c.redirect('/login', 303);
  const kept = getCookie(c, visitCookie(services));
  deleteCookie(c, visitCookie(services), flags(c));
  try {
    const { person, providerToken, returnTo } = await by.provider.finish(
      new URL(c.req.url).searchParams,
      kept,
    );
    if (person.grants.length === 0) return c.html(<NoAccessPage view={viewIn(c)} name={person.name} />, 403);
    await enter(c, services, person, providerToken);
    return c.redirect(returnTo, 303);
  } catch (error) {
    if (!(error instanceof SignInFailed)) throw error;
    services.log.warn({ reason: error.message }, 'a sign-in failed');
    return c.html(<LoginPage view={viewIn(c)} returnTo="/" trouble={{ kind: 'failed', status: 401 }} />, 401);
  }
};

async function enter(c: Context, services: Place, person: Person, providerToken?: string): Promise<void> {
  const cookie = await services.people.sessions.begin(person, {
    agent: c.req.header('user-agent') ?? '',
    previous: readSession(c, services),
    ...(providerToken !== undefined && { providerToken }),
  });
  writeSession(c, services, cookie);
  services.log.info({ person: person.id }, 'signed in');
}

/** Ends the session, and leads on to the provider where the person may be signed in still. */
export const logout = (services: Place) => async (c: Context<Env>) => {
  const { sessions, by, publicUrl } = services.people;
  const cookie = readSession(c, services);
  const session = cookie === undefined ? null : await sessions.find(cookie);
  if (cookie !== undefined) await sessions.end(cookie);
  dropSession(c, services);
  const token = session?.providerToken;
  const next =
    'provider' in by && token && publicUrl
      ? await by.provider.logout(token, new URL('/logged-out', publicUrl))
      : null;
  return next ? shownOnce(c, <LoggedOutPage view={viewIn(c)} next={next} />) : c.redirect('/logged-out', 303);
};

export const loggedOutPage = (c: Context<Env>) => c.html(<LoggedOutPage view={viewIn(c)} next={null} />);
