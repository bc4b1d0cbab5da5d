/** One subscription: how it fares, what was sent, and what can be done about it. */
import type { Context } from 'hono';
import { Refusal } from '../engine/refusal.ts';
import { administers } from '../webhooks/administration.ts';
import { changeTerms, remove } from '../webhooks/changed-subscription.ts';
import {
  deliveriesFor,
  renewSecret,
  resend,
  sendTest,
  subscriptionFor,
  switchTo,
} from '../webhooks/subscriptions.ts';
import type { ToldDelivery, ToldSubscription } from '../webhooks/told.ts';
import { Act, Exchange, Faults, SecretPage, textIn, versionIn, webhooksCrumb } from './hook-parts.tsx';
import { rememberDone } from './identity.tsx';
import { Page } from './layout.tsx';
import { missing } from './missing.tsx';
import { shownOnce } from './once.ts';
import { postedForm } from './posted.ts';
import { statusOf } from './refusal.tsx';
import { RightsLink } from './rights.tsx';
import { Table } from './scroll.tsx';
import { TermsFields, termsIn, writtenOf } from './subscription-terms.tsx';
import { type Env, type View, viewIn } from './view.ts';
import { Health } from './webhooks.tsx';

/** Deliveries shown at once, the latest; the API has the rest. */
const SHOWN = 50;

export const subscriptionPage = async (c: Context<Env>) => c.html(await pageOf(c));

/** @param refused the change that was refused, as it was written. */
async function pageOf(c: Context<Env>, refused?: SubscriptionProps['refused']) {
  const view = viewIn(c);
  const { webhooks } = view.services;
  const id = c.req.param('id') ?? '';
  const subscription = await subscriptionFor(webhooks, view.viewer, id);
  const sent = await deliveriesFor(webhooks, view.viewer, id, { limit: SHOWN, offset: 0 });
  return (
    <SubscriptionPage view={view} subscription={subscription} sent={sent} {...(refused && { refused })} />
  );
}

/** Changes the terms; what is wrong with them is shown where they were written. */
async function change(c: Context<Env>, posted: FormData, id: string) {
  const { services, viewer } = viewIn(c);
  try {
    await changeTerms(services.webhooks, viewer, id, termsIn(posted));
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code !== 'invalid') throw refusal;
    return c.html(await pageOf(c, { refusal, written: posted }), statusOf[refusal.code]);
  }
  services.webhooks.bell.ring();
  rememberDone(c, 'webhook.changed');
  return c.redirect(`/webhooks/${id}`, 303);
}

export const actOnSubscription = async (c: Context<Env>) => {
  const view = viewIn(c);
  const { webhooks } = view.services;
  const id = c.req.param('id') ?? '';
  const posted = await postedForm(c);
  const act = textIn(posted, 'act');
  if (act === 'secret') {
    const { secret } = await renewSecret(webhooks, view.viewer, id, versionIn(posted));
    const title = view.say('En ny hemlighet', 'A new secret');
    return shownOnce(c, <SecretPage view={view} title={title} secret={secret} href={`/webhooks/${id}`} />);
  }
  if (act === 'change') return change(c, posted, id);
  if (act === 'remove') await remove(webhooks, view.viewer, id);
  else if (act === 'test') await sendTest(webhooks, view.viewer, id);
  else if (act === 'enable') await switchTo(webhooks, view.viewer, id, 'active');
  else if (act === 'disable') await switchTo(webhooks, view.viewer, id, 'disabled');
  else if (act === 'resend') await resend(webhooks, view.viewer, textIn(posted, 'delivery'));
  else return missing(c);
  webhooks.bell.ring();
  rememberDone(c, act === 'test' || act === 'resend' ? 'webhook.queued' : 'webhook.changed');
  return c.redirect(`/webhooks/${id}`, 303);
};

interface SubscriptionProps {
  readonly view: View;
  readonly subscription: ToldSubscription;
  readonly sent: Awaited<ReturnType<typeof deliveriesFor>>;
  readonly refused?: { readonly refusal: Refusal; readonly written: FormData };
}

const SubscriptionPage = ({ view, subscription, sent, refused }: SubscriptionProps) => {
  const { say } = view;
  const action = `/webhooks/${subscription.id}`;
  const isChanged = administers(view.viewer, subscription.municipality) && subscription.state !== 'removed';
  return (
    <Page view={view} title={subscription.name} above={[webhooksCrumb(view)]}>
      <header class="heading">
        <p class="muted">
          {view.municipality(subscription.municipality)?.name} · <code>{subscription.url}</code>
        </p>
        <h1 class="ds-heading" data-size="lg">
          {subscription.name}
        </h1>
        <Health view={view} subscription={subscription} />{' '}
        <RightsLink
          view={view}
          kind="subscription"
          subject={subscription.id}
          municipalities={[subscription.municipality]}
        />
      </header>
      {isChanged && (
        <div class="cluster">
          <Act action={action} act="test" text={say('Sänd ett provmeddelande', 'Send a test message')} />
          {subscription.state === 'active' ? (
            <Act action={action} act="disable" text={say('Slå av', 'Switch off')} />
          ) : (
            <Act action={action} act="enable" text={say('Slå på', 'Switch on')} />
          )}
          <Exchange view={view} action={action} of={subscription} />
        </div>
      )}
      <Terms view={view} subscription={subscription} />
      {isChanged && <Change view={view} subscription={subscription} {...(refused && { refused })} />}
      <Sent view={view} subscription={subscription} sent={sent} />
    </Page>
  );
};

/** Other terms, or none any more: folded away until something was wrong. */
const Change = ({ view, subscription, refused }: Omit<SubscriptionProps, 'sent'>) => {
  const { say } = view;
  const action = `/webhooks/${subscription.id}`;
  return (
    <details class="ds-details folded" open={refused !== undefined}>
      <summary>{say('Ändra eller ta bort', 'Change or remove')}</summary>
      {refused && <Faults view={view} refusal={refused.refusal} />}
      <form method="post" action={action} class="ds-card stack">
        <TermsFields view={view} written={refused?.written ?? writtenOf(subscription)} />
        {subscription.recipient !== null && (
          <p>
            {say('Beslut som expedieras till', 'Decisions dispatched to')}{' '}
            <code>{subscription.recipient}</code>.{' '}
            {say(
              'En annan mottagare är en annan prenumeration.',
              'Another recipient is another subscription.',
            )}
          </p>
        )}
        <div>
          <button class="ds-button" type="submit" name="act" value="change">
            {say('Spara', 'Save')}
          </button>
        </div>
      </form>
      <p class="muted">
        {say(
          'Borttagen sänder den ingenting mer, och det som väntar ges upp. Det som har sänts visas här även sedan.',
          'Removed it sends nothing more, and what waits is given up. What has been sent is shown here afterwards too.',
        )}
      </p>
      <Act action={action} act="remove" text={say('Ta bort prenumerationen', 'Remove the subscription')} />
    </details>
  );
};

const Terms = ({ view, subscription }: Pick<SubscriptionProps, 'view' | 'subscription'>) => {
  const { say } = view;
  const { events, bodies, routes, recipient, publicKey, createdAt, createdBy } = subscription;
  const listed = (items: readonly string[]) => (items.length === 0 ? say('alla', 'all') : items.join(', '));
  const facts = [
    ...(recipient === null
      ? [
          [say('Händelser', 'Events'), listed(events)],
          [say('Organ', 'Bodies'), listed(bodies)],
          [say('Vägar', 'Routes'), listed(routes)],
        ]
      : [[say('Beslut som expedieras till', 'Decisions dispatched to'), recipient]]),
    [say('Öppen nyckel (v1a)', 'Public key (v1a)'), publicKey],
    [say('Gjord', 'Made'), `${view.instant(createdAt)}, ${createdBy}`],
  ] as const;
  return (
    <dl class="facts ds-card">
      {facts.map(([term, value]) => (
        <div>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Sent = ({ view, subscription, sent: { items, counts } }: SubscriptionProps) => {
  const { say } = view;
  const label = say('Sända meddelanden', 'Messages sent');
  return (
    <div class="stack">
      <h2 class="ds-heading" data-size="sm">
        {label}
      </h2>
      <p class="muted">
        {say(
          `${counts.delivered} framme, ${counts.waiting} väntar, ${counts.dead} uppgivna.`,
          `${counts.delivered} delivered, ${counts.waiting} waiting, ${counts.dead} given up.`,
        )}
      </p>
      {items.length > 0 && (
        <Table
          label={label}
          heads={[
            say('Händelse', 'Event'),
            say('Läge', 'State'),
            say('Försök', 'Attempts'),
            say('Senaste svar', 'Latest answer'),
            say('Gör', 'Do'),
          ]}
        >
          {items.map((it) => (
            <DeliveryRow view={view} subscription={subscription} delivery={it} />
          ))}
        </Table>
      )}
    </div>
  );
};

interface RowProps extends Pick<SubscriptionProps, 'view' | 'subscription'> {
  readonly delivery: ToldDelivery;
}

const DeliveryRow = ({ view, subscription, delivery }: RowProps) => {
  const { say } = view;
  const last = delivery.tries.at(-1);
  const states = {
    waiting: say('väntar', 'waiting'),
    delivered: say('framme', 'delivered'),
    dead: say('uppgivet', 'given up'),
  };
  return (
    <tr>
      <th scope="row">
        <code>{delivery.type}</code> <span class="muted">{view.instant(delivery.createdAt)}</span>
      </th>
      <td>
        {states[delivery.state]}
        {delivery.resentBy && ` (${say('igen', 'again')}: ${delivery.resentBy})`}
      </td>
      <td>{delivery.attempts}</td>
      <td>{last ? `${view.instant(last.at)} ${last.status ?? last.failure ?? ''}` : '–'}</td>
      <td>
        {delivery.state !== 'waiting' && subscription.state !== 'removed' && (
          <form method="post" action={`/webhooks/${subscription.id}`}>
            <input type="hidden" name="act" value="resend" />
            <input type="hidden" name="delivery" value={delivery.id} />
            <button class="ds-button" data-variant="secondary" data-size="sm" type="submit">
              {say('Sänd igen', 'Send again')}
            </button>
          </form>
        )}
      </td>
    </tr>
  );
};
