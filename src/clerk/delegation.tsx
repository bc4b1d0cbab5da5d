/** A delegation: who has been given what by whom, for how long; to whom it was handed on; and what was decided under it. */
import type { Context } from 'hono';
import { type DelegationContext, delegateKinds } from '../../machines/delegation/given.ts';
import { type ActorView, viewActor } from '../views/actor.ts';
import type { Examined } from '../views/examination.ts';
import { ExaminationCard, examinationOf, LawSection } from './examination.tsx';
import { Deadlines, Facts, listed } from './facts.tsx';
import { Page } from './layout.tsx';
import { missing } from './missing.tsx';
import { type Drawn, drawn, PathSection } from './path.tsx';
import { RuleLink } from './refusal.tsx';
import { Standing } from './standing.tsx';
import { NextSteps, type Steps, stepsOf } from './steps.tsx';
import { type Env, type View, viewIn } from './view.ts';

interface DelegationProps {
  readonly view: View;
  readonly delegation: ActorView;
  /** The one that it was handed on from; null for what a committee has given itself. */
  readonly first: ActorView | null;
  /** Those that it was handed on to. */
  readonly handedOn: readonly ActorView[];
  readonly steps: Steps;
  readonly drawn: Drawn;
  readonly examination: Examined | null;
}

export const delegationPage = async (c: Context<Env, '/delegations/:id'>) => {
  const view = viewIn(c);
  const { source } = view;
  const delegation = await viewActor(source, c.req.param('id'));
  if (delegation?.collection !== 'delegations') return missing(c);
  const { id, parent } = delegation;
  const { handedOn } = given(delegation);
  const below = Array.from({ length: handedOn }, (_, index) => viewActor(source, `${id}.s${index + 1}`));
  const steps = await stepsOf(view, delegation);
  const path = await drawn(view, delegation);
  if (!steps || !path) return missing(c);
  return c.html(
    <DelegationPage
      view={view}
      delegation={delegation}
      first={parent === null ? null : await viewActor(source, parent)}
      handedOn={(await Promise.all(below)).filter((it) => it !== null)}
      steps={steps}
      drawn={path}
      examination={await examinationOf(c, id)}
    />,
  );
};

const given = ({ context }: ActorView): DelegationContext => context as unknown as DelegationContext;

const DelegationPage = (props: DelegationProps) => {
  const { view, delegation, handedOn, steps, examination } = props;
  const { say } = view;
  return (
    <Page
      view={view}
      title={delegation.title}
      above={[{ href: '/delegations', text: say('Delegationer', 'Delegations') }]}
    >
      <header class="heading">
        <p class="muted">
          {[say(delegation.chart.label), view.bodyName(delegation.municipality, delegation.body)].join(' · ')}{' '}
          <RuleLink rule="R-091" view={view} />
        </p>
        <h1 class="ds-heading" data-size="lg">
          {delegation.title}
        </h1>
        <Standing view={view} actor={delegation} />
      </header>
      <div class="columns">
        <div>
          <section class="ds-card" aria-labelledby="next">
            <h2 class="ds-heading" data-size="sm" id="next">
              {say('Nästa steg', 'Next steps')}
            </h2>
            <NextSteps view={view} steps={steps} />
          </section>
          {handedOn.length > 0 && <HandedOn view={view} handedOn={handedOn} />}
        </div>
        <aside aria-label={say('Uppgifter', 'Facts')}>
          <section class="ds-card">
            <Given {...props} />
          </section>
          <Deadlines view={view} actors={[delegation]} />
          {examination && <ExaminationCard view={view} examination={examination} />}
        </aside>
      </div>
      <PathSection view={view} drawn={props.drawn} />
      {examination && (
        <LawSection view={view} examination={examination} of={delegation.id} names={props.drawn.names} />
      )}
    </Page>
  );
};

const Given = ({ view, delegation, first }: DelegationProps) => {
  const { say } = view;
  const it = given(delegation);
  return (
    <Facts
      facts={[
        [say('Till', 'To'), `${it.position} (${say(delegateKinds[it.kind])})`],
        [say('Anställd i', 'Employed by'), it.of],
        [say('Avtal', 'Agreement'), it.agreement],
        [say('Grupper av ärenden', 'Groups of matters'), listed(it.groups.map(({ label }) => label))],
        [say('Bara i ärendet', 'Only in the matter'), it.matter && <To href={`/matters/${it.matter}`} />],
        [
          say('Högsta belopp', 'Largest amount'),
          it.limit && `${it.limit.toLocaleString(view.language)} ${say('kronor', 'kronor')}`,
        ],
        [say('Gäller från', 'In force from'), view.date(it.from)],
        [say('Till och med', 'Until'), it.to ? view.date(it.to) : say('tills vidare', 'further notice')],
        [say('Given genom', 'Given by'), `${it.decision}, ${view.date(it.decidedOn)}`],
        [
          say('Lämnad vidare från', 'Handed on from'),
          first && <To href={`/delegations/${first.id}`} text={first.title} />,
        ],
        [say('Får lämnas vidare', 'May be handed on'), it.mayHandOn ? say('ja', 'yes') : say('nej', 'no')],
        [
          say('Återkallad genom', 'Revoked by'),
          it.revoked && `${it.revoked.decision}, ${view.date(it.revoked.on)}`,
        ],
      ]}
    />
  );
};

const To = ({ href, text = href }: { href: string; text?: string }) => (
  <a class="ds-link" href={href}>
    {text}
  </a>
);

const HandedOn = ({ view, handedOn }: Pick<DelegationProps, 'view' | 'handedOn'>) => (
  <section aria-labelledby="handed-on">
    <h2 class="ds-heading" data-size="sm" id="handed-on">
      {view.say('Lämnad vidare till', 'Handed on to')} <RuleLink rule="R-094" view={view} />
    </h2>
    <ul class="rows">
      {handedOn.map((it) => (
        <li class="cluster apart">
          <To href={`/delegations/${it.id}`} text={it.title} />
          <Standing view={view} actor={it} />
        </li>
      ))}
    </ul>
  </section>
);
