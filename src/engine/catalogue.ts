/** The routes there are: those that are built in, and those that administrators publish while the server runs. */
import type { Database } from '../../db/open.ts';
import type { Db } from '../../db/tables.ts';
import type { Chart, Json } from '../../machines/chart.ts';
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import type { Registry } from '../../machines/registry.ts';
import { againstTheAct } from '../../machines/routes/act.ts';
import { composeRoute } from '../../machines/routes/compose.ts';
import { municipalityIn, RouteDocument } from '../../machines/routes/document.ts';
import { faultsOf } from '../../machines/routes/faults.ts';
import type { Route } from '../../machines/routes/route.ts';
import { addRoute, type StoredRoute, storedRoutes } from '../store/routes.ts';
import { lastEver } from '../store/seals.ts';
import { takeTurn } from '../store/turn.ts';
import { canonical } from './chain.ts';
import { addDefinition, hashOfChart } from './definitions.ts';
import { assertReckonable } from './holidays.ts';
import { authorisePublication, parseFields, type Sender } from './parse.ts';
import { assertChained, published } from './publication.ts';
import { type FieldError, Refusal } from './refusal.ts';

/** A version of a route, with the municipality's data that it was composed from. */
export interface RouteVersion {
  readonly jurisdiction: Municipality;
  readonly route: Route;
  /** Hash of the composed chart, to which matters are pinned. */
  readonly hash: string;
  /** RFC 3339 in UTC; null for a route that is built in. */
  readonly publishedAt: string | null;
  readonly publishedBy: string | null;
  /** Hash of the record of its publication, which covers those before it; null for a route that is built in. */
  readonly record: string | null;
}

/** What speaks against publishing a route, as far as it has been proved; empty for nothing. */
export type Proof = (route: Route, municipality: Municipality) => Promise<readonly FieldError[]>;

interface Publication {
  readonly sender: Sender;
  /** RFC 3339 in UTC. */
  readonly now: string;
  readonly prove: Proof;
}

interface BuiltIn {
  readonly registry: Registry;
  readonly municipalities: readonly Municipality[];
  readonly routes: readonly {
    readonly jurisdiction: Municipality;
    readonly route: Route;
    readonly chart: Chart;
  }[];
}

export class Catalogue {
  readonly registry: Registry;
  readonly #builtIn: BuiltIn;
  readonly #municipalities: Municipality[];
  readonly #versions: RouteVersion[];
  #newest: StoredRoute | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(builtIn: BuiltIn) {
    this.registry = builtIn.registry;
    this.#builtIn = builtIn;
    this.#municipalities = [...builtIn.municipalities];
    this.#versions = builtIn.routes.map(({ jurisdiction, route, chart }) => ({
      jurisdiction,
      route,
      hash: hashOfChart(chart),
      publishedAt: null,
      publishedBy: null,
      record: null,
    }));
  }

  /**
   * Composes every stored route again and registers it.
   * @throws Error naming a route that no longer composes to the chart that was published, or a record of a publication
   * that is not the one that was made.
   */
  static async open(db: Db, builtIn: BuiltIn): Promise<Catalogue> {
    const catalogue = new Catalogue(builtIn);
    const stored = await storedRoutes(db);
    for (const it of stored) catalogue.#register(...recomposed(it));
    assertChained(stored, await lastEver(db, 'route'));
    catalogue.#newest = stored.at(-1);
    return catalogue;
  }

  /** The municipalities as they are now: the list itself grows as routes are published. */
  get municipalities(): readonly Municipality[] {
    return this.#municipalities;
  }

  /** The versions of a route, oldest first; none for one that does not exist. */
  versionsOf(municipality: string, name: string): readonly RouteVersion[] {
    return this.#versions
      .filter((it) => it.jurisdiction.id === municipality && it.route.name === name)
      .sort((a, b) => a.route.version - b.route.version);
  }

  /**
   * Publishes a route: from now on new matters start on it, while those under way stay on the version they began.
   * The same document again changes nothing. One is published at a time.
   * @throws Refusal `forbidden` for whoever does not administer the municipality, `invalid` naming each wrong field,
   * `exists` for another content under a version that is taken.
   */
  publish(
    db: Database,
    written: Json,
    publication: Publication,
  ): Promise<{ readonly version: RouteVersion; readonly isNew: boolean }> {
    const done = this.#last.then(() => this.#publish(db, written, publication));
    this.#last = done.catch(() => {});
    return done;
  }

  /** Takes in what other processes have published, up to a number. @throws Error as `open` does. */
  async refresh(db: Db, number: number): Promise<void> {
    const known = () => this.#newest?.number ?? 0;
    if (known() >= number) return;
    for (const it of await storedRoutes(db, known())) {
      // Another refreshment may have been faster.
      if (it.number <= known()) continue;
      this.#register(...recomposed(it));
      this.#newest = it;
    }
  }

  async #publish(db: Database, written: Json, { sender, now, prove }: Publication) {
    authorisePublication(sender);
    await this.refresh(db.reader, await lastEver(db.reader, 'route'));
    const document = parseFields(RouteDocument, written) as unknown as RouteDocument;
    const { route } = document;
    const jurisdiction = this.#jurisdictionOf(document);
    this.#authorise(sender, jurisdiction.id);
    refuseIf(faultsOf(route, jurisdiction).map((it) => ({ ...it, pointer: `/route${it.pointer}` })));
    const versions = this.versionsOf(jurisdiction.id, route.name);
    const same = this.#published({ jurisdiction, route });
    if (same) return { version: same, isNew: false };
    const next = (versions.at(-1)?.route.version ?? 0) + 1;
    refuseIf(
      route.version === next
        ? []
        : [
            {
              pointer: '/route/version',
              detail: { sv: `nästa version är ${next}`, en: `the next version is ${next}` },
            },
          ],
    );
    refuseIf(againstTheAct(route, jurisdiction));
    const chart = composeRoute(route, jurisdiction);
    refuseIf(await prove(route, jurisdiction));
    const signed = { hash: hashOfChart(chart), publishedAt: now, publishedBy: sender.name };
    const isNew = await db.writer.transaction().execute(async (trx) => {
      await takeTurn(trx, 'routes');
      await this.refresh(trx, await lastEver(trx, 'route'));
      if (this.#published({ jurisdiction, route })) return false;
      await addRoute(trx, published(this.#newest, { ...nameOf({ jurisdiction, route }), ...signed }));
      await addDefinition(trx, chart, now);
      return true;
    });
    await this.refresh(db.reader, await lastEver(db.reader, 'route'));
    const version = this.#published({ jurisdiction, route });
    if (!version) throw new Error(`${route.name} was published, and is not there`);
    return { version, isNew };
  }

  /** The same route, where it is published already. @throws Refusal `exists` where its version has another content. */
  #published({ jurisdiction, route }: Pick<RouteVersion, 'jurisdiction' | 'route'>): RouteVersion | null {
    const same = this.versionsOf(jurisdiction.id, route.name).find(
      (it) => it.route.version === route.version,
    );
    if (same && dataOf(same) !== dataOf({ jurisdiction, route })) throw taken(route);
    return same ?? null;
  }

  /** A municipality that is new to the server concerns all that are there. @throws Refusal `forbidden`. */
  #authorise(sender: Sender, tenant: string): void {
    const known = this.#municipalities.some((it) => it.id === tenant);
    for (const id of known ? [tenant] : this.#municipalities.map((it) => it.id))
      authorisePublication(sender, id);
  }

  /** @throws Refusal `invalid` for one that nobody knows, that is built in, or whose calendar cannot be reckoned. */
  #jurisdictionOf(document: RouteDocument): Municipality {
    const found = municipalityIn(document, this.#municipalities);
    if (!found)
      throw invalid([
        {
          pointer: '/municipality',
          detail: {
            sv: `det finns ingen kommun ”${document.municipality}”`,
            en: `there is no municipality "${document.municipality}"`,
          },
        },
      ]);
    if (document.jurisdiction === undefined) return found;
    if (this.#builtIn.municipalities.some((it) => it.id === found.id))
      throw invalid([
        {
          pointer: '/jurisdiction/id',
          detail: {
            sv: `${found.id} är inbyggd: hänvisa till den`,
            en: `${found.id} is built in: refer to it`,
          },
        },
      ]);
    try {
      assertReckonable(found.calendar);
    } catch (error) {
      throw invalid([
        {
          pointer: '/jurisdiction/calendar',
          detail: {
            sv: `kalendern kan inte räknas: ${(error as RangeError).message}`,
            en: (error as RangeError).message,
          },
        },
      ]);
    }
    return found;
  }

  #register(chart: Chart, version: RouteVersion): void {
    this.registry.add(chart);
    this.#versions.push(version);
    const { jurisdiction } = version;
    if (this.#builtIn.municipalities.some((it) => it.id === jurisdiction.id)) return;
    const at = this.#municipalities.findIndex((it) => it.id === jurisdiction.id);
    if (at === -1) this.#municipalities.push(jurisdiction);
    else this.#municipalities[at] = jurisdiction;
  }
}

function recomposed({ municipality, name, version, hash, ...stored }: StoredRoute): [Chart, RouteVersion] {
  const what = `${municipality}/${name}@${version}`;
  const { jurisdiction, route } = RouteDocument.parse(JSON.parse(stored.data));
  if (!jurisdiction) throw new Error(`${what} was stored without its municipality's data`);
  const chart = composeRoute(route, jurisdiction);
  if (hashOfChart(chart) !== hash)
    throw new Error(`${what} no longer composes to the chart that was published: matters may run on it`);
  const { publishedAt, publishedBy, record } = stored;
  return [chart, { jurisdiction, route, hash, publishedAt, publishedBy, record }];
}

const dataOf = ({ jurisdiction, route }: Pick<RouteVersion, 'jurisdiction' | 'route'>): string =>
  canonical({ jurisdiction, route });

const nameOf = (it: Pick<RouteVersion, 'jurisdiction' | 'route'>) => ({
  municipality: it.jurisdiction.id,
  name: it.route.name,
  version: it.route.version,
  data: dataOf(it),
});

function refuseIf(fields: readonly FieldError[]): void {
  if (fields.length > 0) throw invalid(fields);
}

const invalid = (fields: readonly FieldError[]): Refusal =>
  new Refusal(
    'invalid',
    { sv: 'Vägen kan inte publiceras.', en: 'The route cannot be published.' },
    { fields },
  );

const taken = ({ name, version }: Route): Refusal =>
  new Refusal('exists', {
    sv: `${name} version ${version} finns redan med annat innehåll. Det som är publicerat ändras inte: ge vägen en ny version.`,
    en: `${name} version ${version} exists already with another content. What is published does not change: give the route a new version.`,
  });
