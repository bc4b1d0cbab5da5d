import type { Rule } from '../rule.ts';

/** Budget, accounts and audit. */
export const budget = {
  'R-109': {
    cite: 'KL 11:8–11',
    sv: 'Styrelsen upprättar budgetförslaget före utgången av oktober och fullmäktige fastställer budgeten före utgången av november, valår nyvalda fullmäktige. Vid särskilda skäl fastställs skattesatsen i november och budgeten före utgången av december.',
    en: 'The board draws up the budget proposal before the end of October and the council adopts it before the end of November, in election years the new council. For special reasons the tax rate is set in November and the budget before the end of December.',
    settled: true,
  },
  'R-110': {
    cite: 'KL 8:14, 8:15, 8:16 a',
    sv: 'Budgetförslaget ska finnas på kommunens webbplats från tillkännagivandet av det fullmäktigesammanträde då budgeten ska fastställas. Detsamma gäller årsredovisningen och revisionsberättelserna inför deras behandling.',
    en: 'The budget proposal must be on the website of the municipality from the announcement of the council meeting that is to adopt it. The same goes for the annual report and the audit reports before they are taken up.',
    settled: true,
  },
  'R-111': {
    cite: 'KL 11:9',
    sv: 'Styrelsen bestämmer när övriga nämnder senast ska lämna in sina budgetförslag till styrelsen.',
    en: 'The board sets the date by which the other committees must hand in their budget proposals to it.',
    settled: true,
    kept: [
      {
        data: 'consultation: due',
        says: {
          sv: 'När nämnderna senast ska svara anges i remissen.',
          en: 'The day by which the committees are to answer is stated in the consultation.',
        },
      },
    ],
  },
  'R-112': {
    cite: 'KL 4:9, 5:24–25, 11:20–21',
    sv: 'Årsredovisningen lämnas senast den 15 april och ska godkännas innan fullmäktige före utgången av juni beslutar om ansvarsfrihet. Beslutet motiveras. Vägras ansvarsfrihet får skadeståndstalan väckas inom ett år och uppdraget återkallas.',
    en: 'The annual report is handed over by 15 April and must be approved before the council decides on discharge, by the end of June, with reasons. If discharge is refused, a claim for damages may be brought within a year and the office revoked.',
    settled: true,
  },
  'R-113': {
    cite: 'KL 12:12–13',
    sv: 'Revisionsberättelsen ska ange anledningen till anmärkningar och innehålla ett särskilt uttalande om huruvida ansvarsfrihet tillstyrks eller inte.',
    en: 'The audit report must give the reason for any remark and contain a separate statement on whether discharge is recommended or not.',
    settled: true,
  },
} as const satisfies Record<string, Rule>;
