/** The path that an actor took: drawn on its chart, and the same in a table of ordered steps. */
import { raw } from 'hono/html';
import { endOfDay } from '../engine/calendar.ts';
import type { ActorView } from '../views/actor.ts';
import { drawPath } from '../views/drawing.ts';
import { type RecordName, recordsNamedIn } from '../views/names.ts';
import { type Path, type PathStep, pathOf } from '../views/path.ts';
import { elementId } from '../views/picture/markup.ts';
import { Particulars } from './particulars.tsx';
import { RuleLink } from './refusal.tsx';
import { Scroll } from './scroll.tsx';
import type { View } from './view.ts';

export interface Drawn {
  readonly actor: string;
  readonly municipality: string;
  /** The actor's own steps: their numbers are those in the picture. */
  readonly path: Path;
  /** Everything that belongs to the record, or null where the actor is no record. */
  readonly whole: Path | null;
  /** The other records that the steps name. */
  readonly names: ReadonlyMap<string, RecordName>;
  /** Null where the chart is too large to draw. */
  readonly picture: string | null;
}

/** The path of an actor of a record. Null when there is no such actor. */
export async function drawn(view: View, { id: actor, root, municipality }: ActorView): Promise<Drawn | null> {
  const { source } = view;
  const until =
    view.asOf === null
      ? undefined
      : new Date(endOfDay(view.asOf, source.calendarOf(municipality))).toISOString();
  const path = await pathOf(source, root, { actor, until });
  if (!path) return null;
  const whole = actor === root ? await pathOf(source, root, { until }) : null;
  const picture = await drawPath(source, actor, view.language, until).catch((error: unknown) => {
    if (error instanceof RangeError) return null;
    throw error;
  });
  const names = await recordsNamedIn(source, root, (whole ?? path).steps);
  return { actor, municipality, path, whole, names, picture };
}

export const PathSection = ({
  view,
  drawn: { actor, municipality, path, whole, names, picture },
}: {
  view: View;
  drawn: Drawn;
}) => {
  const { say } = view;
  const more = whole !== null && whole.steps.length > path.steps.length;
  return (
    <section aria-labelledby="path">
      <div class="cluster apart">
        <h2 class="ds-heading" data-size="md" id="path">
          {say('Vägen hit', 'The path here')}
        </h2>
        {picture && (
          <span class="cluster">
            {path.current.slice(0, 1).map((it) => (
              <a class="ds-link" href={`#${elementId('s', it.path)}`}>
                {say('Visa läget i bilden', 'Show the state in the picture')}
              </a>
            ))}
            <a class="ds-link" href={`/actors/${actor}/path.svg`}>
              {say('Bilden för sig (SVG)', 'The picture on its own (SVG)')}
            </a>
          </span>
        )}
      </div>
      <AsOf view={view} />
      <div class="path">
        {picture && (
          <Scroll
            kind="drawing"
            label={say(
              'Bild av vägen; samma sak står i tabellen',
              'Picture of the path; the table says the same',
            )}
          >
            {raw(picture)}
          </Scroll>
        )}
        <StepTable
          view={view}
          municipality={municipality}
          names={names}
          path={path}
          label={say('Stegen i ordning', 'The steps in order')}
        />
      </div>
      {more && (
        <details class="folded">
          <summary>
            {say('Alla händelser, även i det som hör hit', 'All events, of what belongs here too')}{' '}
            <span class="muted">({whole.steps.length})</span>
          </summary>
          <StepTable
            view={view}
            municipality={municipality}
            names={names}
            path={whole}
            label={say('Alla händelser i ordning', 'All events in order')}
            withActor
          />
        </details>
      )}
    </section>
  );
};

/** The same path as it stood at the end of an earlier day. */
const AsOf = ({ view: { say, asOf, date, today } }: { view: View }) => (
  <form method="get" action="#path" class="cluster as-of">
    <label for="until">{say('Som det var den', 'As it was on')}</label>
    <input class="ds-input short" type="date" id="until" name="until" value={asOf ?? today} max={today} />
    <button class="ds-button" data-variant="secondary" type="submit">
      {say('Visa', 'Show')}
    </button>
    {asOf && (
      <strong>
        {say(`Visar läget den ${date(asOf)}.`, `Shows the state on ${date(asOf)}.`)}{' '}
        <a class="ds-link" href="?#path">
          {say('Visa nu', 'Show now')}
        </a>
      </strong>
    )}
  </form>
);

/** The states left and entered; nothing of those that stay as they are. */
function moved({ say }: View, { from, to }: PathStep): string {
  const names = (states: PathStep['from'], but: PathStep['from']) =>
    states
      .filter((it) => !but.some(({ path }) => path === it.path))
      // Which body it was at is in a column of its own.
      .map((it) => say(it.label).split(': ').at(-1))
      .join(', ');
  const [left, entered] = [names(from, to), names(to, from)];
  if (left === '' && entered === '') return say('oförändrat läge', 'state unchanged');
  return left === '' ? entered : `${left} → ${entered}`;
}

interface StepsProps {
  readonly view: View;
  readonly municipality: string;
  readonly names: Drawn['names'];
  /** Whether the steps are of several actors. */
  readonly withActor?: boolean;
}

const StepTable = ({ path, label, ...props }: StepsProps & { path: Path; label: string }) => {
  const { say } = props.view;
  return (
    <Scroll label={label}>
      <table class="ds-table" data-size="sm">
        <caption class="ds-sr-only">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{say('Nr', 'No.')}</th>
            <th scope="col">{say('När', 'When')}</th>
            {props.withActor && <th scope="col">{say('Vad', 'What')}</th>}
            <th scope="col">{say('Händelse', 'Event')}</th>
            <th scope="col">{say('Vem', 'Who')}</th>
            <th scope="col">{say('Från → till', 'From → to')}</th>
            <th scope="col">{say('Organ', 'Body')}</th>
            <th scope="col">{say('Regel', 'Rule')}</th>
          </tr>
        </thead>
        <tbody>
          {path.steps.map((step) => (
            <StepRow {...props} step={step} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

const StepRow = ({ view, municipality, names, step, withActor = false }: StepsProps & { step: PathStep }) => {
  const { say } = view;
  return (
    <tr>
      <td>{step.number}</td>
      <td class="date">{view.instant(step.at)}</td>
      {withActor && <td>{say(step.actorLabel)}</td>}
      <td>
        {say(step.event.label)}
        <Particulars view={view} municipality={municipality} step={step} names={names} />
      </td>
      <td>{view.titleOf({ municipality, title: say(step.sender.label) })}</td>
      <td>{moved(view, step)}</td>
      <td>{view.bodyName(municipality, step.body)}</td>
      <td class="date">{step.rule && <RuleLink rule={step.rule} view={view} brief />}</td>
    </tr>
  );
};
