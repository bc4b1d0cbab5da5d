/** The next steps of an actor: a form for each event that the viewer may send, and why the others must wait. */
import { authority, groupOf } from '../../machines/authority.ts';
import type { Chart } from '../../machines/chart.ts';
import { type ActorView, actorOf } from '../views/actor.ts';
import { type Events, eventsOf, permittedIn } from '../views/available.ts';
import { workOf } from '../views/work.ts';
import { choicesOf, consequenceOf, hintsOf, type MattersOf, suggestionsFor } from './choices.ts';
import { EventForm, fieldsOfEvent, formId } from './form/event-form.tsx';
import { rolesText } from './layout.tsx';
import { Why } from './refusal.tsx';
import type { View } from './view.ts';

/** An actor with what can be done with it. */
export interface Steps {
  readonly actor: ActorView;
  readonly chart: Chart;
  readonly events: Events;
  /** The types of the events that move it on from where it stands. */
  readonly work: readonly string[];
}

/** Null when the actor has gone, which no actor does. */
export async function stepsOf(view: View, actor: ActorView): Promise<Steps | null> {
  const found = await actorOf(view.source, actor.id);
  if (!found) return null;
  const work = workOf(found.chart);
  return {
    actor,
    chart: found.chart,
    events: eventsOf(view.source, found, view.viewer.grants),
    work: actor.states.flatMap(({ path }) => work.get(path) ?? []),
  };
}

type StepProps = {
  view: View;
  steps: Steps;
  type: string;
  matters?: MattersOf;
  fixed?: Readonly<Record<string, string>>;
  quiet?: boolean;
};

/** The form of one event. */
export const Step = ({
  view,
  steps: { actor, chart, events },
  type,
  matters,
  fixed = {},
  quiet = false,
}: StepProps) => {
  const declaration = chart.events[type];
  return declaration ? (
    <EventForm
      view={view}
      actor={actor}
      type={type}
      declaration={declaration}
      permitted={permittedIn(events, type)}
      choices={choicesOf(view, chart, actor, type, matters)}
      hints={hintsOf(view, type)}
      consequence={consequenceOf(view, actor, type)}
      suggested={suggestionsFor(view, chart, actor, type)}
      fixed={fixed}
      quiet={quiet}
    />
  ) : null;
};

/** A form that is folded away under the name of its event; one without fields is a button and needs no folding. */
export const FoldedStep = (props: StepProps & { open?: boolean }) => {
  const { view, steps, type, open = false, fixed = {} } = props;
  const declaration = steps.chart.events[type];
  if (!declaration) return null;
  if (fieldsOfEvent(declaration).every((it) => it.name in fixed)) return <Step {...props} />;
  return (
    <details class="ds-details step" open={open} id={`${formId(steps.actor.id, type, fixed)}-fold`}>
      <summary>{view.say(declaration.label)}</summary>
      <div>
        <Step {...props} />
      </div>
    </details>
  );
};

const workFor = ({ events, work }: Steps) =>
  events.available.filter((it) => it.permitted && work.includes(it.type));

/** Whether the viewer can move it on. */
export const hasWork = (steps: Steps): boolean => workFor(steps).length > 0;

/** What moves the actor on, for a page about more than the actor; the rest is on the actor's own page. */
export const WorkSteps = ({ view, steps }: { view: View; steps: Steps }) => {
  const mine = workFor(steps);
  return mine.length > 0 ? (
    <div class="steps">
      {mine.map((it) => (
        <FoldedStep view={view} steps={steps} type={it.type} quiet />
      ))}
    </div>
  ) : null;
};

/** Of several ways on, the one that is nearly always taken: its form is open. */
const USUAL = 'question.put';

/** What ends a matter without a decision is done seldom. */
const isEnding = ({ type, kind }: Events['available'][number]): boolean => groupOf(type, kind) === 'end';

interface NextStepsProps {
  readonly view: View;
  readonly steps: Steps;
  readonly matters?: MattersOf;
  /** Events that the page offers elsewhere. */
  readonly except?: readonly string[];
  /** What is said when there is nothing to do. */
  readonly none?: string | undefined;
}

/** What moves the actor on first, the rest after it; then who else could act; then what has to wait. */
export const NextSteps = ({ view, steps, matters = {}, except = [], none }: NextStepsProps) => {
  const { say } = view;
  const available = steps.events.available.filter((it) => !except.includes(it.type));
  const mine = available.filter((it) => it.permitted);
  const first = mine.filter((it) => steps.work.includes(it.type));
  const rest = mine.filter((it) => !steps.work.includes(it.type) && !isEnding(it));
  const endings = mine.filter((it) => !steps.work.includes(it.type) && isEnding(it));
  const others = available.filter((it) => !it.permitted);
  const waiting = steps.events.unavailable.filter((it) => !except.includes(it.type));
  return (
    <>
      {mine.length === 0 && (
        <p class="muted">
          {none ??
            say('Du har ingenting att göra här just nu.', 'There is nothing for you to do here right now.')}
        </p>
      )}
      <div class="steps">
        {first.map((it) => (
          <FoldedStep
            view={view}
            steps={steps}
            type={it.type}
            matters={matters}
            open={first.length === 1 || it.type === USUAL}
          />
        ))}
      </div>
      {rest.length > 0 && (
        <div class="steps rest">
          {first.length > 0 && (
            <h3 class="ds-heading" data-size="2xs">
              {say('Annat du kan göra', 'Other things you can do')}
            </h3>
          )}
          {rest.map((it) => (
            <FoldedStep view={view} steps={steps} type={it.type} matters={matters} quiet />
          ))}
        </div>
      )}
      {endings.length > 0 && (
        <details class="folded">
          <summary>{say(authority.end.label)}</summary>
          <div class="steps rest">
            {endings.map((it) => (
              <FoldedStep view={view} steps={steps} type={it.type} matters={matters} quiet />
            ))}
          </div>
        </details>
      )}
      {others.length > 0 && (
        <p class="muted">
          {say('Andra kan', 'Others can')}:{' '}
          {others.map((it) => `${say(it.label)} (${rolesText(view, it.by)})`).join(', ')}.
        </p>
      )}
      {waiting.length > 0 && <NotYet view={view} waiting={waiting} />}
    </>
  );
};

const NotYet = ({ view, waiting }: { view: View; waiting: Events['unavailable'] }) => (
  <details class="folded">
    <summary>
      {view.say('Inte möjligt nu, och varför', 'Not possible now, and why')}{' '}
      <span class="muted">({waiting.length})</span>
    </summary>
    <Reasons view={view} waiting={waiting.filter(hasReason)} />
    {waiting.some((it) => !hasReason(it)) && (
      <details class="folded">
        <summary>{view.say('Hör till andra lägen', 'Belongs to other states')}</summary>
        <Reasons view={view} waiting={waiting.filter((it) => !hasReason(it))} />
      </details>
    )}
  </details>
);

/** A condition that is unmet says more than that the event belongs to another state. */
const hasReason = ({ explanation }: Events['unavailable'][number]): boolean => explanation.unmet.length > 0;

const Reasons = ({ view, waiting }: { view: View; waiting: Events['unavailable'] }) =>
  waiting.length > 0 ? (
    <dl class="reasons">
      {waiting.map((it) => (
        <>
          <dt>{view.say(it.label)}</dt>
          <dd>
            <Why view={view} explanation={it.explanation} />
          </dd>
        </>
      ))}
    </dl>
  ) : null;
