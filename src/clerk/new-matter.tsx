/** Registering a matter: on a route of a municipality, with its points. */
import type { JsonObject } from '../../machines/chart.ts';
import { askedBesides } from '../../machines/routes/asked.ts';
import { decidingBodies } from '../../machines/routes/deciding.ts';
import { NewMark } from '../../machines/secrecy.ts';
import { MatterInput } from '../../machines/stages/matter/draft.ts';
import { type MatterWords, openMatter } from '../engine/openings.ts';
import { questionsTo } from '../views/questions.ts';
import { type Creation, create, showCreation } from './creation.tsx';
import type { Choices } from './form/around.ts';
import { markChoices, markHints, seesMarked } from './secrecy.tsx';
import type { View } from './view.ts';

const words = MatterInput.omit({ joint: true }).extend({
  number: MatterInput.shape.number.optional(),
  secrecy: NewMark.optional(),
});

const tenantIn = (place: string): string => place.split('/')[0] ?? '';

export const newMatter: Creation = {
  title: { sv: 'Registrera ett ärende', en: 'Register a matter' },
  by: ['registrar', 'clerk'],
  above: ({ say }) => [{ href: '/matters', text: say('Ärenden', 'Matters') }],
  tenantOf: tenantIn,
  place: { sv: 'Kommun och ärendets väg', en: 'Municipality and route' },
  places: ({ services, say }) =>
    services.municipalities.flatMap(({ id, name }) =>
      services.source.registry
        .newest()
        .filter((chart) => chart.name.startsWith(`${id}/`))
        .map((chart) => ({
          value: chart.name,
          text: `${name}: ${say(chart.label)}${ofBody({ services, say }, chart.name)}`,
        })),
    ),
  words: (view, place) => {
    const chart = view.services.source.registry.latest(place);
    const own = seesMarked(view, tenantIn(place)) ? words : words.omit({ secrecy: true });
    return chart ? own.extend(askedBesides(chart).shape) : own;
  },
  choices,
  hints: ({ say }) => ({
    number: say('Lämna tomt för nästa nummer i serien.', 'Leave empty for the next number of the series.'),
    ...markHints(say),
    addressedTo: say(
      'Det organ som tjänsteutlåtandet vänder sig till.',
      'The body that the official report addresses.',
    ),
    onCondition: say(
      'De punkter som måste antas först, med numren här i formuläret.',
      'The points that must be adopted first, by their numbers in this form.',
    ),
  }),
  suggested: () => ({}),
  open: (offer, place, given) => {
    const [municipality = '', route = ''] = place.split('/');
    // The words have been parsed by the schema above, which has what a matter needs.
    return openMatter(offer, {
      ...(given as JsonObject & Pick<MatterWords, 'proposals'>),
      municipality,
      route,
    });
  },
  done: 'matter.registered',
  at: '/matters',
};

/** Two routes may have the same label and differ by the committee that decides. */
function ofBody(view: Pick<View, 'services' | 'say'>, chart: string): string {
  const bodies = decidersOn(view, chart);
  return bodies.length === 1 ? ` (${bodies[0]?.text})` : '';
}

/** The bodies that can decide on a route, the last first: it decides most. */
function decidersOn({ services, say }: Pick<View, 'services' | 'say'>, name: string) {
  const municipality = services.municipalities.find((it) => name.startsWith(`${it.id}/`));
  const chart = services.source.registry.latest(name);
  return [...(chart ? decidingBodies(chart) : [])].reverse().flatMap((id) => {
    const body = municipality?.bodies.find((it) => it.id === id);
    return body ? [{ value: body.id, text: say(body.label) }] : [];
  });
}

async function choices(view: View, place: string): Promise<Choices> {
  const municipality = view.municipality(tenantIn(place));
  const bodies = (municipality?.bodies ?? []).map(({ label }) => ({
    value: label.sv,
    text: view.say(label),
  }));
  const groups = Object.keys(municipality?.groups ?? {}).map((it) => ({ value: it, text: it }));
  return {
    'proposals.body': { candidates: decidersOn(view, place) },
    addressedTo: { candidates: bodies, open: true },
    body: { candidates: bodies, open: true },
    recipients: { candidates: groups },
    ...(await consultations(view, place)),
    ...markChoices(view, tenantIn(place)),
  };
}

/** On a route on which a body answers what another has asked it: what it is asked. */
async function consultations(view: View, place: string): Promise<Choices> {
  const chart = view.services.source.registry.latest(place);
  if (!chart || !('consultation' in chart.input.shape)) return {};
  const questions = await questionsTo(view.source, tenantIn(place), decidingBodies(chart));
  const until = (day: string) => view.say(` (senast ${view.date(day)})`, ` (by ${view.date(day)})`);
  const candidates = questions.map((it) => ({
    value: it.id,
    text: `${view.nameOf(it.of)}: ${it.question}${it.until ? until(it.until) : ''}`,
  }));
  return { consultation: { candidates } };
}

export const newMatterPage = showCreation(newMatter);
export const createMatter = create(newMatter);
