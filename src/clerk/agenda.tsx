/** The agenda of a meeting: its items in order, and the matter's own next steps where an item is open. */

import { meeting } from '../../machines/actors/meeting.ts';
import type { AgendaItem } from '../../machines/meeting/memory.ts';
import type { ActorView } from '../views/actor.ts';
import type { Treatment } from '../views/treatment.ts';
import type { MattersOf } from './choices.ts';
import { fieldsOfEvent } from './form/event-form.tsx';
import { awaitsAnswer } from './meeting-matters.ts';
import { PointText } from './points.tsx';
import { FoldedStep, NextSteps, type Steps } from './steps.tsx';
import { Before, Done } from './treatment.tsx';
import type { View } from './view.ts';

export interface AgendaLine {
  readonly item: AgendaItem;
  readonly matter: ActorView | null;
  /** What can be done with the matter, for the item that is open. */
  readonly steps: Steps | null;
  /** The matters that its acts may name. */
  readonly others: MattersOf;
  readonly points: readonly ActorView[];
  /** Null for an item that has not been opened. */
  readonly treatment: Treatment | null;
}

interface AgendaProps {
  readonly view: View;
  /** Of the meeting. */
  readonly steps: Steps;
  readonly lines: readonly AgendaLine[];
}

export const Agenda = ({ view, steps, lines }: AgendaProps) => (
  <section aria-labelledby="agenda">
    <h2 class="ds-heading" data-size="md" id="agenda">
      {view.say('Dagordning', 'Agenda')}
    </h2>
    {lines.length === 0 ? (
      <p class="ds-card empty">
        {steps.events.available.some((it) => it.type === 'agenda.add')
          ? view.say('Inget ärende står på dagordningen än.', 'No matter is on the agenda yet.')
          : view.say('Inget ärende stod på dagordningen.', 'No matter was on the agenda.')}
      </p>
    ) : (
      <ol class="agenda">
        {lines.map((line, index) => (
          <li class={`ds-card ${line.item.standing}`} id={`item-${index + 1}`}>
            <Line view={view} steps={steps} line={line} number={index + 1} />
          </li>
        ))}
      </ol>
    )}
  </section>
);

/** What people call the standings of an item, as the meeting's chart declares them. */
const standings = new Map(
  Object.values(meeting.events)
    .flatMap(fieldsOfEvent)
    .flatMap((field) => (field.name === 'how' && field.kind === 'choice' ? field.options : []))
    .map(({ value, label }) => [value, label]),
);

const colours = { listed: 'neutral', open: 'warning', concluded: 'success' } as const;

const Line = ({
  view,
  steps,
  line,
  number,
}: {
  view: View;
  steps: Steps;
  line: AgendaLine;
  number: number;
}) => {
  const { item, matter } = line;
  const { say } = view;
  const colour = item.standing in colours ? colours[item.standing as keyof typeof colours] : 'info';
  return (
    <>
      <div class="cluster apart">
        <h3 class="ds-heading" data-size="2xs">
          <span class="muted">{item.paragraph === null ? `${number}.` : `§ ${item.paragraph}`}</span>{' '}
          {matter ? (
            <a class="ds-link" href={`/matters/${matter.id}`}>
              {matter.title}
            </a>
          ) : (
            say('Sekretess', 'Confidential')
          )}
        </h3>
        <span class="ds-tag" data-color={colour}>
          {say(standings.get(item.standing) ?? { sv: item.standing, en: item.standing })}
        </span>
      </div>
      {matter?.number && <p class="muted">{matter.number}</p>}
      {matter && line.treatment && !line.steps && (
        <div class="stack">
          <Done view={view} matter={matter} treatment={line.treatment} />
        </div>
      )}
      {line.steps && <OpenItem view={view} line={line} steps={line.steps} />}
      {matter && <ItemSteps view={view} steps={steps} item={item} matter={matter} />}
    </>
  );
};

/** What the body has before it, and the matter's own next steps. */
const OpenItem = ({ view, line, steps }: { view: View; line: AgendaLine; steps: Steps }) => (
  <div class="open-item">
    <p class="ds-tag" data-color="warning">
      {steps.actor.states.map((it) => view.say(it.label)).join(', ')}
    </p>
    <ol class="plain stack">
      {line.points.map((it) => (
        <li>
          <strong>{view.say(it.label)}</strong>{' '}
          <span class="muted">{view.bodyName(it.municipality, it.body)}</span>
          <PointText view={view} point={it} />
        </li>
      ))}
    </ol>
    {line.treatment && (
      <div class="stack">
        <Before view={view} matter={steps.actor} treatment={line.treatment} />
        <Done view={view} matter={steps.actor} treatment={line.treatment} />
      </div>
    )}
    {line.item.asked !== null && (
      <p>
        {view.say('Fråga om jäv är väckt:', 'A question of recusal is raised:')} {line.item.asked}
      </p>
    )}
    {line.item.recused.length > 0 && (
      <p>
        {view.say('Jäviga:', 'Recused:')} {line.item.recused.join(', ')}
      </p>
    )}
    <NextSteps
      view={view}
      steps={steps}
      matters={line.others}
      except={['matter.withdraw', 'recipients.revise', 'secrecy.mark', 'secrecy.lift']}
    />
  </div>
);

/** A paragraph is approved at once, then announced for itself. */
const atOnce = ({ approved, announced }: AgendaItem): readonly string[] => {
  if (!approved) return ['paragraph.approve'];
  return announced ? [] : ['paragraph.announce'];
};

/** A question of recusal is raised, and then decided, while the item is treated. */
const whileOpen = ({ asked }: AgendaItem): readonly string[] => [
  asked === null ? 'recusal.raise' : 'recusal.decide',
];

function stepsAt(view: View, item: AgendaItem, matter: ActorView): readonly string[] {
  if (item.standing === 'listed')
    return ['item.open', ...(awaitsAnswer(view, matter) ? ['answer.open'] : []), 'agenda.strike'];
  if (item.standing === 'open') return whileOpen(item);
  if (item.points.length > 0) return ['reservation.record', 'note.record', ...atOnce(item)];
  return item.present === null ? [] : ['note.record'];
}

/** What the meeting can do with the item. */
const ItemSteps = ({
  view,
  steps,
  item,
  matter,
}: {
  view: View;
  steps: Steps;
  item: AgendaItem;
  matter: ActorView;
}) => {
  const possible = (type: string) => steps.events.available.some((it) => it.type === type && it.permitted);
  const offered = stepsAt(view, item, matter).filter(possible);
  return offered.length > 0 ? (
    <div class="steps">
      {offered.map((type) => (
        <FoldedStep
          view={view}
          steps={steps}
          type={type}
          fixed={{ matter: item.matter, ...(type === 'recusal.decide' && { person: item.asked ?? '' }) }}
          quiet={type !== 'item.open'}
        />
      ))}
    </div>
  ) : null;
};
