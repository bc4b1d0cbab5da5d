/** A joint matter: its members, each with its own decision, and the standing that follows from them. */
import type { Context } from 'hono';
import { outcomes } from '../../machines/outcomes.ts';
import { type ActorView, viewActor, viewRecord } from '../views/actor.ts';
import type { Examined } from '../views/examination.ts';
import { objectIn, objectsIn, textIn } from './context.ts';
import { ExaminationCard, examinationOf, LawSection } from './examination.tsx';
import { Deadlines, Facts } from './facts.tsx';
import { Page } from './layout.tsx';
import { missing } from './missing.tsx';
import { Parts } from './parts.tsx';
import { type Drawn, drawn, PathSection } from './path.tsx';
import { RuleLink } from './refusal.tsx';
import { Scroll } from './scroll.tsx';
import { SecrecyNote } from './secrecy.tsx';
import { Standing } from './standing.tsx';
import { NextSteps, type Steps, stepsOf } from './steps.tsx';
import { type Env, type View, viewIn } from './view.ts';

interface Member {
  readonly municipality: string;
  /** Null until the joint matter has been proposed, and for whoever does not see it. */
  readonly matter: ActorView | null;
  readonly confidential: boolean;
}

interface JointProps {
  readonly view: View;
  readonly joint: ActorView;
  readonly members: readonly Member[];
  readonly steps: Steps;
  readonly parts: readonly Steps[];
  readonly drawn: Drawn;
  readonly examination: Examined | null;
}

export const jointMatterPage = async (c: Context<Env, '/joint-matters/:id'>) => {
  const view = viewIn(c);
  const { source } = view;
  const found = await viewRecord(source, c.req.param('id'));
  if (found?.record.collection !== 'joint-matters') return missing(c);
  const { record: joint, parts } = found;
  const members = await Promise.all(
    objectsIn(joint.context.members).map(async (it) => {
      const municipality = textIn(it.municipality) ?? '';
      const matter = await viewActor(source, `${joint.id}.${municipality}`);
      return { municipality, matter, confidential: it.confidential === true };
    }),
  );
  const steps = await stepsOf(view, joint);
  const path = await drawn(view, joint);
  if (!steps || !path) return missing(c);
  const own = parts.filter((it) => it.collection === 'actors' && it.parent === joint.id);
  const ownSteps = (await Promise.all(own.map((it) => stepsOf(view, it)))).filter((it) => it !== null);
  return c.html(
    <JointPage
      view={view}
      joint={joint}
      members={members}
      steps={steps}
      parts={ownSteps}
      drawn={path}
      examination={await examinationOf(c, joint.id)}
    />,
  );
};

const JointPage = ({ view, joint, members, steps, parts, drawn: path, examination }: JointProps) => {
  const { say } = view;
  const { context } = joint;
  return (
    <Page
      view={view}
      title={joint.number ?? joint.title}
      above={[{ href: '/joint-matters', text: say('Gemensamma ärenden', 'Joint matters') }]}
    >
      <header class="heading">
        <p class="muted">{[joint.number, say(joint.chart.label)].filter(Boolean).join(' · ')}</p>
        <h1 class="ds-heading" data-size="lg">
          {joint.title}
        </h1>
        <Standing view={view} actor={joint} />
      </header>
      <SecrecyNote view={view} actor={joint} path={path.path} />
      <div class="columns">
        <div>
          <section class="ds-card" aria-labelledby="next">
            <h2 class="ds-heading" data-size="sm" id="next">
              {say('Nästa steg', 'Next steps')}
            </h2>
            <NextSteps view={view} steps={steps} />
          </section>
          <Members view={view} joint={joint} members={members} />
          <Parts view={view} parts={parts} />
        </div>
        <aside aria-label={say('Uppgifter', 'Facts')}>
          <section class="ds-card">
            <Facts
              facts={[
                [say('Förslag till beslut', 'Proposed decision'), textIn(context.text)],
                [say('Gäller från', 'Valid from'), view.date(textIn(context.validFrom) ?? '')],
                [say('Till och med', 'Until'), view.date(textIn(context.validUntil) ?? '')],
                [say('Antaget av alla', 'Adopted by all'), view.date(textIn(context.adoptedOn) ?? '')],
              ]}
            />
          </section>
          <Deadlines view={view} actors={[joint]} />
          {examination && <ExaminationCard view={view} examination={examination} />}
        </aside>
      </div>
      <PathSection view={view} drawn={path} />
      {examination && <LawSection view={view} examination={examination} of={joint.id} names={path.names} />}
    </Page>
  );
};

const Members = ({ view, joint, members }: { view: View; joint: ActorView; members: readonly Member[] }) => {
  const { say } = view;
  const decided = objectIn(joint.context.outcomes) ?? {};
  return (
    <section aria-labelledby="members">
      <h2 class="ds-heading" data-size="sm" id="members">
        {say('Kommunerna', 'The municipalities')}
      </h2>
      <p class="muted">
        {say(
          'Varje kommun beslutar själv; läget ovan följer av besluten.',
          'Each municipality decides for itself; the standing above follows from the decisions.',
        )}{' '}
        <RuleLink rule="R-114" view={view} />
      </p>
      <Scroll label={say('Kommunerna', 'The municipalities')}>
        <table class="ds-table stackable">
          <thead>
            <tr>
              <th scope="col">{say('Kommun', 'Municipality')}</th>
              <th scope="col">{say('Ärende', 'Matter')}</th>
              <th scope="col">{say('Läge', 'Standing')}</th>
              <th scope="col">{say('Utgång', 'Outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {members.map(({ municipality, matter, confidential }) => {
              const outcome = outcomes[decided[municipality] as keyof typeof outcomes];
              return (
                <tr>
                  <th scope="row">{view.municipality(municipality)?.name ?? municipality}</th>
                  <td class="date">
                    {matter ? (
                      <a class="ds-link" href={`/matters/${matter.id}`}>
                        {matter.number}
                      </a>
                    ) : confidential ? (
                      say('Sekretess', 'Confidential')
                    ) : (
                      say('Inte föreslaget än', 'Not yet proposed')
                    )}
                  </td>
                  <td>{matter && <Standing view={view} actor={matter} />}</td>
                  <td class="date">{outcome ? say(outcome) : say('Inget beslut än', 'No decision yet')}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
};
