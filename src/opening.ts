/** What every server is built on, the demonstration's and a real one: the routes, the engine, what goes out, the tokens. */
import type { Logger } from 'pino';
import type { Database } from '../db/open.ts';
import type { Db } from '../db/tables.ts';
import type { Register } from '../machines/municipalities/addressees.ts';
import type { Municipality } from '../machines/municipalities/municipality.ts';
import { builtIn, builtInRoutes, municipalities, Unregistered } from '../machines/registry.ts';
import { Bell } from './background/bell.ts';
import { computedHashes } from './computed.ts';
import type { Calendar } from './engine/calendar.ts';
import { Catalogue, type Proof } from './engine/catalogue.ts';
import { knowHashes } from './engine/definitions.ts';
import { Engine } from './engine/engine.ts';
import { Moves } from './engine/moves/moves.ts';
import { beginRegister } from './engine/rights.ts';
import type { Known } from './identity/grants.ts';
import { Tokens } from './identity/tokens.ts';
import { objectionsTo } from './proving/objections.ts';
import type { Webhooks } from './services.ts';
import { Feed } from './views/feed.ts';
import { Courier, type CourierOptions } from './webhooks/courier.ts';
import { sealingWith } from './webhooks/sealing.ts';
import { allowedNetworks } from './webhooks/target.ts';

interface Setting {
  readonly db: Database;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What speaks against a route that is to be published. */
  readonly prove?: Proof;
  readonly webhooks?: WebhookSetting;
}

export interface WebhookSetting extends Pick<CourierOptions, 'clock' | 'random' | 'lookup' | 'patience'> {
  /** The key that secrets are sealed with, 32 bytes; null to store them as they are. */
  readonly secretsKey?: Uint8Array | null;
  /** Whether no secret may be stored without a key. */
  readonly onlySealed?: boolean;
  /** Networks that messages may be sent to beside the public ones. */
  readonly allow?: readonly string[];
}

/** @throws Error when a definition that matters run on is missing or was changed. */
export async function openMatters({ db, log, now, prove = objectionsTo, webhooks = {} }: Setting) {
  await beginRegister(db, new Date(now()).toISOString());
  const catalogue = await openCatalogue(db.reader);
  const { registry } = catalogue;
  const calendarOf = calendarsOf(catalogue);
  const registerOf = registersOf(catalogue);
  const feed = new Feed(db.reader);
  const bell = new Bell();
  const published = () => {
    feed.wake();
    bell.ring();
  };
  const failed = (error: unknown) => log.error({ err: error }, 'commands could not be saved');
  const engine = await Engine.open({
    db,
    registry,
    calendarOf,
    registerOf,
    clock: now,
    published,
    failed,
    refresh: (route) => catalogue.refresh(db.reader, route),
  });
  const source = { db: db.reader, registry, calendarOf, registerOf, now: () => engine.now() };
  const tenants = () => catalogue.municipalities.map((it) => it.id);
  return {
    engine,
    db,
    source,
    feed,
    moves: await Moves.open({ db, engine, source, municipalities: tenants }),
    municipalities: catalogue.municipalities,
    catalogue,
    prove,
    tokens: new Tokens(db, knownIn(catalogue), now, log),
    webhooks: webhooksOf(webhooks, engine, catalogue, db, bell),
    log,
  };
}

function webhooksOf(
  { secretsKey = null, onlySealed = false, allow = [], ...courierOptions }: WebhookSetting,
  engine: Engine,
  { municipalities }: Catalogue,
  db: Database,
  bell: Bell,
): Webhooks {
  const sealing = sealingWith(secretsKey, { onlySealed });
  const allowed = allowedNetworks(allow);
  const courier = new Courier({ db, engine, sealing, allowed, ...courierOptions });
  const { registry } = engine;
  const now = () => courier.now();
  return { db, engine, registry, municipalities, sealing, allowed, courier, bell, now };
}

/** What grants may name. */
export const knownIn = ({ municipalities, registry }: Catalogue): Known => ({
  municipalities,
  isEvent: (type) => registry.all().some(({ events }) => Object.hasOwn(events, type)),
});

/** The built-in routes, and those that are published in a database. */
export function openCatalogue(db: Db): Promise<Catalogue> {
  const registry = builtIn();
  knowHashes(registry, computedHashes());
  return Catalogue.open(db, { registry, municipalities, routes: builtInRoutes });
}

/** What a municipality has written down of itself, as it stands now. @throws Unregistered */
export const registersOf =
  (catalogue: Catalogue) =>
  (tenant: string): Register =>
    municipalityOf(catalogue, tenant);

/** The legal calendar of a municipality. @throws Unregistered */
export const calendarsOf =
  (catalogue: Catalogue) =>
  (tenant: string): Calendar =>
    municipalityOf(catalogue, tenant).calendar;

function municipalityOf({ municipalities }: Catalogue, tenant: string): Municipality {
  const municipality = municipalities.find((it) => it.id === tenant);
  if (!municipality) throw new Unregistered(`there is no municipality ${tenant}`);
  return municipality;
}
