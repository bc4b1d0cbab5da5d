/** The register of access rights, as auditors and administrators read it. */
import type { Json, JsonObject } from '../../machines/chart.ts';
import { type Grants, may } from '../access/grant.ts';
import { Refusal } from '../engine/refusal.ts';
import {
  countRightsChanges,
  listRightsChanges,
  type RightsChange,
  type RightsFilter,
} from '../store/rights.ts';
import type { Source } from './source.ts';

export interface RightsAsked extends Pick<RightsFilter, 'kind' | 'subject'> {
  readonly municipality?: string | undefined;
  readonly limit: number;
  /** From 1. */
  readonly page: number;
}

export interface RightsPage {
  readonly items: readonly RightsChange[];
  /** On all pages. */
  readonly total: number;
}

/** The municipalities whose part of the register someone reads. */
export const rightsRead = (grants: Grants): readonly string[] =>
  [...new Set(grants.map((it) => it.tenant))].filter((tenant) =>
    may(grants, { tenant, body: null }, ['auditor', 'administrator']),
  );

/**
 * Who was given which rights and by whom, the newest first: in the municipalities that someone audits or administers, or
 * in one of them. What an account may in others is left out.
 * @throws Refusal `forbidden` for whoever does neither there.
 */
export async function rightsChangesFor(
  { db }: Pick<Source, 'db'>,
  grants: Grants,
  { municipality, limit, page, ...filter }: RightsAsked,
): Promise<RightsPage> {
  const read = rightsRead(grants);
  const municipalities = municipality === undefined ? read : read.filter((it) => it === municipality);
  if (municipalities.length === 0) throw new Refusal('forbidden', notTheirs);
  const asked = { ...filter, municipalities };
  const found = await listRightsChanges(db, asked, { limit, offset: (page - 1) * limit });
  return {
    items: found.map((it) => within(read, it)),
    total: await countRightsChanges(db, asked),
  };
}

const notTheirs = {
  sv: 'Behörighetsregistret läses av den som granskar eller administrerar kommunen.',
  en: 'The register of access rights is read by whoever audits or administers the municipality.',
};

function within(read: readonly string[], it: RightsChange): RightsChange {
  const isRead = (grant: Json) => read.includes(String((grant as JsonObject).tenant));
  const known = (rights: JsonObject): JsonObject => ({
    ...rights,
    ...(Array.isArray(rights.grants) && { grants: rights.grants.filter(isRead) }),
  });
  return {
    ...it,
    municipalities: it.municipalities?.filter((id) => read.includes(id)) ?? null,
    before: it.before && known(it.before),
    after: known(it.after),
  };
}
