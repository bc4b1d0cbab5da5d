/** The year's budget and the year's accounts. */
import { Route } from './route.ts';

const administration = {
  id: 'administration',
  type: 'preparation',
  label: { sv: 'Förvaltningen', en: 'Administration' },
} as const;

/**
 * Route N: the committees' proposals by the day that the board has set, the unions negotiated with, the board's by the end of October, on the web
 * when the council is summoned, adopted by the end of November. The tax rate is a point of its own: it may be set in
 * November and the budget in December.
 */
export const budgetMatter = (committees: readonly string[]): Route =>
  Route.parse({
    name: 'budget',
    version: 1,
    label: { sv: 'Budget', en: 'Budget' },
    stages: [
      administration,
      {
        id: 'committees',
        type: 'consultation',
        label: { sv: 'Nämndernas budgetförslag', en: "The committees' proposals" },
        bodies: committees,
        join: { rule: 'deadline' },
        within: { weeks: 6 },
      },
      {
        id: 'unions',
        type: 'negotiation',
        label: { sv: 'Förhandling enligt MBL', en: 'Negotiation with the unions' },
      },
      { id: 'ks', type: 'meeting', body: 'ks', role: 'propose', referTo: ['administration'] },
      {
        id: 'web',
        type: 'publication',
        label: { sv: 'Förslaget på webbplatsen', en: 'The proposal on the website' },
        newCouncil: true,
      },
      { id: 'kf', type: 'meeting', body: 'kf', role: 'decide', referTo: ['ks', 'administration'] },
    ],
    dates: [
      {
        id: 'proposal',
        label: { sv: 'Styrelsens budgetförslag', en: "The board's budget proposal" },
        rule: 'R-109',
        leaves: 'ks',
        month: 10,
        day: 31,
      },
      {
        id: 'adoption',
        label: { sv: 'Budgeten fastställd', en: 'The budget adopted' },
        rule: 'R-109',
        leaves: 'kf',
        month: 11,
        day: 30,
      },
    ],
    remark:
      'For special reasons the days are a month later, and the tax rate is then set first (KL 11:10–11).',
  });

/** Route O: the annual report by 15 April, the auditors' report, and by the end of June the council: report, discharge. */
export const annualReport: Route = Route.parse({
  name: 'annual-report',
  version: 1,
  label: { sv: 'Årsredovisning och ansvarsfrihet', en: 'Annual report and discharge' },
  stages: [
    administration,
    { id: 'ks', type: 'meeting', body: 'ks', role: 'propose', referTo: ['administration'] },
    { id: 'auditors', type: 'audit', label: { sv: 'Revisorerna', en: 'The auditors' } },
    {
      id: 'web',
      type: 'publication',
      label: { sv: 'Redovisning och berättelse på webbplatsen', en: 'Report and audit on the website' },
    },
    { id: 'kf', type: 'meeting', body: 'kf', role: 'decide', referTo: ['ks', 'administration'] },
  ],
  dates: [
    {
      id: 'handing-over',
      label: { sv: 'Årsredovisningen lämnad', en: 'The annual report handed over' },
      rule: 'R-112',
      leaves: 'ks',
      month: 4,
      day: 15,
    },
    {
      id: 'discharge',
      label: { sv: 'Beslut om ansvarsfrihet', en: 'Decision on discharge' },
      rule: 'R-112',
      leaves: 'kf',
      month: 6,
      day: 30,
    },
  ],
});
