import type { Label } from '../../machines/label.ts';
import type { Collection } from '../views/labels.ts';

/** The collections of the API, with what one of them and all of them are called. */
export const collections = {
  matters: { tag: 'matters', one: { sv: 'Ärende', en: 'Matter' }, all: { sv: 'Ärenden', en: 'Matters' } },
  meetings: {
    tag: 'meetings',
    one: { sv: 'Sammanträde', en: 'Meeting' },
    all: { sv: 'Sammanträden', en: 'Meetings' },
  },
  'joint-matters': {
    tag: 'joint-matters',
    one: { sv: 'Gemensamt ärende', en: 'Joint matter' },
    all: { sv: 'Gemensamma ärenden', en: 'Joint matters' },
  },
  delegations: {
    tag: 'delegations',
    one: { sv: 'Delegation', en: 'Delegation' },
    all: { sv: 'Delegationer', en: 'Delegations' },
  },
  actors: {
    tag: 'actors',
    one: { sv: 'Aktör', en: 'Actor' },
    all: {
      sv: 'Aktörer: ärenden, beslutspunkter, uppdrag, anslag …',
      en: 'Actors: matters, points, tasks, notices …',
    },
  },
} as const satisfies Record<Collection, { tag: string; one: Label; all: Label }>;

export const collectionNames = Object.keys(collections) as Collection[];

/** An operation's id: `readMatter`, `listJointMatters`. */
export const idOf = (verb: string, collection: Collection, what = ''): string => {
  const { en } = collections[collection].one;
  const name = en.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
  return `${verb}${name}${what}`;
};
