/** Where one is signed in; and for administrators, where others are. */
import type { Context } from 'hono';
import { administered } from '../identity/grants.ts';
import type { People } from '../identity/people.ts';
import type { Session } from '../identity/sessions.ts';
import type { Services } from '../services.ts';
import { dropSession, rememberDone } from './identity.tsx';
import { Page } from './layout.tsx';
import { missing } from './missing.tsx';
import { postedForm } from './posted.ts';
import { Table } from './scroll.tsx';
import { type Env, type View, viewIn } from './view.ts';

type Place = Services & { readonly people: People };

export const sessionsPage = (services: Place) => async (c: Context<Env>) => {
  const view = viewIn(c);
  const sessions = await visible(view, services);
  const own = sessions.filter((it) => it.person.id === view.viewer.id);
  const others = sessions.filter((it) => it.person.id !== view.viewer.id);
  return c.html(<SessionsPage view={view} own={own} others={others} />);
};

/** Ends one session, one's own or as an administrator another's. */
export const revokeSession = (services: Place) => async (c: Context<Env>) => {
  const view = viewIn(c);
  const id = (await postedForm(c)).get('id');
  const found = (await visible(view, services)).find((it) => it.id === id);
  if (!found) return missing(c);
  await services.people.sessions.revoke(found.id);
  services.log.info({ by: view.viewer.id, person: found.person.id }, 'a session was ended');
  return left(c, services, found.id === view.session?.id);
};

/** Ends every session of the viewer. */
export const logoutEverywhere = (services: Place) => async (c: Context<Env>) => {
  await services.people.sessions.revokeAll(viewIn(c).viewer.id);
  return left(c, services, true);
};

function left(c: Context<Env>, services: Place, isOut: boolean) {
  if (!isOut) {
    rememberDone(c, 'session.ended');
    return c.redirect('/sessions', 303);
  }
  dropSession(c, services);
  return c.redirect('/logged-out', 303);
}

/** The viewer's own, and of others those who have a commission in a municipality that the viewer administers. */
async function visible({ viewer }: View, { people }: Place): Promise<readonly Session[]> {
  const tenants = administered(viewer.grants);
  if (tenants.length === 0) return people.sessions.list(viewer.id);
  return (await people.sessions.list()).filter(
    ({ person }) => person.id === viewer.id || person.grants.some(({ tenant }) => tenants.includes(tenant)),
  );
}

interface SessionsProps {
  readonly view: View;
  readonly own: readonly Session[];
  readonly others: readonly Session[];
}

const SessionsPage = ({ view, own, others }: SessionsProps) => {
  const { say } = view;
  const title = say('Mina inloggningar', 'My sessions');
  return (
    <Page view={view} title={title} above={[]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <SessionsTable view={view} sessions={own} label={title} />
      <form method="post" action="/sessions/all">
        <button class="ds-button" data-variant="secondary" type="submit">
          {say('Logga ut överallt', 'Log out everywhere')}
        </button>
      </form>
      {others.length > 0 && (
        <>
          <h2 class="ds-heading" data-size="sm" id="others">
            {say('Andras inloggningar', "Others' sessions")}
          </h2>
          <SessionsTable
            view={view}
            sessions={others}
            label={say('Andras inloggningar', "Others' sessions")}
          />
        </>
      )}
    </Page>
  );
};

const SessionsTable = ({
  view,
  sessions,
  label,
}: {
  view: View;
  sessions: readonly Session[];
  label: string;
}) => {
  const { say, instant } = view;
  return (
    <Table
      label={label}
      heads={[
        say('Namn', 'Name'),
        say('Webbläsare', 'Browser'),
        say('Inloggad', 'Logged in'),
        say('Senast använd', 'Last used'),
        say('Upphör', 'Ends'),
        say('Åtgärd', 'Action'),
      ]}
    >
      {sessions.map((it) => (
        <tr>
          <th scope="row">
            {it.person.name}
            {it.id === view.session?.id && ` (${say('den här', 'this one')})`}
          </th>
          <td>{it.agent}</td>
          <td class="date">{instant(it.createdAt)}</td>
          <td class="date">{instant(it.usedAt)}</td>
          <td class="date">{instant(it.endsAt)}</td>
          <td>
            <form method="post" action="/sessions">
              <button
                class="ds-button"
                data-variant="secondary"
                data-size="sm"
                type="submit"
                name="id"
                value={it.id}
              >
                {say('Avsluta', 'End')}
              </button>
            </form>
          </td>
        </tr>
      ))}
    </Table>
  );
};
