/** The plans that move matters under way to a new version: all of them, and a form for a new one. */
import type { Context } from 'hono';
import type { PublishedPlan } from '../engine/moves/published.ts';
import { Refusal } from '../engine/refusal.ts';
import { DocumentForm, documentIn } from './document-form.tsx';
import { Faults } from './hook-parts.tsx';
import { rememberDone } from './identity.tsx';
import { Page } from './layout.tsx';
import { jsonIn, postedForm } from './posted.ts';
import { statusOf } from './refusal.tsx';
import { Table } from './scroll.tsx';
import { type Env, senderOf, type View, viewIn } from './view.ts';

export const movesPage = async (c: Context<Env>) => {
  const view = viewIn(c);
  return c.html(<MovesPage view={view} plans={await plansFor(view)} text="" />);
};

const plansFor = (view: View) => view.services.moves.visibleTo(senderOf(view));

export const publishMove = async (c: Context<Env>) => {
  const view = viewIn(c);
  const text = await documentIn(await postedForm(c));
  try {
    const { published } = await view.services.moves.publish(jsonIn(text), senderOf(view));
    rememberDone(c, 'move.published');
    return c.redirect(`/moves/${published.plan.id}`, 303);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const page = <MovesPage view={view} plans={await plansFor(view)} text={text} refusal={refusal} />;
    return c.html(page, statusOf[refusal.code]);
  }
};

export const movesCrumb = ({ say }: View) => ({ href: '/moves', text: say('Flyttar', 'Moves') });

interface Props {
  readonly view: View;
  readonly plans: readonly PublishedPlan[];
  /** What was written, to be corrected. */
  readonly text: string;
  readonly refusal?: Refusal;
}

const MovesPage = ({ view, plans, text, refusal }: Props) => {
  const { say } = view;
  const title = say('Flyttar', 'Moves');
  return (
    <Page view={view} title={title} above={[{ href: '/routes', text: say('Vägar', 'Routes') }]}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        {say(
          'Pågående ärenden fortsätter på den version av vägen som de började på. Att flytta dem till en ny är ett beslut, och varje ärendes logg säger varför och vem som godkände det.',
          'Matters under way go on with the version of the route that they began on. To move them to a new one is a decision, and the log of each matter says why and who approved it.',
        )}
      </p>
      {plans.length > 0 && <PlansTable view={view} plans={plans} />}
      {refusal && <Faults view={view} refusal={refusal} />}
      <DocumentForm view={view} label={say('Planen som JSON', 'The plan as JSON')} text={text}>
        {say('Publicera och visa vad den skulle göra', 'Publish and show what it would do')}
      </DocumentForm>
    </Page>
  );
};

const PlansTable = ({ view, plans }: { view: View; plans: readonly PublishedPlan[] }) => {
  const { say } = view;
  const label = say('Planerna', 'The plans');
  return (
    <Table
      label={label}
      heads={[
        say('Plan', 'Plan'),
        say('Från → till version', 'From → to version'),
        say('Skäl', 'Reason'),
        say('Godkänd av', 'Approved by'),
        say('Publicerad', 'Published'),
      ]}
    >
      {plans.map(({ plan, publishedAt, publishedBy }) => (
        <tr>
          <th scope="row">
            <a class="ds-link" href={`/moves/${plan.id}`}>
              {plan.id}
            </a>
          </th>
          <td>{versionsIn({ plan })}</td>
          <td>{plan.reason}</td>
          <td>{plan.approver}</td>
          <td class="date">
            {view.instant(publishedAt)}, {publishedBy}
          </td>
        </tr>
      ))}
    </Table>
  );
};

/** `huddinge/sn-matter 1 → 2`, for each chart. */
export const versionsIn = ({ plan }: Pick<PublishedPlan, 'plan'>): string =>
  plan.charts.map(({ chart, from, to }) => `${chart} ${from} → ${to}`).join(', ');
