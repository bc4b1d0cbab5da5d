import type { Rule } from '../rule.ts';

/** Matters that several municipalities share, and terms of office. */
export const cooperation = {
  'R-114': {
    cite: 'KL 1:2, 13:1–5',
    sv: 'När flera kommuner godkänner samma förslag utan gemensamt organ beslutar var och en genom sitt behöriga organ, med eget protokoll, eget anslag och egen överklagandetid. En sammanställning ändrar inte någon kommuns eget beslut.',
    en: 'When several municipalities approve the same proposal without a joint body, each decides through its own competent body, with its own minutes, notice and appeal period. A summary never alters the decision of any one of them.',
    settled: true,
  },
  'R-115': {
    cite: 'KL 9:37–38',
    sv: 'En kommun får avtala om att en annan kommun eller region helt eller delvis utför någon av dess uppgifter. Styrelsen har uppsikt över samverkan och ska varje år rapportera om den till fullmäktige.',
    en: 'A municipality may agree that another municipality or region performs one of its tasks in whole or in part. The board supervises the cooperation and must report on it to the council every year.',
    settled: true,
    kept: [
      {
        data: 'decision-point: followUps.every',
        says: {
          sv: 'Redovisningen till fullmäktige är en uppföljning som beslutet skapar.',
          en: 'The report to the council is a follow-up that the decision creates.',
        },
      },
    ],
  },
  'R-116': {
    cite: 'KL 9:19–35, 13:5',
    sv: 'En gemensam nämnds ledamöter väljs och dess reglemente antas av varje kommuns fullmäktige. Justeringen tillkännages på samtliga kommuners anslagstavlor, och överklagandetiden räknas från den dag då det har skett på alla.',
    en: 'The members of a joint committee are elected, and its regulations adopted, by the council of each municipality. Approval of the minutes is announced on every notice board, and the appeal period runs from the day it is on all of them.',
    settled: true,
  },
  'R-117': {
    cite: 'KL 9:1, 9:6, 9:18',
    sv: 'Ett kommunalförbund bildas först när alla medlemmars fullmäktige har antagit förbundsordningen, som kan kräva kvalificerad majoritet för vissa beslut. Uppsägningstiden vid utträde är tre år om förbundsordningen inte anger kortare tid.',
    en: 'A federation of municipalities is formed only when the councils of all members have adopted its charter, which may require a qualified majority for some decisions. Notice of exit is three years unless the charter sets a shorter time.',
    settled: true,
    kept: [
      {
        data: 'joint-matter: exitNotice',
        says: {
          sv: 'Hur lång uppsägningstiden är, där förbundsordningen anger kortare tid än tre år.',
          en: 'How long the notice of exit is, where the charter sets less than three years.',
        },
      },
    ],
  },
  'R-118': {
    cite: 'KL 5:9, 6:18–19, 12:4',
    sv: 'Fullmäktige väljs för fyra år från den 15 oktober valåret, styrelsen normalt från den 1 januari därefter. Ärenden som inte är avgjorda förfaller inte vid ny mandatperiod utan fortsätter.',
    en: 'The council is elected for four years from 15 October of the election year, the board normally from 1 January after that. Pending matters do not lapse with a new term of office but continue.',
    settled: true,
  },
} as const satisfies Record<string, Rule>;
