import type { z } from 'zod';
import { assign, at, chart, command, drafting, id, newEvent, newMatter, registered } from './examples.ts';
import type * as answers from './history-schemas.ts';

const sender = 'Anna Sekreterare';
const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const path: z.input<typeof answers.Path> = {
  id,
  title: newMatter.title,
  number: 'HKS 2026/1',
  chart,
  steps: [
    {
      number: 2,
      at,
      recordedAt: at,
      actor: id,
      actorLabel: chart.label,
      event: { type: 'matter.assign', label: assign },
      sender: { name: sender, origin: 'person', label: { sv: sender, en: sender } },
      from: [registered],
      to: [drafting],
      body: 'administration',
      transitions: ['administration.registered>matter.assign#0'],
      payload: newEvent.payload,
      rule: null,
      command,
      version: 2,
      chartVersion: 1,
      hash,
    },
  ],
  current: [drafting],
};

export const log: z.input<typeof answers.Log> = {
  items: [
    {
      seq: 7,
      actor: id,
      version: 2,
      root: id,
      tenant: 'huddinge',
      command,
      at,
      type: 'matter.assign',
      payload: '{"caseOfficer":"Hanna Handläggare"}',
      meta: `{"at":"${at}","on":"2026-11-20","origin":"person","sender":"${sender}"}`,
      step: '{"chart":"huddinge/council-matter","chartVersion":1}',
      salt: '36b8f84d-df4e-4d49-b662-bcde71a8764f',
      content: null,
      prev: '0'.repeat(64),
      hash,
    },
  ],
};

export const audit: z.input<typeof answers.Audit> = {
  root: id,
  definitions: [{ actor: id, chart: chart.name, version: chart.version, hash, first: 1, last: 7 }],
  actors: 3,
  entries: 7,
  chainIntact: true,
  replayEqual: true,
  findings: [],
  redactions: [],
  lawful: true,
  legality: [
    {
      rule: 'R-010',
      cite: 'KL 5:26',
      watches: 'a committee or the board prepares before the council decides',
      subject: { matter: id },
      verdict: 'held',
      evidence: {
        actor: id,
        actorLabel: chart.label,
        version: 7,
        event: { type: 'decision.confirm', label: { sv: 'Klubba', en: 'Confirm the decision' } },
        on: '2026-11-20',
      },
    },
  ],
};
