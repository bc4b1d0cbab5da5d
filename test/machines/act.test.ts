import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { Municipality, thirdOnce } from '../../machines/municipalities/municipality.ts';
import { municipalities } from '../../machines/registry.ts';
import { againstTheAct } from '../../machines/routes/act.ts';
import { Route } from '../../machines/routes/route.ts';

const council = {
  id: 'kf',
  label: { sv: 'KF', en: 'KF' },
  kind: 'council',
  seats: 41,
  minorityBrake: thirdOnce,
};
const board = { id: 'ks', label: { sv: 'KS', en: 'KS' }, kind: 'board', seats: 11 };
const drafting = { ...board, id: 'bered', kind: 'draftingCommittee' };

const working = { ...board, id: 'au', kind: 'workingCommittee' };

const administration = { id: 'adm', type: 'preparation', label: { sv: 'F', en: 'A' } };
const decides = { id: 'kf', type: 'meeting', body: 'kf', role: 'decide' };

interface Said {
  readonly council?: object;
  readonly board?: object;
  readonly drafting?: object;
  readonly municipality?: object;
  readonly stages?: readonly JsonObject[];
}

/** Pointers to what is against the act in a route of a municipality that says so. */
const against = (said: Said) =>
  againstTheAct(
    Route.parse({
      name: 'r',
      version: 1,
      label: { sv: 'R', en: 'R' },
      stages: said.stages ?? [administration, decides],
    }),
    Municipality.parse({
      id: 'lilleby',
      name: 'Lilleby kommun',
      calendar: { country: 'SE', zone: 'Europe/Stockholm' },
      registryPrefix: 'LB',
      noticeBoard: 'Tavlan',
      bodies: [
        { ...council, ...said.council },
        { ...board, ...said.board },
        { ...drafting, ...said.drafting },
        working,
      ],
      ...said.municipality,
    }),
  ).map(({ pointer }) => pointer);

const quarter = { quorum: { rule: 'atLeast', share: [1, 4] } };
const elsewhere = { calendar: { country: 'GB-ENG', zone: 'Europe/London' } };

describe('What the Swedish act leaves nobody to choose', () => {
  it('is in the data of every municipality that is built in', () => {
    const route = Route.parse({
      name: 'r',
      version: 1,
      label: { sv: 'R', en: 'R' },
      stages: [administration],
    });
    expect(municipalities.flatMap((it) => againstTheAct(route, it))).toEqual([]);
  });

  it.each<[string, Said, string]>([
    ['the quorum of the council (R-029)', { council: quarter }, '/jurisdiction/bodies/0/quorum'],
    ['that of a committee (R-031)', { board: quarter }, '/jurisdiction/bodies/1/quorum'],
    ["the chair's casting vote (R-049)", { council: { tie: 'rejected' } }, '/jurisdiction/bodies/0/tie'],
    [
      "the minority's right in the council (R-055)",
      { council: { minorityBrake: null } },
      '/jurisdiction/bodies/0/minorityBrake',
    ],
    [
      'that it is a third (R-055)',
      { council: { minorityBrake: { ...thirdOnce, threshold: [1, 2] } } },
      '/jurisdiction/bodies/0/minorityBrake',
    ],
    [
      'once (R-056)',
      { council: { minorityBrake: { ...thirdOnce, maxUses: null } } },
      '/jurisdiction/bodies/0/minorityBrake',
    ],
    [
      'in the council alone (R-060)',
      { board: { minorityBrake: thirdOnce } },
      '/jurisdiction/bodies/1/minorityBrake',
    ],
    [
      'that the council is announced a week before (R-026)',
      { council: { notice: { length: 6, unit: 'calendarDays' } } },
      '/jurisdiction/bodies/0/notice',
    ],
    [
      'the three weeks in which a decision is appealed (R-072)',
      { municipality: { appealPeriods: { general: { weeks: 2 } } } },
      '/jurisdiction/appealPeriods/general',
    ],
    [
      'that employees decide for committees, not for the council (R-091)',
      { municipality: { delegations: [{ id: 'd', body: 'kf', label: council.label }] } },
      '/jurisdiction/delegations/0/body',
    ],
    [
      "that what is decided for a joint committee is on every member's board (R-116)",
      {
        board: { otherNoticeBoards: ['Storbys tavla'] },
        municipality: {
          delegations: [{ id: 'd', body: 'ks', label: board.label, recorded: 'separately' }],
        },
      },
      '/jurisdiction/delegations/0/recorded',
    ],
  ])('%s', (_, said, pointer) => {
    expect(against(said)).toEqual([pointer]);
    expect(against({ ...said, municipality: { ...said.municipality, ...elsewhere } })).toEqual([]);
  });

  it.each<[string, Said]>([
    ['a longer notice', { council: { notice: { length: 2, unit: 'weeks' } } }],
    ['a week in working days', { council: { notice: { length: 5, unit: 'workingDays' } } }],
    ['how a committee is summoned (R-028)', { board: { notice: { length: 1, unit: 'calendarDays' } } }],
    ['the quorum of what decides nothing', { drafting: quarter }],
    [
      'what a committee lets others decide',
      {
        municipality: { delegations: [{ id: 'd', body: 'ks', label: board.label, recorded: 'separately' }] },
      },
    ],
  ])('%s is theirs to choose', (_, said) => expect(against(said)).toEqual([]));
});

describe('What no route of a Swedish municipality says otherwise', () => {
  const adopting = (...share: number[]) =>
    against({ stages: [administration, { ...decides, majority: { share, of: 'votes', to: 'adopt' } }] });

  it('fewer than more than half of the votes adopt nothing (R-049, R-051)', () => {
    expect(adopting(1, 2)).toEqual(['/route/stages/1/majority/share']);
    expect(adopting(2, 3)).toEqual([]);
    const blocking = { share: [1, 3], of: 'votes', to: 'block' };
    expect(against({ stages: [administration, { ...decides, majority: blocking }] })).toEqual([]);
  });

  it.each([
    ['au', 'prepare', []],
    ['au', 'propose', ['/route/stages/1/role']],
    ['au', 'decide', ['/route/stages/1/role']],
    ['bered', 'propose', []],
    ['bered', 'decide', ['/route/stages/1/role']],
    ['ks', 'decide', []],
  ])('%s may %s or not, for it decides only what it was given (R-025)', (body, role, pointers) => {
    const stage = { id: body, type: 'meeting', body, role };
    expect(against({ stages: [administration, stage, decides] })).toEqual(pointers);
  });

  const raised = (of: string, deciding: JsonObject) => [
    { id: 'raised', type: 'initiative', of },
    { id: 'remitted', type: 'remittal', body: 'kf', to: ['adm'], assign: [{ body: 'ks', stage: 'ks' }] },
    { id: 'ks', body: 'ks', ...deciding },
    administration,
    decides,
  ];
  const itself = { type: 'meeting', role: 'decide' };

  it('a committee is given a citizen proposal to decide, and no motion (R-008)', () => {
    expect(against({ stages: raised('citizenProposal', itself) })).toEqual([]);
    expect(against({ stages: raised('motion', itself) })).toEqual(['/route/stages/1/assign']);
  });

  it('and decides it itself, not on delegation (R-092)', () =>
    expect(against({ stages: raised('citizenProposal', { type: 'delegated' }) })).toEqual([
      '/route/stages/1/assign/0',
    ]));
});
