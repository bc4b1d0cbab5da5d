import type { Rule } from '../rule.ts';

/** Dispatch, execution and follow-up. */
export const execution = {
  'R-086': {
    cite: 'KL 6:4, 6:13 p 3, 6:14',
    sv: 'Nämnderna bereder fullmäktiges ärenden och ansvarar för att fullmäktiges beslut verkställs. Styrelsen verkställer, om fullmäktige inte har beslutat att en annan nämnd ska göra det.',
    en: 'Committees prepare the matters of the council and are responsible for the execution of its decisions. The board executes unless the council has decided that another committee shall.',
    settled: true,
  },
  'R-087': {
    cite: 'praxis',
    sv: 'Ett beslut expedieras först när dess paragraf är justerad. Protokollsutdrag sänds till de mottagare som anges i protokollet; anges inga ska det framgå att de saknas.',
    en: 'A decision is dispatched only once its paragraph has been approved. Extracts of the minutes go to the recipients stated in the minutes; if there are none, that must be stated.',
    settled: false,
  },
  'R-088': {
    cite: 'KL 6:5',
    sv: 'Nämnderna ska redovisa för fullmäktige hur de har fullgjort uppdrag enligt KL 5:2 och 5:4, i den omfattning och form som fullmäktige har beslutat.',
    en: 'Committees must report to the council how they have carried out assignments under KL 5:2 and 5:4, to the extent and in the form the council has decided.',
    settled: true,
  },
  'R-089': {
    cite: 'KL 4:32, 5:24, 6:9, 6:34, 9:38, 11:20',
    sv: 'Varje år återkommer årsredovisningen (senast 15 april), ansvarsfriheten (före utgången av juni), rapporten om avtalssamverkan, prövningen av kommunens aktiebolag, informationen om medborgarförslag och beslutet om partistöd.',
    en: 'Every year bring the annual report (by 15 April), discharge (before the end of June), the report on contractual cooperation, the review of municipal companies, information on citizen proposals and the decision on party support.',
    settled: true,
    kept: [
      {
        data: 'decision-point: followUps.every',
        says: {
          sv: 'Årliga uppgifter är uppföljningar som beslutet skapar.',
          en: 'Yearly duties are follow-ups that the decision creates.',
        },
      },
    ],
  },
  'R-090': {
    cite: 'avtalsrätt',
    sv: 'När ett avtal upphör följer av avtalet, till exempel dess uppsägningstid, inte av beslutet att säga upp det. Beslutsdag och avtalets slutdag anges därför var för sig.',
    en: 'When a contract ends follows from the contract, for example its notice period, not from the decision to terminate it. The day of the decision and the end of the contract are therefore stated separately.',
    settled: false,
  },
} as const satisfies Record<string, Rule>;
