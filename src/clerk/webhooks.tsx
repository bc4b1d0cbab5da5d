/** The other systems: who hears of what happens, and who tells us of it. */
import type { Context } from 'hono';
import { administers } from '../webhooks/administration.ts';
import { systemsFor, type ToldIntegration } from '../webhooks/integrations.ts';
import { subscriptionsFor } from '../webhooks/subscriptions.ts';
import type { ToldSubscription } from '../webhooks/told.ts';
import { Page } from './layout.tsx';
import { Table } from './scroll.tsx';
import { type Env, type View, viewIn } from './view.ts';

export const webhooksPage = async (c: Context<Env>) => {
  const view = viewIn(c);
  const { webhooks } = view.services;
  const [subscriptions, integrations] = await Promise.all([
    subscriptionsFor(webhooks, view.viewer, null),
    systemsFor(webhooks, view.viewer),
  ]);
  return c.html(<WebhooksPage view={view} subscriptions={subscriptions} integrations={integrations} />);
};

interface PageProps {
  readonly view: View;
  readonly subscriptions: readonly ToldSubscription[];
  readonly integrations: readonly ToldIntegration[];
}

const WebhooksPage = ({ view, subscriptions, integrations }: PageProps) => {
  const { say, viewer } = view;
  const mayMake = viewer.grants.some((it) => administers(viewer, it.tenant));
  return (
    <Page view={view} title={say('Webhookar', 'Webhooks')} above={[]}>
      <h1 class="ds-heading" data-size="lg">
        {say('Webhookar', 'Webhooks')}
      </h1>
      <section class="stack" aria-labelledby="out">
        <div class="cluster apart">
          <h2 class="ds-heading" data-size="sm" id="out">
            {say('De som får veta', 'Those who are told')}
          </h2>
          {mayMake && (
            <a class="ds-button" href="/webhooks/new">
              {say('Ny prenumeration', 'New subscription')}
            </a>
          )}
        </div>
        <SubscriptionsTable view={view} subscriptions={subscriptions} />
      </section>
      <section class="stack" aria-labelledby="in">
        <div class="cluster apart">
          <h2 class="ds-heading" data-size="sm" id="in">
            {say('De som hör av sig', 'Those who tell us')}
          </h2>
          {mayMake && (
            <a class="ds-button" href="/integrations/new">
              {say('Anmäl ett system', 'Declare a system')}
            </a>
          )}
        </div>
        <IntegrationsTable view={view} integrations={integrations} />
      </section>
    </Page>
  );
};

const SubscriptionsTable = ({ view, subscriptions }: Pick<PageProps, 'view' | 'subscriptions'>) => {
  const { say } = view;
  if (subscriptions.length === 0)
    return <p class="empty">{say('Ingen prenumererar.', 'Nobody subscribes.')}</p>;
  const label = say('Prenumerationer', 'Subscriptions');
  return (
    <Table
      label={label}
      heads={[
        say('Namn', 'Name'),
        say('Kommun', 'Municipality'),
        say('Adress', 'Address'),
        say('Läge', 'State'),
      ]}
    >
      {subscriptions.map((it) => (
        <tr>
          <th scope="row">
            <a class="ds-link" href={`/webhooks/${it.id}`}>
              {it.name}
            </a>
          </th>
          <td>{view.municipality(it.municipality)?.name ?? it.municipality}</td>
          <td>
            <code>{it.url}</code>
          </td>
          <td>
            <Health view={view} subscription={it} />
          </td>
        </tr>
      ))}
    </Table>
  );
};

const IntegrationsTable = ({ view, integrations }: Pick<PageProps, 'view' | 'integrations'>) => {
  const { say } = view;
  if (integrations.length === 0)
    return <p class="empty">{say('Inget system är anmält.', 'No system is declared.')}</p>;
  const label = say('Integrationer', 'Integrations');
  return (
    <Table
      label={label}
      heads={[
        say('Namn', 'Name'),
        say('Kommun', 'Municipality'),
        say('Händelser', 'Events'),
        say('Läge', 'State'),
      ]}
    >
      {integrations.map((it) => (
        <tr>
          <th scope="row">
            <a class="ds-link" href={`/integrations/${it.name}`}>
              {say(it.label)}
            </a>
          </th>
          <td>{view.municipality(it.municipality)?.name ?? it.municipality}</td>
          <td>{it.events.join(', ')}</td>
          <td>{it.state === 'active' ? say('hörs', 'is heard') : say('avslagen', 'switched off')}</td>
        </tr>
      ))}
    </Table>
  );
};

/** How an endpoint fares. */
export const Health = ({ view, subscription }: { view: View; subscription: ToldSubscription }) => {
  const { say } = view;
  const { state, reason, failingSince, succeededAt } = subscription;
  if (state === 'removed')
    return (
      <span class="ds-tag" data-color="neutral">
        {say('borttagen', 'removed')}
      </span>
    );
  if (state === 'disabled')
    return (
      <span class="ds-tag" data-color="danger">
        {reason === 'gone'
          ? say('avslagen: adressen är borttagen (410)', 'switched off: the endpoint is gone (410)')
          : reason === 'failing'
            ? say('avslagen: har inte svarat på fem dagar', 'switched off: has not answered for five days')
            : say('avslagen', 'switched off')}
      </span>
    );
  if (failingSince)
    return (
      <span class="ds-tag" data-color="warning">
        {say('svarar inte sedan', 'not answering since')} {view.instant(failingSince)}
      </span>
    );
  return (
    <span class="ds-tag" data-color="success">
      {succeededAt
        ? `${say('tog emot', 'took a message')} ${view.instant(succeededAt)}`
        : say('ingenting sänt än', 'nothing sent yet')}
    </span>
  );
};
