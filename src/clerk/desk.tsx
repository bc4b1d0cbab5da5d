/** The desk: what is due, and what waits for the viewer's roles. */
import type { Context } from 'hono';
import { rolesOf } from '../access/grant.ts';
import { administered } from '../identity/grants.ts';
import { type DeskItem, desk } from '../views/desk.ts';
import { AuditorDesk, isAuditor, type Latest, latestIn } from './auditor.tsx';
import { StartLink } from './creation.tsx';
import { Late } from './late.tsx';
import { Page, rolesText } from './layout.tsx';
import { newMatter } from './new-matter.tsx';
import { newMeeting } from './new-meeting.tsx';
import { registerHref, registerName, registerSays } from './rights.tsx';
import { isAdministrator, PublishLink, RoutesTable, routesIn } from './routes.tsx';
import { Standing } from './standing.tsx';
import { type Env, type View, viewIn } from './view.ts';

/** A desk with more than this is worked from the top. */
const MOST = 100;
/** Deadlines seen at once; the rest are folded away. */
const MOST_SHOWN = 10;

type Desk = Awaited<ReturnType<typeof desk>>;

export const deskPage = async (c: Context<Env>) => {
  const view = viewIn(c);
  const { source } = view;
  const { grants } = view.viewer;
  const found = await desk(source, { grants }, { limit: MOST, offset: 0 });
  const latest = isAuditor(grants) ? await latestIn(c) : null;
  return c.html(<DeskPage view={view} {...found} latest={latest} />);
};

interface DeskProps extends Desk {
  readonly view: View;
  /** For an auditor; null for everyone else. */
  readonly latest: Latest | null;
}

const DeskPage = ({ view, waiting, due, latest }: DeskProps) => {
  const { say, viewer } = view;
  const groups = grouped(view, waiting);
  return (
    <Page view={view} title={say('Skrivbord', 'Desk')}>
      <div class="cluster apart">
        <header class="heading">
          <h1 class="ds-heading" data-size="lg">
            {say(`Hej ${viewer.name}`, `Hello ${viewer.name}`)}
          </h1>
          <p class="lead">
            {latest
              ? say('Det här kan du granska som', 'This is yours to audit as')
              : isAdministrator(viewer.grants)
                ? say('Det här förvaltar du som', 'This is yours to administer as')
                : say('Det här väntar på dig som', 'This waits for you as')}{' '}
            {rolesText(view, rolesOf(viewer.grants))}.
          </p>
        </header>
        <p class="cluster">
          <StartLink view={view} creation={newMatter} />
          <StartLink view={view} creation={newMeeting} quiet />
          <PublishLink view={view} />
        </p>
      </div>
      <div class="columns">
        <div>
          {latest && <AuditorDesk view={view} latest={latest} />}
          <Admission view={view} />
          {isAdministrator(viewer.grants) && <RoutesTable view={view} charts={routesIn(view)} />}
          {groups.length === 0 && !latest && !isAdministrator(viewer.grants) && (
            <p class="ds-card empty">
              {say('Ingenting väntar på dig just nu.', 'Nothing waits for you right now.')}
            </p>
          )}
          {groups.map(([title, items]) => (
            <Waiting view={view} title={title} items={items} />
          ))}
        </div>
        <aside aria-labelledby="due">
          <Due view={view} due={due} />
        </aside>
      </div>
    </Page>
  );
};

/** Where an administrator lets others in, and sees who was let in. */
const Admission = ({ view: { say, viewer } }: { view: View }) =>
  administered(viewer.grants).length === 0 ? null : (
    <section class="ds-card" aria-labelledby="admission">
      <h2 class="ds-heading" data-size="xs" id="admission">
        {say('Åtkomst', 'Access')}
      </h2>
      <ul class="plain">
        <li>
          <a class="ds-link" href="/tokens">
            {say('Nycklar', 'Tokens')}
          </a>{' '}
          <span class="muted">{say('Vilka system som släpps in.', 'Which systems are let in.')}</span>
        </li>
        <li>
          <a class="ds-link" href={registerHref}>
            {say(registerName)}
          </a>{' '}
          <span class="muted">{say(registerSays)}</span>
        </li>
      </ul>
    </section>
  );

const Due = ({ view, due }: { view: View; due: Desk['due'] }) => (
  <section class="ds-card">
    <h2 class="ds-heading" data-size="xs" id="due">
      {view.say('Tider att hålla', 'Dates to keep')}
    </h2>
    {due.length === 0 && <p class="muted">{view.say('Ingen tid löper.', 'No deadline is running.')}</p>}
    <DueList view={view} due={due.slice(0, MOST_SHOWN)} />
    {due.length > MOST_SHOWN && (
      <details class="folded">
        <summary>{view.say(`${due.length - MOST_SHOWN} till`, `${due.length - MOST_SHOWN} more`)}</summary>
        <DueList view={view} due={due.slice(MOST_SHOWN)} />
      </details>
    )}
  </section>
);

const DueList = ({ view, due }: { view: View; due: Desk['due'] }) => (
  <ul class="plain due">
    {due.map((it) => (
      <li>
        <strong>{view.date(it.lastDay)}</strong> <Late view={view} overdue={it.overdue} />
        <br />
        {view.say(it.label)}:{' '}
        <a class="ds-link" href={`/${it.collection}/${it.root}`}>
          {view.titleOf(it)}
        </a>
      </li>
    ))}
  </ul>
);

const Waiting = ({ view, title, items }: { view: View; title: string; items: readonly DeskItem[] }) => (
  <section aria-label={title}>
    <h2 class="ds-heading" data-size="xs">
      {title} <span class="muted count">{items.length}</span>
    </h2>
    <ul class="rows">
      {items.map((it) => (
        <li>
          <div class="cluster apart">
            <a class="ds-link strong" href={`/${it.collection}/${it.id}`}>
              {view.titleOf(it)}
            </a>
            <span class="cluster tight">
              <Late view={view} overdue={it.overdue} />
              <Standing view={view} actor={{ states: it.states, ended: false }} />
            </span>
          </div>
          <p class="muted">{aboutItem(view, it)}</p>
          <p>
            <span class="muted">{view.say('Nästa', 'Next')}:</span>{' '}
            {it.next.map((event) => view.say(event.label)).join(', ')}
          </p>
        </li>
      ))}
    </ul>
  </section>
);

function aboutItem(view: View, { collection, label, number, municipality, due }: DeskItem): string {
  const by = due && `${view.say(due.label)} ${view.date(due.lastDay)}`;
  const what = collection === 'actors' ? view.say(label) : null;
  return [what, collection === 'meetings' ? null : number, view.municipality(municipality)?.name, by]
    .filter(Boolean)
    .join(' · ');
}

/** Meetings first, by their days, then matters by where they are, then everything that follows upon decisions. */
function grouped(view: View, waiting: readonly DeskItem[]): [string, DeskItem[]][] {
  const { say } = view;
  const meetings = say('Sammanträden', 'Meetings');
  const titleOf = ({ collection, municipality, body }: DeskItem): string => {
    if (collection === 'meetings') return meetings;
    if (collection === 'delegations') return say('Delegationer', 'Delegations');
    if (collection === 'joint-matters') return say('Gemensamma ärenden', 'Joint matters');
    if (collection === 'actors')
      return say('Uppdrag, expediering och uppföljning', 'Tasks, dispatch and follow-up');
    return `${say('Ärenden', 'Matters')}: ${view.bodyName(municipality, body) ?? ''}`;
  };
  const order = ['meetings', 'matters', 'joint-matters', 'delegations', 'actors'];
  const groups = Map.groupBy(
    waiting.toSorted((a, b) => order.indexOf(a.collection) - order.indexOf(b.collection)),
    titleOf,
  );
  groups.get(meetings)?.sort((a, b) => (a.number ?? '').localeCompare(b.number ?? ''));
  return [...groups];
}
