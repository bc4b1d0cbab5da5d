import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
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
    order: 'sn-agreements',
    by: 'Mikael Direktör',
    position: 'Socialdirektör',
    outcome: 'approved',
    nature: 'ordinary',
    amount: 500_000,
    ...more,
  },
];

describe('A delegate decides what the order covers, and nothing else (R-091 to R-094)', () => {
  it.each<[string, JsonObject, string | null]>([
    ['the whole limit', {}, null],
    ['a krona more (R-091)', { amount: 500_001 }, 'R-091'],
    ['an order on another position (R-094)', { position: 'Enhetschef' }, 'R-094'],
    [
      'handed on by the head of administration, where the committee lets it (R-094)',
      { position: 'Enhetschef', askedBy: 'Socialdirektör' },
      null,
    ],
    [
      'handed on by one to whom it was handed on (R-094)',
      { position: 'Handläggare', askedBy: 'Enhetschef' },
      'R-094',
    ],
    ['goals of the operations (R-092)', { nature: 'goals' }, 'R-092'],
    ['a statement to the council (R-092)', { nature: 'statement' }, 'R-092'],
    ['a citizen proposal handed over (R-092)', { nature: 'citizenProposal' }, 'R-092'],
    ['a change without its wording (R-068)', { outcome: 'approvedAmended' }, 'R-068'],
  ])('%s', (_, more, refused) => expect(matter('sn-delegated').send(...taken(more))).toBe(refused));

  it('an amount that is not stated is not within the limit (R-091)', () => {
    const [type, { amount: _, ...rest }] = taken();
    expect(matter('sn-delegated').send(type, rest)).toBe('R-091');
  });

  it.each([
    ['2025-12-31', 'R-091'],
    ['2026-01-01', null],
    ['2026-12-31', null],
    ['2027-01-01', 'R-091'],
  ])('on %s the order is in force or not (R-091)', (on, refused) => {
    const it = matter('sn-delegated');
    it.meta = { ...it.meta, on };
    expect(it.send(...taken())).toBe(refused);
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

  it('a meeting that passes without it is a breach, and the decision stands', () => {
    const it = matter('sn-urgent').after(urgent({ urgency: 'Bostad på måndag.' }));
    it.expire('chair.notifying', 'notifyDue', '2026-12-15');
    expect([it.states, it.context.notificationOverdue]).toEqual([['chair.notifying.awaiting'], true]);
  });
});
