/** The secrecy mark of a record: how it is told to those who see it, and what helps to fill it in. */
import { isMarked, type Secrecy, typicalProvisions } from '../../machines/secrecy.ts';
import { sees } from '../access/scope.ts';
import type { ActorView } from '../views/actor.ts';
import type { Path } from '../views/path.ts';
import type { Candidate, Choices, Hints } from './form/around.ts';
import type { Say } from './language.ts';
import { RuleLink } from './refusal.tsx';
import type { View } from './view.ts';

/** The bodies of a municipality that are authorities, by name, the board first: a council is none. */
export const authoritiesOf = (view: View, tenant: string): Candidate[] =>
  (view.municipality(tenant)?.bodies ?? [])
    .filter(({ kind }) => kind === 'board' || kind === 'committee')
    .sort((a, b) => Number(b.kind === 'board') - Number(a.kind === 'board'))
    .map(({ label }) => ({ value: label.sv, text: label.sv }));

/** The choices of a mark's fields, by their names. */
export const markChoices = (view: View, tenant: string): Choices => ({
  provision: {
    candidates: Object.entries(typicalProvisions).map(([value, label]) => ({
      value,
      text: `${value} (${view.say(label)})`,
    })),
    open: true,
  },
  authority: { candidates: authoritiesOf(view, tenant), open: true },
});

export const markHints = (say: Say): Hints => ({
  provision: say('Kapitel och paragraf, till exempel OSL 19:3.', 'Chapter and section, such as OSL 19:3.'),
});

/** Whether the viewer may mark what there is in a municipality, as far as seeing it goes. */
export const seesMarked = ({ viewer }: View, tenant: string): boolean =>
  sees(viewer.grants, { tenant, confidential: true });

const marking: readonly string[] = ['started', 'secrecy.mark', 'joint.marked'];

/** Above a record that is marked: by which provision, by whom and when, and that it decides nothing. */
export const SecrecyNote = ({ view, actor, path }: { view: View; actor: ActorView; path: Path }) => {
  const { secrecy } = actor.context as unknown as { secrecy: Secrecy | null };
  if (!secrecy || !isMarked({ secrecy })) return null;
  const by = path.steps.findLast((it) => it.actor === actor.id && marking.includes(it.event.type))?.sender;
  const { provision, authority, on } = secrecy;
  return (
    <p class="ds-alert" data-color="danger">
      <strong>{view.say('Sekretessmarkerat', 'Marked as confidential')}:</strong> {provision}. {authority},{' '}
      {view.date(on)}
      {by && ` (${view.say(by.label)})`}.{' '}
      {view.say(
        'Markeringen är en påminnelse, inte ett beslut om sekretess.',
        'The mark is a reminder, not a decision on secrecy.',
      )}{' '}
      <RuleLink rule="R-120" view={view} />
    </p>
  );
};
