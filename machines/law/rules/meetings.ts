import type { Rule } from '../rule.ts';

/** Notice, agenda, quorum and presence. */
export const meetings = {
  'R-026': {
    cite: 'KL 5:13, 5:15',
    sv: 'Fullmäktiges sammanträde ska med tid, plats och ärenden tillkännages på anslagstavlan minst en vecka före sammanträdesdagen. Inom samma tid ska varje ledamot och ersättare kallas.',
    en: 'A council meeting must be announced on the notice board, with time, place and matters, at least one week before the meeting day. Every member and substitute must be summoned within the same time.',
    settled: true,
  },
  'R-027': {
    cite: 'KL 5:14–15',
    sv: 'Ett ärende som är för brådskande för veckofristen ska tillkännages senast vardagen närmast före sammanträdesdagen, och ledamöter och ersättare ska informeras så att det kan antas nå dem senast då. Lördag räknas här inte som vardag.',
    en: 'A matter too urgent for the one-week notice must be announced no later than the weekday nearest before the meeting day, and members and substitutes informed so that it can be assumed to reach them by then. Saturday is not counted as a weekday here.',
    settled: false,
  },
  'R-028': {
    cite: 'KL 6:23, 6:44',
    sv: 'En nämnd bestämmer själv tid och plats för sina sammanträden och ska sammanträda även om minst en tredjedel av ledamöterna begär det eller ordföranden anser att det behövs. Kallelsetiden följer av reglementet.',
    en: 'A committee sets the time and place of its meetings itself and must also meet if at least one third of its members so request or the chair finds it necessary. The notice period follows from the committee regulations.',
    settled: true,
    kept: [
      {
        data: 'municipality: bodies.notice',
        says: {
          sv: 'Hur lång tid före sammanträdet organets regler kräver.',
          en: 'How long before the meeting the rules of the body require.',
        },
      },
    ],
  },
  'R-029': {
    cite: 'KL 5:45',
    sv: 'Fullmäktige får handlägga ett ärende bara om mer än hälften av ledamöterna är närvarande. Har fullmäktige bestämt det får interpellationer och frågor besvaras även när färre är närvarande.',
    en: 'The council may handle a matter only if more than half of its members are present. If the council has so decided, interpellations and questions may be answered with fewer present.',
    settled: true,
    kept: [
      {
        data: 'municipality: bodies.inquiries.belowQuorum',
        says: {
          sv: 'Om fullmäktige har bestämt att interpellationer och frågor får besvaras när färre är närvarande.',
          en: 'Whether the council has decided that interpellations and questions may be answered with fewer present.',
        },
      },
    ],
  },
  'R-030': {
    cite: 'KL 5:46',
    sv: 'Fullmäktige får handlägga ett ärende även om de som deltar på grund av jäv inte är fler än hälften av ledamöterna. Undantaget gäller bara i fullmäktige, inte i nämnder.',
    en: 'The council may handle a matter even if conflicts of interest leave no more than half of its members taking part. The exception applies in the council only, not in committees.',
    settled: true,
    kept: [
      {
        program: 'machines/meeting/attendance.ts',
        says: {
          sv: 'I fullmäktige räknas jäviga med när beslutförheten prövas.',
          en: 'In the council those recused are counted when the quorum is tested.',
        },
      },
    ],
  },
  'R-031': {
    cite: 'KL 6:27',
    sv: 'En nämnd får handlägga ett ärende bara om fler än hälften av ledamöterna är närvarande. Den som är jävig i ärendet räknas inte, men det gör den ersättare som tjänstgör i stället.',
    en: 'A committee may handle a matter only if more than half of its members are present. A member with a conflict of interest in the matter does not count, but a substitute serving instead does.',
    settled: true,
  },
  'R-032': {
    cite: 'KL 5:16, 6:24',
    sv: 'Den som deltar på distans räknas som närvarande, om fullmäktige har tillåtit distansdeltagande och samtliga deltagare kan se och höra varandra i realtid och delta på lika villkor.',
    en: 'A remote participant counts as present, provided that the council has allowed remote participation and all participants can see and hear one another in real time and take part on equal terms.',
    settled: true,
    kept: [
      {
        data: 'municipality: bodies.remote',
        says: {
          sv: 'Om fullmäktige har tillåtit deltagande på distans i organet.',
          en: 'Whether the council has allowed the body to meet at a distance.',
        },
      },
      {
        judgement: 'meeting: meeting.open.serving',
        says: {
          sv: 'Den som öppnar sammanträdet antecknar vilka som deltar på distans på lika villkor.',
          en: 'Whoever opens the meeting records who take part at a distance on equal terms.',
        },
      },
    ],
  },
  'R-033': {
    cite: 'KL 5:17–21, 6:17',
    sv: 'Ersättare tjänstgör i bestämd ordning, men den som har börjat tjänstgöra har företräde och får återkomma efter jäv. I fullmäktige får en ledamot som har avbrutit tjänstgöringen av annat skäl än jäv inte tjänstgöra mer samma dag.',
    en: 'Substitutes serve in a fixed order, but one who has begun to serve has precedence and may return after a recusal. In the council, a member who left for a reason other than a conflict of interest may not serve again that day.',
    settled: true,
  },
  'R-034': {
    cite: 'KL 5:42, 6:25',
    sv: 'Fullmäktige sammanträder offentligt men får stänga överläggningen i ett visst ärende. En nämnd sammanträder inom stängda dörrar om den inte med fullmäktiges medgivande öppnar; vid myndighetsutövning och sekretess är dörrarna alltid stängda.',
    en: 'The council meets in public but may close the deliberation on a matter. A committee meets in private unless, with consent from the council, it opens; exercise of public authority and secret information always require closed doors.',
    settled: true,
    kept: [
      {
        data: 'municipality: bodies.openDoors',
        says: {
          sv: 'Om fullmäktige har medgett att nämnden håller öppna sammanträden.',
          en: 'Whether the council has let the committee meet in public.',
        },
      },
      {
        judgement: 'meeting: item.open.secret',
        says: {
          sv: 'Den som öppnar ärendet anger om det har uppgifter som omfattas av sekretess; ett sekretessmarkerat ärende öppnas bara inom stängda dörrar.',
          en: 'Whoever opens the item says whether it has secret data; a matter that is marked as confidential is opened behind closed doors only.',
        },
      },
    ],
  },
  'R-035': {
    cite: 'KL 7:10–19',
    sv: 'Personalföreträdare får närvara och yttra sig i nämnder, utom styrelsen, i ärenden om arbetsgivarens förhållande till de anställda och utom i undantagna ärenden. De deltar inte i besluten, som inte blir ogiltiga om de inte har kallats.',
    en: 'Staff representatives may attend and speak in committees, except the board, on matters between the employer and its staff, save those exempted. They never take part in decisions, which are not invalid because they were not summoned.',
    settled: true,
    kept: [
      {
        outside: {
          sv: 'Personalföreträdare deltar utan att besluta; en utebliven kallelse gör inte beslutet ogiltigt.',
          en: 'Staff representatives attend without deciding; a missed summons does not invalidate the decision.',
        },
      },
    ],
  },
  'R-036': {
    cite: 'KL 4:28, 5:39–40',
    sv: 'Kommunalråd och oppositionsråd får delta i fullmäktiges överläggningar och lägga fram förslag även om de inte är ledamöter. Fullmäktige får ge andra rätt att yttra sig där eller närvara i nämnder, men ingen av dem deltar i besluten.',
    en: 'Municipal commissioners, of the majority or the opposition, may speak and put proposals in the council even if not members of it. The council may let others speak there or attend committees, but none of them takes part in decisions.',
    settled: true,
    kept: [
      {
        outside: {
          sv: 'Den som får närvara utan att besluta räknas inte; det antecknas i protokollet.',
          en: 'Those who may attend without deciding are not counted; the minutes say so.',
        },
      },
    ],
  },
} as const satisfies Record<string, Rule>;
