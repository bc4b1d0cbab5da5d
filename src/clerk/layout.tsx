/** The frame of every page: where one is, as whom, in which language; and what has just been done. */
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { type Role, roles } from '../../machines/roles.ts';
import { rolesOf } from '../access/grant.ts';
import { addPeriod } from '../engine/calendar.ts';
import { administered } from '../identity/grants.ts';
import { overseen } from '../webhooks/administration.ts';
import { staticUrl } from './static.ts';
import type { View } from './view.ts';

export interface Crumb {
  readonly href: string;
  readonly text: string;
}

interface PageProps {
  readonly view: View;
  readonly title: string;
  /** The pages above this one, the nearest last; without the desk, which is always first. */
  readonly above?: readonly Crumb[];
  /** An address elsewhere to which the browser goes on by itself. */
  readonly next?: string;
  readonly children?: Child;
}

/** A complete document. The title is its heading unless the page writes its own. */
export const Page = ({ view, title, above, next, children }: PageProps) => {
  const { language, say } = view;
  return (
    <>
      {html`<!doctype html>`}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          {next && <meta http-equiv="refresh" content={`0;url=${next}`} />}
          <title>{`${title} – Ärendegång`}</title>
          <link rel="icon" href={staticUrl('icon.svg')} type="image/svg+xml" />
          <link rel="stylesheet" href={staticUrl('designsystemet.css')} />
          <link rel="stylesheet" href={staticUrl('style.css')} />
          <script type="module" src={staticUrl('drawing.js')}></script>
          <script type="module" src={staticUrl('language.js')}></script>
          <script type="module" src={staticUrl('again.js')}></script>
        </head>
        <body>
          <a class="ds-skip-link" href="#main">
            {say('Hoppa till innehållet', 'Skip to the content')}
          </a>
          <Header view={view} />
          <div class="frame">
            {above && <Breadcrumbs view={view} above={above} title={title} />}
            <main id="main" tabindex={-1}>
              {view.done && (
                <p class="ds-alert done" data-color="success" role="status">
                  {view.done}
                </p>
              )}
              {children}
            </main>
          </div>
          <Footer view={view} />
        </body>
      </html>
    </>
  );
};

const Header = ({ view }: { view: View }) => {
  const { say, here, services } = view;
  const sections = [
    ['/', say('Skrivbord', 'Desk')],
    ['/matters', say('Ärenden', 'Matters')],
    ['/meetings', say('Sammanträden', 'Meetings')],
    ['/joint-matters', say('Gemensamma ärenden', 'Joint matters')],
    ['/delegations', say('Delegationer', 'Delegations')],
    ['/routes', say('Vägar', 'Routes')],
    ['/rules', say('Regler', 'Rules')],
    ...(overseen(view.viewer).length > 0 ? ([['/webhooks', say('Webhookar', 'Webhooks')]] as const) : []),
  ] as const;
  const within = (href: string) => (href === '/' ? here === '/' : new RegExp(`^${href}([/?]|$)`).test(here));
  return (
    <header class="top">
      <div class="frame">
        <a class="brand" href="/">
          Ärendegång
        </a>
        <nav aria-label={say('Huvudmeny', 'Main menu')}>
          <ul>
            {sections.map(([href, text]) => (
              <li>
                <a href={href} aria-current={within(href) ? (here === href ? 'page' : 'true') : undefined}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <LanguageChoice view={view} />
      </div>
      {services.mode === 'demo' ? <Demonstration view={view} /> : <SignedIn view={view} />}
    </header>
  );
};

const LanguageChoice = ({ view: { language, here } }: { view: View }) => {
  const other = language === 'sv' ? 'en' : 'sv';
  const href = `${here}${here.includes('?') ? '&' : '?'}lang=${other}`;
  return (
    <a class="language" href={href} hreflang={other} lang={other}>
      {other === 'en' ? 'In English' : 'På svenska'}
    </a>
  );
};

/** Says on every page that nothing here is real, and lets the visitor choose whom to be. */
const Demonstration = ({ view }: { view: View }) => {
  const { say, viewer, services, here } = view;
  return (
    <div class="demonstration">
      <div class="frame">
        <p>
          <strong>Demo.</strong>{' '}
          {say(
            'Inget här är en verklig kommuns handlingar.',
            'Nothing here is a real municipality’s record.',
          )}
        </p>
        <form method="post" action="/clock" class="cluster">
          <input type="hidden" name="_return" value={here} />
          <label for="clock">
            {say('Klockan är', 'It is')} <time datetime={view.now}>{view.instant(view.now)}</time>{' '}
            {say('– gå till', '– go to')}
          </label>
          <input
            id="clock"
            name="date"
            type="date"
            class="ds-input short"
            data-width="auto"
            min={addPeriod(view.today, { days: 1 })}
            max={addPeriod(view.today, { years: 2 })}
            value={addPeriod(view.today, { days: 1 })}
          />
          <button class="ds-button" data-variant="secondary" type="submit">
            {say('Ställ fram', 'Put forward')}
          </button>
        </form>
        {viewer.id !== '' && (
          <form method="post" action="/identity" class="cluster">
            <input type="hidden" name="_return" value={here} />
            <label for="identity">{say('Du är', 'You are')}</label>
            <select id="identity" name="token" class="ds-input" data-width="auto">
              {[...services.identities]
                .filter(([, it]) => it.origin === 'person')
                .map(([token, it]) => (
                  <option value={token} selected={it.id === viewer.id}>
                    {it.name} ({rolesText(view, rolesOf(it.grants))})
                  </option>
                ))}
            </select>
            <button class="ds-button" data-variant="secondary" type="submit">
              {say('Byt', 'Switch')}
            </button>
          </form>
        )}
      </div>
    </div>
  );
};

/** Who is signed in, and the way out. */
const SignedIn = ({ view: { say, viewer, services } }: { view: View }) =>
  viewer.id === '' ? null : (
    <div class="signed-in">
      <div class="frame cluster">
        <span>
          {say('Inloggad som', 'Logged in as')} {viewer.name}
        </span>
        {administered(viewer.grants).length > 0 && services.people && 'accounts' in services.people.by && (
          <a class="ds-link" href="/accounts">
            {say('Konton', 'Accounts')}
          </a>
        )}
        {administered(viewer.grants).length > 0 && (
          <a class="ds-link" href="/tokens">
            {say('Nycklar', 'Tokens')}
          </a>
        )}
        <a class="ds-link" href="/sessions">
          {say('Mina inloggningar', 'My sessions')}
        </a>
        <form method="post" action="/logout">
          <button class="ds-button" data-variant="secondary" data-size="sm" type="submit">
            {say('Logga ut', 'Log out')}
          </button>
        </form>
      </div>
    </div>
  );

export const rolesText = ({ say }: Pick<View, 'say'>, of: readonly Role[]): string =>
  of.map((role) => say(roles[role]).toLowerCase()).join(', ');

const Breadcrumbs = ({
  view: { say },
  above,
  title,
}: {
  view: View;
  above: readonly Crumb[];
  title: string;
}) => (
  <nav class="ds-breadcrumbs" aria-label={say('Du är här', 'You are here')}>
    <ol>
      {[{ href: '/', text: say('Skrivbord', 'Desk') }, ...above].map(({ href, text }) => (
        <li>
          <a class="ds-link" href={href}>
            {text}
          </a>
        </li>
      ))}
      <li>
        <span aria-current="page">{title}</span>
      </li>
    </ol>
  </nav>
);

const Footer = ({ view: { say } }: { view: View }) => (
  <footer class="bottom">
    <div class="frame cluster">
      <span>
        {say(
          'Ärendegång – varje ärende en väg, varje steg i loggen.',
          'Ärendegång – one path for each matter, every step in the log.',
        )}
      </span>
      <a class="ds-link" href="/accessibility">
        {say('Tillgänglighet', 'Accessibility')}
      </a>
      <a class="ds-link" href="/rules">
        {say('Reglerna', 'The rules')}
      </a>
    </div>
  </footer>
);
