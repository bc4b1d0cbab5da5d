import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { viewRecord } from '../../src/views/actor.ts';
import { type Warning, warningsOf } from '../../src/views/warnings.ts';
import { meetOn16May, on, openTownHall, register, sourceOf } from '../fixtures/council-matter.ts';
import type { Bench } from '../fixtures/engine.ts';

async function warningsIn(bench: Bench, root: string): Promise<readonly Warning[]> {
  const found = await viewRecord(sourceOf(bench), root);
  if (!found) throw new Error(`there is no ${root}`);
  return warningsOf(found.record, found.parts, huddinge);
}

async function warned(more: JsonObject): Promise<readonly Warning[]> {
  await using bench = await openTownHall();
  return await warningsIn(bench, await register(bench, { addressedTo: 'Kommunfullmäktige', ...more }));
}

const codes = (warnings: readonly Warning[]) => warnings.map((it) => it.code);

describe('A recipient', () => {
  it.each([
    ['by name', 'Karolinska Institutet'],
    ['by name in other letters', 'KAROLINSKA INSTITUTET'],
    ['by id', 'huge-bostader'],
    ['that is a group', 'Samtliga nämnder och bolag'],
  ])('known %s gives no warning', async (_, name) => {
    expect(await warned({ recipients: [name] })).toEqual([]);
  });

  it('that is misspelt gives the name that was probably meant (seed 004)', async () => {
    expect(await warned({ recipients: ['Karolinska Institutet', 'Resarch Institute of Sweden AB'] })).toEqual(
      [
        {
          code: 'similarRecipient',
          field: '/context/recipients/1',
          says: {
            sv: 'Mottagaren ”Resarch Institute of Sweden AB” finns inte i registret. Menas ”Research Institutes of Sweden AB”?',
            en: 'The recipient "Resarch Institute of Sweden AB" is not in the register. Is "Research Institutes of Sweden AB" meant?',
          },
          suggestion: 'Research Institutes of Sweden AB',
        },
      ],
    );
  });

  it('that is almost a group is asked about too', async () => {
    const [warning] = await warned({ recipients: ['Samtliga namnder och bolg'] });
    expect(warning).toMatchObject({ code: 'similarRecipient', suggestion: 'Samtliga nämnder och bolag' });
  });

  it('that is like nobody in the register is unknown, and nothing is suggested', async () => {
    expect(await warned({ recipients: ['Höganäs kommun'] })).toMatchObject([
      { code: 'unknownRecipient', field: '/context/recipients/0', suggestion: null },
    ]);
  });

  it('is never corrected', async () => {
    await using bench = await openTownHall();
    const matter = await register(bench, { recipients: ['Resarch Institute of Sweden AB'] });
    await warningsIn(bench, matter);
    expect((await bench.context(matter)).recipients).toEqual(['Resarch Institute of Sweden AB']);
  });
});

describe('The body that the administration asks to approve', () => {
  const point = (body: string, kind = 'decision') => ({ text: 'Avtalet godkänns.', body, kind });

  it.each(['ks', 'Kommunstyrelsen', 'kommunstyrelsen', 'Kommunstyrlsen'])(
    'is not the one that decides: the council does, addressed is %s (seed 000)',
    async (addressedTo) => {
      expect(await warned({ addressedTo, recipients: ['rise'] })).toEqual([
        {
          code: 'addresseeMismatch',
          field: '/context/addressedTo',
          says: {
            sv: 'Förslaget riktas till Kommunstyrelsen, men beslutande organ är Kommunfullmäktige.',
            en: 'The proposal is addressed to Municipal board, but the deciding body is Municipal council.',
          },
          suggestion: 'Kommunfullmäktige',
        },
      ]);
    },
  );

  it.each(['kf', 'Kommunfullmäktige', 'kommunfullmaktige'])(
    'is the one that decides, as %s',
    async (addressedTo) => {
      expect(await warned({ addressedTo, recipients: ['rise'] })).toEqual([]);
    },
  );

  it('is no body of the municipality', async () => {
    expect(codes(await warned({ addressedTo: 'Byggnadsnämnden', recipients: ['rise'] }))).toEqual([
      'addresseeMismatch',
    ]);
  });

  it('is compared with the decisions; instructions of another body do not matter', async () => {
    const proposals = [point('kf'), point('ks', 'instruction')];
    expect(codes(await warned({ addressedTo: 'ks', proposals, recipients: ['rise'] }))).toEqual([
      'addresseeMismatch',
    ]);
    expect(await warned({ addressedTo: 'kf', proposals, recipients: ['rise'] })).toEqual([]);
  });

  it('is compared with the instructions where there is nothing else', async () => {
    const proposals = [point('ks', 'instruction')];
    expect(await warned({ addressedTo: 'ks', proposals, recipients: ['rise'] })).toEqual([]);
    expect(codes(await warned({ addressedTo: 'kf', proposals, recipients: ['rise'] }))).toEqual([
      'addresseeMismatch',
    ]);
  });

  it('need not be stated', async () => {
    await using bench = await openTownHall();
    const matter = await bench.start('huddinge/council-matter', {
      title: 'x',
      number: 'HKS 1',
      proposals: [point('kf')],
    });
    expect(await warningsIn(bench, matter)).toEqual([]);
  });
});

describe('A body that the decision affects (seed 004)', () => {
  const affected = [{ body: 'von', reason: 'Vård- och omsorgsnämnden bär halva kostnaden.' }];

  it('is warned of until it has decided or answered', async () => {
    await using bench = await openTownHall();
    const matter = await register(bench, { addressedTo: 'kf', recipients: ['rise'], affected });
    const [warning] = await warningsIn(bench, matter);
    expect(warning).toMatchObject({ code: 'affectedUnanswered', field: '/context/unanswered/0' });
    expect(warning?.says.sv).toContain('halva kostnaden');
    await bench.send(`${matter}.affected1`, 'consultation.answer', { how: 'decided', on: '2022-05-02' });
    expect(await warningsIn(bench, matter)).toEqual([]);
  });

  it('is not every body that is consulted', async () => {
    await using bench = await openTownHall();
    const matter = await register(bench, { addressedTo: 'kf', recipients: ['rise'] });
    await bench.send(matter, 'matter.assign', { caseOfficer: 'Hanna' });
    await bench.send(matter, 'consultation.send', { key: 'sn', body: 'sn', question: 'Yttrande?' });
    expect(await warningsIn(bench, matter)).toEqual([]);
  });
});

describe('A meeting whose legal times have passed', () => {
  it.each([
    ['2022-05-30', []],
    ['2022-05-31', ['minutesOverdue']],
  ])('held on 16 May: minutes not approved on %s gives %j (R-069)', async (day, expected) => {
    await using bench = await openTownHall();
    const meeting = await meetOn16May(bench);
    await on(bench, day);
    expect(codes(await warningsIn(bench, meeting))).toEqual(expected);
  });

  it.each([
    ['2022-05-25', []],
    ['2022-05-26', ['noticeOverdue']],
  ])('approved on 23 May: not announced on %s gives %j (R-071)', async (day, expected) => {
    await using bench = await openTownHall();
    const meeting = await meetOn16May(bench);
    await on(bench, '2022-05-23');
    await bench.send(meeting, 'minutes.complete');
    await bench.send(meeting, 'minutes.approve', { approvedBy: ['Olle Ordförande', 'Jussi Justerare'] });
    await on(bench, day);
    expect(codes(await warningsIn(bench, meeting))).toEqual(expected);
  });
});
