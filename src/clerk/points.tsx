/** The decision points of a matter: each has its own state, its own decision and its own clock. */

import { outcomes } from '../../machines/outcomes.ts';
import { pointKinds } from '../../machines/stages/matter/draft.ts';
import { isPointKey } from '../../machines/stages/matter.ts';
import type { ActorView } from '../views/actor.ts';
import { objectsIn, textIn, textsIn } from './context.ts';
import { everyText } from './language.ts';
import { Standing } from './standing.tsx';
import { type Steps, WorkSteps } from './steps.tsx';
import type { View } from './view.ts';

export const Points = ({ view, points }: { view: View; points: readonly Steps[] }) => (
  <section aria-labelledby="points">
    <h2 class="ds-heading" data-size="md" id="points">
      {view.say('Beslutspunkter', 'Decision points')}
    </h2>
    <ol class="points">
      {points.map((it) => (
        <li class="ds-card" id={it.actor.id}>
          <Point view={view} steps={it} />
        </li>
      ))}
    </ol>
  </section>
);

const Point = ({ view, steps }: { view: View; steps: Steps }) => {
  const { actor } = steps;
  const { context, municipality } = actor;
  const kind = pointKinds[context.kind as keyof typeof pointKinds];
  return (
    <>
      <div class="cluster apart">
        <h3 class="ds-heading" data-size="2xs">
          <a class="ds-link" href={`/actors/${actor.id}`}>
            {view.say(actor.label)}
          </a>
        </h3>
        <span class="muted">
          {[kind && view.say(kind), view.bodyName(municipality, actor.body)].filter(Boolean).join(' · ')}
        </span>
      </div>
      <PointText view={view} point={actor} />
      <PointStanding view={view} point={actor} />
      <WorkSteps view={view} steps={steps} />
    </>
  );
};

/** Where a point stands: of one through with its execution because nothing was to be done, that. */
export const PointStanding = ({ view, point }: { view: View; point: ActorView }) =>
  executesNothing(point) ? (
    <>
      <Standing view={view} actor={unexecuted(point)} />
      <p class="muted">{view.say('Inget att verkställa.', 'Nothing to execute.')}</p>
    </>
  ) : (
    <Standing view={view} actor={point} />
  );

const EXECUTED = 'execution.done';

/** Whether a point is through with its execution because nothing was to be done. */
const executesNothing = ({ states, context }: ActorView): boolean =>
  states.some(({ path }) => path === EXECUTED) &&
  [...objectsIn(context.tasks), context.terminates, context.concludes].every((it) => !it);

const unexecuted = ({ states, ended }: ActorView) => ({
  states: states.filter(({ path }) => path !== EXECUTED),
  ended,
});

/** The wording, the condition it hangs on, what was decided, and what it will cause. */
export const PointText = ({ view, point }: { view: View; point: ActorView }) => {
  const { say } = view;
  const { context } = point;
  const dependsOn = textsIn(context.conditionalOn);
  const condition = dependsOn
    .filter(isPointKey)
    .map((it) => it.slice(1))
    .join(', ');
  const outcome = outcomes[context.outcome as keyof typeof outcomes];
  return (
    <>
      <p class="wording">{textIn(context.text)}</p>
      {condition !== '' && (
        <p class="muted">
          {say(
            `Under förutsättning att punkt ${condition} beslutas som föreslaget.`,
            `On condition that point ${condition} is decided as proposed.`,
          )}
        </p>
      )}
      {!dependsOn.every(isPointKey) && (
        <p class="muted">
          {say(
            'Verkställs först när granskningstiden har gått ut.',
            'Executed only when the review window has passed.',
          )}
        </p>
      )}
      {context.condition === 'failed' && (
        <p class="ds-alert" data-color="warning">
          {say(
            'Beslutet har förfallit: villkoret för det uppfylldes inte. Det gäller inte och verkställs inte.',
            'The decision has lapsed: its condition was not met. It does not apply and is not executed.',
          )}
        </p>
      )}
      {outcome && (
        <p>
          <strong>{say(outcome)}</strong>
          {isParagraph(context.paragraph) && ` § ${context.paragraph}`}
          {textIn(context.decidedOn) && `, ${view.date(textIn(context.decidedOn) ?? '')}`}
        </p>
      )}
      <Consequences view={view} point={point} />
    </>
  );
};

/** What is decided outside a meeting has no paragraph: its number is 0 (machines/stages/delegated/taken.ts). */
const isParagraph = (number: unknown): boolean => typeof number === 'number' && number > 0;

const Consequences = ({ view, point: { context } }: { view: View; point: ActorView }) => {
  const { say, language } = view;
  const lines = [
    ...objectsIn(context.tasks).map((it) => `${say('Uppdrag', 'Task')}: ${it.title} (${it.assignee})`),
    ...objectsIn(context.followUps).map(
      (it) =>
        `${say('Uppföljning', 'Follow-up')}: ${it.title} (${it.assignee}, ${everyText((it.every ?? {}) as object as Record<string, unknown>, language)})`,
    ),
  ];
  return lines.length > 0 ? (
    <ul class="plain muted">
      {lines.map((it) => (
        <li>{it}</li>
      ))}
    </ul>
  ) : null;
};
