import { describe, expect, it } from 'vitest';
import type { Role } from '../../machines/roles.ts';
import { type Grant, lacking, type Place } from '../../src/access/grant.ts';

const grant = (more: Partial<Grant> = {}): Grant => ({
  tenant: 'huddinge',
  roles: ['clerk'],
  bodies: ['KS'],
  events: ['meeting.open'],
  confidential: false,
  ...more,
});
const KS: Place = { tenant: 'huddinge', body: 'KS' };

describe('an act is allowed by a grant for its municipality, role, body and event', () => {
  it.each<[string, Partial<Place>, readonly Role[], string, string | null]>([
    ['all four', {}, ['clerk', 'chair'], 'meeting.open', null],
    ['another municipality', { tenant: 'salem' }, ['clerk'], 'meeting.open', 'municipality'],
    ['another role', {}, ['chair'], 'meeting.open', 'role'],
    ['another body', { body: 'KF' }, ['clerk'], 'meeting.open', 'body'],
    ['no body: the whole municipality', { body: null }, ['clerk'], 'meeting.open', null],
    ['another event', {}, ['clerk'], 'meeting.close', 'event'],
  ])('%s', (_, place, roles, event, lack) => {
    expect(lacking([grant()], { ...KS, ...place }, roles, event)).toBe(lack);
  });

  it('each grant stands alone: what one lacks is not lent by another', () => {
    const chairElsewhere = grant({ tenant: 'salem', roles: ['chair'] });
    const chairOfCouncil = grant({ roles: ['chair'], bodies: ['KF'] });
    expect(lacking([grant(), chairElsewhere], KS, ['chair'], 'meeting.open')).toBe('role');
    expect(lacking([grant(), chairOfCouncil], KS, ['chair'], 'meeting.open')).toBe('body');
    expect(lacking([grant(), grant({ roles: ['chair'] })], KS, ['chair'], 'meeting.open')).toBeNull();
  });

  it('what is confidential is marked by a grant that sees it, and another does not lend its sight (R-120)', () => {
    const registrar = grant({ roles: ['registrar'], events: ['secrecy.mark'] });
    const marking = (...others: Grant[]) =>
      lacking([registrar, ...others], KS, ['registrar'], 'secrecy.mark');
    const sighted = { ...registrar, confidential: true };
    expect(marking(sighted)).toBeNull();
    expect(marking({ ...sighted, tenant: 'salem' })).toBe('sight');
    expect(marking({ ...sighted, roles: ['auditor'] })).toBe('sight');
    expect(marking({ ...sighted, events: ['matter.assign'] })).toBe('sight');
  });

  it('a grant for all bodies and without events leaves those open', () => {
    const { events: _, ...open } = grant({ bodies: 'all' });
    expect(lacking([open], { ...KS, body: 'KF' }, ['clerk'], 'meeting.close')).toBeNull();
  });
});
