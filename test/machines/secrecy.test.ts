import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { builtIn } from '../../machines/registry.ts';
import type { Alone } from '../fixtures/chart.ts';
import { administration, alone, councilMatter, opened } from '../fixtures/matters.ts';

const mark = { provision: 'OSL 19:3', authority: 'Kommunstyrelsen' };
const marked = { secrecy: { ...mark, on: '2026-12-01' } };
const isConfidential = (of: Alone) => of.chart.card(of.context).confidential;

describe('A matter is marked as confidential (R-120)', () => {
  it('by the provision and the authority, on that day, and then it is hidden', () => {
    const matter = councilMatter();
    expect(isConfidential(matter)).toBe(false);
    expect(matter.send('secrecy.mark', mark)).toBe(null);
    expect(matter.context).toMatchObject(marked);
    expect(isConfidential(matter)).toBe(true);
  });

  it.each([
    ['without a provision', { authority: 'Kommunstyrelsen' }],
    ['without chapter and section', { ...mark, provision: 'känsligt' }],
    ['with a chapter alone', { ...mark, provision: '26 kap. OSL' }],
    ['without the authority', { provision: 'OSL 19:3' }],
  ])('not %s', (_, payload) => {
    const matter = councilMatter();
    expect(matter.send('secrecy.mark', payload)).toBe('R-120');
    expect(isConfidential(matter)).toBe(false);
  });

  it.each(['OSL 19:3', '19 kap. 3 § OSL', '26 kap 1 §', '31:16 OSL', 'OSL 39 kap. 5 a §'])(
    'by a provision as people write it: %s',
    (provision) => {
      expect(councilMatter().send('secrecy.mark', { ...mark, provision })).toBe(null);
    },
  );

  it('and the mark is lifted with a reason, which an unmarked matter has no use for', () => {
    const lift = ['secrecy.lift', { reason: 'Avtalet är slutet.' }] as const;
    const matter = councilMatter().after(['secrecy.mark', mark], lift);
    expect([matter.context.secrecy, isConfidential(matter)]).toEqual([null, false]);
    expect(matter.send(...lift)).toBe('R-120');
    expect(() => councilMatter().send('secrecy.lift', {})).toThrow();
  });

  it('wherever it is, and it stays there: the mark decides nothing', () => {
    const matter = councilMatter().after(...administration, ...opened('au', 5));
    const { states } = matter;
    expect(matter.after(['secrecy.mark', mark]).states).toEqual(states);
    expect(matter.effects).toEqual([]);
  });

  it('at its registration', () => {
    expect(isConfidential(councilMatter(marked))).toBe(true);
    const without = { secrecy: { ...marked.secrecy, provision: 'känsligt' } };
    expect(() => councilMatter(without)).toThrow();
  });

  it('on every route', () => {
    const routes = builtIn()
      .all()
      .filter(({ name }) => name.includes('/'));
    expect(routes.filter(({ data }) => !data.on?.['secrecy.mark'] || !data.on['secrecy.lift'])).toEqual([]);
  });
});

describe('A matter that is marked is handled behind closed doors (R-034)', () => {
  const onAgenda = (...before: readonly (readonly [string, JsonObject])[]) => {
    const [listed] = opened('au', 5);
    return councilMatter().after(...before, ...administration, listed);
  };
  const open = (more: JsonObject) =>
    ['item.opened', { meeting: 'meeting-au', paragraph: 7, present: 5, ...more }] as const;

  it('and is not opened with open doors', () => {
    expect(onAgenda(['secrecy.mark', mark]).send(...open({ open: true }))).toBe('R-034');
    expect(onAgenda(['secrecy.mark', mark]).send(...open({}))).toBe(null);
  });

  it('while any other may be', () => {
    expect(onAgenda().send(...open({ open: true }))).toBe(null);
  });
});

describe("A joint matter's mark is its members' too, who have its title (R-120, R-114)", () => {
  const joint = (more: JsonObject = {}) =>
    alone('joint-matter', {
      title: 'Program',
      number: 'SK 2026/1',
      text: 'Programmet antas.',
      members: ['salem', 'huddinge'].map((municipality) => ({
        municipality,
        route: 'board-matter',
        body: 'ks',
        number: '1',
      })),
      validFrom: '2027-01-01',
      ...more,
    });

  it('those that are started are told of the mark, and that it is lifted', () => {
    const it = joint().after('joint.propose', ['secrecy.mark', mark]);
    expect(it.told).toEqual(['joint.marked → m.salem', 'joint.marked → m.huddinge']);
    expect(it.after(['secrecy.lift', { reason: 'Antaget.' }]).told).toEqual([
      'joint.unmarked → m.salem',
      'joint.unmarked → m.huddinge',
    ]);
  });

  it('before that there is nobody to tell, and they begin with it', () => {
    const it = joint().after(['secrecy.mark', mark]);
    expect(it.told).toEqual([]);
    expect(it.after('joint.propose').effects).toMatchObject([{ input: marked }, { input: marked }]);
    expect(joint().after('joint.propose').effects).not.toMatchObject([{ input: marked }]);
  });

  it('one with a mark of its own keeps it', () => {
    const own = { provision: 'OSL 39:2', authority: 'Kommunstyrelsen' };
    const fromJoint = { ...mark, on: '2026-11-01' };
    const member = councilMatter().after(['secrecy.mark', own], ['joint.marked', fromJoint]);
    expect(member.context.secrecy).toMatchObject(own);
    expect(member.after(['joint.unmarked', fromJoint]).context.secrecy).toMatchObject(own);
    const other = councilMatter().after(['joint.marked', fromJoint]);
    expect(other.context.secrecy).toEqual(fromJoint);
    expect(other.after(['joint.unmarked', fromJoint]).context.secrecy).toBe(null);
  });
});
