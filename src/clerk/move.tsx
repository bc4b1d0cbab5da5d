/** One plan: what it would do with each matter, how far it has come, and a button that carries out the next batch. */
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { Label } from '../../machines/label.ts';
import type { Progress } from '../engine/moves/moves.ts';
import type { Prepared } from '../engine/moves/prepare.ts';
import type { PublishedPlan } from '../engine/moves/published.ts';
import { type MovePreview, type PreviewPage, previewOfPlan } from '../views/moves.ts';
import { rememberDone } from './identity.tsx';
import { Page } from './layout.tsx';
import { movesCrumb, versionsIn } from './moves.tsx';
import { postedForm } from './posted.ts';
import { Table } from './scroll.tsx';
import { type Env, senderOf, type View, viewIn } from './view.ts';

/** Matters on a page. */
const PAGE = 20;

export const movePage = async (c: Context<Env, '/moves/:id'>) => {
  const view = viewIn(c);
  const { moves } = view.services;
  const found = await moves.find(c.req.param('id'), senderOf(view));
  const preview = await previewOfPlan(view.source, found, c.req.query('after') ?? '', PAGE);
  const progress = await moves.progress(found);
  return c.html(<MovePage view={view} found={found} preview={preview} progress={progress} />);
};

export const runMove = async (c: Context<Env, '/moves/:id'>) => {
  const view = viewIn(c);
  const posted = await postedForm(c);
  const id = c.req.param('id');
  await view.services.moves.run(id, senderOf(view), {
    scope: `pages ${view.viewer.id}`,
    key: String(posted.get('_key') ?? randomUUID()).slice(0, 64),
    expected: Number(posted.get('batches')),
  });
  rememberDone(c, 'move.run');
  return c.redirect(`/moves/${id}`, 303);
};

interface Props {
  readonly view: View;
  readonly found: PublishedPlan;
  readonly preview: PreviewPage;
  readonly progress: Progress;
}

const MovePage = ({ view, found, preview: { matters, next }, progress }: Props) => {
  const { say } = view;
  const { plan, publishedAt, publishedBy } = found;
  const { moved, remaining, batches } = progress;
  return (
    <Page view={view} title={plan.id} above={[movesCrumb(view)]}>
      <header class="heading">
        <p class="muted">{versionsIn(found)}</p>
        <h1 class="ds-heading" data-size="lg">
          {plan.id}
        </h1>
        <p>{plan.reason}</p>
        <p class="muted">
          {say('Godkänd av', 'Approved by')} {plan.approver}. {say('Publicerad', 'Published')}{' '}
          {view.instant(publishedAt)}, {publishedBy}.
        </p>
      </header>
      <section class="ds-card stack" aria-labelledby="progress">
        <h2 class="ds-heading" data-size="xs" id="progress">
          {say('Genomförande', 'Carrying out')}
        </h2>
        <p>
          {say(
            `${moved} flyttade, ${remaining} kvar på den gamla versionen. ${batches.length} omgångar.`,
            `${moved} moved, ${remaining} still on the old version. ${batches.length} batches.`,
          )}
        </p>
        <form method="post" action={`/moves/${plan.id}`}>
          <input type="hidden" name="_key" value={randomUUID()} />
          <input type="hidden" name="batches" value={batches.length} />
          <button class="ds-button" type="submit">
            {say('Flytta nästa omgång', 'Move the next batch')}
          </button>
        </form>
      </section>
      <Matters view={view} matters={matters} />
      {next !== null && (
        <p>
          <a class="ds-link" href={`/moves/${plan.id}?after=${encodeURIComponent(next)}`}>
            {say('Nästa sida', 'Next page')}
          </a>
        </p>
      )}
    </Page>
  );
};

const outcomes = {
  identical: { sv: 'Samma gång', en: 'The same course' },
  diverges: { sv: 'Annan gång', en: 'Another course' },
  blocked: { sv: 'Flyttas inte', en: 'Not moved' },
  moved: { sv: 'Flyttat', en: 'Moved' },
} as const satisfies Record<Prepared['outcome'], Label>;

const Matters = ({ view, matters }: { view: View; matters: readonly MovePreview[] }) => {
  const { say } = view;
  const label = say('Vad planen skulle göra', 'What the plan would do');
  if (matters.length === 0)
    return <p class="muted">{say('Planen gäller inget mer.', 'The plan concerns nothing more.')}</p>;
  return (
    <Table
      label={label}
      heads={[
        say('Ärende', 'Matter'),
        say('Utfall', 'Outcome'),
        say('Flyttas', 'Is moved'),
        say('Läge → läge', 'State → state'),
        say('Frister', 'Deadlines'),
        say('Varför', 'Why'),
      ]}
    >
      {matters.map((it) => (
        <MatterRow view={view} matter={it} />
      ))}
    </Table>
  );
};

const MatterRow = ({ view, matter }: { view: View; matter: MovePreview }) => {
  const { say } = view;
  const { id, title, number, outcome, moves, blocked, parts } = matter;
  const day = (it: string | null) => (it === null ? '–' : view.date(it));
  const why = [
    ...(blocked ? [blocked.says] : []),
    ...parts.flatMap((it) => [it.blocked?.says, it.diverges?.says].filter((says) => says !== undefined)),
  ];
  const deadlines = parts.flatMap((it) => it.deadlines);
  const remembers = parts.flatMap((it) => it.remembers);
  return (
    <tr>
      <th scope="row">
        <a class="ds-link" href={`/actors/${id}`}>
          {[number, title ?? id].filter((it) => it !== null).join(' ')}
        </a>
      </th>
      <td>{say(outcomes[outcome])}</td>
      <td>{moves ? say('ja', 'yes') : say('nej', 'no')}</td>
      <td>
        {parts.map((it) => (
          <div>
            {say(it.label)}: {it.from.map((state) => say(state.label)).join(', ')} →{' '}
            {it.states.map((state) => say(state.label)).join(', ') || '–'}
          </div>
        ))}
      </td>
      <td>
        {deadlines.map((it) => (
          <div>
            {say(it.label)}: {day(it.before)} → {day(it.lastDay)}
          </div>
        ))}
      </td>
      <td>
        {why.map((it) => (
          <div>{say(it)}</div>
        ))}
        {remembers.length > 0 && (
          <div>
            {say('Minns som den nya versionen', 'Remembers as the new version does')}: {remembers.join(', ')}
          </div>
        )}
      </td>
    </tr>
  );
};
