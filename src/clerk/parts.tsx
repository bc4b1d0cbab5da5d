/** What belongs to a record besides its points: consultations, dispatches, tasks, follow-ups, notices, contracts. */
import type { ActorView } from '../views/actor.ts';
import { Late } from './late.tsx';
import { Standing } from './standing.tsx';
import { type Steps, WorkSteps } from './steps.tsx';
import type { View } from './view.ts';

export const Parts = ({ view, parts }: { view: View; parts: readonly Steps[] }) => {
  const kinds = [...Map.groupBy(parts, (it) => it.actor.chart.name).values()];
  return (
    <>
      {kinds.map((of) => (
        <Kind view={view} parts={of} />
      ))}
    </>
  );
};

const Kind = ({ view, parts }: { view: View; parts: readonly Steps[] }) => {
  const [first] = parts;
  if (!first) return null;
  const id = `parts-${first.actor.chart.name}`;
  return (
    <section aria-labelledby={id}>
      <h2 class="ds-heading" data-size="sm" id={id}>
        {view.say(first.actor.chart.label)} <span class="muted count">{parts.length}</span>
      </h2>
      <ul class="rows">
        {parts.map((it) => (
          <li id={it.actor.id}>
            <Part view={view} steps={it} />
          </li>
        ))}
      </ul>
    </section>
  );
};

const Part = ({ view, steps }: { view: View; steps: Steps }) => {
  const { actor } = steps;
  return (
    <>
      <div class="cluster apart">
        <a class="ds-link" href={`/actors/${actor.id}`}>
          {view.titleOf(actor)}
        </a>
        <Standing view={view} actor={actor} />
      </div>
      <p class="muted">{aboutPart(view, actor)}</p>
      {actor.deadlines.map((it) => (
        <p>
          {view.say(it.label)}: {view.date(it.lastDay)}{' '}
          <Late view={view} overdue={it.dueAt <= view.services.source.now()} />
        </p>
      ))}
      <WorkSteps view={view} steps={steps} />
    </>
  );
};

const aboutPart = (view: View, { label, municipality, body, number, context }: ActorView): string =>
  [
    view.say(label),
    view.bodyName(municipality, body),
    number,
    typeof context.group === 'string' ? context.group : null,
  ]
    .filter(Boolean)
    .join(' · ');
