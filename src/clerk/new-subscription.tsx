/** A new subscription. */
import type { Context } from 'hono';
import { Refusal } from '../engine/refusal.ts';
import { assertAdministersAny } from '../webhooks/administration.ts';
import { eventsIn, subscribe } from '../webhooks/subscriptions.ts';
import {
  Faults,
  Line,
  Lines,
  linesIn,
  MunicipalityField,
  SecretPage,
  textIn,
  webhooksCrumb,
} from './hook-parts.tsx';
import { Page } from './layout.tsx';
import { postedForm } from './posted.ts';
import { statusOf } from './refusal.tsx';
import { type Env, type View, viewIn } from './view.ts';

export const newSubscriptionPage = (c: Context<Env>) => {
  const view = viewIn(c);
  assertAdministersAny(view.viewer);
  return c.html(<NewSubscriptionPage view={view} written={new FormData()} />);
};

export const createSubscription = async (c: Context<Env>) => {
  const view = viewIn(c);
  const posted = await postedForm(c);
  try {
    const { subscription, secret } = await subscribe(view.services.webhooks, view.viewer, {
      municipality: textIn(posted, 'municipality'),
      name: textIn(posted, 'name'),
      url: textIn(posted, 'url'),
      events: linesIn(posted, 'events'),
      bodies: linesIn(posted, 'bodies'),
      routes: linesIn(posted, 'routes'),
      recipient: textIn(posted, 'recipient') || null,
    });
    const title = view.say('Prenumerationen är gjord', 'The subscription is made');
    return c.html(
      <SecretPage view={view} title={title} secret={secret} href={`/webhooks/${subscription.id}`} />,
    );
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return c.html(
      <NewSubscriptionPage view={view} written={posted} refusal={refusal} />,
      statusOf[refusal.code],
    );
  }
};

interface FormProps {
  readonly view: View;
  readonly written: FormData;
  readonly refusal?: Refusal;
}

const NewSubscriptionPage = ({ view, written, refusal }: FormProps) => {
  const { say } = view;
  const title = say('Ny prenumeration', 'New subscription');
  const all = say('En på varje rad; tomt är alla.', 'One on each line; empty is all.');
  return (
    <Page view={view} title={title} above={[webhooksCrumb(view)]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          'Ett annat system får veta vad som händer från nu. Meddelandena är undertecknade.',
          'Another system is told what happens from now on. The messages are signed.',
        )}
      </p>
      {refusal && <Faults view={view} refusal={refusal} />}
      <form method="post" class="ds-card stack">
        <MunicipalityField view={view} value={textIn(written, 'municipality')} />
        <Line id="name" label={say('Namn', 'Name')} value={textIn(written, 'name')} />
        <Line
          id="url"
          type="url"
          label={say('Adress', 'Address')}
          hint={say(
            'https, på det öppna nätet; andra nät om driften har tillåtit dem.',
            'https, on the public internet; other networks if the operator has allowed them.',
          )}
          value={textIn(written, 'url')}
        />
        <Lines id="events" label={say('Händelser', 'Events')} hint={all} value={textIn(written, 'events')} />
        <Lines
          id="bodies"
          label={say('Organ', 'Bodies')}
          hint={all}
          rows={2}
          value={textIn(written, 'bodies')}
        />
        <Lines
          id="routes"
          label={say('Vägar', 'Routes')}
          hint={all}
          rows={2}
          value={textIn(written, 'routes')}
        />
        <Line
          id="recipient"
          label={say('Eller en mottagare ur registret', 'Or a recipient of the register')}
          hint={say(
            'Dess id: då sänds de beslut som expedieras till den, och inget annat.',
            'Its id: then the decisions that are dispatched to it are sent, and nothing else.',
          )}
          value={textIn(written, 'recipient')}
        />
        <div>
          <button class="ds-button" type="submit">
            {say('Prenumerera', 'Subscribe')}
          </button>
        </div>
      </form>
      <details class="ds-details folded">
        <summary>{say('Händelser som finns', 'Events that there are')}</summary>
        <ul class="plain">
          {[...eventsIn(view.services.source.registry)].sort().map((it) => (
            <li>
              <code>{it}</code>
            </li>
          ))}
        </ul>
      </details>
    </Page>
  );
};
