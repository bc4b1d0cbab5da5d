/** A matter: where it stands, what can be done, its points, what follows upon the decisions, and its path. */
import type { Context } from 'hono';
import type { JsonObject } from '../../machines/chart.ts';
import { type ActorView, viewRecord } from '../views/actor.ts';
import type { Examined } from '../views/examination.ts';
import type { RecordSummary } from '../views/lists.ts';
import { type Warning, warningsOf } from '../views/warnings.ts';
import type { MattersOf } from './choices.ts';
import { objectsIn, textIn, textsIn } from './context.ts';
import { StartLink } from './creation.tsx';
import { ExaminationCard, examinationOf, LawSection } from './examination.tsx';
import { Deadlines, type Fact, Facts, listed } from './facts.tsx';
import { Page } from './layout.tsx';
import { awaitsMeeting, meetingsOf, othersOf } from './meeting-matters.ts';
import { missing } from './missing.tsx';
import { newMeeting } from './new-meeting.tsx';
import { Parts } from './parts.tsx';
import { type Drawn, drawn, PathSection } from './path.tsx';
import { Points } from './points.tsx';
import { SecrecyNote } from './secrecy.tsx';
import { Standing } from './standing.tsx';
import { hasWork, NextSteps, type Steps, stepsOf } from './steps.tsx';
import { type Env, type View, viewIn } from './view.ts';

interface MatterProps {
  readonly view: View;
  readonly matter: ActorView;
  /** For a matter that awaits a meeting: those of its body on whose agenda it can be put. */
  readonly meetings: readonly RecordSummary[] | null;
  /** The matters that its acts may name. */
  readonly others: MattersOf;
  readonly steps: Steps;
  /** The actors that belong to the matter, each with what can be done with it. */
  readonly parts: readonly Steps[];
  readonly warnings: readonly Warning[];
  readonly drawn: Drawn;
  readonly examination: Examined | null;
}

export const matterPage = async (c: Context<Env, '/matters/:id'>) => {
  const view = viewIn(c);
  const { source } = view;
  const found = await viewRecord(source, c.req.param('id'));
  if (found?.record.collection !== 'matters') return missing(c);
  const { record: matter, parts } = found;
  const steps = await stepsOf(view, matter);
  const meetings = awaitsMeeting(matter) ? await meetingsOf(view, matter) : null;
  const path = await drawn(view, matter);
  const municipality = view.municipality(matter.municipality);
  if (!steps || !path) return missing(c);
  const props = {
    matter,
    meetings,
    others: await othersOf(view, matter),
    steps,
    parts: (await Promise.all(parts.map((it) => stepsOf(view, it)))).filter((it) => it !== null),
    warnings: municipality ? warningsOf(matter, parts, municipality) : [],
    drawn: path,
    examination: await examinationOf(c, matter.id),
  };
  return c.html(<MatterPage view={view} {...props} />);
};

const MatterPage = (props: MatterProps) => {
  const { view, matter, meetings, others, steps, parts, warnings, drawn: path, examination } = props;
  const { say } = view;
  const points = parts.filter((it) => it.actor.chart.name === 'decision-point');
  const rest = parts.filter((it) => it.actor.chart.name !== 'decision-point');
  return (
    <Page
      view={view}
      title={matter.number ?? matter.title}
      above={[{ href: '/matters', text: say('Ärenden', 'Matters') }]}
    >
      <Heading view={view} matter={matter} />
      <SecrecyNote view={view} actor={matter} path={path.path} />
      <Warnings view={view} warnings={warnings} />
      <div class="columns">
        <div>
          <section class="ds-card" aria-labelledby="next">
            <h2 class="ds-heading" data-size="sm" id="next">
              {say('Nästa steg', 'Next steps')}
            </h2>
            <AtMeeting view={view} matter={matter} />
            {meetings && <Awaiting view={view} matter={matter} meetings={meetings} />}
            <NextSteps view={view} steps={steps} matters={others} none={whatIsLeft(view, parts)} />
          </section>
          <Points view={view} points={points} />
          <Parts view={view} parts={rest} />
        </div>
        <aside aria-label={say('Om ärendet', 'About the matter')}>
          <section class="ds-card" aria-labelledby="facts">
            <h2 class="ds-heading" data-size="xs" id="facts">
              {say('Uppgifter', 'Facts')}
            </h2>
            <Facts facts={factsOf(view, matter)} />
          </section>
          <Deadlines view={view} actors={[matter, ...parts.map((it) => it.actor)]} />
          {examination && <ExaminationCard view={view} examination={examination} />}
        </aside>
      </div>
      <PathSection view={view} drawn={path} />
      {examination && <LawSection view={view} examination={examination} of={matter.id} names={path.names} />}
    </Page>
  );
};

const Heading = ({ view, matter }: { view: View; matter: ActorView }) => (
  <header class="heading">
    <p class="muted">
      {[matter.number, view.municipality(matter.municipality)?.name, view.say(matter.chart.label)]
        .filter(Boolean)
        .join(' · ')}
    </p>
    <h1 class="ds-heading" data-size="lg">
      {matter.title}
    </h1>
    <p class="cluster">
      <Standing view={view} actor={matter} />
    </p>
  </header>
);

const Warnings = ({ view, warnings }: { view: View; warnings: readonly Warning[] }) => (
  <>
    {warnings.map((it) => (
      <p class="ds-alert" data-color="warning">
        {view.say(it.says)}
      </p>
    ))}
  </>
);

/** A matter on an agenda is handled at the meeting: the way there. */
const AtMeeting = ({ view, matter }: { view: View; matter: ActorView }) => {
  const meeting = textIn(matter.context.meeting);
  return meeting && matter.states.some(({ path }) => atMeeting.test(path)) ? (
    <p>
      <a class="ds-link" href={`/meetings/${meeting}`}>
        {view.say('Till sammanträdet där ärendet behandlas', 'To the meeting where the matter is handled')}
      </a>
    </p>
  ) : null;
};

/** A matter that awaits a meeting is put on the agenda there: the way to one, or to planning one. */
const Awaiting = ({
  view,
  matter: { municipality, context },
  meetings,
}: {
  view: View;
  matter: ActorView;
  meetings: readonly RecordSummary[];
}) => {
  const { say } = view;
  const body = textIn(context.body);
  return (
    <div class="stack">
      <p>
        {say(
          'Nästa steg tas på sammanträdets sida: där förs ärendet upp på dagordningen.',
          'The next step is taken on the page of the meeting: there the matter is put on the agenda.',
        )}
      </p>
      <ul class="plain">
        {meetings.map((it) => (
          <li>
            <a class="ds-link" href={`/meetings/${it.id}`}>
              {view.bodyName(municipality, it.body)}, {view.date(it.number ?? '')}
            </a>
          </li>
        ))}
      </ul>
      <StartLink view={view} creation={newMeeting} at={`${municipality}/${body}`} quiet />
    </div>
  );
};

/** What is said to those for whom the matter itself has no step, where its parts have one. */
const whatIsLeft = ({ say }: View, parts: readonly Steps[]): string | undefined =>
  parts.some(hasWork)
    ? say(
        'Det som återstår att göra står vid beslutspunkterna, mottagarna och uppdragen nedan.',
        'What is left to do stands with the decision points, the recipients and the tasks below.',
      )
    : undefined;

/** The states of a body's stage in which the matter is on an agenda. */
const atMeeting = /\.(onAgenda|deliberating|proposition|voting|tied|counted)$/;

function factsOf(view: View, { context, municipality, createdAt }: ActorView): Fact[] {
  const { say } = view;
  const joint = textIn(context.joint);
  const earlier = objectsIn(context.refersTo).map((it) => {
    const paragraph = [
      view.bodyName(municipality, textIn(it.body)),
      textIn(it.on),
      `§ ${textIn(it.paragraph)}`,
    ].join(' ');
    return `${it.subject} (${paragraph})`;
  });
  return [
    [say('Finns hos', 'Is with'), view.bodyName(municipality, textIn(context.body))],
    [say('Initiativ från', 'Initiated by'), joint ? null : textIn(context.initiator)],
    [say('Handläggare', 'Case officer'), textIn(context.caseOfficer)],
    [
      say('Berett av', 'Prepared by'),
      listed(textsIn(context.preparedBy).map((it) => view.bodyName(municipality, it) ?? it)),
    ],
    [say('Jäviga', 'Conflicts of interest'), listed(textsIn(context.recused))],
    [say('Sammanfattning', 'Summary'), textIn(context.summary)],
    [say('Skickas till', 'Sent to'), listed(textsIn(context.recipients))],
    [say('Hänvisar till', 'Refers to'), listed(earlier)],
    [
      say('Gemensamt ärende', 'Joint matter'),
      joint && (
        <a class="ds-link" href={`/joint-matters/${joint}`}>
          {say('Till det gemensamma ärendet', 'To the joint matter')}
        </a>
      ),
    ],
    [say('Fortsätter i', 'Goes on in'), linked(view, objectsIn([context.continues ?? null]))],
    [say('Har tagit upp', 'Has taken up'), linked(view, objectsIn(context.absorbed))],
    [say('Registrerat', 'Registered'), view.instant(createdAt)],
  ];
}

/** Other matters, as they were called, with the way to each that is seen. */
const linked = ({ say }: View, matters: readonly JsonObject[]) =>
  matters.length > 0 ? (
    <ul class="plain">
      {matters.map((it) => (
        <li>
          {it.confidential === true ? (
            say('Sekretess', 'Confidential')
          ) : (
            <a class="ds-link" href={`/matters/${textIn(it.matter)}`}>
              {textIn(it.number)} {textIn(it.title)}
            </a>
          )}
        </li>
      ))}
    </ul>
  ) : null;
