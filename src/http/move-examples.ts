import type { z } from 'zod';
import type { MovePlan } from '../engine/moves/plan.ts';
import { at, chart, drafting, id, newMatter } from './examples.ts';
import type * as answers from './move-schemas.ts';

export const newMove: z.input<typeof MovePlan> = {
  id: 'council-matter-2',
  municipalities: ['huddinge'],
  charts: [{ chart: chart.name, from: 1, to: 2, deadlines: { lapse: 'keep' } }],
  reason: 'Nämnderna hörs innan styrelsen tar ställning, enligt reglementet från årsskiftet.',
  approver: 'Karin Kanslichef',
};

export const summary: z.input<typeof answers.MoveSummary> = {
  id: newMove.id,
  plan: { ...newMove, diverging: 'stay', peers: 'together' } as unknown as MovePlan,
  hash: 'f9a2c1d07c5e4b3a9d8e7f60514233445566778899aabbccddeeff0011223344',
  publishedAt: at,
  publishedBy: 'Ada Administratör',
};

export const moves: z.input<typeof answers.Moves> = { items: [summary] };

export const move: z.input<typeof answers.Move> = {
  ...summary,
  moved: 12,
  remaining: 1,
  batches: [{ number: 1, startedAt: at, startedBy: 'Ada Administratör', finishedAt: at }],
  matters: [
    {
      id,
      title: newMatter.title,
      number: 'HKS 2026/1',
      outcome: 'identical',
      moves: true,
      blocked: null,
      parts: [
        {
          actor: id,
          label: chart.label,
          chart,
          to: 2,
          from: [drafting],
          states: [drafting],
          remembers: [],
          deadlines: [
            {
              name: 'lapse',
              label: { sv: 'Förfaller', en: 'Lapses' },
              policy: 'keep',
              before: '2027-06-30',
              lastDay: '2027-06-30',
            },
          ],
          blocked: null,
          diverges: null,
        },
      ],
    },
  ],
  next: null,
};

export const batch: z.input<typeof answers.MoveBatch> = {
  number: 1,
  moved: 12,
  stayed: 1,
  blocked: 0,
  last: null,
  startedAt: at,
  finishedAt: at,
};
