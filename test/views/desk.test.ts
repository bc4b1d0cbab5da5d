import { describe, expect, it } from 'vitest';
import { builtIn, municipalities } from '../../machines/registry.ts';
import type { Role } from '../../machines/roles.ts';
import { openMeeting } from '../../src/engine/openings.ts';
import { type Desk, type DeskItem, desk } from '../../src/views/desk.ts';
import { workIn, workOf } from '../../src/views/work.ts';
import {
  acclaim,
  on,
  openItem,
  openTownHall,
  prepare,
  register,
  sourceOf,
  walkToDecision,
} from '../fixtures/council-matter.ts';
import { anna, type Bench } from '../fixtures/engine.ts';
import { grantsOf } from '../fixtures/grants.ts';

const page = { limit: 50, offset: 0 };
const deskOf = (bench: Bench, roles: readonly Role[], municipality = 'huddinge'): Promise<Desk> =>
  desk(sourceOf(bench), { grants: grantsOf(roles), municipality }, page);

const said = ({ waiting }: Desk): string[] =>
  waiting.map((it) => `${it.label.en}: ${it.next.map((event) => event.type).join(' ')}`);

const itemOf = ({ waiting }: Desk, id: string): DeskItem => {
  const found = waiting.find((it) => it.id === id);
  if (!found) throw new Error(`${id} is not on the desk`);
  return found;
};

/** A meeting that has been held and closed; its minutes are to be written. */
async function heldMeeting(bench: Bench) {
  const matter = await register(bench);
  await prepare(bench, matter);
  const meeting = await openItem(bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
  await acclaim(bench, matter, 'endorsed');
  await bench.send(meeting, 'meeting.close');
  return { matter, meeting };
}

describe('What waits for the viewer', () => {
  it.each<[Role, string[]]>([
    ['registrar', ['Council matter: matter.assign']],
    ['clerk', ['Council matter: matter.assign']],
    ['caseOfficer', []],
    ['chair', []],
    ['auditor', []],
  ])('a new matter waits to be assigned, on the desk of a %s: %j', async (role, expected) => {
    await using bench = await openTownHall();
    await register(bench);
    expect(said(await deskOf(bench, [role]))).toEqual(expected);
  });

  it('is what the state asks for, not what is possible at any time', async () => {
    await using bench = await openTownHall();
    const matter = await register(bench);
    await prepare(bench, matter);
    expect(await deskOf(bench, ['clerk', 'registrar', 'caseOfficer'])).toMatchObject({ waiting: [] });
    expect((await bench.actor(matter)).states).toEqual(['au.awaiting']);
  });

  it('a matter that waits for a meeting is the meeting: it is planned, held, and its minutes written', async () => {
    await using bench = await openTownHall();
    const { meeting } = await heldMeeting(bench);
    expect(said(await deskOf(bench, ['clerk']))).toEqual(['Meeting: minutes.complete']);
    expect(said(await deskOf(bench, ['chair']))).toEqual([]);
    await bench.send(meeting, 'minutes.complete');
    expect(said(await deskOf(bench, ['chair']))).toEqual(['Meeting: minutes.approve']);
  });

  it('a point waits when its appeal period is over, not while it runs', async () => {
    await using bench = await openTownHall();
    const { matter } = await walkToDecision(bench);
    const points = async () =>
      (await deskOf(bench, ['registrar'])).waiting.filter((it) =>
        it.next.some(({ type }) => type === 'noAppeal.confirm'),
      );
    expect(await points()).toEqual([]);
    await on(bench, '2022-07-15');
    expect((await points()).map((it) => it.id)).toEqual([1, 2, 3].map((n) => `${matter}.p${n}`));
  });

  it('a matter that cannot be closed yet does not wait to be closed', async () => {
    await using bench = await openTownHall();
    const { matter } = await walkToDecision(bench);
    expect(itemOf(await deskOf(bench, ['clerk']), matter).next.map((it) => it.type)).toEqual([
      'decision.dispatch',
    ]);
    await bench.send(matter, 'decision.dispatch', { none: true });
    expect((await deskOf(bench, ['clerk'])).waiting.map((it) => it.id)).not.toContain(matter);
  });

  it('is only the viewer’s municipality, or all of them', async () => {
    await using bench = await openTownHall();
    await register(bench);
    expect((await deskOf(bench, ['clerk'], 'salem')).waiting).toEqual([]);
    expect((await desk(sourceOf(bench), { grants: grantsOf(['clerk']) }, page)).waiting).toHaveLength(1);
  });

  it('comes a page at a time', async () => {
    await using bench = await openTownHall();
    const ids: string[] = [];
    for (const day of ['02', '03', '04']) {
      await on(bench, `2022-05-${day}`);
      ids.push(await register(bench));
    }
    const at = async (offset: number) =>
      (await desk(sourceOf(bench), { grants: grantsOf(['clerk']) }, { limit: 2, offset })).waiting.map(
        (it) => it.id,
      );
    expect(await at(0)).toEqual(ids.slice(0, 2));
    expect(await at(2)).toEqual(ids.slice(2));
    expect(await at(4)).toEqual([]);
  });
});

describe('A meeting with an empty agenda', () => {
  const planned = async (bench: Bench) => {
    const offer = { municipalities, registry: bench.registry, now: bench.now };
    const command = openMeeting(offer, { municipality: 'huddinge', body: 'au', date: '2022-05-16' });
    return (await bench.engine.submit({ ...command, sender: anna })).actor;
  };
  const offered = async (bench: Bench, meeting: string) =>
    itemOf(await deskOf(bench, ['clerk']), meeting).next.map(({ type }) => type);

  it('offers nothing to strike or to open; one with an item does', async () => {
    await using bench = await openTownHall();
    const meeting = await planned(bench);
    expect(await offered(bench, meeting)).not.toContain('agenda.strike');
    const matter = await register(bench);
    await prepare(bench, matter);
    await bench.send(meeting, 'agenda.add', { matter });
    expect(await offered(bench, meeting)).toContain('agenda.strike');
  });
});

describe('The oldest deadline comes first', () => {
  it('before what has none, and says what is due and when', async () => {
    await using bench = await openTownHall();
    const early = await register(bench);
    const { meeting } = await heldMeeting(bench);
    const found = await deskOf(bench, ['clerk']);
    expect(found.waiting.map((it) => it.id)).toEqual([meeting, early]);
    expect(found.waiting[0]).toMatchObject({
      due: { label: { sv: 'Protokollet ska vara justerat' }, lastDay: '2022-05-30' },
      overdue: false,
    });
    expect(found.waiting[1]).toMatchObject({ due: null, overdue: false });
  });

  it.each([
    ['2022-05-30', 21, false],
    ['2022-05-30', 22, true],
    ['2022-06-07', 9, true],
  ])('minutes due on 30 May, on %s at %i UTC: overdue %s', async (day, hour, overdue) => {
    await using bench = await openTownHall();
    const { meeting } = await heldMeeting(bench);
    bench.now = `${day}T${hour < 10 ? '0' : ''}${hour}:00:00.000Z`;
    expect(itemOf(await deskOf(bench, ['clerk']), meeting).overdue).toBe(overdue);
    await bench.tick();
    const found = itemOf(await deskOf(bench, ['clerk']), meeting);
    expect(found).toMatchObject({ overdue, due: { lastDay: '2022-05-30' } });
  });

  it('and the next deadline takes over when the minutes have been approved late', async () => {
    await using bench = await openTownHall();
    const { meeting } = await heldMeeting(bench);
    await on(bench, '2022-06-07');
    await bench.send(meeting, 'minutes.complete');
    await bench.send(meeting, 'minutes.approve', { approvedBy: ['Olle Ordförande', 'Jussi Justerare'] });
    expect(itemOf(await deskOf(bench, ['clerk']), meeting)).toMatchObject({
      next: [{ type: 'notice.post' }],
      due: { label: { en: 'Approval to be announced' }, lastDay: '2022-06-09' },
      overdue: false,
    });
  });
});

describe('What is due', () => {
  it('is every deadline that runs, the earliest first, with what it is called and its rule', async () => {
    await using bench = await openTownHall();
    const { matter } = await walkToDecision(bench);
    const { due } = await deskOf(bench, ['auditor']);
    expect(due.map((it) => it.dueAt)).toEqual(due.map((it) => it.dueAt).toSorted());
    expect(due.find((it) => it.id === `${matter}.p1`)).toMatchObject({
      root: matter,
      collection: 'matters',
      actorLabel: { sv: 'Beslutspunkt 1' },
      label: { sv: 'Överklagandetiden går ut' },
      rule: 'R-072',
      lastDay: '2022-07-14',
      overdue: false,
    });
    expect(due.find((it) => it.actorLabel.en === 'Notice')).toMatchObject({ collection: 'meetings' });
  });

  it('is overdue from the first instant after its last day, until it has fired', async () => {
    await using bench = await openTownHall();
    const { meeting } = await heldMeeting(bench);
    bench.now = '2022-05-30T22:00:00.000Z';
    expect((await deskOf(bench, [])).due).toMatchObject([{ id: meeting, overdue: true }]);
    await bench.tick();
    expect((await deskOf(bench, [])).due).toEqual([]);
  });
});

describe('Which events are work is read from the charts', () => {
  const registry = builtIn();
  const work = (chart: string, leaf: string) => {
    const found = registry.latest(chart);
    if (!found) throw new Error(`no chart ${chart}`);
    return workIn(found, leaf).toSorted();
  };

  it.each([
    [
      'a report in draft',
      'huddinge/council-matter',
      'administration.reportReady',
      ['report.reopen', 'report.sign'],
    ],
    ['a matter that waits for a meeting', 'huddinge/council-matter', 'ks.awaiting', []],
    [
      'a question that has been put',
      'huddinge/council-matter',
      'ks.proposition',
      ['decision.confirm', 'vote.demand'],
    ],
    ['a matter that waits for its minutes', 'huddinge/council-matter', 'after.minutes', []],
    ['a matter withdrawn', 'huddinge/council-matter', 'withdrawn', []],
    ['minutes in draft', 'meeting', 'minutes.draft', ['minutes.complete']],
    ['a point that may be appealed', 'decision-point', 'standing.made.appealOpen', []],
    [
      'a point whose appeal period is over',
      'decision-point',
      'standing.made.periodExpired',
      ['appeal.file', 'appeal.forward', 'noAppeal.confirm', 'party.notify'],
    ],
    ['a point in force', 'decision-point', 'standing.made.finalForce', []],
    ['a point without a condition', 'decision-point', 'condition.unconditional', []],
    ['a notice on the board', 'notice', 'posted', []],
    ['a notice that may be removed', 'notice', 'removable', ['notice.break', 'notice.remove']],
    ['a notice that has been removed', 'notice', 'removed', []],
    ['a task with a last day', 'task', 'open', ['task.complete']],
    ['a follow-up that is not due', 'follow-up', 'running.waiting', []],
    ['a follow-up that is due', 'follow-up', 'running.due', ['followUp.report']],
    ['a consultation within its time', 'consultation', 'sent', []],
    ['a consultation that is late', 'consultation', 'overdue', ['consultation.answer']],
    ['a programme to be renewed', 'joint-matter', 'adoptedByAll.renewalDue', ['joint.renew']],
  ])('%s', (_, chart, leaf, expected) => {
    expect(work(chart, leaf)).toEqual(expected);
  });

  it('in every chart, an end is no work, and what is work is an event that someone may send', () => {
    for (const chart of registry.all())
      for (const [leaf, events] of workOf(chart))
        for (const type of events)
          expect(chart.events[type]?.by.length, `${chart.name} ${leaf} ${type}`).toBeGreaterThan(0);
  });
});
