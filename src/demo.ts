/** The demonstration: its identities, its integration, and the services that know them. */
import type { Logger } from 'pino';
import type { Database } from '../db/open.ts';
import type { Db } from '../db/tables.ts';
import type { Municipality } from '../machines/municipalities/municipality.ts';
import { builtIn, builtInRoutes, municipalities } from '../machines/registry.ts';
import { type Role, roles } from '../machines/roles.ts';
import { Bell } from './background/bell.ts';
import { passTime } from './background/tick.ts';
import { type Clock, morningOf, runningClock } from './demo/clock.ts';
import type { Calendar } from './engine/calendar.ts';
import { Catalogue, type Proof } from './engine/catalogue.ts';
import { Engine } from './engine/engine.ts';
import { Moves } from './engine/moves/moves.ts';
import { objectionsTo } from './proving/objections.ts';
import type { Identity, Services, Webhooks } from './services.ts';
import { newestSeal } from './store/seals.ts';
import { Feed } from './views/feed.ts';
import { Courier, type CourierOptions } from './webhooks/courier.ts';
import { addPresets, type Preset } from './webhooks/integrations.ts';
import { sealingWith } from './webhooks/sealing.ts';
import { allowedNetworks } from './webhooks/target.ts';

const names = {
  clerk: 'Anna Sekreterare',
  registrar: 'Rolf Registrator',
  caseOfficer: 'Hanna Handläggare',
  chair: 'Olle Ordförande',
  auditor: 'Rut Revisor',
  administrator: 'Ada Administratör',
  integration: 'Demosystemet',
} as const satisfies Record<Role, string>;

/** Those whose work does not need what is confidential. */
const outsiders: readonly Role[] = ['administrator', 'integration'];

/** Someone in that role in every municipality, also in those that are published while the server runs. */
const identityOf = (role: Role, municipalities: readonly Municipality[]): Identity => ({
  id: `demo-${role}`,
  name: names[role],
  origin: role === 'integration' ? 'integration' : 'person',
  get grants() {
    const confidential = !outsiders.includes(role);
    return municipalities.map(({ id: tenant }) => ({
      tenant,
      roles: [role],
      bodies: 'all' as const,
      confidential,
    }));
  },
});

/** One identity for each role, with the token `demo-<role>` that anyone can read here. */
const demoIdentities = (municipalities: readonly Municipality[]): ReadonlyMap<string, Identity> =>
  new Map((Object.keys(roles) as Role[]).map((role) => [`demo-${role}`, identityOf(role, municipalities)]));

const demoIntegrations: readonly Preset[] = [
  {
    name: 'e-signering',
    label: { sv: 'E-signering', en: 'E-signing' },
    tenant: 'huddinge',
    secrets: ['whsec_ZGVtbzogZm9yIGUtc2lnbmVyaW5nIG9ubHksIG5ldmVyIHB1YmxpYw=='],
    events: ['report.sign', 'minutes.approve'],
  },
];

/** By whose days the demonstration's clock is put forward. */
const HOME = 'huddinge';

interface Setting {
  readonly db: Database;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly integrations?: readonly Preset[];
  /** By their tokens; one for each role where none are given. */
  readonly identities?: ReadonlyMap<string, Identity>;
  /** What speaks against a route that is to be published. */
  readonly prove?: Proof;
  readonly webhooks?: WebhookSetting;
}

interface WebhookSetting extends Pick<CourierOptions, 'clock' | 'random' | 'lookup' | 'patience'> {
  /** The key that secrets are sealed with, 32 bytes; null to store them as they are. */
  readonly secretsKey?: Uint8Array | null;
  /** Networks that messages may be sent to beside the public ones: this machine where none are given. */
  readonly allow?: readonly string[];
}

const THIS_MACHINE = ['127.0.0.0/8', '::1/128'];

/**
 * The services of the demonstration on a database.
 * @throws Error when a definition that matters run on is missing or was changed.
 */
export async function openDemo({
  db,
  log,
  clock = runningClock(),
  integrations = demoIntegrations,
  identities,
  prove = objectionsTo,
  webhooks = {},
}: Setting): Promise<Services> {
  const catalogue = await openCatalogue(db.reader);
  const { registry } = catalogue;
  const calendarOf = calendarsOf(catalogue);
  const registerOf = (tenant: string) => municipalityOf(catalogue, tenant);
  const newest = await newestSeal(db.reader);
  // Who has put the clock forward finds it there again: time does not go back in a record.
  if (newest) clock.moveTo(Date.parse(newest.at));
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
    clock: clock.now,
    published,
    failed,
    refresh: (route) => catalogue.refresh(db.reader, route),
  });
  const office = webhooksOf(webhooks, engine, catalogue, db, bell);
  await addPresets(office, integrations);
  const byToken = identities ?? demoIdentities(catalogue.municipalities);
  const source = { db: db.reader, registry, calendarOf, now: () => engine.now() };
  const moves = await Moves.open({
    db,
    engine,
    source,
    municipalities: () => catalogue.municipalities.map((it) => it.id),
  });
  return {
    engine,
    db,
    source,
    feed,
    moves,
    municipalities: catalogue.municipalities,
    catalogue,
    prove,
    identify: (token) => byToken.get(token) ?? null,
    identities: byToken,
    webhooks: office,
    mode: 'demo',
    goToDay: async (day) => passTime(engine, db, clock, morningOf(day, clock.now(), calendarOf(HOME))),
    log,
  };
}

function webhooksOf(
  { secretsKey = null, allow = THIS_MACHINE, ...courierOptions }: WebhookSetting,
  engine: Engine,
  { municipalities }: Catalogue,
  db: Database,
  bell: Bell,
): Webhooks {
  const sealing = sealingWith(secretsKey);
  const allowed = allowedNetworks(allow);
  const courier = new Courier({ db, engine, sealing, allowed, ...courierOptions });
  const { registry } = engine;
  const now = () => courier.now();
  return { db, engine, registry, municipalities, sealing, allowed, courier, bell, now };
}

/** The built-in routes, and those that are published in a database. */
export const openCatalogue = (db: Db): Promise<Catalogue> =>
  Catalogue.open(db, { registry: builtIn(), municipalities, routes: builtInRoutes });

/** The legal calendar of a municipality. @throws Error for one that does not exist. */
export const calendarsOf =
  (catalogue: Catalogue) =>
  (tenant: string): Calendar =>
    municipalityOf(catalogue, tenant).calendar;

function municipalityOf({ municipalities }: Catalogue, tenant: string): Municipality {
  const municipality = municipalities.find((it) => it.id === tenant);
  if (!municipality) throw new Error(`there is no municipality ${tenant}`);
  return municipality;
}
