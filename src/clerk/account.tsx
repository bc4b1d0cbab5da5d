/** One account: what it may, a new code for it, and shutting it. */
import type { Context } from 'hono';
import { Refusal } from '../engine/refusal.ts';
import type { Account } from '../identity/admission.ts';
import { admitting } from '../identity/grants.ts';
import {
  accountFieldsIn,
  accountsCrumb,
  admissionIn,
  appointmentIn,
  CodePage,
  commissionText,
  personalRoles,
  stateText,
} from './account-parts.tsx';
import { GrantFields, linksTo, Text } from './grant-fields.tsx';
import { rememberDone } from './identity.tsx';
import { Page } from './layout.tsx';
import { missing } from './missing.tsx';
import { shownOnce } from './once.ts';
import { postedForm } from './posted.ts';
import { Refused, statusOf } from './refusal.tsx';
import { RightsLink } from './rights.tsx';
import { type Env, type View, viewIn } from './view.ts';

export const accountPage = async (c: Context<Env>) => {
  const view = viewIn(c);
  const account = await seen(view, c.req.param('login') ?? '');
  return account ? c.html(<AccountPage view={view} account={account} />) : missing(c);
};

const seen = async (view: View, login: string): Promise<Account | null> =>
  (await admissionIn(view)?.list(view.viewer))?.find((it) => it.login === login) ?? null;

/** Changes an account, gives it a new code, or shuts it. */
export const actOnAccount = async (c: Context<Env>) => {
  const view = viewIn(c);
  const login = c.req.param('login') ?? '';
  const admission = admissionIn(view);
  const account = await seen(view, login);
  if (!admission || !account) return missing(c);
  const posted = await postedForm(c);
  const act = posted.get('act');
  try {
    if (act === 'renew') {
      const code = await admission.renew(login, view.viewer);
      noted(view, login, 'an account was given a new code');
      return shownOnce(c, <CodePage view={view} login={login} code={code} />);
    }
    if (act === 'close') await admission.close(login, view.viewer);
    else if (act === 'appoint') await admission.appoint(login, appointmentIn(posted), view.viewer);
    else if (act === 'dismiss') await admission.dismiss(login, view.viewer);
    else await admission.change(accountFieldsIn(posted, login), view.viewer);
    noted(view, login, act === 'close' ? 'an account was closed' : 'an account was changed');
    rememberDone(c, act === 'close' ? 'account.closed' : 'account.changed');
    return c.redirect(`/accounts/${login}`, 303);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const form = act === 'appoint' ? ACTING : '';
    const page = <AccountPage view={view} account={account} refusal={refusal} form={form} />;
    return c.html(page, statusOf[refusal.code]);
  }
};

const noted = ({ services, viewer }: View, account: string, what: string): void =>
  services.log.info({ by: viewer.id, account }, what);

interface AccountProps {
  readonly view: View;
  readonly account: Account;
  readonly refusal?: Refusal;
  /** The beginning of the ids in the form that was refused. */
  readonly form?: string;
}

/** The beginning of the ids in the form of an appointment. */
const ACTING = 'acting-';

const AccountPage = ({ view, account, refusal, form }: AccountProps) => {
  const { say, viewer } = view;
  const { login, name, grants } = account;
  const [grant, ...others] = grants.filter((it) => !it.acting);
  const admits = admitting(viewer.grants);
  return (
    <Page view={view} title={login} above={[accountsCrumb(view)]}>
      <h1 class="ds-heading" data-size="lg">
        {name}
      </h1>
      <p class="lead">
        {login} · {commissionText(view, account)} · {stateText(view, account)}
      </p>
      <p>
        <RightsLink
          view={view}
          kind="account"
          subject={login}
          municipalities={grants.map((it) => it.tenant)}
        />
      </p>
      {refusal && <Refused view={view} refusal={refusal} links={linksTo(view, refusal, form)} />}
      <form method="post" action={`/accounts/${login}`} class="cluster">
        {admits.length > 0 && (
          <button class="ds-button" data-variant="secondary" type="submit" name="act" value="renew">
            {say('Ge en ny engångskod', 'Give a new one-time code')}
          </button>
        )}
        {account.state !== 'closed' && (
          <button
            class="ds-button"
            data-variant="secondary"
            data-color="danger"
            type="submit"
            name="act"
            value="close"
          >
            {say('Stäng kontot', 'Close the account')}
          </button>
        )}
      </form>
      <p class="muted">
        {say(
          'Det avslutar inloggningarna och tar bort lösenordet.',
          'That ends the sessions and takes the password away.',
        )}
      </p>
      {others.length === 0 && admits.length > 0 && (
        <form method="post" action={`/accounts/${login}`} class="ds-card stack">
          <h2 class="ds-heading" data-size="xs">
            {say('Ändra', 'Change')}
          </h2>
          <Text name="name" label={say('Namn', 'Name')} value={name} required />
          <GrantFields view={view} tenants={admits} roles={personalRoles} {...(grant && { given: grant })} />
          <div>
            <button class="ds-button" type="submit" name="act" value="change">
              {say('Spara', 'Save')}
            </button>
          </div>
        </form>
      )}
      {admits.length > 0 && <Appointing view={view} account={account} />}
    </Page>
  );
};

/** Another's role for a time: it begins and ends by itself, and each act by it says in whose place it was done. */
const Appointing = ({ view, account: { login, grants } }: Pick<AccountProps, 'view' | 'account'>) => {
  const { say, viewer } = view;
  return (
    <form method="post" action={`/accounts/${login}`} class="ds-card stack">
      <h2 class="ds-heading" data-size="xs">
        {say('Förordna i någon annans ställe', "Appoint to act in another's place")}
      </h2>
      <Text name="for" label={say('I stället för', 'In the place of')} required />
      <Text name="decision" label={say('Beslut om förordnande', 'Decision on the appointment')} required />
      <Text name="from" label={say('Från och med', 'From')} type="date" value={view.today} required />
      <Text name="to" label={say('Till och med', 'Until')} type="date" required />
      <GrantFields view={view} form={ACTING} tenants={admitting(viewer.grants)} roles={personalRoles} />
      <div class="cluster">
        <button class="ds-button" type="submit" name="act" value="appoint">
          {say('Förordna', 'Appoint')}
        </button>
        {grants.some((it) => it.acting) && (
          <button
            class="ds-button"
            data-variant="secondary"
            type="submit"
            name="act"
            value="dismiss"
            formnovalidate
          >
            {say('Avsluta alla förordnanden', 'End every appointment')}
          </button>
        )}
      </div>
    </form>
  );
};
