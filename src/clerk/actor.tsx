/** Any actor that is no record of its own: a point, a notice, a dispatch, a task, a contract. */
import type { Context } from 'hono';
import type { Label } from '../../machines/label.ts';
import { type ActorView, viewActor } from '../views/actor.ts';
import { objectIn } from './context.ts';
import { Deadlines, type Fact, Facts } from './facts.tsx';
import { periodText } from './language.ts';
import { Page } from './layout.tsx';
import { missing } from './missing.tsx';
import { type Drawn, drawn, PathSection } from './path.tsx';
import { PointStanding, PointText } from './points.tsx';
import { Standing } from './standing.tsx';
import { NextSteps, type Steps, stepsOf } from './steps.tsx';
import { type Env, type View, viewIn } from './view.ts';

interface ActorProps {
  readonly view: View;
  readonly actor: ActorView;
  readonly root: ActorView;
  readonly steps: Steps;
  readonly drawn: Drawn;
}

export const actorPage = async (c: Context<Env, '/actors/:id'>) => {
  const view = viewIn(c);
  const { source } = view;
  const actor = await viewActor(source, c.req.param('id'));
  if (!actor) return missing(c);
  if (actor.collection !== 'actors') return c.redirect(`/${actor.collection}/${actor.id}`, 303);
  const root = await viewActor(source, actor.root);
  const steps = await stepsOf(view, actor);
  const path = await drawn(view, actor);
  return root && steps && path
    ? c.html(<ActorPage view={view} actor={actor} root={root} steps={steps} drawn={path} />)
    : missing(c);
};

const ActorPage = ({ view, actor, root, steps, drawn: path }: ActorProps) => {
  const { say } = view;
  const isPoint = actor.chart.name === 'decision-point';
  return (
    <Page
      view={view}
      title={say(actor.label)}
      above={[{ href: `/${root.collection}/${root.id}`, text: root.number ?? view.titleOf(root) }]}
    >
      <header class="heading">
        <p class="muted">{say(actor.label)}</p>
        <h1 class="ds-heading" data-size="lg">
          {view.titleOf(actor)}
        </h1>
        {isPoint ? <PointStanding view={view} point={actor} /> : <Standing view={view} actor={actor} />}
      </header>
      <div class="columns">
        <section class="ds-card" aria-labelledby="next">
          <h2 class="ds-heading" data-size="sm" id="next">
            {say('Nästa steg', 'Next steps')}
          </h2>
          <NextSteps view={view} steps={steps} />
        </section>
        <aside aria-label={say('Uppgifter', 'Facts')}>
          <section class="ds-card">
            {isPoint ? <PointText view={view} point={actor} /> : <Facts facts={factsOf(view, steps)} />}
          </section>
          <Deadlines view={view} actors={[actor]} />
        </aside>
      </div>
      <PathSection view={view} drawn={path} />
    </Page>
  );
};

/** What the actor was started with, under the names that its chart declares. */
function factsOf(view: View, { actor, chart }: Steps): Fact[] {
  const { properties = {} } = chart.input.toJSONSchema({ io: 'input' }) as {
    properties?: Record<string, Partial<Label>>;
  };
  return Object.entries(properties).flatMap(([name, { sv, en }]): Fact[] =>
    sv && en ? [[view.say(sv, en), factText(view, actor, name)]] : [],
  );
}

function factText(view: View, { municipality, context }: ActorView, name: string): string | null {
  const value = context[name];
  if (typeof value === 'string') {
    if (name === 'body') return view.bodyName(municipality, value);
    return name === 'title' ? view.titleOf({ municipality, title: value }) : value;
  }
  if (typeof value === 'number') return String(value);
  const object = objectIn(value);
  return object && periodText(object, view.language);
}
