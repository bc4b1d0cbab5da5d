/** Who signs in with a password of our own keeping, for administrators: who there is, and who is let in. */
import type { Context } from 'hono';
import { Refusal } from '../engine/refusal.ts';
import type { Account } from '../identity/admission.ts';
import { admitting } from '../identity/grants.ts';
import {
  accountFieldsIn,
  admissionIn,
  CodePage,
  commissionText,
  personalRoles,
  stateText,
} from './account-parts.tsx';
import { GrantFields, grantIn, linksTo, Text } from './grant-fields.tsx';
import { Page } from './layout.tsx';
import { missing } from './missing.tsx';
import { shownOnce } from './once.ts';
import { postedForm } from './posted.ts';
import { Refused, statusOf } from './refusal.tsx';
import { Table } from './scroll.tsx';
import { type Env, type View, viewIn } from './view.ts';

export const accountsPage = async (c: Context<Env>) => {
  const view = viewIn(c);
  const admission = admissionIn(view);
  if (!admission) return missing(c);
  return c.html(<AccountsPage view={view} accounts={await admission.list(view.viewer)} />);
};

/** Makes an account and shows its code: the only time. */
export const createAccount = async (c: Context<Env>) => {
  const view = viewIn(c);
  const admission = admissionIn(view);
  if (!admission) return missing(c);
  const posted = await postedForm(c);
  try {
    const asked = accountFieldsIn(posted, String(posted.get('login') ?? ''));
    const code = await admission.add(asked, view.viewer);
    view.services.log.info({ by: view.viewer.id, account: asked.login }, 'an account was made');
    return shownOnce(c, <CodePage view={view} login={asked.login} code={code} />);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const accounts = await admission.list(view.viewer);
    const page = <AccountsPage view={view} accounts={accounts} refusal={refusal} written={posted} />;
    return c.html(page, statusOf[refusal.code]);
  }
};

interface AccountsProps {
  readonly view: View;
  readonly accounts: readonly Account[];
  readonly refusal?: Refusal;
  readonly written?: FormData;
}

const AccountsPage = ({ view, accounts, refusal, written = new FormData() }: AccountsProps) => {
  const { say, viewer } = view;
  const title = say('Konton', 'Accounts');
  const given = (name: string) => String(written.get(name) ?? '');
  const admits = admitting(viewer.grants);
  return (
    <Page view={view} title={title} above={[]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          'Den som har ett konto loggar in med ett lösenord, som väljs med en engångskod härifrån.',
          'Whoever has an account logs in with a password, which is chosen by a one-time code from here.',
        )}
      </p>
      {refusal && <Refused view={view} refusal={refusal} links={linksTo(view, refusal)} />}
      <AccountsTable view={view} accounts={accounts} label={title} />
      {admits.length > 0 && (
        <form method="post" action="/accounts" class="ds-card stack">
          <h2 class="ds-heading" data-size="xs">
            {say('Nytt konto', 'New account')}
          </h2>
          <Text name="login" label={say('Användarnamn', 'User name')} value={given('login')} required />
          <Text name="name" label={say('Namn', 'Name')} value={given('name')} required />
          <GrantFields
            view={view}
            tenants={admits}
            roles={personalRoles}
            given={written.has('login') ? (grantIn(written) as never) : {}}
          />
          <div>
            <button class="ds-button" type="submit">
              {say('Släpp in', 'Let in')}
            </button>
          </div>
        </form>
      )}
    </Page>
  );
};

const AccountsTable = ({
  view,
  accounts,
  label,
}: {
  view: View;
  accounts: readonly Account[];
  label: string;
}) => {
  const { say } = view;
  return (
    <Table
      label={label}
      heads={[say('Användarnamn', 'User name'), say('Namn', 'Name'), say('Får', 'May'), say('Läge', 'State')]}
    >
      {accounts.map((it) => (
        <tr>
          <th scope="row">
            <a class="ds-link" href={`/accounts/${it.login}`}>
              {it.login}
            </a>
          </th>
          <td>{it.name}</td>
          <td>{commissionText(view, it)}</td>
          <td>{stateText(view, it)}</td>
        </tr>
      ))}
    </Table>
  );
};
