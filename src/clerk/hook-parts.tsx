/** What the pages of webhooks have in common: fields, buttons, refusals, and the secret that is shown once. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { Refusal } from '../engine/refusal.ts';
import { administers } from '../webhooks/administration.ts';
import { type Crumb, Page } from './layout.tsx';
import { Refused, statusOf } from './refusal.tsx';
import { type Env, type View, viewIn } from './view.ts';

export const webhooksCrumb = ({ say }: View): Crumb => ({
  href: '/webhooks',
  text: say('Webhookar', 'Webhooks'),
});

type Handler = (c: Context<Env>) => Response | Promise<Response>;

/** Shows a refusal that the handler does not show itself, on a page of its own. */
export const orRefused =
  (handler: Handler, above = webhooksCrumb): Handler =>
  async (c) => {
    try {
      return await handler(c);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return c.html(<RefusedPage view={viewIn(c)} refusal={refusal} above={above} />, statusOf[refusal.code]);
    }
  };

interface RefusedProps {
  readonly view: View;
  readonly refusal: Refusal;
  readonly above: typeof webhooksCrumb;
}

const RefusedPage = ({ view, refusal, above }: RefusedProps) => {
  const title = view.say('Det gick inte', 'It was not done');
  return (
    <Page view={view} title={title} above={[above(view)]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <Faults view={view} refusal={refusal} />
    </Page>
  );
};

/** A refusal, with the fields that are wrong by their place in what was sent. */
export const Faults = ({ view, refusal }: { view: View; refusal: Refusal }) => {
  const { fields = [] } = refusal.particulars;
  return (
    <>
      <Refused view={view} refusal={refusal} links={[]} again={false} />
      {fields.length > 0 && (
        <ul class="rows">
          {fields.map(({ pointer, detail }) => (
            <li>
              <code>{pointer}</code> {view.say(detail)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly children?: Child;
}

export const Field = ({ id, label, hint, children }: FieldProps) => (
  <div class="ds-field">
    <label class="ds-label" for={id}>
      {label}
    </label>
    {hint && (
      <p class="muted" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {children}
  </div>
);

interface LinesProps extends FieldProps {
  readonly value: string;
  readonly rows?: number;
}

/** Several lines of what machines read. */
export const Lines = ({ id, value, rows = 3, ...field }: LinesProps) => (
  <Field id={id} {...field}>
    <textarea
      class="ds-input code"
      id={id}
      name={id}
      rows={rows}
      spellcheck={false}
      aria-describedby={field.hint && `${id}-hint`}
    >
      {value}
    </textarea>
  </Field>
);

interface LineProps extends FieldProps {
  readonly value: string;
  readonly type?: 'text' | 'url';
}

export const Line = ({ id, value, type = 'text', ...field }: LineProps) => (
  <Field id={id} {...field}>
    <input
      class="ds-input"
      id={id}
      name={id}
      type={type}
      value={value}
      aria-describedby={field.hint && `${id}-hint`}
    />
  </Field>
);

/** The municipalities whose webhooks the viewer sets up. */
export const MunicipalityField = ({ view, value }: { view: View; value: string }) => (
  <Field id="municipality" label={view.say('Kommun', 'Municipality')}>
    <select class="ds-input" id="municipality" name="municipality">
      {view.services.municipalities
        .filter((it) => administers(view.viewer, it.id))
        .map((it) => (
          <option value={it.id} selected={it.id === value}>
            {it.name}
          </option>
        ))}
    </select>
  </Field>
);

interface ActProps {
  readonly action: string;
  readonly text: string;
  readonly act: string;
  /** That of what is changed, where nothing is to be done to another. */
  readonly version?: number;
}

/** A button that does one thing at an address. */
export const Act = ({ action, text, act, version }: ActProps) => (
  <form method="post" action={action}>
    <input type="hidden" name="act" value={act} />
    {version !== undefined && <input type="hidden" name="version" value={version} />}
    <button class="ds-button" data-variant="secondary" data-size="sm" type="submit">
      {text}
    </button>
  </form>
);

interface ExchangeProps {
  readonly view: View;
  readonly action: string;
  readonly of: { readonly secretVersion: number };
}

/** A button that exchanges the secret which is there when it is shown, and no later one. */
export const Exchange = ({ view, action, of }: ExchangeProps) => (
  <Act
    action={action}
    act="secret"
    text={view.say('Byt hemlighet', 'Exchange the secret')}
    version={of.secretVersion}
  />
);

/** The version that a form was shown with. */
export const versionIn = (posted: FormData): number => Number(textIn(posted, 'version'));

interface SecretProps {
  readonly view: View;
  readonly title: string;
  readonly secret: string;
  readonly href: string;
}

/** A secret, once. */
export const SecretPage = ({ view, title, secret, href }: SecretProps) => {
  const { say } = view;
  return (
    <Page view={view} title={title} above={[webhooksCrumb(view)]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <div class="ds-alert stack" data-color="warning" role="status">
        <p>
          {say(
            'Hemligheten visas bara nu. Lämna den till det andra systemet på ett säkert sätt.',
            'The secret is shown only now. Hand it to the other system in a safe way.',
          )}
        </p>
        <p>
          <code>{secret}</code>
        </p>
      </div>
      <p>
        <a class="ds-button" href={href}>
          {say('Jag har tagit vara på den', 'I have kept it')}
        </a>
      </p>
    </Page>
  );
};

/** The lines of a field that say something. */
export const linesIn = (posted: FormData, name: string): string[] =>
  textIn(posted, name)
    .split('\n')
    .map((it) => it.trim())
    .filter((it) => it !== '');

export function textIn(posted: FormData, name: string): string {
  const value = posted.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
