/** One event of one actor: its form on a page of its own, and what becomes of it when it is posted. */
import type { Context } from 'hono';
import type { Chart, EventDeclaration, JsonObject } from '../../machines/chart.ts';
import { Refusal } from '../engine/refusal.ts';
import { type ActorView, actorOf, viewActor } from '../views/actor.ts';
import { type Events, eventsOf, permittedIn } from '../views/available.ts';
import { choicesOf, consequenceOf, emptied, hintsOf, type MattersOf, suggestionsFor } from './choices.ts';
import { idOf } from './form/around.ts';
import { type Attempt, EventForm, fieldsOfEvent, formId, sameKey } from './form/event-form.tsx';
import { readFields } from './form/read.ts';
import { rowsAsked, shownAgain } from './form/rows.ts';
import { rememberDone } from './identity.tsx';
import { Page } from './layout.tsx';
import { mattersOf, othersOf } from './meeting-matters.ts';
import { missing } from './missing.tsx';
import { onceOnly, postedForm } from './posted.ts';
import { type ProblemLink, problemsOf, Refused, statusOf, Why } from './refusal.tsx';
import { type Since, since, WhatHappened } from './since.tsx';
import { Standing } from './standing.tsx';
import { type Env, safeReturn, senderOf, type View, viewIn } from './view.ts';

/** The chart and the declaration of an event that people may send, or null. */
function declared(
  view: View,
  actor: ActorView,
  type: string,
): { chart: Chart; declaration: EventDeclaration } | null {
  const chart = view.services.source.registry.find(actor.chart.name, actor.chart.version);
  const declaration = chart && Object.hasOwn(chart.events, type) ? chart.events[type] : undefined;
  return chart && declaration && declaration.kind !== 'message' ? { chart, declaration } : null;
}

interface Asked {
  readonly actor: ActorView;
  readonly chart: Chart;
  readonly type: string;
  readonly declaration: EventDeclaration;
}

async function asked(c: Context<Env, '/actors/:id/events/:type'>): Promise<Asked | null> {
  const { id, type } = c.req.param();
  const actor = await viewActor(viewIn(c).source, id);
  const found = actor && declared(viewIn(c), actor, type);
  return found ? { actor, type, ...found } : null;
}

/** GET: the form alone, or why the event is not possible. */
export const eventPage = async (c: Context<Env, '/actors/:id/events/:type'>) => {
  const event = await asked(c);
  return event ? c.html(await render(viewIn(c), event, addressOfActor(event.actor))) : missing(c);
};

/** POST: sends the event and goes back to where the form was; a refused one is shown again with what was typed. */
export const sendEvent = async (c: Context<Env, '/actors/:id/events/:type'>) => {
  const view = viewIn(c);
  const event = await asked(c);
  if (!event) return missing(c);
  const posted = await postedForm(c);
  const returnTo = safeReturn(posted.get('_return'));
  const fields = fieldsOfEvent(event.declaration);
  const more = rowsAsked(posted.get('_rows'));
  const draft = readFields(fields, posted, more !== null);
  if (more) return c.html(await render(view, event, returnTo, shownAgain(fields, draft, more)));
  try {
    await submit(view, event, emptied(event.type, event.actor, draft), posted);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const errors = problemsOf(view, fields, draft, refusal.particulars.fields ?? []);
    const attempt = { draft, errors, rows: new Map(), ...sameKey(refusal, posted) };
    // Read again: the refusal may come of what someone else has just done.
    const now = (await asked(c)) ?? event;
    const late = refusal.code === 'stale' ? await since(view, now.actor, versionIn(posted)) : undefined;
    return c.html(await render(view, now, returnTo, attempt, { refusal, late }), statusOf[refusal.code]);
  }
  rememberDone(c, event.type);
  return c.redirect(returnTo, 303);
};

/** The version that a form was made for; one that does not say it has seen nothing. */
function versionIn(posted: FormData): number {
  const version = Number(posted.get('_version') || Number.NaN);
  return Number.isSafeInteger(version) ? version : 0;
}

function submit(view: View, { actor, type }: Asked, payload: JsonObject, posted: FormData) {
  return view.services.engine.submit({
    kind: 'send',
    actor: actor.id,
    expected: versionIn(posted),
    type,
    payload,
    sender: senderOf(view),
    ...onceOnly(view, posted, { actor: actor.id, type, payload }),
  });
}

const addressOfActor = ({ collection, id }: ActorView): string => `/${collection}/${id}`;

interface TurnedDown {
  readonly refusal?: Refusal;
  /** What has happened meanwhile, where the form came too late. */
  readonly late?: Since | undefined;
}

async function render(
  view: View,
  event: Asked,
  returnTo: string,
  attempt?: Attempt,
  turnedDown: TurnedDown = {},
) {
  const actor = await actorOf(view.source, event.actor.id);
  const matters = await mattersNamed(view, event.actor);
  return (
    <EventPage
      view={view}
      event={event}
      events={actor && eventsOf(view.source, actor, view.viewer.grants)}
      matters={matters}
      returnTo={returnTo}
      attempt={attempt}
      {...turnedDown}
    />
  );
}

const mattersNamed = async (view: View, actor: ActorView) => {
  if (actor.collection === 'meetings') return mattersOf(view, actor);
  return actor.collection === 'matters' ? othersOf(view, actor) : {};
};

interface EventPageProps extends TurnedDown {
  readonly view: View;
  readonly event: Asked;
  /** What can happen to the actor; null where it has gone. */
  readonly events: Events | null;
  readonly matters: MattersOf;
  readonly returnTo: string;
  readonly attempt?: Attempt | undefined;
}

const EventPage = (props: EventPageProps) => {
  const { view, event, events, matters, returnTo, attempt, refusal, late } = props;
  const { actor, chart, type, declaration } = event;
  const why = events?.unavailable.find((it) => it.type === type)?.explanation;
  const form = { form: formId(actor.id, type) };
  const links: ProblemLink[] = [...(attempt?.errors ?? [])].map(([path, text]) => ({
    href: `#${idOf(form, path)}`,
    text,
  }));
  return (
    <Page
      view={view}
      title={view.say(declaration.label)}
      above={[{ href: returnTo, text: view.titleOf(actor) }]}
    >
      <h1 class="ds-heading" data-size="lg">
        {view.say(declaration.label)}
      </h1>
      <p class="cluster">
        <span>{view.titleOf(actor)}</span>
        <Standing view={view} actor={actor} />
      </p>
      {refusal && <Refused view={view} refusal={refusal} links={links} again={!why} />}
      {late && <WhatHappened view={view} actor={actor} {...late} />}
      {why && !refusal?.particulars.explanation && (
        <div class="ds-alert" data-color="info">
          <Why view={view} explanation={why} />
        </div>
      )}
      {(!why || attempt) && (
        <div class="ds-card narrow">
          <EventForm
            view={view}
            actor={actor}
            type={type}
            declaration={declaration}
            permitted={events ? permittedIn(events, type) : undefined}
            choices={choicesOf(view, chart, actor, type, matters)}
            hints={hintsOf(view, type)}
            consequence={consequenceOf(view, actor, type)}
            suggested={suggestionsFor(view, chart, actor, type)}
            attempt={attempt}
            returnTo={returnTo}
          />
        </div>
      )}
      <p>
        <a class="ds-link" href={returnTo}>
          {view.say('Tillbaka utan att spara', 'Back without saving')}
        </a>
      </p>
    </Page>
  );
};
