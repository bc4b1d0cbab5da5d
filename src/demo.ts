/** The demonstration: its identities, its integration, and the services that know them. */
import type { Logger } from 'pino';
import type { Database } from '../db/open.ts';
import type { Municipality } from '../machines/municipalities/municipality.ts';
import { type Role, roles } from '../machines/roles.ts';
import type { Grant } from './access/grant.ts';
import { passTime } from './background/tick.ts';
import { type Clock, morningOf, runningClock } from './demo/clock.ts';
import type { Proof } from './engine/catalogue.ts';
import { openMatters, type WebhookSetting } from './opening.ts';
import type { Identity, Services } from './services.ts';
import { newestSeal } from './store/seals.ts';
import { addPresets, type Preset } from './webhooks/integrations.ts';

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
function identityOf(role: Role, municipalities: readonly Municipality[]): Identity {
  const confidential = !outsiders.includes(role);
  const grants: Grant[] = [];
  return {
    id: `demo-${role}`,
    name: names[role],
    origin: role === 'integration' ? 'integration' : 'person',
    get grants() {
      for (const { id: tenant } of municipalities.slice(grants.length))
        grants.push({ tenant, roles: [role], bodies: 'all', confidential });
      return grants;
    },
  };
}

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

/** Where messages may be sent to beside the public networks, where it is not said. */
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
  prove,
  webhooks = {},
}: Setting): Promise<Services> {
  const newest = await newestSeal(db.reader);
  // Who has put the clock forward finds it there again: time does not go back in a record.
  if (newest) clock.moveTo(Date.parse(newest.at));
  const matters = await openMatters({
    db,
    log,
    now: clock.now,
    webhooks: { allow: THIS_MACHINE, ...webhooks },
    ...(prove && { prove }),
  });
  const { engine, catalogue, source, tokens } = matters;
  await addPresets(matters.webhooks, integrations);
  const byToken = identities ?? demoIdentities(catalogue.municipalities);
  return {
    ...matters,
    identify: async (token) => {
      const known = await tokens.identify(token);
      return byToken.get(token) ?? (known && { ...known, origin: 'integration' });
    },
    identities: byToken,
    people: null,
    mode: 'demo',
    goToDay: async (day) => passTime(engine, db, clock, morningOf(day, clock.now(), source.calendarOf(HOME))),
  };
}
