/** The routes that matters take: all of them, and each with its versions and its picture. */
import type { Context } from 'hono';
import { raw } from 'hono/html';
import { type Chart, stateLabel } from '../../machines/chart.ts';
import { type Grants, rolesOf } from '../access/grant.ts';
import type { RouteVersion } from '../engine/catalogue.ts';
import { drawRoute } from '../views/drawing.ts';
import { Page } from './layout.tsx';
import { missing } from './missing.tsx';
import { Scroll, Table } from './scroll.tsx';
import { type Env, type View, viewIn } from './view.ts';

export const isAdministrator = (grants: Grants): boolean => rolesOf(grants).includes('administrator');

export const routesPage = (c: Context<Env>) => {
  const view = viewIn(c);
  const title = view.say('Vägar', 'Routes');
  return c.html(
    <Page view={view} title={title} above={[]}>
      <div class="cluster apart">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <PublishLink view={view} />
      </div>
      <RoutesTable view={view} charts={routesIn(view)} />
    </Page>,
  );
};

export const PublishLink = ({ view }: { view: View }) =>
  isAdministrator(view.viewer.grants) ? (
    <span class="cluster">
      <a class="ds-link" href="/moves">
        {view.say('Flyttar', 'Moves')}
      </a>
      <a class="ds-button" href="/routes/new">
        {view.say('Publicera en väg', 'Publish a route')}
      </a>
    </span>
  ) : null;

/** The newest version of each route, those of one municipality together. */
export const routesIn = ({ services: { source } }: View): readonly Chart[] =>
  source.registry
    .newest()
    .filter(({ name }) => name.includes('/'))
    .sort((one, other) => (one.name < other.name ? -1 : 1));

const namesOf = ({ name }: Chart): [municipality: string, route: string] => {
  const [municipality = '', route = ''] = name.split('/');
  return [municipality, route];
};

/** The stages of a route in words: `Förvaltningen → Kommunstyrelsen`. */
const stagesOf = ({ say }: View, chart: Chart): string =>
  Object.entries(chart.data.states ?? {})
    .flatMap(([id, { meta }]) =>
      typeof meta?.stage === 'string' && id !== 'after' ? say(stateLabel(chart, id)) : [],
    )
    .join(' → ');

export const RoutesTable = ({ view, charts }: { view: View; charts: readonly Chart[] }) => {
  const { say } = view;
  const label = say('Vägar', 'Routes');
  return (
    <Table
      label={label}
      heads={[
        say('Väg', 'Route'),
        say('Kommun', 'Municipality'),
        say('Stationer', 'Stages'),
        say('Version', 'Version'),
        say('Publicerad', 'Published'),
      ]}
    >
      {charts.map((chart) => (
        <RouteRow view={view} chart={chart} />
      ))}
    </Table>
  );
};

const RouteRow = ({ view, chart }: { view: View; chart: Chart }) => {
  const [municipality, route] = namesOf(chart);
  const newest = view.services.catalogue.versionsOf(municipality, route).at(-1);
  return (
    <tr>
      <th scope="row">
        <a class="ds-link" href={`/routes/${chart.name}`}>
          {view.say(chart.label)}
        </a>
      </th>
      <td>{view.municipality(municipality)?.name ?? municipality}</td>
      <td>{stagesOf(view, chart)}</td>
      <td>{chart.version}</td>
      <td class="date">{publishedText(view, newest)}</td>
    </tr>
  );
};

const publishedText = ({ say, instant }: View, version: RouteVersion | undefined): string =>
  version?.publishedAt
    ? `${instant(version.publishedAt)}, ${version.publishedBy}`
    : say('inbyggd', 'built in');

export const routePage = async (c: Context<Env, '/routes/:municipality/:name'>) => {
  const view = viewIn(c);
  const { municipality, name } = c.req.param();
  const chart = view.services.source.registry.latest(`${municipality}/${name}`);
  if (!chart) return missing(c);
  const picture = await drawRoute(chart, [], view.language).catch((error: unknown) => {
    if (error instanceof RangeError) return null;
    throw error;
  });
  const versions = view.services.catalogue.versionsOf(municipality, name);
  return c.html(<RoutePage view={view} chart={chart} versions={versions} picture={picture} />);
};

interface RouteProps {
  readonly view: View;
  readonly chart: Chart;
  readonly versions: readonly RouteVersion[];
  /** Null where the chart is too large to draw. */
  readonly picture: string | null;
}

const RoutePage = ({ view, chart, versions, picture }: RouteProps) => {
  const { say } = view;
  const [municipality] = namesOf(chart);
  return (
    <Page view={view} title={say(chart.label)} above={[{ href: '/routes', text: say('Vägar', 'Routes') }]}>
      <header class="heading">
        <p class="muted">{[view.municipality(municipality)?.name ?? municipality, chart.name].join(' · ')}</p>
        <h1 class="ds-heading" data-size="lg">
          {say(chart.label)}
        </h1>
        <p>{stagesOf(view, chart)}</p>
      </header>
      <Versions view={view} versions={versions} />
      {picture && (
        <Scroll
          kind="drawing"
          label={say('Bild av vägen; stationerna står ovan', 'Picture of the route; its stages are above')}
        >
          {raw(picture)}
        </Scroll>
      )}
    </Page>
  );
};

const Versions = ({ view, versions }: { view: View; versions: readonly RouteVersion[] }) => {
  const { say } = view;
  return (
    <section class="ds-card stack" aria-labelledby="versions">
      <h2 class="ds-heading" data-size="xs" id="versions">
        {say('Versioner', 'Versions')}
      </h2>
      <p class="muted">
        {say(
          'Nya ärenden tar den senaste; påbörjade fortsätter på sin.',
          'New matters take the newest; those under way stay on theirs.',
        )}
      </p>
      <ul class="plain">
        {versions.toReversed().map((it) => (
          <li>
            <strong>{it.route.version}</strong> {publishedText(view, it)}{' '}
            <code class="muted">{it.record?.slice(0, 16)}</code>
          </li>
        ))}
      </ul>
    </section>
  );
};
