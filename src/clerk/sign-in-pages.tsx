/** What the pages of coming in and going out look like. */
import { SHORTEST_PASSWORD } from '../identity/password.ts';
import { Page } from './layout.tsx';
import type { View } from './view.ts';

/** Why someone did not come in. */
export type Trouble =
  | { readonly kind: 'wrong' | 'failed'; readonly status: 401 }
  | { readonly kind: 'password'; readonly status: 422 }
  | { readonly kind: 'silent'; readonly status: 503 }
  | { readonly kind: 'wait'; readonly status: 429; readonly seconds: number };

function textOf({ say }: View, trouble: Trouble): string {
  if (trouble.kind === 'wait')
    return say(
      `För många försök. Vänta ${trouble.seconds} sekunder och försök igen.`,
      `Too many attempts. Wait ${trouble.seconds} seconds and try again.`,
    );
  const texts = {
    wrong: say('Uppgifterna stämmer inte.', 'The details are not right.'),
    failed: say(
      'Inloggningen gick inte att slutföra. Försök igen.',
      'The sign-in could not be completed. Try again.',
    ),
    password: say(
      `Lösenordet ska vara minst ${SHORTEST_PASSWORD} tecken, och detsamma båda gångerna.`,
      `The password must have at least ${SHORTEST_PASSWORD} characters, and be the same both times.`,
    ),
    silent: say(
      'Inloggningstjänsten svarar inte. Försök igen om en stund.',
      'The identity provider does not answer. Try again in a while.',
    ),
  };
  return texts[trouble.kind];
}

const TroubleAlert = ({ view, trouble }: { view: View; trouble: Trouble | undefined }) =>
  trouble ? (
    <p class="ds-alert" data-color="danger" role="alert">
      {textOf(view, trouble)}
    </p>
  ) : null;

interface InputProps {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'password';
  readonly autocomplete: string;
  readonly hint?: string;
  readonly value?: string;
}

const Input = ({ name, label, type = 'text', autocomplete, hint, value }: InputProps) => (
  <div class="ds-field">
    <label class="ds-label" for={name}>
      {label}
    </label>
    {hint && (
      <p data-field="description" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    <input
      class="ds-input"
      id={name}
      name={name}
      type={type}
      required
      autocomplete={autocomplete}
      value={value}
      aria-describedby={hint && `${name}-hint`}
    />
  </div>
);

interface LoginProps {
  readonly view: View;
  readonly returnTo: string;
  readonly trouble?: Trouble;
}

export const LoginPage = ({ view, returnTo, trouble }: LoginProps) => {
  const { say, services } = view;
  const title = say('Logga in', 'Log in');
  return (
    <Page view={view} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <TroubleAlert view={view} trouble={trouble} />
      {services.people && 'provider' in services.people.by ? (
        <p>
          <a class="ds-button" href={`/login/start?return=${encodeURIComponent(returnTo)}`}>
            {say('Logga in med kommunens inloggning', "Log in with the municipality's login")}
          </a>
        </p>
      ) : (
        <form method="post" action="/login" class="ds-card stack">
          <input type="hidden" name="return" value={returnTo} />
          <Input name="login" label={say('Användarnamn', 'User name')} autocomplete="username" />
          <Input
            name="password"
            type="password"
            label={say('Lösenord', 'Password')}
            autocomplete="current-password"
          />
          <div>
            <button class="ds-button" type="submit">
              {title}
            </button>
          </div>
          <p>
            <a class="ds-link" href="/first-password">
              {say('Har du en engångskod? Välj lösenord.', 'Do you have a one-time code? Choose a password.')}
            </a>
          </p>
        </form>
      )}
    </Page>
  );
};

interface FirstPasswordProps {
  readonly view: View;
  readonly code?: string;
  readonly trouble?: Trouble;
}

export const FirstPasswordPage = ({ view, code, trouble }: FirstPasswordProps) => {
  const { say } = view;
  const title = say('Välj lösenord', 'Choose a password');
  return (
    <Page view={view} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          'Engångskoden kommer från en administratör; den första skrevs ut när servern startade, och är för användarnamnet admin.',
          'The one-time code comes from an administrator; the first was printed when the server started, and is for the user name admin.',
        )}
      </p>
      <TroubleAlert view={view} trouble={trouble} />
      <form method="post" action="/first-password" class="ds-card stack">
        <Input
          name="code"
          label={say('Engångskod', 'One-time code')}
          autocomplete="one-time-code"
          {...(code !== undefined && { value: code })}
        />
        <Input
          name="password"
          type="password"
          label={say('Lösenord', 'Password')}
          autocomplete="new-password"
          hint={say(
            `Minst ${SHORTEST_PASSWORD} tecken. Några ord i rad är lätta att minnas och svåra att gissa.`,
            `At least ${SHORTEST_PASSWORD} characters. A few words in a row are easy to remember and hard to guess.`,
          )}
        />
        <Input
          name="repeated"
          type="password"
          label={say('Lösenordet igen', 'The password again')}
          autocomplete="new-password"
        />
        <div>
          <button class="ds-button" type="submit">
            {say('Välj och logga in', 'Choose and log in')}
          </button>
        </div>
      </form>
    </Page>
  );
};

export const NoAccessPage = ({ view, name }: { view: View; name: string }) => {
  const { say } = view;
  const title = say('Ingen behörighet här', 'No access here');
  return (
    <Page view={view} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          `Inloggningstjänsten känner igen ${name}, men inget uppdrag här hör till den inloggningen. Vänd dig till kommunens administratör.`,
          `The identity provider knows ${name}, but no commission here belongs to that login. Turn to the municipality's administrator.`,
        )}
      </p>
    </Page>
  );
};

/** @param next where one is logged out at the provider too; the browser goes there by itself. */
export const LoggedOutPage = ({ view, next }: { view: View; next: URL | null }) => {
  const { say } = view;
  const title = say('Du är utloggad', 'You are logged out');
  return (
    <Page view={view} title={title} {...(next && { next: next.href })}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p>
        {next ? (
          <a class="ds-link" href={next.href}>
            {say('Logga ut även hos inloggningstjänsten', 'Log out at the identity provider too')}
          </a>
        ) : (
          <a class="ds-link" href="/login">
            {say('Logga in igen', 'Log in again')}
          </a>
        )}
      </p>
    </Page>
  );
};
