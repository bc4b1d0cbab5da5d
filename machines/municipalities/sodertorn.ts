import { huddinge } from './huddinge.ts';
import { Municipality, thirdOnce } from './municipality.ts';

/**
 * The eight municipalities of the Södertörn cooperation (seed 003). Each decides by its own board, in its own
 * municipality; the cooperation itself has no power to decide.
 */
const neighbour = (id: string, name: string, registryPrefix: string): Municipality =>
  Municipality.parse({
    id,
    name: `${name} kommun`,
    calendar: { country: 'SE', zone: 'Europe/Stockholm' },
    registryPrefix,
    noticeBoard: `${name} kommuns anslagstavla`,
    bodies: [
      {
        id: 'kf',
        label: { sv: 'Kommunfullmäktige', en: 'Municipal council' },
        kind: 'council',
        seats: null,
        approvers: 2,
        minorityBrake: thirdOnce,
      },
      { id: 'ks', label: { sv: 'Kommunstyrelsen', en: 'Municipal board' }, kind: 'board', seats: null },
    ],
    delegations: [
      {
        id: 'ks-agreements',
        body: 'ks',
        label: { sv: 'KS 1.1 Avtal inom budget', en: 'KS 1.1 Agreements within the budget' },
        remark: 'An example.',
      },
    ],
  });

export const sodertorn: readonly Municipality[] = [
  neighbour('botkyrka', 'Botkyrka', 'BKS'),
  neighbour('haninge', 'Haninge', 'HAN'),
  huddinge,
  neighbour('nykvarn', 'Nykvarn', 'NYK'),
  neighbour('nynashamn', 'Nynäshamn', 'NYN'),
  neighbour('salem', 'Salem', 'SAL'),
  neighbour('sodertalje', 'Södertälje', 'SDT'),
  neighbour('tyreso', 'Tyresö', 'TYR'),
];
