/** Starting a joint matter: what each municipality is to decide, by the same kind of body on the same route. */
import * as z from 'zod';
import { jointMatter } from '../../machines/actors/joint-matter.ts';
import type { JsonObject } from '../../machines/chart.ts';
import { several } from '../../machines/events.ts';
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import { decidingBodies } from '../../machines/routes/deciding.ts';
import { NewMark } from '../../machines/secrecy.ts';
import { type JointMatterWords, openJointMatter } from '../engine/openings.ts';
import { type Creation, create, showCreation } from './creation.tsx';
import { markChoices, markHints } from './secrecy.tsx';
import type { View } from './view.ts';

const { municipality, number } = jointMatter.input.shape.members.element.shape;

/** A member is a municipality: the route and the body are the same for all, and asked for once. */
const words = jointMatter.input.extend({
  number: number.optional(),
  members: several(
    'Kommuner',
    'Municipalities',
    z.strictObject({ municipality, number: number.optional() }),
    50,
  ),
  secrecy: NewMark.optional(),
});

interface Decided {
  readonly route: string;
  readonly body: string;
  readonly text: string;
  /** Those that have such a route, with a body of that id deciding on it. */
  readonly municipalities: readonly Municipality[];
}

/** What two municipalities or more can decide alike. */
function decidedAlike({ services, say }: Pick<View, 'services' | 'say'>): Decided[] {
  const ways = services.municipalities.flatMap((it) =>
    services.source.registry
      .newest()
      .filter(({ name }) => name.startsWith(`${it.id}/`))
      .flatMap((chart) =>
        decidingBodies(chart).map((body) => ({
          municipality: it,
          route: chart.name.slice(it.id.length + 1),
          body,
          chart,
        })),
      ),
  );
  return [...Map.groupBy(ways, ({ route, body }) => `${route}/${body}`).values()].flatMap((alike) => {
    const municipalities = [...new Set(alike.map((it) => it.municipality))];
    const [first] = alike;
    if (!first || municipalities.length < 2) return [];
    const { route, body, chart } = first;
    const label = first.municipality.bodies.find(({ id }) => id === body)?.label;
    return [{ route, body, text: `${say(chart.label)}: ${label ? say(label) : body}`, municipalities }];
  });
}

const placeOf = ({ route, body }: Decided): string => `${route}/${body}`;

export const newJointMatter: Creation = {
  title: { sv: 'Nytt gemensamt ärende', en: 'New joint matter' },
  by: jointMatter.record?.startedBy ?? [],
  above: ({ say }) => [{ href: '/joint-matters', text: say('Gemensamma ärenden', 'Joint matters') }],
  tenantOf: () => null,
  place: {
    sv: 'Vad varje kommun beslutar, och vilket organ',
    en: 'What each municipality decides, and which body',
  },
  places: (view) =>
    decidedAlike(view).map((it) => ({
      value: placeOf(it),
      text: view.say(
        `${it.text} (${it.municipalities.length} kommuner)`,
        `${it.text} (${it.municipalities.length} municipalities)`,
      ),
    })),
  words: () => words,
  choices: (view, place) => ({
    ...markChoices(view, ''),
    municipality: {
      candidates: (decidedAlike(view).find((it) => placeOf(it) === place)?.municipalities ?? []).map(
        (it) => ({
          value: it.id,
          text: it.name,
        }),
      ),
    },
  }),
  hints: ({ say }) => ({
    number: say('Lämna tomt för nästa nummer i serien.', 'Leave empty for the next number of the series.'),
    ...markHints(say),
  }),
  suggested: () => ({}),
  open: (offer, place, given) => {
    const [route = '', body = ''] = place.split('/');
    // The words have been parsed by the schema above, which has what a joint matter needs.
    const { members, ...rest } = given as JsonObject & { readonly members: readonly JsonObject[] };
    const decided = { ...rest, members: members.map((it) => ({ ...it, route, body })) };
    return openJointMatter(offer, decided as unknown as JointMatterWords);
  },
  done: 'jointMatter.started',
  at: '/joint-matters',
};

export const newJointMatterPage = showCreation(newJointMatter);
export const createJointMatter = create(newJointMatter);
