/** One system that tells us of what has happened: what it may send, a sample to try, and what came in from it. */
import type { Context } from 'hono';
import { Refusal } from '../engine/refusal.ts';
import { administers } from '../webhooks/administration.ts';
import { renewSystemSecret, systemFor, type ToldIntegration } from '../webhooks/integrations.ts';
import { messagesFor, type Received, tryAgain, trySample } from '../webhooks/received.ts';
import { Exchange, Faults, Lines, SecretPage, textIn, versionIn, webhooksCrumb } from './hook-parts.tsx';
import { rememberDone } from './identity.tsx';
import { ChangeForm, changeIntegrationBy } from './integration-form.tsx';
import { Page } from './layout.tsx';
import { missing } from './missing.tsx';
import { shownOnce } from './once.ts';
import { jsonIn, postedForm } from './posted.ts';
import { statusOf } from './refusal.tsx';
import { RightsLink } from './rights.tsx';
import { Table } from './scroll.tsx';
import { type Env, type View, viewIn } from './view.ts';

/** Messages shown at once, the latest; the API has the rest. */
const SHOWN = 50;

export const integrationPage = async (c: Context<Env>) => {
  const props = await propsFor(c);
  return c.html(<IntegrationPage {...props} />);
};

async function propsFor(c: Context<Env>): Promise<IntegrationProps> {
  const view = viewIn(c);
  const { webhooks } = view.services;
  const name = c.req.param('name') ?? '';
  const integration = await systemFor(webhooks, view.viewer, name);
  const messages = await messagesFor(webhooks, view.viewer, name, { limit: SHOWN, offset: 0 });
  return { view, integration, messages };
}

export const actOnIntegration = async (c: Context<Env>) => {
  const view = viewIn(c);
  const { webhooks } = view.services;
  const name = c.req.param('name') ?? '';
  const posted = await postedForm(c);
  const act = textIn(posted, 'act');
  if (act === 'change') return changeIntegrationBy(c, name, posted);
  if (act === 'sample') return sampleTried(c, name, textIn(posted, 'sample'));
  if (act === 'secret') {
    const { secret } = await renewSystemSecret(webhooks, view.viewer, name, versionIn(posted));
    const title = view.say('En ny hemlighet', 'A new secret');
    const href = `/integrations/${name}`;
    return shownOnce(c, <SecretPage view={view} title={title} secret={secret} href={href} />);
  }
  if (act !== 'retry') return missing(c);
  await tryAgain(webhooks, view.viewer, name, textIn(posted, 'message'));
  rememberDone(c, 'webhook.tried');
  return c.redirect(`/integrations/${name}`, 303);
};

/** Shows what a sample would send, or what stands in the way. Nothing is sent. */
async function sampleTried(c: Context<Env>, name: string, text: string): Promise<Response> {
  const props = await propsFor(c);
  try {
    jsonIn(text);
    const bytes = new TextEncoder().encode(text);
    const tried = await trySample(props.view.services.webhooks, props.view.viewer, name, { bytes });
    return c.html(<IntegrationPage {...props} sample={text} tried={tried} />);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return c.html(<IntegrationPage {...props} sample={text} refusal={refusal} />, statusOf[refusal.code]);
  }
}

interface IntegrationProps {
  readonly view: View;
  readonly integration: ToldIntegration;
  readonly messages: readonly Received[];
  readonly sample?: string;
  readonly tried?: Awaited<ReturnType<typeof trySample>>;
  readonly refusal?: Refusal;
}

const IntegrationPage = (props: IntegrationProps) => {
  const { view, integration, messages } = props;
  const { say } = view;
  const action = `/integrations/${integration.name}`;
  return (
    <Page view={view} title={say(integration.label)} above={[webhooksCrumb(view)]}>
      <header class="heading">
        <p class="muted">
          {view.municipality(integration.municipality)?.name} · <code>/v1/hooks/{integration.name}</code>
        </p>
        <h1 class="ds-heading" data-size="lg">
          {say(integration.label)}
        </h1>
        <p>
          {say('Får sända', 'May send')}: {integration.events.join(', ')}.{' '}
          {integration.secretsInUse > 1 && say('Två hemligheter gäller.', 'Two secrets are valid.')}{' '}
          <RightsLink
            view={view}
            kind="integration"
            subject={integration.name}
            municipalities={[integration.municipality]}
          />
        </p>
      </header>
      <Messages view={view} action={action} messages={messages} />
      <Sample {...props} action={action} />
      {administers(view.viewer, integration.municipality) && (
        <section class="stack" aria-labelledby="change">
          <div class="cluster apart">
            <h2 class="ds-heading" data-size="sm" id="change">
              {say('Ändra', 'Change')}
            </h2>
            <Exchange view={view} action={action} of={integration} />
          </div>
          <ChangeForm view={view} integration={integration} />
        </section>
      )}
    </Page>
  );
};

const Sample = ({ view, action, sample = '', tried, refusal }: IntegrationProps & { action: string }) => {
  const { say } = view;
  return (
    <section class="stack" aria-labelledby="try">
      <h2 class="ds-heading" data-size="sm" id="try">
        {say('Pröva ett exempel', 'Try a sample')}
      </h2>
      {refusal && <Faults view={view} refusal={refusal} />}
      {tried && (
        <div class="ds-alert stack" data-color="info" role="status">
          <p>
            {tried.ignored
              ? say(
                  'Meddelandet angår inte: det skulle bara sparas.',
                  'It is of no concern: it would only be kept.',
                )
              : say('Detta skulle sändas. Ingenting är sänt.', 'This would be sent. Nothing has been sent.')}
          </p>
          {tried.event && <pre class="code">{JSON.stringify(tried.event, null, 2)}</pre>}
        </div>
      )}
      <form method="post" action={action} class="ds-card stack">
        <input type="hidden" name="act" value="sample" />
        <Lines
          id="sample"
          rows={8}
          label={say('Ett meddelande, som systemet skriver det', 'A message, as the system writes it')}
          value={sample}
        />
        <div>
          <button class="ds-button" data-variant="secondary" type="submit">
            {say('Visa vad det skulle sända', 'Show what it would send')}
          </button>
        </div>
      </form>
    </section>
  );
};

interface MessagesProps extends Pick<IntegrationProps, 'view' | 'messages'> {
  readonly action: string;
}

const Messages = ({ view, action, messages }: MessagesProps) => {
  const { say } = view;
  const label = say('Inkomna meddelanden', 'Messages received');
  return (
    <div class="stack">
      <h2 class="ds-heading" data-size="sm">
        {label}
      </h2>
      {messages.length === 0 ? (
        <p class="empty">{say('Ingenting har kommit in.', 'Nothing has come in.')}</p>
      ) : (
        <Table
          label={label}
          heads={[
            say('Inkommet', 'Received'),
            say('Vad det blev', 'What became of it'),
            say('Innehåll', 'Content'),
            say('Gör', 'Do'),
          ]}
        >
          {messages.map((it) => (
            <MessageRow view={view} action={action} message={it} />
          ))}
        </Table>
      )}
    </div>
  );
};

const MessageRow = ({ view, action, message }: Omit<MessagesProps, 'messages'> & { message: Received }) => {
  const { say } = view;
  const { id, receivedAt, outcome, actor, refusal, body, triedAgain } = message;
  return (
    <tr>
      <th scope="row">
        {view.instant(receivedAt)} <code class="muted">{id}</code>
      </th>
      <td>
        {actor ? (
          <a class="ds-link" href={`/actors/${actor}`}>
            {say('har hänt', 'has happened')}
          </a>
        ) : (
          refusal && say(refusal.says)
        )}
        {triedAgain.map((it) => (
          <p class="muted">
            {say('Prövat på nytt', 'Tried again')} {view.instant(it.at)}, {it.by}
          </p>
        ))}
      </td>
      <td>{body === null ? say('visas inte för dig', 'not shown to you') : <code>{body}</code>}</td>
      <td>
        {outcome !== 'accepted' && (
          <form method="post" action={action}>
            <input type="hidden" name="act" value="retry" />
            <input type="hidden" name="message" value={id} />
            <button class="ds-button" data-variant="secondary" data-size="sm" type="submit">
              {say('Pröva på nytt', 'Try again')}
            </button>
          </form>
        )}
      </td>
    </tr>
  );
};
