/** Integrations: set up by administrators. What came in from each is in `received.ts`. */
import * as z from 'zod';
import type { EventDeclaration } from '../../machines/chart.ts';
import { formed, line } from '../../machines/events.ts';
import type { Label } from '../../machines/label.ts';
import type { Registry } from '../../machines/registry.ts';
import type { Engine } from '../engine/engine.ts';
import { mayDecide, parseFields } from '../engine/parse.ts';
import { type FieldError, Refusal } from '../engine/refusal.ts';
import { changeRights, program } from '../engine/rights.ts';
import {
  addIntegration,
  changeIntegration,
  findIntegration,
  integrationsOf,
  type StoredIntegration,
  setIntegrationSecrets,
} from '../store/integrations.ts';
import {
  type Administrator,
  type Asking,
  assertAdministers,
  assertMayGive,
  assertOversees,
  overseen,
  oversees,
} from './administration.ts';
import { exchanged, secretsChanged, secretVersionOf } from './exchange.ts';
import { type Correspondent, grantOf } from './incoming.ts';
import { Mapping, typesOf } from './mapping.ts';
import { newSecret } from './signature.ts';
import type { Setting as Outgoing } from './subscriptions.ts';

export interface Setting extends Omit<Outgoing, 'allowed'> {
  readonly engine: Engine;
}

const changeable = {
  label: z.strictObject({ sv: line('Namn', 'Name'), en: line('Namn', 'Name') }),
  /** The events that it may send, by type: clerical ones that systems may send at all. */
  events: z.array(z.string()).min(1).max(100),
  mapping: Mapping.nullable().default(null),
};

export const NewIntegration = z.strictObject({
  name: formed(/^[a-z0-9][a-z0-9-]{0,59}$/, 'små bokstäver, siffror och bindestreck', 'a-z, 0-9 and hyphens'),
  municipality: z.string(),
  ...changeable,
});

export const ChangedIntegration = z.strictObject({
  ...changeable,
  state: z.enum(['active', 'disabled']).default('active'),
});

/** What is told of an integration: never a secret. */
export interface ToldIntegration extends Omit<StoredIntegration, 'tenant' | 'secrets' | 'mapping'> {
  readonly municipality: string;
  readonly mapping: Mapping | null;
  /** How many secrets are valid: two while one is exchanged. */
  readonly secretsInUse: number;
  /** Another after each exchange of the secret. */
  readonly secretVersion: number;
}

const toldOf = ({ tenant: municipality, secrets, mapping, ...it }: StoredIntegration): ToldIntegration => ({
  ...it,
  municipality,
  mapping: mappingIn(mapping),
  secretsInUse: secrets.length,
  secretVersion: secretVersionOf(secrets),
});

export const mappingIn = (json: string | null): Mapping | null =>
  json === null ? null : (JSON.parse(json) as Mapping);

export interface IntegrationWithSecret {
  readonly integration: ToldIntegration;
  readonly secret: string;
}

/**
 * Makes an integration. Its secret is told here and never again.
 * @throws Refusal `forbidden`, also for more than whoever makes it may give; `refused` by R-093 for an event that
 * decides; `invalid`; `exists`.
 */
export async function addSystem(
  set: Setting,
  who: Administrator,
  input: unknown,
): Promise<IntegrationWithSecret> {
  const asked = parseFields(NewIntegration, input) as unknown as z.output<typeof NewIntegration>;
  const { municipality: tenant, mapping, ...rest } = asked;
  assertAdministers(who, tenant);
  assertSound(asked, set.registry);
  assertMayGive(who, grantOf({ tenant, events: asked.events }));
  const [at, secret] = [set.now(), newSecret()];
  const integration: StoredIntegration = {
    ...rest,
    tenant,
    mapping: mapping && JSON.stringify(mapping),
    secrets: [set.sealing.seal(secret, rest.name)],
    state: 'active',
    createdAt: at,
    createdBy: who.name,
    changedAt: at,
    changedBy: who.name,
  };
  if (!(await changeRights(set.db, who, at, (it) => addIntegration(it, integration))))
    throw new Refusal('exists', {
      sv: `Det finns redan en integration som heter ${rest.name}.`,
      en: `There is already an integration called ${rest.name}.`,
    });
  return { integration: toldOf(integration), secret };
}

/**
 * Changes what one may send, how it says it, and whether it is heard. One that is not heard may nothing: whoever
 * administers its municipality switches it off.
 * @throws Refusal as `addSystem`; `notFound`.
 */
export async function changeSystem(
  set: Setting,
  who: Administrator,
  name: string,
  input: unknown,
): Promise<ToldIntegration> {
  const before = await seen(set, who, name);
  assertAdministers(who, before.tenant);
  const asked = parseFields(ChangedIntegration, input) as unknown as z.output<typeof ChangedIntegration>;
  assertSound(asked, set.registry);
  if (asked.state === 'active') assertMayGive(who, grantOf({ tenant: before.tenant, events: asked.events }));
  const mapping = asked.mapping && JSON.stringify(asked.mapping);
  const after = { ...before, ...asked, mapping, changedAt: set.now(), changedBy: who.name };
  await changeRights(set.db, who, after.changedAt, (it) => changeIntegration(it, name, after));
  return toldOf(after);
}

/**
 * Gives a new secret, told here and never again; the one before stays valid until the next.
 * @param version that of the secrets that whoever asks has seen.
 * @throws Refusal `notFound`; `forbidden` as `addSystem`; `stale` where another was made meanwhile.
 */
export async function renewSystemSecret(
  set: Setting,
  who: Administrator,
  name: string,
  version: number,
): Promise<IntegrationWithSecret> {
  const before = await seen(set, who, name);
  assertAdministers(who, before.tenant);
  assertMayGive(who, grantOf(before));
  const { secret, ...exchange } = exchanged(before, version, (it) => set.sealing.seal(it, name));
  const changed = { changedAt: set.now(), changedBy: who.name };
  const isDone = await changeRights(set.db, who, changed.changedAt, (it) =>
    setIntegrationSecrets(it, name, { ...exchange, ...changed }),
  );
  if (!isDone) throw secretsChanged();
  return { integration: toldOf({ ...before, ...changed, secrets: exchange.to }), secret };
}

function assertSound(
  { events, mapping }: Pick<z.output<typeof NewIntegration>, 'events' | 'mapping'>,
  registry: Registry,
): void {
  const declared = declarationsIn(registry);
  const faults = events.flatMap((type, index): FieldError[] => {
    const declarations = declared.get(type) ?? [];
    for (const it of declarations) mayDecide(it, 'integration');
    const isTheirs = declarations.some((it) => it.by.includes('integration'));
    return isTheirs ? [] : [{ pointer: `/events/${index}`, detail: notTheirs(type) }];
  });
  const beyond = (mapping ? typesOf(mapping) : []).filter((it) => !events.includes(it));
  const wrong = [...faults, ...beyond.map((it) => ({ pointer: '/mapping/type', detail: undeclared(it) }))];
  if (wrong.length > 0)
    throw new Refusal(
      'invalid',
      { sv: 'En eller flera uppgifter är fel.', en: 'The fields are not valid.' },
      { fields: wrong },
    );
}

const notTheirs = (type: string): Label => ({
  sv: `”${type}” är ingen händelse som ett system får sända`,
  en: `"${type}" is no event that a system may send`,
});

const undeclared = (type: string): Label => ({
  sv: `”${type}” är inte bland händelserna som systemet är anmält för`,
  en: `"${type}" is not among the events that the system is declared for`,
});

/** Every declaration of a type, in whichever chart. */
function declarationsIn(registry: Registry): Map<string, EventDeclaration[]> {
  const all = registry.all().flatMap(({ events }) => Object.entries(events));
  const byType = Map.groupBy(all, ([type]) => type);
  return new Map([...byType].map(([type, of]) => [type, of.map(([, declaration]) => declaration)]));
}

/** The types of event that an integration may be declared for, with what people call them. */
export const eventsForSystems = (registry: Registry): { readonly type: string; readonly label: Label }[] =>
  [...declarationsIn(registry)]
    .filter(
      ([, of]) => of.some((it) => it.by.includes('integration')) && of.every((it) => it.kind !== 'deciding'),
    )
    .map(([type, [first]]) => ({ type, label: first?.label ?? { sv: type, en: type } }))
    .sort((a, b) => (a.type < b.type ? -1 : 1));

/** @throws Refusal `notFound` where there is none, or whoever asks does not see it. */
export async function seen(
  { db }: Pick<Setting, 'db'>,
  who: Asking,
  name: string,
): Promise<StoredIntegration> {
  const integration = await findIntegration(db.reader, name);
  if (!integration || !oversees(who, integration.tenant))
    throw new Refusal('notFound', { sv: `Det finns inget ${name} här.`, en: `There is no ${name} here.` });
  return integration;
}

/** @throws Refusal `notFound`. */
export const systemFor = async (
  set: Pick<Setting, 'db'>,
  who: Asking,
  name: string,
): Promise<ToldIntegration> => toldOf(await seen(set, who, name));

/** Those of the municipalities that someone oversees. @throws Refusal `forbidden`. */
export async function systemsFor({ db }: Pick<Setting, 'db'>, who: Asking): Promise<ToldIntegration[]> {
  assertOversees(who, null);
  return (await integrationsOf(db.reader, overseen(who))).map(toldOf);
}

/** The system of that name with its secrets, to verify what it sends; null for none, or one that is switched off. */
export async function correspondentOf(
  { db, sealing }: Pick<Setting, 'db' | 'sealing'>,
  name: string,
): Promise<(Correspondent & { readonly secrets: readonly string[] }) | null> {
  const stored = await findIntegration(db.reader, name);
  if (stored?.state !== 'active') return null;
  const { tenant, events } = stored;
  const secrets = stored.secrets.map((it) => sealing.open(it, name));
  return { name, tenant, events, mapping: mappingIn(stored.mapping), secrets };
}

/** An integration that is there from the start, with a secret that is known. */
export interface Preset {
  readonly name: string;
  readonly label: Label;
  readonly tenant: string;
  readonly secrets: readonly string[];
  readonly events: readonly string[];
  readonly mapping?: Mapping;
}

/** Adds those that are not there; what is there stays as it was made. */
export async function addPresets(
  { db, sealing, now }: Pick<Setting, 'db' | 'sealing' | 'now'>,
  presets: readonly Preset[],
): Promise<void> {
  for (const { mapping, secrets, ...preset } of presets) {
    if (await findIntegration(db.reader, preset.name)) continue;
    const [at, by] = [now(), program.name];
    const integration: StoredIntegration = {
      ...preset,
      mapping: mapping ? JSON.stringify(mapping) : null,
      secrets: secrets.map((it) => sealing.seal(it, preset.name)),
      state: 'active',
      createdAt: at,
      createdBy: by,
      changedAt: at,
      changedBy: by,
    };
    await changeRights(db, program, at, (it) => addIntegration(it, integration));
  }
}
