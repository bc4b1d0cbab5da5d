import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { alone } from '../fixtures/matters.ts';

const given: JsonObject = {
  body: 'sn',
  groups: [
    { id: 'agreements', label: 'Avtal' },
    { id: 'grants', label: 'Bidrag' },
  ],
  kind: 'headOfAdministration',
  position: 'Socialdirektör',
  limit: 500_000,
  mayHandOn: true,
  decidedOn: '2025-12-17',
  decision: 'SN 2025-12-17 § 131',
  from: '2026-01-01',
  to: '2026-12-31',
};

const delegation = (more: JsonObject = {}) => alone('delegation', { ...given, ...more });

const use = (more: JsonObject = {}): readonly [string, JsonObject] => [
  'delegation.use',
  {
    matter: 'm',
    municipality: 'huddinge',
    body: 'sn',
    group: 'agreements',
    by: 'Mikael Direktör',
    position: 'Socialdirektör',
    amount: 500_000,
    ...more,
  },
];

/** The fields that are found wrong with what is given, by their pointers. */
function wrong(more: JsonObject): readonly string[] {
  try {
    delegation(more);
    return [];
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return (refusal.particulars.fields ?? []).map(({ pointer }) => pointer);
  }
}

describe('A decision is made under a delegation as far as it goes (R-091)', () => {
  it.each<[string, JsonObject, string | null]>([
    ['the whole limit', {}, null],
    ['a krona more', { amount: 500_001 }, 'R-091'],
    ['an amount that is not stated', { amount: undefined as never }, 'R-091'],
    ['the other group of matters', { group: 'grants' }, null],
    ['a group that is not named', { group: 'leases' }, 'R-091'],
    ["another committee's matter", { body: 'von' }, 'R-091'],
    ["another municipality's matter", { municipality: 'tyreso' }, 'R-091'],
    ['by another position (R-094)', { position: 'Enhetschef' }, 'R-094'],
  ])('%s', (_, more, refused) => {
    const [type, payload] = use(more);
    const stated = Object.fromEntries(Object.entries(payload).filter(([, it]) => it !== undefined));
    expect(delegation().send(type, stated)).toBe(refused);
  });

  it('without a limit no amount is asked for', () => {
    const { limit: _, ...unlimited } = given;
    const [type, { amount: __, ...rest }] = use();
    expect(alone('delegation', unlimited).send(type, rest)).toBe(null);
  });

  it('in one matter it is for that matter and no other', () => {
    expect(delegation({ matter: 'm' }).send(...use())).toBe(null);
    expect(delegation({ matter: 'other' }).send(...use())).toBe('R-091');
  });

  it.each([
    ['2025-12-31', 'R-091'],
    ['2026-01-01', null],
    ['2026-12-31', null],
    ['2027-01-01', 'R-091'],
  ])('on %s it is in force or not', (on, refused) => {
    const it = delegation();
    it.meta = { ...it.meta, on };
    expect(it.send(...use())).toBe(refused);
  });

  it('until further notice it has no last day', () => {
    const { to: _, ...open } = given;
    const it = alone('delegation', open);
    it.meta = { ...it.meta, on: '2031-05-05' };
    expect(it.send(...use())).toBe(null);
  });

  it('revoked, or over, nothing is decided under it', () => {
    const revoked = delegation().after(['delegation.revoke', { decision: 'SN 2026-05-06 § 40' }]);
    expect([revoked.states, revoked.send(...use())]).toEqual([['revoked'], 'R-091']);
    expect(revoked.context.revoked).toEqual({ on: '2026-12-01', decision: 'SN 2026-05-06 § 40' });
    const over = delegation().expire('given', 'lastDay');
    expect([over.states, over.send(...use())]).toEqual([['ended'], 'R-091']);
  });

  it('it is in force from the day of its decision at the earliest, and to a day after the first', () => {
    expect(wrong({ from: '2025-12-17' })).toEqual([]);
    expect(wrong({ from: '2025-12-16' })).toEqual(['/from']);
    expect(wrong({ to: '2026-01-01' })).toEqual([]);
    expect(wrong({ to: '2025-12-31' })).toEqual(['/to']);
  });
});

describe('To whom it may be given', () => {
  it.each(['presidium', 'workingCommittee', 'member', 'substitute', 'headOfAdministration', 'employee'])(
    'a delegate may be %s (R-091)',
    (kind) => {
      expect(delegation({ kind, mayHandOn: false }).send(...use())).toBe(null);
    },
  );

  it('an automated function may be given it, but decides nothing that may be reviewed (R-093)', () => {
    expect(delegation({ kind: 'automated', mayHandOn: false }).send(...use())).toBe('R-093');
  });

  it('only an employee of another municipality, and under an agreement (R-098)', () => {
    const elsewhere = { of: 'Botkyrka kommun', agreement: 'KF 2025-06-09 § 88' };
    expect(wrong(elsewhere)).toEqual([]);
    expect(wrong({ of: 'Botkyrka kommun' })).toEqual(['/agreement']);
    expect(wrong({ agreement: 'KF 2025-06-09 § 88' })).toEqual(['/agreement']);
    expect(wrong({ ...elsewhere, kind: 'employee', mayHandOn: false })).toEqual([]);
    expect(wrong({ ...elsewhere, kind: 'member', mayHandOn: false })).toEqual(['/of']);
  });
});

describe('Only a head of administration hands it on, once (R-094)', () => {
  const handOn = (more: JsonObject = {}): readonly [string, JsonObject] => [
    'delegation.handOn',
    { position: 'Enhetschef', decision: 'SD 2026-12-01', from: '2026-12-01', ...more },
  ];

  it('what is handed on is a delegation of its own, to an employee who may not hand it on', () => {
    const first = delegation().after(handOn({ limit: 100_000 }));
    expect(first.started).toEqual(['delegation s1']);
    const [started] = first.effects;
    const second = alone('delegation', started?.kind === 'start' ? started.input : {});
    expect(second.context).toMatchObject({
      body: 'sn',
      kind: 'employee',
      position: 'Enhetschef',
      limit: 100_000,
      to: '2026-12-31',
    });
    expect(second.send(...use({ position: 'Enhetschef', amount: 100_000 }))).toBe(null);
    expect(second.send(...use({ position: 'Enhetschef', amount: 100_001 }))).toBe('R-091');
    expect(second.send(...handOn({ position: 'Handläggare' }))).toBe('R-094');
  });

  it("handed on by another municipality's head it is that municipality's employee's, under the same agreement (R-098)", () => {
    const elsewhere = { of: 'Botkyrka kommun', agreement: 'KF 2025-06-09 § 88' };
    const inputOf = (more: JsonObject) =>
      delegation(more)
        .after(handOn())
        .effects.flatMap((it) => (it.kind === 'start' ? [it.input] : []));
    expect(inputOf(elsewhere)).toMatchObject([elsewhere]);
    const [own] = inputOf({});
    expect(own).not.toHaveProperty('of');
    expect(own).not.toHaveProperty('agreement');
  });

  it('nobody else, and not where the committee has not let it', () => {
    expect(delegation({ mayHandOn: false }).send(...handOn())).toBe('R-094');
    expect(wrong({ kind: 'employee' })).toEqual(['/mayHandOn']);
  });

  it.each<[string, JsonObject, string | null]>([
    ['all that one has', { limit: 500_000, to: '2026-12-31' }, null],
    ['a larger amount', { limit: 500_001 }, 'R-091'],
    ['for longer', { to: '2027-01-01' }, 'R-091'],
    ['from a day that has passed', { from: '2026-11-30' }, 'R-091'],
    ['from after its own end', { from: '2027-01-01' }, 'R-091'],
  ])('no more than one has oneself: %s (R-091)', (_, more, refused) => {
    expect(delegation().send(...handOn(more))).toBe(refused);
  });

  it('what was handed on ends with it', () => {
    const first = delegation().after(handOn(), handOn({ position: 'Samordnare' }));
    first.after(['delegation.revoke', { decision: 'SN 2026-12-02 § 9' }]);
    expect(first.told).toEqual(['delegation.lapse → m.s1', 'delegation.lapse → m.s2']);
    const second = delegation({ kind: 'employee', mayHandOn: false }).after('delegation.lapse');
    expect([second.states, second.send(...use())]).toEqual([['lapsed'], 'R-091']);
  });
});
