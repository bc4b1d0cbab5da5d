/** The tokens of other systems, for administrators: what there are, a new one, and how one is revoked. */
import type { Context } from 'hono';
import { type Role, roles } from '../../machines/roles.ts';
import { parseFields } from '../engine/parse.ts';
import { Refusal } from '../engine/refusal.ts';
import { administered } from '../identity/grants.ts';
import { NewToken, type Token } from '../identity/tokens.ts';
import { grantIn, grantText, linksTo } from './grant-fields.tsx';
import { rememberDone } from './identity.tsx';
import { Page } from './layout.tsx';
import { missing } from './missing.tsx';
import { NewTokenForm } from './new-token.tsx';
import { shownOnce } from './once.ts';
import { postedForm } from './posted.ts';
import { Refused, statusOf } from './refusal.tsx';
import { RightsLink } from './rights.tsx';
import { Table } from './scroll.tsx';
import { type Env, type View, viewIn } from './view.ts';

export const tokensPage = async (c: Context<Env>) => {
  const view = viewIn(c);
  if (administered(view.viewer.grants).length === 0) return missing(c);
  return c.html(<TokensPage view={view} tokens={await view.services.tokens.list(view.viewer)} />);
};

/** Makes a token and shows it: the only time. */
export const createToken = async (c: Context<Env>) => {
  const view = viewIn(c);
  const { tokens, log } = view.services;
  const posted = await postedForm(c);
  try {
    const { secret, token } = await tokens.create(
      parseFields(NewToken, fieldsIn(posted)) as NewToken,
      view.viewer,
    );
    log.info({ by: view.viewer.id, token: token.id }, 'a token was made');
    return shownOnce(c, <MadePage view={view} secret={secret} token={token} />);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const all = await tokens.list(view.viewer);
    return c.html(<TokensPage view={view} tokens={all} refusal={refusal} />, statusOf[refusal.code]);
  }
};

export const revokeToken = async (c: Context<Env>) => {
  const view = viewIn(c);
  const { tokens, log } = view.services;
  const id = String((await postedForm(c)).get('id'));
  try {
    await tokens.revoke(id, view.viewer);
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.code === 'notFound') return missing(c);
    throw refusal;
  }
  log.info({ by: view.viewer.id, token: id }, 'a token was revoked');
  rememberDone(c, 'token.revoked');
  return c.redirect('/tokens', 303);
};

const fieldsIn = (posted: FormData) => ({
  ...grantIn(posted),
  name: String(posted.get('name') ?? ''),
  days: Number(posted.get('days')),
});

interface TokensProps {
  readonly view: View;
  readonly tokens: readonly Token[];
  readonly refusal?: Refusal;
}

const TokensPage = ({ view, tokens, refusal }: TokensProps) => {
  const { say, viewer } = view;
  const title = say('Nycklar', 'Tokens');
  const own = viewer.grants.flatMap((it) => it.roles);
  const choices = (Object.keys(roles) as Role[]).filter((it) => it === 'integration' || own.includes(it));
  return (
    <Page view={view} title={title} above={[]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          'Med en nyckel talar ett annat system för sig självt. Den visas en gång, gäller en tid, och kan återkallas.',
          'By a token another system speaks for itself. It is shown once, lasts for a time, and can be revoked.',
        )}
      </p>
      {refusal && <Refused view={view} refusal={refusal} links={linksTo(view, refusal)} />}
      {tokens.length > 0 && <TokensTable view={view} tokens={tokens} label={title} />}
      <NewTokenForm view={view} tenants={administered(viewer.grants)} roles={choices} />
    </Page>
  );
};

const TokensTable = ({ view, tokens, label }: { view: View; tokens: readonly Token[]; label: string }) => {
  const { say, instant } = view;
  return (
    <Table
      label={label}
      heads={[
        say('Namn', 'Name'),
        say('Gäller', 'Is for'),
        say('Utfärdad', 'Issued'),
        say('Senast använd', 'Last used'),
        say('Upphör', 'Ends'),
        say('Åtgärd', 'Action'),
      ]}
    >
      {tokens.map((it) => (
        <tr>
          <th scope="row">
            <RightsLink
              view={view}
              kind="token"
              subject={it.id}
              municipalities={[it.grant.tenant]}
              text={it.name}
            />
          </th>
          <td>{grantText(view, it.grant)}</td>
          <td class="date">
            {instant(it.createdAt)}, {it.createdBy}
          </td>
          <td class="date">{it.usedAt ? instant(it.usedAt) : say('aldrig', 'never')}</td>
          <td class="date">{instant(it.endsAt)}</td>
          <td>{it.revokedAt ? revokedText(view, it.revokedAt) : <RevokeForm view={view} id={it.id} />}</td>
        </tr>
      ))}
    </Table>
  );
};

const revokedText = ({ say, instant }: View, at: string): string =>
  say(`återkallad ${instant(at)}`, `revoked ${instant(at)}`);

const RevokeForm = ({ view, id }: { view: View; id: string }) => (
  <form method="post" action="/tokens/revocation">
    <button class="ds-button" data-variant="secondary" data-size="sm" type="submit" name="id" value={id}>
      {view.say('Återkalla', 'Revoke')}
    </button>
  </form>
);

const MadePage = ({ view, secret, token }: { view: View; secret: string; token: Token }) => {
  const { say } = view;
  const title = say('Nyckeln är utfärdad', 'The token is issued');
  return (
    <Page view={view} title={title} above={[{ href: '/tokens', text: say('Nycklar', 'Tokens') }]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          'Kopiera den nu. Den visas inte igen, och den som har den kan det här:',
          'Copy it now. It is not shown again, and whoever has it can do this:',
        )}{' '}
        {grantText(view, token.grant)}
      </p>
      <p>
        <code class="secret">{secret}</code>
      </p>
    </Page>
  );
};
