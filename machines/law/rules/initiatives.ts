import type { Rule } from '../rule.ts';

/** Initiatives with clocks of their own. */
export const initiatives = {
  'R-101': {
    cite: 'KL 5:35; 1930:173 § 1',
    sv: 'En motion eller ett medborgarförslag ska om möjligt beredas så att fullmäktige kan besluta inom ett år från väckandet. Annars ska det, och vad som kommit fram, anmälas till fullmäktige inom samma tid; bara fullmäktige får avskriva ärendet.',
    en: 'A motion or citizen proposal shall if possible be prepared so that the council can decide within one year of its being raised. If not, this and what has emerged must be reported to the council within that year; only the council may write it off.',
    settled: true,
  },
  'R-102': {
    cite: 'praxis',
    sv: 'En motion eller ett medborgarförslag anses väckt när det har lämnats till fullmäktiges kansli eller vid ett sammanträde, enligt kommunens egna regler. Ettårsfristen räknas från den dagen.',
    en: 'A motion or citizen proposal counts as raised when handed to the secretariat of the council or at a meeting, according to local rules. The one-year limit runs from that day.',
    settled: false,
  },
  'R-103': {
    cite: 'KL 8:1',
    sv: 'Medborgarförslag får väckas bara om fullmäktige har beslutat det, och då av den som är folkbokförd i kommunen och av vissa unionsmedborgare som bor där. Någon åldersgräns finns inte.',
    en: 'Citizen proposals may be raised only if the council has allowed them, and then by persons registered in the municipality and certain EU citizens living there. There is no age limit.',
    settled: true,
    kept: [
      {
        data: 'municipality: citizenProposals',
        says: {
          sv: 'Om fullmäktige har tillåtit medborgarförslag.',
          en: 'Whether the council has allowed citizen proposals.',
        },
      },
    ],
  },
  'R-104': {
    cite: 'KL 6:34',
    sv: 'Ett medborgarförslag hos en nämnd ska om möjligt avgöras inom ett år från det att det väcktes i fullmäktige. Nämnden ska minst en gång om året informera fullmäktige om besluten och om dem som inte avgjorts i tid.',
    en: 'A citizen proposal before a committee shall if possible be decided within one year of being raised in the council. The committee must inform the council at least yearly of its decisions and of those not decided in time.',
    settled: true,
  },
  'R-105': {
    cite: 'KL 5:59–63',
    sv: 'En interpellation ska ha ett bestämt innehåll och motivering, riktas till en ordförande eller annan som fullmäktige bestämt och inte röra myndighetsutövning mot enskild. Fullmäktige beslutar utan överläggning om den får ställas.',
    en: 'An interpellation must have a definite content and reasons, be put to a chair or another the council has named, and not concern public authority towards an individual. The council decides without debate whether it may be put.',
    settled: true,
    kept: [
      {
        judgement: 'huddinge/interpellation: inquiry.register.authority',
        says: {
          sv: 'Om den avser myndighetsutövning mot någon enskild, och om innehållet är bestämt, bedöms när den tas upp.',
          en: 'Whether it concerns public authority towards an individual, and has a definite content, is judged when it is taken up.',
        },
      },
      {
        data: 'municipality: bodies.inquiries.interpellation',
        says: {
          sv: 'Hur långt före sammanträdet den lämnas in.',
          en: 'How long before the meeting it is handed in.',
        },
      },
    ],
  },
  'R-106': {
    cite: 'KL 5:64',
    sv: 'En fråga ska ha ett bestämt innehåll och får ha en kort inledande förklaring. När den besvaras får bara den som ställer frågan och den som svarar delta i överläggningen.',
    en: 'A question must have a definite content and may have a short introduction. When it is answered, only the person asking and the person answering may take part in the debate.',
    settled: true,
    kept: [
      {
        data: 'municipality: bodies.inquiries.question',
        says: {
          sv: 'Hur långt före sammanträdet den lämnas in.',
          en: 'How long before the meeting it is handed in.',
        },
      },
    ],
  },
  'R-107': {
    cite: 'KL 5:37, 8:2',
    sv: 'Ett folkinitiativ kräver minst tio procent av de röstberättigade, med namnteckningar från de senaste sex månaderna. Kan fullmäktige besluta i frågan ska folkomröstning hållas, om inte minst två tredjedelar av de närvarande röstar mot.',
    en: 'A popular initiative takes at least ten per cent of the voters, with signatures from the last six months. If the council can decide the question, a referendum is held unless at least two thirds of those present vote against.',
    settled: true,
  },
  'R-108': {
    cite: 'KL 4:6, 6:20',
    sv: 'Fullmäktige ska befria en förtroendevald som vill avgå från uppdraget, om inte särskilda skäl talar mot det. Avgår en ledamot i en nämnd under mandattiden ska fyllnadsval hållas.',
    en: 'The council must release an elected representative who wishes to resign unless there are special reasons against it. If a committee member leaves during the term, a by-election is held.',
    settled: true,
  },
} as const satisfies Record<string, Rule>;
