import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Path, pathOf } from '../../src/views/path.ts';
import {
  on,
  openTownHall,
  register,
  sourceOf,
  type Walked,
  walkToArchive,
} from '../fixtures/council-matter.ts';
import { anna, type Bench } from '../fixtures/engine.ts';

let bench: Bench;
let walked: Walked;
let path: Path;

const pathIn = async (root: string, options = {}): Promise<Path> => {
  const found = await pathOf(sourceOf(bench), root, options);
  if (!found) throw new Error(`there is no path of ${root}`);
  return found;
};

beforeAll(async () => {
  bench = await openTownHall();
  walked = await walkToArchive(bench);
  path = await pathIn(walked.matter);
});
afterAll(() => bench[Symbol.asyncDispose]());

describe('The path of a meeting', () => {
  it.each([
    ['ks', 'R-028', 'R-031'],
    ['kf', 'R-026', 'R-029'],
  ] as const)('cites for %s the rules of such a body', async (body, summoned, opened) => {
    const { steps } = await pathIn(walked.meetings[body]);
    const cited = (type: string) => steps.find(({ event }) => event.type === type)?.rule;
    expect(cited('meeting.summon')).toBe(summoned);
    expect(cited('meeting.open')).toBe(opened);
  });
});

describe('Who may not open a meeting', () => {
  it.each([
    ['ks', 'R-031'],
    ['kf', 'R-029'],
  ] as const)('is told the rule of such a body, here of %s', async (body, rule) => {
    const registrar = {
      ...anna,
      grants: anna.grants.map((it) => ({ ...it, roles: ['registrar'] as const })),
    };
    const open = bench.send(
      walked.meetings[body],
      'meeting.open',
      { present: 40, chair: 'Olle' },
      { sender: registrar },
    );
    await expect(open).rejects.toMatchObject({ code: 'forbidden', particulars: { explanation: { rule } } });
  });
});

describe('The path of a matter', () => {
  it('numbers its steps from 1 without a gap, in the order of the log', () => {
    expect(path.steps.map((it) => it.number)).toEqual(path.steps.map((_, index) => index + 1));
    expect(path.steps.map((it) => it.recordedAt)).toEqual(path.steps.map((it) => it.recordedAt).toSorted());
    expect(path.steps.length).toBeGreaterThan(90);
  });

  it('holds everything that belongs to the matter: points, dispatches, tasks', () => {
    const labels = new Set(path.steps.map((it) => it.actorLabel.sv));
    expect(labels).toContain('Fullmäktigeärende');
    expect(labels).toContain('Beslutspunkt 2');
    expect(labels).toContain('Expediering 7');
    expect(labels).toContain('Uppdrag 3.1');
    expect(labels).not.toContain('Sammanträde');
  });

  it('begins with the registration and ends where the matter is', () => {
    expect(path.steps[0]?.event.label.sv).toBe('Registrerat');
    expect(path.steps[1]?.event.label.sv).toBe('Startad');
    expect(path.current).toEqual([
      {
        path: 'after.archived',
        label: { sv: 'Verkställighet: Arkiverat', en: 'After the decision: Archived' },
      },
    ]);
  });

  it('names states by stage and state, so that the same state of two bodies is told apart', () => {
    const proposed = path.steps.filter((it) => it.event.type === 'question.put').flatMap((it) => it.to);
    expect(proposed.map((it) => it.label.sv)).toEqual([
      'Kommunstyrelsens arbetsutskott: Proposition',
      'Kommunstyrelsen: Proposition',
      'Kommunfullmäktige: Proposition',
    ]);
  });

  it('shows which body had the matter', () => {
    const own = path.steps.filter((it) => it.actor === walked.matter);
    expect([...new Set(own.map((it) => it.body))]).toEqual(['administration', 'au', 'ks', 'kf']);
    expect(path.steps.find((it) => it.actorLabel.sv === 'Beslutspunkt 3')?.body).toBe('ks');
    const confirmed = own.filter((it) => it.event.type === 'decision.confirm');
    expect(confirmed.map((it) => it.body)).toEqual(['au', 'ks', 'kf']);
  });

  it('carries the rule and the hash of each step, and the transitions as recorded', async () => {
    const confirmed = path.steps.find((it) => it.event.type === 'decision.confirm');
    expect(confirmed).toMatchObject({ rule: 'R-045', payload: { finds: 1 } });
    expect(confirmed?.transitions[0]).toBe('au.proposition>decision.confirm#0');
    const log = await bench.log(walked.matter);
    const own = path.steps.filter((it) => it.actor === walked.matter);
    expect(own.map((it) => it.hash)).toEqual(log.map((it) => it.hash));
  });
});

describe('Who sent a step', () => {
  const sender = (type: string) => path.steps.find((it) => it.event.type === type)?.sender;

  it('is a person by name', () => {
    expect(sender('matter.assign')).toMatchObject({ name: 'Anna', origin: 'person', label: { sv: 'Anna' } });
  });

  it('is an actor of the same matter by what it is called there', () => {
    expect(sender('point.approved')).toMatchObject({
      label: { sv: 'Beslutspunkt 3', en: 'Decision point 3' },
    });
  });

  it('is an actor of another record by its title', () => {
    expect(sender('agenda.listed')?.label.sv).toBe('Sammanträde: Kommunstyrelsens arbetsutskott 2022-05-16');
  });

  it('is the time limit where a deadline fell due', () => {
    expect(sender('deadline.appealPeriod')).toMatchObject({ origin: 'timer', label: { en: 'Time limit' } });
  });
});

describe('A deadline in the path', () => {
  it('is called what the chart calls it, and cites its rule (R-072)', () => {
    const expired = path.steps.find((it) => it.event.type === 'deadline.appealPeriod');
    expect(expired).toMatchObject({ event: { label: { sv: 'Överklagandetiden går ut' } }, rule: 'R-072' });
  });

  it('happened when it fell due, and was recorded when the server saw it', async () => {
    await using late = await openTownHall();
    const matter = await register(late, { affected: [{ body: 'von', reason: 'Halva kostnaden' }] });
    await late.send(matter, 'matter.assign', { caseOfficer: 'Hanna' });
    await late.send(matter, 'consultation.send', {
      key: 'sn',
      body: 'sn',
      question: 'Yttrande?',
      due: '2022-05-20',
    });
    await on(late, '2022-06-01');
    const found = await pathOf(sourceOf(late), matter);
    const due = found?.steps.find((it) => it.event.type === 'deadline.answerDue');
    expect(due).toMatchObject({ at: '2022-05-20T22:00:00.000Z', recordedAt: '2022-06-01T09:00:00.000Z' });
  });
});

describe('The path of one actor', () => {
  it('holds its own steps only, numbered anew', async () => {
    const own = await pathIn(walked.matter, { actor: walked.matter });
    expect(own.steps.every((it) => it.actor === walked.matter)).toBe(true);
    expect(own.steps.map((it) => it.number)).toEqual(own.steps.map((_, index) => index + 1));
    expect(own.steps.length).toBeLessThan(path.steps.length);
  });

  it('of a point leads to final force', async () => {
    const point = await pathIn(walked.matter, { actor: `${walked.matter}.p1` });
    expect(point.chart.name).toBe('decision-point');
    expect(point.current.map((it) => it.path)).toContain('standing.made.finalForce');
  });

  it('of a meeting holds its notice', async () => {
    const meeting = await pathIn(walked.meetings.kf);
    expect(new Set(meeting.steps.map((it) => it.actorLabel.en))).toEqual(new Set(['Meeting', 'Notice']));
  });
});

describe('The path as of an instant', () => {
  it('is the beginning of the whole path, at every instant of it', async () => {
    for (const until of new Set(path.steps.map((it) => it.recordedAt))) {
      const then = await pathIn(walked.matter, { until });
      const recorded = path.steps.filter((it) => it.recordedAt <= until);
      expect(then.steps).toEqual(recorded);
      expect(then.current).toEqual(recorded.findLast((it) => it.actor === walked.matter)?.to);
    }
  });

  it('takes an instant in any zone', async () => {
    const utc = await pathIn(walked.matter, { until: '2022-05-16T08:00:00.000Z' });
    const local = await pathIn(walked.matter, { until: '2022-05-16T10:00:00+02:00' });
    expect(local).toEqual(utc);
    expect(utc.current[0]?.path).toBe('ks.awaiting');
  });

  it('is empty before the matter was registered', async () => {
    expect(await pathIn(walked.matter, { until: '2022-01-01T00:00:00Z' })).toMatchObject({
      steps: [],
      current: [],
    });
  });

  it('refuses what is no instant', async () => {
    await expect(pathIn(walked.matter, { until: 'yesterday' })).rejects.toThrow(RangeError);
  });
});

describe('There is no path', () => {
  it.each(['nobody', ''])('of %j', async (root) => {
    expect(await pathOf(sourceOf(bench), root)).toBeNull();
  });

  it('of a part asked for as a record', async () => {
    expect(await pathOf(sourceOf(bench), `${walked.matter}.p1`)).toBeNull();
  });

  it('of an actor of another record', async () => {
    expect(await pathOf(sourceOf(bench), walked.matter, { actor: walked.meetings.kf })).toBeNull();
  });
});
