import type { z } from 'zod';
import { rules } from '../../machines/law/rules.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { assign, chart, id, newMatter, registered } from './examples.ts';
import type * as answers from './reference-schemas.ts';

const appealPeriod = { sv: 'Överklagandetiden går ut', en: 'The appeal period ends' };

export const time: z.input<typeof answers.Time> = { now: '2026-12-14T07:00:00.000Z' };

export const newTime = { date: '2026-12-14' };

export const head: z.input<typeof answers.Head> = {
  number: 17,
  hash: '8c2f9d1b7a5e4c3089f6d2e1b0a7c8d9e4f5a6b7c8d9e0f1a2b3c4d5e6f70819',
  last: 42,
  at: '2026-11-20T09:00:00.000Z',
};

export const desk: z.input<typeof answers.Desk> = {
  waiting: [
    {
      id,
      root: id,
      collection: 'matters',
      label: chart.label,
      title: newMatter.title,
      number: 'HKS 2026/1',
      body: 'administration',
      municipality: 'huddinge',
      states: [registered],
      next: [{ type: 'matter.assign', label: assign }],
      due: null,
      overdue: false,
    },
  ],
  due: [
    {
      id: `${id}.notice`,
      root: id,
      collection: 'meetings',
      actorLabel: { sv: 'Anslag', en: 'Notice' },
      title: 'Kommunstyrelsen 2026-12-02',
      municipality: 'huddinge',
      label: appealPeriod,
      rule: 'R-072',
      lastDay: '2026-12-28',
      dueAt: '2026-12-28T23:00:00.000Z',
      overdue: false,
    },
  ],
};

export const municipalities: z.input<typeof answers.Municipalities> = { items: [huddinge] };

const { cite, sv, en } = rules['R-093'];

export const ruleList: z.input<typeof answers.Rules> = { items: [{ id: 'R-093', cite, sv, en }] };

export const apiInfo: z.input<typeof answers.ApiInfo> = {
  apiName: 'Ärendegång',
  apiVersion: '0.1.0',
  apiReleased: '2026-11-21',
  apiDocumentation: '/v1/docs',
  apiStatus: 'beta',
};
