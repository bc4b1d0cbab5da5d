/** A deadline that could not be carried out: a button has it tried again. */
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { Refusal } from '../engine/refusal.ts';
import { type ActorView, type DeadlineView, viewActor } from '../views/actor.ts';
import { rememberDone } from './identity.tsx';
import { Page } from './layout.tsx';
import { missing } from './missing.tsx';
import { onceOnly, postedForm } from './posted.ts';
import { Refused, statusOf } from './refusal.tsx';
import { type Env, senderOf, type View, viewIn } from './view.ts';

interface RetryProps {
  readonly view: View;
  readonly actor: Pick<ActorView, 'id'>;
  readonly deadline: Pick<DeadlineView, 'state' | 'name'>;
}

export const RetryForm = ({ view, actor, deadline }: RetryProps) => (
  <form method="post" action={`/actors/${actor.id}/deadlines/retry`}>
    <input type="hidden" name="_key" value={randomUUID()} />
    <input type="hidden" name="state" value={deadline.state} />
    <input type="hidden" name="name" value={deadline.name} />
    <button class="ds-button" data-variant="secondary" data-size="sm" type="submit">
      {view.say('Pröva på nytt', 'Try again')}
    </button>
  </form>
);

export const retryDeadline = async (c: Context<Env, '/actors/:id/deadlines/retry'>) => {
  const view = viewIn(c);
  const posted = await postedForm(c);
  const actor = await viewActor(view.source, c.req.param('id'));
  if (!actor) return missing(c);
  const [state, name] = ['state', 'name'].map((it) => String(posted.get(it) ?? '')) as [string, string];
  const deadline = { actor: actor.id, state, name };
  try {
    await view.services.engine.submit({
      kind: 'retry',
      deadline,
      sender: senderOf(view),
      ...onceOnly(view, posted, deadline),
    });
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return c.html(<RefusedPage view={view} actor={actor} refusal={refusal} />, statusOf[refusal.code]);
  }
  rememberDone(c, 'deadline.tried');
  return c.redirect(addressOf(actor), 303);
};

const addressOf = ({ collection, id }: ActorView): string => `/${collection}/${id}`;

interface RefusedProps {
  readonly view: View;
  readonly actor: ActorView;
  readonly refusal: Refusal;
}

const RefusedPage = ({ view, actor, refusal }: RefusedProps) => {
  const title = view.say('Fristen kunde inte verkställas', 'The deadline could not be carried out');
  return (
    <Page view={view} title={title} above={[{ href: addressOf(actor), text: view.titleOf(actor) }]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <Refused view={view} refusal={refusal} links={[]} />
    </Page>
  );
};
