/** Which records someone may see. What is not seen does not exist for them: it is in no list, and asked for it is 404. */
import type { Grants } from './grant.ts';

/** `everything` is for whoever runs the server: the audit of the whole database, the command line. */
export type Scope =
  | 'everything'
  | {
      readonly tenants: readonly string[];
      /** Those of them where confidential matters are seen too (OSL 5:5, R-120). */
      readonly confidential: readonly string[];
    };

/** Whether what belongs to a record of a municipality, which may be confidential, is seen. */
export const sees = (
  grants: Grants,
  { tenant, confidential }: { tenant: string; confidential: boolean },
): boolean => grants.some((it) => it.tenant === tenant && (it.confidential || !confidential));

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/** Whoever has a grant in a municipality sees its records; the confidential ones by a grant that says so. */
export const scopeOf = (grants: Grants): Exclude<Scope, 'everything'> => ({
  tenants: distinct(grants.map((it) => it.tenant)),
  confidential: distinct(grants.flatMap((it) => (it.confidential ? [it.tenant] : []))),
});
