import { describe, expect, it } from 'vitest';
import { guard, type JsonObject, type Received } from '../../machines/chart.ts';
import { roles as allRoles, type Role } from '../../machines/roles.ts';
import type { Actor } from '../../src/engine/actor.ts';
import { schemaOf } from '../../src/engine/payload.ts';
import { notPermitted } from '../../src/engine/permitted.ts';
import { fold } from '../../src/engine/replay.ts';
import { entriesAfter } from '../../src/store/entries.ts';
import { actorOf } from '../../src/views/actor.ts';
import { type AvailableEvent, eventsOf, type UnavailableEvent } from '../../src/views/available.ts';
import {
  acclaim,
  announce,
  openItem,
  openTownHall,
  prepare,
  register,
  sourceOf,
  walkToArchive,
  walkToDecision,
} from '../fixtures/council-matter.ts';
import type { Bench } from '../fixtures/engine.ts';
import { grantsOf } from '../fixtures/grants.ts';

async function load(bench: Bench, id: string): Promise<Actor> {
  const actor = await actorOf(sourceOf(bench), id);
  if (!actor) throw new Error(`there is no ${id}`);
  return actor;
}

const typesOf = (events: readonly (AvailableEvent | UnavailableEvent)[]) => events.map((it) => it.type);
const named = <T extends { type: string }>(events: readonly T[], type: string): T => {
  const found = events.find((it) => it.type === type);
  if (!found) throw new Error(`${type} is not among ${events.map((it) => it.type).join(', ')}`);
  return found;
};

describe('What can be done with a matter now', () => {
  it('is what its state offers, and nothing else', async () => {
    await using bench = await openTownHall();
    const matter = await register(bench);
    const { available, unavailable } = eventsOf(
      sourceOf(bench),
      await load(bench, matter),
      grantsOf(['registrar']),
    );
    expect(typesOf(available).sort()).toEqual([
      'matter.assign',
      'matter.convert',
      'matter.join',
      'matter.overtake',
      'matter.withdraw',
      'recipients.revise',
      'secrecy.mark',
    ]);
    expect(typesOf(unavailable)).toContain('matter.handOver');
  });

  it('never lists the messages between actors', async () => {
    await using bench = await openTownHall();
    const { available, unavailable } = eventsOf(
      sourceOf(bench),
      await load(bench, await register(bench)),
      grantsOf(['clerk']),
    );
    const listed = typesOf([...available, ...unavailable]);
    expect(listed).not.toContain('agenda.listed');
    expect(listed).toContain('question.put');
  });

  it.each<[Role, boolean]>([
    ['registrar', true],
    ['clerk', true],
    ['caseOfficer', false],
    ['auditor', false],
  ])('says whether a %s may assign the matter: %s', async (role, permitted) => {
    await using bench = await openTownHall();
    const { available } = eventsOf(
      sourceOf(bench),
      await load(bench, await register(bench)),
      grantsOf([role]),
    );
    expect(named(available, 'matter.assign').permitted).toBe(permitted);
  });

  it('describes the fields with the labels of the declaration', async () => {
    await using bench = await openTownHall();
    const { available } = eventsOf(
      sourceOf(bench),
      await load(bench, await register(bench)),
      grantsOf(['clerk']),
    );
    expect(named(available, 'matter.assign').fields).toMatchObject({
      type: 'object',
      required: ['caseOfficer'],
      additionalProperties: false,
      properties: { caseOfficer: { type: 'string', sv: 'Handläggare', en: 'Case officer' } },
    });
  });
});

/** What the schema of a payload takes at a path of it; `*` is any item of a list. */
const taken = ({ fields }: AvailableEvent, ...path: string[]) =>
  path.reduce(
    (schema, name) => (name === '*' ? schema.items : (schema.properties as JsonObject)[name]) as JsonObject,
    fields,
  ).enum;

/** The council matter at an open item of a body, and what a clerk can do with it there. */
async function deliberating(bench: Bench, ...bodies: readonly (readonly [string, number])[]) {
  const matter = await register(bench);
  await prepare(bench, matter);
  for (const [index, [body, present]] of bodies.entries()) {
    if (index > 0) await acclaim(bench, matter, index > 1 ? 'approved' : 'endorsed');
    await openItem(bench, matter, {
      body,
      day: ['2022-05-16', '2022-05-30', '2022-06-13'][index] ?? '',
      present,
    });
  }
  const events = async () => eventsOf(sourceOf(bench), await load(bench, matter), grantsOf(['clerk']));
  return { matter, events, event: async (type: string) => named((await events()).available, type) };
}

describe('What can be sent with an event is what the state permits', () => {
  it('outcomes by the role of the body: one that prepares endorses, and approves nothing', async () => {
    await using bench = await openTownHall();
    const { event } = await deliberating(bench, ['au', 5]);
    const outcome = taken(await event('question.put'), 'proposals', '*', 'outcome');
    expect(outcome).toEqual([
      'approvedAmended',
      'approvedWithAddition',
      'endorsed',
      'rejected',
      'noRecommendation',
    ]);
  });

  it('and one that decides may write off besides, but endorses nothing', async () => {
    await using bench = await openTownHall();
    const { event } = await deliberating(bench, ['au', 5], ['ks', 15], ['kf', 58]);
    const outcome = taken(await event('question.put'), 'proposals', '*', 'outcome');
    expect(outcome).toEqual(expect.arrayContaining(['approved', 'writtenOff', 'notAdmissible']));
    expect(outcome).not.toContain('endorsed');
  });

  it('points that are open there: the board does not put its own before the council has decided', async () => {
    await using bench = await openTownHall();
    const { event } = await deliberating(bench, ['au', 5], ['ks', 15], ['kf', 58]);
    expect(taken(await event('question.put'), 'points', '*')).toEqual([1, 2]);
  });

  it('stages before this one, by their names, for a referral back', async () => {
    await using bench = await openTownHall();
    const { event } = await deliberating(bench, ['au', 5], ['ks', 15]);
    const { fields } = await event('item.referBack');
    expect(fields).toMatchObject({
      properties: {
        to: { enum: ['au', 'administration'], options: { administration: { sv: 'Förvaltningen' } } },
      },
    });
  });

  it('the proposals that were put, and after a vote the one that won', async () => {
    await using bench = await openTownHall();
    const { matter, event } = await deliberating(bench, ['au', 5], ['ks', 15]);
    await bench.send(matter, 'question.put', {
      proposals: [{ outcome: 'approved' }, { outcome: 'rejected' }],
    });
    expect(taken(await event('decision.confirm'), 'finds')).toEqual([1, 2]);
    await bench.send(matter, 'vote.demand', { by: 'Lars Ledamot' });
    await bench.send(matter, 'votes.count', { yes: 5, no: 8, abstained: 2 });
    expect(taken(await event('decision.confirm'), 'finds')).toEqual([2]);
  });

  it('motions that stand; without any there is none to take back, and the list says so', async () => {
    await using bench = await openTownHall();
    const { matter, event, events } = await deliberating(bench, ['au', 5]);
    const { available, unavailable } = await events();
    expect(typesOf(available).filter((it) => it.startsWith('motion.'))).toEqual(['motion.make']);
    expect(named(unavailable, 'motion.withdraw').explanation).toMatchObject({
      rule: 'R-063',
      unmet: [{ guard: 'motionStands' }],
    });
    await bench.send(matter, 'motion.make', { kind: 'reject', by: 'Eva' });
    await bench.send(matter, 'motion.make', { kind: 'defer', by: 'Ali' });
    expect(taken(await event('motion.withdraw'), 'motion')).toEqual([1, 2]);
    expect(taken(await event('motion.decline'), 'motion')).toEqual([2]);
    await bench.send(matter, 'motion.withdraw', { motion: 2 });
    expect(typesOf((await events()).available)).not.toContain('motion.decline');
  });

  it('and what its guards do not ask about is as it is declared', async () => {
    await using bench = await openTownHall();
    const actor = await load(bench, await register(bench));
    const { available } = eventsOf(sourceOf(bench), actor, grantsOf(['clerk']));
    const { 'matter.assign': declared } = actor.chart.events;
    expect(named(available, 'matter.assign').fields).toBe(declared && schemaOf(declared));
  });
});

describe('What cannot be done says why, who could, and when (R-132)', () => {
  it('an event of another state names the states that offer it', async () => {
    await using bench = await openTownHall();
    const { unavailable } = eventsOf(
      sourceOf(bench),
      await load(bench, await register(bench)),
      grantsOf(['clerk']),
    );
    expect(named(unavailable, 'matter.handOver').explanation).toMatchObject({
      rule: 'R-010',
      who: ['caseOfficer', 'clerk', 'registrar'],
      when: { states: [{ sv: 'Förvaltningen: Undertecknat' }] },
    });
  });

  it('a matter is not closed while its points can be appealed (R-074), and then says so', async () => {
    await using bench = await openTownHall();
    const { matter } = await walkToDecision(bench);
    await bench.send(matter, 'decision.dispatch', { none: true });
    const before = eventsOf(sourceOf(bench), await load(bench, matter), grantsOf(['clerk']));
    expect(named(before.unavailable, 'matter.close').explanation).toMatchObject({
      rule: 'R-074',
      unmet: [{ guard: 'allSettled' }, { guard: 'allExecuted' }],
    });
  });

  it('and is closed when they cannot, but for its secrecy mark', async () => {
    await using bench = await openTownHall();
    const { matter } = await walkToArchive(bench);
    const { available, unavailable } = eventsOf(
      sourceOf(bench),
      await load(bench, matter),
      grantsOf(['clerk']),
    );
    expect(typesOf(available)).toEqual(['secrecy.mark']);
    expect(named(unavailable, 'matter.close').explanation.unmet).toEqual([]);
  });
});

describe('A condition on what will be sent', () => {
  it('does not stand in the way before it is sent: a quorum is judged when attendance is known', async () => {
    await using bench = await openTownHall();
    const matter = await register(bench);
    await prepare(bench, matter);
    const meeting = await openItem(bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    await acclaim(bench, matter, 'endorsed');
    await announce(bench, meeting, '2022-05-20');
    const next = await bench.start('meeting', {
      body: 'ks',
      bodyName: 'Kommunstyrelsen',
      kind: 'board',
      date: '2022-06-20',
      seats: 15,
      approvers: 1,
      noticeBoard: 'x',
    });
    await bench.send(next, 'meeting.summon', { sentOn: '2022-05-20' });
    expect(
      typesOf(eventsOf(sourceOf(bench), await load(bench, next), grantsOf(['clerk'])).available),
    ).toContain('meeting.open');
  });

  it('stands in the way when it does not look at what is sent: nothing closes while an item is open', async () => {
    await using bench = await openTownHall();
    const matter = await register(bench);
    await prepare(bench, matter);
    const meeting = await openItem(bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    const open = eventsOf(sourceOf(bench), await load(bench, meeting), grantsOf(['clerk']));
    expect(named(open.unavailable, 'meeting.close').explanation.unmet).toMatchObject([{ guard: 'noneOpen' }]);
    await acclaim(bench, matter, 'endorsed');
    expect(
      typesOf(eventsOf(sourceOf(bench), await load(bench, meeting), grantsOf(['clerk'])).available),
    ).toContain('meeting.close');
  });

  it('counts as met however it reads the event: a field, a spread, a test for presence', async () => {
    await using bench = await openTownHall();
    const actor = await load(bench, await register(bench));
    const reading = [
      (event: object) => (event as { caseOfficer: string }).caseOfficer === 'x',
      (event: object) => Object.keys({ ...event }).length === 99,
      (event: object) => 'caseOfficer' in event,
      (event: object) => (event as { meta: { on: string } }).meta.on === 'x',
    ];
    for (const holds of [...reading, () => false]) {
      const guards = {
        ...actor.chart.guards,
        undecided: guard({
          rule: null,
          version: 1,
          says: { sv: '', en: '' },
          holds: (_, event) => holds(event),
        }),
      };
      const { available } = eventsOf(
        sourceOf(bench),
        { ...actor, chart: { ...actor.chart, guards } },
        grantsOf(['clerk']),
      );
      expect(typesOf(available).includes('matter.withdraw')).toBe(reading.includes(holds as never));
    }
  });

  it('a guard that fails of itself is a fault, not a refusal', async () => {
    await using bench = await openTownHall();
    const actor = await load(bench, await register(bench));
    const holds = () => {
      throw new Error('a defect');
    };
    const guards = {
      ...actor.chart.guards,
      undecided: guard({ rule: null, version: 1, says: { sv: '', en: '' }, holds }),
    };
    expect(() =>
      eventsOf(sourceOf(bench), { ...actor, chart: { ...actor.chart, guards } }, grantsOf(['clerk'])),
    ).toThrow('a defect');
  });
});

describe('The list of what can be done and the log agree', () => {
  it('whatever was accepted on the way from registration to archive had been listed', async () => {
    await using bench = await openTownHall();
    await walkToArchive(bench);
    const entries = await entriesAfter(bench.db.reader, 0, 10_000);
    const everyone = Object.keys(allRoles) as Role[];
    const missing: string[] = [];
    let judged = 0;
    for (const log of Map.groupBy(entries, (it) => it.actor).values()) {
      let before: Actor | null = null;
      for (const { entry, chart, step } of fold(log, bench.registry)) {
        const declared = chart.events[entry.type];
        if (before && declared && declared.kind !== 'message') {
          judged += 1;
          const { available } = eventsOf(sourceOf(bench), before, grantsOf(everyone));
          if (!available.some((it) => it.type === entry.type && it.permitted)) missing.push(entry.type);
          const sent = JSON.parse(entry.payload) as JsonObject;
          const others = notPermitted(before, { ...sent, type: entry.type } as Received);
          missing.push(...others.map(({ pointer }) => `${entry.type}${pointer}`));
        }
        const { actor: id, root, tenant, version, hash: head, at: createdAt } = entry;
        before = {
          self: { id, parent: null, root, tenant },
          chart,
          snapshot: step.snapshot,
          version,
          head,
          deadlines: [],
          createdAt,
          size: 0,
        };
      }
    }
    expect(missing).toEqual([]);
    expect(judged).toBeGreaterThan(40);
  });
});
