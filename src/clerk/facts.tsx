/** What is known of a record, in words: facts, and running deadlines. */
import type { Child } from 'hono/jsx';
import type { ActorView, DeadlineView } from '../views/actor.ts';
import { Late } from './late.tsx';
import { RuleLink } from './refusal.tsx';
import { RetryForm } from './retry.tsx';
import type { View } from './view.ts';

export type Fact = readonly [string, Child];

/** Facts that are not known are left out. */
export const Facts = ({ facts }: { facts: readonly Fact[] }) => (
  <dl class="facts">
    {facts
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);

/** A bulleted list, or null for an empty one. */
export const listed = (items: readonly string[]): Child =>
  items.length > 0 ? (
    <ul class="plain">
      {items.map((it) => (
        <li>{it}</li>
      ))}
    </ul>
  ) : null;

export const Deadlines = ({ view, actors }: { view: View; actors: readonly ActorView[] }) => {
  const running = actors
    .flatMap((actor) => actor.deadlines.map((deadline) => ({ actor, deadline })))
    .sort((a, b) => (a.deadline.dueAt < b.deadline.dueAt ? -1 : 1));
  if (running.length === 0) return null;
  return (
    <section class="ds-card" aria-labelledby="deadlines">
      <h2 class="ds-heading" data-size="xs" id="deadlines">
        {view.say('Tider som löper', 'Running deadlines')}
      </h2>
      <ul class="plain stack">
        {running.map(({ actor, deadline }) => (
          <li>
            <DeadlineLine view={view} actor={actor} deadline={deadline} />
            {actors.length > 1 && <span class="muted"> – {view.say(actor.label)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
};

interface DeadlineLineProps {
  readonly view: View;
  readonly actor: ActorView;
  readonly deadline: DeadlineView;
}

const DeadlineLine = ({ view, actor, deadline }: DeadlineLineProps) => (
  <>
    <strong>{view.date(deadline.lastDay)}</strong> {view.say(deadline.label)}{' '}
    {deadline.rule && <RuleLink rule={deadline.rule} view={view} />}{' '}
    <Late view={view} overdue={deadline.dueAt <= view.services.source.now()} />
    {deadline.failure && (
      <>
        <span class="ds-tag" data-color="danger">
          {view.say('Kunde inte verkställas', 'Could not be carried out')}: {deadline.failure}
        </span>
        <RetryForm view={view} actor={actor} deadline={deadline} />
      </>
    )}
  </>
);
