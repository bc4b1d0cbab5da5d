/** A new subscription. */
import type { Context } from 'hono';
import { Refusal } from '../engine/refusal.ts';
import { assertAdministersAny } from '../webhooks/administration.ts';
import { eventsIn, subscribe } from '../webhooks/subscriptions.ts';
import { Faults, Line, MunicipalityField, SecretPage, textIn, webhooksCrumb } from './hook-parts.tsx';
import { Page } from './layout.tsx';
import { shownOnce } from './once.ts';
import { postedForm } from './posted.ts';
import { statusOf } from './refusal.tsx';
import { TermsFields, termsIn } from './subscription-terms.tsx';
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
      ...termsIn(posted),
      recipient: textIn(posted, 'recipient') || null,
    });
    const title = view.say('Prenumerationen är gjord', 'The subscription is made');
    const href = `/webhooks/${subscription.id}`;
    return shownOnce(c, <SecretPage view={view} title={title} secret={secret} href={href} />);
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
        <TermsFields view={view} written={written} />
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
