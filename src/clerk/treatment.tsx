/** What a body has before it in a matter, and what it has done with it: what the minutes say. */
import type { ActorView } from '../views/actor.ts';
import type { Finding, Treatment } from '../views/treatment.ts';
import { Particulars } from './particulars.tsx';
import type { View } from './view.ts';

interface TreatmentProps {
  readonly view: View;
  readonly matter: ActorView;
  readonly treatment: Treatment;
}

/** What the bodies before it proposed. */
export const Before = ({ view, matter, treatment: { before } }: TreatmentProps) =>
  before.length > 0 && (
    <Findings
      view={view}
      municipality={matter.municipality}
      title={view.say('Tidigare i ärendet', 'Earlier in the matter')}
      found={before}
    />
  );

/** What was done while the item was open, and what the body found. */
export const Done = ({ view, matter, treatment: { acts, found } }: TreatmentProps) => (
  <>
    {acts.length > 0 && (
      <div>
        <strong>{view.say('Vid punkten', 'At the item')}</strong>
        <ol class="plain">
          {acts.map((it) => (
            <li>
              {view.say(it.event.label)}
              <Particulars view={view} municipality={matter.municipality} step={it} />
            </li>
          ))}
        </ol>
      </div>
    )}
    {found.length > 0 && (
      <Findings
        view={view}
        municipality={matter.municipality}
        title={view.say('Utgången', 'The outcome')}
        found={found}
      />
    )}
  </>
);

interface FindingsProps {
  readonly view: View;
  readonly municipality: string;
  readonly title: string;
  readonly found: readonly Finding[];
}

const Findings = ({ view, municipality, title, found }: FindingsProps) => (
  <div>
    <strong>{title}</strong>
    <ul class="plain">
      {found.map((it) => (
        <li>
          {view.bodyName(municipality, it.body)},{' '}
          {it.points.map((label) => view.say(label).toLowerCase()).join(', ')}:{' '}
          <strong>{view.say(it.outcome)}</strong>
          {it.wording !== null && <span class="muted"> – {it.wording}</span>}
        </li>
      ))}
    </ul>
  </div>
);
