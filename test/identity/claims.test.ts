/** What claims give: what the table says of them, and nothing else. */
import { describe, expect, test } from 'vitest';
import { municipalities } from '../../machines/registry.ts';
import { covers } from '../../src/access/grant.ts';
import { ClaimTable, faultsIn, grantsFrom } from '../../src/identity/claims.ts';

const clerk = { tenant: 'huddinge', roles: ['clerk' as const], bodies: ['ks'], confidential: true };
const table = ClaimTable.parse({
  grants: {
    groups: { sekreterare: [clerk], revisor: [{ tenant: 'huddinge', roles: ['auditor'] }] },
    '/realm_access/roles': { ks: [clerk] },
  },
});

describe('a claim gives what the table says of its value', () => {
  test.each<[string, Record<string, unknown>, unknown[]]>([
    ['one text', { groups: 'sekreterare' }, [clerk]],
    ['several, each once', { groups: ['sekreterare', 'sekreterare', 'other'] }, [clerk]],
    ['within another', { realm_access: { roles: ['ks'] } }, [clerk]],
    ['the same by two ways, once', { groups: ['sekreterare'], realm_access: { roles: ['ks'] } }, [clerk]],
  ])('%s', (_, claims, given) => {
    expect(grantsFrom(table, claims)).toEqual(given);
  });

  test.each<[string, Record<string, unknown>]>([
    ['an unknown value', { groups: ['ordförande'] }],
    ['an unknown claim', { roles: ['sekreterare'] }],
    ['what every object has', { groups: ['constructor', 'toString', '__proto__'] }],
    ['what is no text', { groups: [{ sekreterare: true }, 1, null] }],
    ['nothing', {}],
  ])('but %s gives nothing', (_, claims) => {
    expect(grantsFrom(table, claims)).toEqual([]);
  });
});

test('a table that names what there is not is found out', () => {
  const known = { municipalities, isEvent: () => true };
  const faults = (grant: object) =>
    faultsIn(ClaimTable.parse({ grants: { groups: { x: [{ ...clerk, ...grant }] } } }), known);
  expect(faults({})).toEqual([]);
  expect(faults({ tenant: 'ankeborg' })).toHaveLength(1);
  expect(faults({ bodies: ['ks', 'zz'] })).toHaveLength(1);
  expect(ClaimTable.safeParse({ grants: { groups: { x: [{ ...clerk, roles: ['king'] }] } } }).success).toBe(
    false,
  );
});

test('grants cover what is no more than they are', () => {
  const limited = { ...clerk, events: ['matter.assign'] };
  expect(covers([clerk], clerk)).toBe(true);
  expect(covers([clerk], limited)).toBe(true);
  for (const more of [
    { bodies: 'all' as const },
    { bodies: ['sn'] },
    { bodies: ['ks', 'sn'] },
    { tenant: 'salem' },
    { roles: ['chair' as const] },
  ])
    expect(covers([clerk], { ...clerk, ...more })).toBe(false);
  expect(covers([clerk, { ...clerk, bodies: ['sn'] }], { ...clerk, bodies: ['ks', 'sn'] })).toBe(true);
  expect(covers([limited], clerk)).toBe(false);
  expect(covers([{ ...clerk, confidential: false }], clerk)).toBe(false);
});
