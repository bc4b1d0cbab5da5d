import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { administration, alone, opened } from '../fixtures/matters.ts';

const matter = (route: string) =>
  alone(`huddinge/${route}`, {
    title: 'Avtal om stödboende',
    number: 'HKS 2026/1',
    proposals: [{ text: 'Avtalet förlängs.', body: 'sn' }],
  }).after(...administration);

const taken = (more: JsonObject = {}): readonly [string, JsonObject] => [
  'decision.take',
  {
    delegation: 'd',
    order: 'sn-agreements',
    by: 'Mikael Direktör',
    position: 'Socialdirektör',
    outcome: 'approved',
    nature: 'ordinary',
    amount: 500_000,
    ...more,
  },
];

describe('A delegate decides what may be delegated (R-091, R-092, R-097)', () => {
  it.each<[string, JsonObject, string | null]>([
    ['what may be delegated', {}, null],
    ['goals of the operations (R-092)', { nature: 'goals' }, 'R-092'],
    ['a statement to the council (R-092)', { nature: 'statement' }, 'R-092'],
    ['exercise of authority of major importance (R-092)', { nature: 'authority' }, 'R-092'],
    ['a citizen proposal handed over (R-092)', { nature: 'citizenProposal' }, 'R-092'],
    ['what a statute reserves (R-092)', { nature: 'reserved' }, 'R-092'],
    ['pure execution, which is no decision (R-097)', { nature: 'execution' }, 'R-097'],
    ['a change without its wording (R-068)', { outcome: 'approvedAmended' }, 'R-068'],
  ])('%s', (_, more, refused) => expect(matter('sn-delegated').send(...taken(more))).toBe(refused));

  it('a decision names its delegation, and is asked of it with all that it goes by (R-091)', () => {
    const { effects } = matter('sn-delegated').after(taken());
    expect(effects[0]).toEqual({
      kind: 'tell',
      to: ['d'],
      event: {
        type: 'delegation.use',
        matter: 'm',
        municipality: 'huddinge',
        body: 'sn',
        group: 'sn-agreements',
        by: 'Mikael Direktör',
        position: 'Socialdirektör',
        amount: 500_000,
      },
    });
    const [type, { delegation: _, ...unnamed }] = taken();
    expect(() => matter('sn-delegated').send(type, unnamed)).toThrow(Refusal);
  });
});

describe('A delegate with a conflict of interest takes no part (R-038)', () => {
  const recused = (person: string): readonly [string, JsonObject] => [
    'recusal.declare',
    { person, ground: 'affected', how: 'unasked' },
  ];

  it('does not decide in that matter, however the name is written; another does', () => {
    const it = matter('sn-delegated').after(recused('Mikael  direktör'));
    expect(it.send(...taken())).toBe('R-038');
    expect(it.send(...taken({ by: 'Eva Enhetschef', position: 'Enhetschef' }))).toBe(null);
  });

  it('nor records it for another', () => {
    const it = matter('sn-delegated').after(recused('Hanna Handläggare'));
    it.meta = { ...it.meta, sender: 'Hanna Handläggare' };
    expect(it.send(...taken())).toBe('R-038');
    it.meta = { ...it.meta, sender: 'Eva Lind' };
    expect(it.send(...taken())).toBe(null);
  });

  it('the same goes for the chair in what cannot wait', () => {
    const it = matter('sn-urgent').after(recused('Olle'));
    const urgent = { delegation: 'd', order: 'sn-urgent', position: 'Ordförande', urgency: 'Skäl' };
    const decided = { ...urgent, outcome: 'approved', nextMeeting: '2026-12-15' };
    expect(it.send('urgent.decide', { ...decided, by: 'Olle' })).toBe('R-038');
    expect(it.send('urgent.decide', { ...decided, by: 'Vera' })).toBe(null);
  });

  it('it is recorded in the matter by whoever has it, never by a system', () => {
    const it = matter('sn-delegated').after(recused('Mikael'), recused('Eva'), recused('mikael'));
    expect(it.context.recused).toEqual(['Mikael', 'Eva']);
    expect(it.chart.events['recusal.declare']?.by).not.toContain('integration');
  });
});

describe('How the committee learns of it (R-082, R-095)', () => {
  it('notified: the decision enters the minutes of the meeting at which the committee notes it', () => {
    const it = matter('sn-delegated').after(taken(), ...opened('sn', 13));
    expect(it.told).toEqual(['point.notified → m.p1']);
    expect(it.after('decision.note').told).toEqual(['item.concluded → meeting-sn']);
    expect(it.states).toEqual(['after.minutes']);
  });

  it('struck from the agenda, it still has to be notified', () => {
    const [listed] = opened('sn', 13);
    const it = matter('sn-delegated').after(taken(), listed, [
      'item.struck',
      { meeting: 'meeting-sn', reason: 'Skäl' },
    ]);
    expect(it.states).toEqual(['delegate.notifying.awaiting']);
  });

  it('minuted separately: signed before it is announced, and announced by a notice of its own', () => {
    const it = matter('sn-delegated').after(taken({ order: 'sn-leases', position: 'Lokalchef' }));
    expect(it.send('record.announce', { minutesAt: 'Socialförvaltningen' })).toBe('R-082');
    expect(it.after(['record.approve', { approvedBy: 'Lotta' }]).told).toEqual(['minutes.approved → m.p1']);
    expect(it.after(['record.announce', { minutesAt: 'Socialförvaltningen' }]).started).toEqual([
      'notice notice',
    ]);
  });
});

describe('What cannot wait is decided by the chair, and notified at the next meeting (R-096)', () => {
  const urgent = (more: JsonObject): readonly [string, JsonObject] => [
    'urgent.decide',
    {
      delegation: 'd',
      order: 'sn-urgent',
      by: 'Olle',
      position: 'Ordförande',
      outcome: 'approved',
      nextMeeting: '2026-12-15',
      ...more,
    },
  ];

  it('only with the reason why it cannot wait', () => {
    expect(matter('sn-urgent').send(...urgent({}))).toBe('R-096');
    expect(matter('sn-urgent').send(...urgent({ urgency: 'Bostad på måndag.' }))).toBe(null);
  });

  it('the next meeting is not one that has been', () => {
    const at = (nextMeeting: string) => urgent({ urgency: 'Bostad på måndag.', nextMeeting });
    expect(matter('sn-urgent').send(...at('2026-11-30'))).toBe('R-096');
    expect(matter('sn-urgent').send(...at('2026-12-01'))).toBe(null);
  });

  it('a meeting that passes without it is a breach, and the decision stands', () => {
    const it = matter('sn-urgent').after(urgent({ urgency: 'Bostad på måndag.' }));
    it.expire('chair.notifying', 'notifyDue', '2026-12-15');
    expect([it.states, it.context.notificationOverdue]).toEqual([['chair.notifying.awaiting'], true]);
  });
});
