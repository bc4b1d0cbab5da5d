/** A meeting: run from summons to notice on one page, with the item that is open in its midst. */
import type { Context } from 'hono';
import type { MeetingContext } from '../../machines/meeting/memory.ts';
import { type ActorView, viewRecord } from '../views/actor.ts';
import { unlistedAt } from '../views/deferred.ts';
import type { Examined } from '../views/examination.ts';
import type { RecordSummary } from '../views/lists.ts';
import { pathOf } from '../views/path.ts';
import { treatmentOf } from '../views/treatment.ts';
import { type Warning, warningsOf } from '../views/warnings.ts';
import { Agenda, type AgendaLine } from './agenda.tsx';
import { textIn, textsIn } from './context.ts';
import { ExaminationCard, examinationOf, LawSection } from './examination.tsx';
import { Deadlines, Facts } from './facts.tsx';
import { Page } from './layout.tsx';
import { agendaOf, mattersOn, mattersWaiting, othersOf } from './meeting-matters.ts';
import { missing } from './missing.tsx';
import { Parts } from './parts.tsx';
import { type Drawn, drawn, PathSection } from './path.tsx';
import { Standing } from './standing.tsx';
import { hasWork, NextSteps, Step, type Steps, stepsOf } from './steps.tsx';
import { type Env, type View, viewIn } from './view.ts';

/** Events that name a matter: they are offered beside the matter that they name. */
const aboutMatters = [
  'recusal.raise',
  'recusal.decide',
  'agenda.add',
  'agenda.strike',
  'item.open',
  'answer.open',
  'reservation.record',
  'note.record',
  'paragraph.approve',
  'paragraph.announce',
];

interface MeetingProps {
  readonly view: View;
  readonly meeting: ActorView;
  readonly steps: Steps;
  readonly lines: readonly AgendaLine[];
  readonly waiting: readonly RecordSummary[];
  readonly parts: readonly Steps[];
  readonly warnings: readonly Warning[];
  readonly drawn: Drawn;
  readonly examination: Examined | null;
}

export const meetingPage = async (c: Context<Env, '/meetings/:id'>) => {
  const view = viewIn(c);
  const { source } = view;
  const found = await viewRecord(source, c.req.param('id'));
  if (found?.record.collection !== 'meetings') return missing(c);
  const { record: meeting, parts } = found;
  const steps = await stepsOf(view, meeting);
  const path = await drawn(view, meeting);
  const municipality = view.municipality(meeting.municipality);
  if (!steps || !path) return missing(c);
  const unlisted = await unlistedAt(source, meeting);
  const props = {
    meeting,
    steps,
    lines: await linesOf(view, meeting),
    waiting: steps.events.available.some((it) => it.type === 'agenda.add')
      ? await mattersWaiting(view, meeting, unlisted)
      : [],
    parts: (await Promise.all(parts.map((it) => stepsOf(view, it)))).filter((it) => it !== null),
    warnings: municipality ? warningsOf(meeting, parts, municipality, unlisted) : [],
    drawn: path,
    examination: await examinationOf(c, meeting.id),
  };
  return c.html(<MeetingPage view={view} {...props} />);
};

/** The items in their order; what can be done with a matter is only asked of the one that is open. */
async function linesOf(view: View, meeting: ActorView): Promise<AgendaLine[]> {
  const matters = await mattersOn(view, meeting);
  const path = await pathOf(view.source, meeting.id, { actor: meeting.id });
  return Promise.all(
    agendaOf(meeting).map(async (item) => {
      const { source } = view;
      const matter = matters.get(item.matter) ?? null;
      const isOpened = matter && item.standing !== 'listed';
      const treatment = isOpened && path ? await treatmentOf(source, matter.id, path) : null;
      if (item.standing !== 'open' || !matter)
        return { item, matter, steps: null, others: {}, points: [], treatment };
      const record = await viewRecord(source, matter.id);
      const points = (record?.parts ?? []).filter((it) => it.chart.name === 'decision-point');
      const [steps, others] = [await stepsOf(view, matter), await othersOf(view, matter)];
      return { item, matter, steps, others, points, treatment };
    }),
  );
}

const MeetingPage = ({
  view,
  meeting,
  steps,
  lines,
  waiting,
  parts,
  warnings,
  drawn: path,
  examination,
}: MeetingProps) => {
  const { say } = view;
  const context = meeting.context as unknown as MeetingContext;
  return (
    <Page
      view={view}
      title={view.titleOf(meeting)}
      above={[{ href: '/meetings', text: say('Sammanträden', 'Meetings') }]}
    >
      <header class="heading">
        <p class="muted">
          {[view.municipality(meeting.municipality)?.name, view.date(context.date)]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <h1 class="ds-heading" data-size="lg">
          {view.bodyName(meeting.municipality, meeting.body)}, {view.date(context.date)}
        </h1>
        <Standing view={view} actor={meeting} />
      </header>
      {warnings.map((it) => (
        <p class="ds-alert" data-color="warning">
          {say(it.says)}
        </p>
      ))}
      <div class="columns">
        <div>
          <Agenda view={view} steps={steps} lines={lines} />
          {waiting.length > 0 && <Waiting view={view} steps={steps} waiting={waiting} />}
          <Parts view={view} parts={parts} />
        </div>
        <aside aria-label={say('Om sammanträdet', 'About the meeting')}>
          <section class="ds-card" aria-labelledby="next">
            <h2 class="ds-heading" data-size="xs" id="next">
              {say('Sammanträdet', 'The meeting')}
            </h2>
            <NextSteps view={view} steps={steps} except={aboutMatters} none={whereElse(view, lines, parts)} />
          </section>
          <section class="ds-card" aria-label={say('Uppgifter', 'Facts')}>
            <Facts facts={factsOf(view, meeting)} />
          </section>
          <Deadlines view={view} actors={[meeting, ...parts.map((it) => it.actor)]} />
          {examination && <ExaminationCard view={view} examination={examination} />}
        </aside>
      </div>
      <PathSection view={view} drawn={path} />
      {examination && <LawSection view={view} examination={examination} of={meeting.id} names={path.names} />}
    </Page>
  );
};

/** What is said to those for whom the meeting itself has no step, where its agenda or its notice has one. */
function whereElse({ say }: View, lines: readonly AgendaLine[], parts: readonly Steps[]): string | undefined {
  if (lines.some((it) => it.steps))
    return say('Just nu händer allt på dagordningen.', 'Right now everything happens on the agenda.');
  return parts.some(hasWork)
    ? say('Det som återstår att göra står vid anslaget.', 'What is left to do stands with the notice.')
    : undefined;
}

function factsOf({ say, date }: View, { context }: ActorView) {
  const number = (name: string) => (typeof context[name] === 'number' ? String(context[name]) : null);
  return [
    [say('Tid', 'Time'), textIn(context.time)],
    [say('Plats', 'Place'), textIn(context.place)],
    [say('Antal platser', 'Seats'), number('seats')],
    [say('Närvarande', 'Present'), number('present')],
    [say('Justerare utöver ordföranden', 'Approvers besides the chair'), number('approvers')],
    [say('Första paragraf', 'First paragraph'), number('firstParagraph')],
    [say('Anslås på', 'Announced on'), textIn(context.noticeBoard)],
    [
      say('Protokollet justerat', 'Minutes approved'),
      textIn(context.approvedOn) && date(textIn(context.approvedOn) ?? ''),
    ],
    [say('Justerat av', 'Approved by'), textsIn(context.approvedBy).join(', ')],
  ] as const;
}

/** Matters that wait for the body, each with a button that puts it on this agenda. */
const Waiting = ({
  view,
  steps,
  waiting,
}: {
  view: View;
  steps: Steps;
  waiting: readonly RecordSummary[];
}) => {
  const permitted = steps.events.available.some((it) => it.type === 'agenda.add' && it.permitted);
  return (
    <section aria-labelledby="waiting">
      <h2 class="ds-heading" data-size="sm" id="waiting">
        {view.say('Väntar på organet', 'Waiting for the body')}{' '}
        <span class="muted count">{waiting.length}</span>
      </h2>
      <ul class="rows">
        {waiting.map((it) => (
          <li class="cluster apart">
            <span>
              <span class="muted">{it.number}</span>{' '}
              <a class="ds-link" href={`/matters/${it.id}`}>
                {it.title}
              </a>
            </span>
            {permitted && (
              <Step view={view} steps={steps} type="agenda.add" fixed={{ matter: it.id }} quiet />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};
