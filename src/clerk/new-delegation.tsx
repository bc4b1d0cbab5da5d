/** Registering a delegation: a committee's, for groups of matters of its scheme. */
import { givenShape, sound } from '../../machines/delegation/given.ts';
import { line, several } from '../../machines/events.ts';
import { type DelegationWords, openDelegation } from '../engine/openings.ts';
import { type Creation, create, showCreation } from './creation.tsx';
import type { View } from './view.ts';

const words = sound({
  groups: several('Grupper av ärenden', 'Groups of matters', line('Grupp', 'Group'), 100),
  ...givenShape,
});

/** The groups of matters in which a committee lets others decide. */
function groupsOf(view: View, place: string) {
  const [id = '', body = ''] = place.split('/');
  return (view.municipality(id)?.delegations ?? []).filter((it) => it.body === body);
}

export const newDelegation: Creation = {
  title: { sv: 'Registrera en delegation', en: 'Register a delegation' },
  by: ['clerk', 'registrar'],
  above: ({ say }) => [{ href: '/delegations', text: say('Delegationer', 'Delegations') }],
  tenantOf: (place) => place.split('/')[0] ?? null,
  place: { sv: 'Nämnd', en: 'Committee' },
  places: ({ services, say }) =>
    services.municipalities.flatMap(({ id, name, bodies, delegations }) =>
      bodies
        .filter((body) => delegations.some((it) => it.body === body.id))
        .map((body) => ({ value: `${id}/${body.id}`, text: `${name}: ${say(body.label)}` })),
    ),
  words: () => words,
  choices: (view, place) => ({
    groups: {
      candidates: groupsOf(view, place).map((it) => ({ value: it.id, text: view.say(it.label) })),
    },
  }),
  hints: ({ say }) => ({
    position: say('Den som beslutar, inte personens namn.', 'Who decides, not the name of the person.'),
    of: say('Bara vid avtalssamverkan.', 'Only in contractual cooperation.'),
    matter: say(
      'Ärendets beteckning i dess adress, där det gäller ett enda ärende.',
      'The id in the address of the matter, where it is for a single one.',
    ),
    decision: say('Till exempel SN 2025-12-17 § 131.', 'For example SN 2025-12-17 § 131.'),
    to: say('Tomt för tills vidare.', 'Empty for until further notice.'),
  }),
  suggested: (view) => ({ decidedOn: view.today, from: view.today }),
  open: (offer, place, given) => {
    const [municipality = '', body = ''] = place.split('/');
    // The words have been parsed by the schema above, which has what a delegation needs.
    return openDelegation(offer, { ...(given as unknown as DelegationWords), municipality, body });
  },
  done: 'delegation.given',
  at: '/delegations',
};

export const newDelegationPage = showCreation(newDelegation);
export const createDelegation = create(newDelegation);
