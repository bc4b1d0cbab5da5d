import type { Rule } from '../rule.ts';

/** Deferral (bordläggning), referral back (återremiss) and withdrawal. */
export const deferral = {
  'R-055': {
    cite: 'KL 5:50 st 1',
    sv: 'Ett ärende i fullmäktige ska bordläggas eller återremitteras om det begärs av minst en tredjedel av de närvarande ledamöterna. Det är de som begär det som räknas; omröstning behövs inte.',
    en: 'A council matter must be deferred or referred back if at least one third of the members present so request. Those who request it are counted; no vote is needed.',
    settled: true,
  },
  'R-056': {
    cite: 'KL 5:50 st 1',
    sv: 'Har ärendet tidigare bordlagts eller återremitterats på begäran av en minoritet krävs enkel majoritet för att göra det igen. En bordläggning eller återremiss som majoriteten har beslutat räknas inte.',
    en: 'If the matter has earlier been deferred or referred back at the request of a minority, a simple majority is needed to do so again. A deferral or referral back decided by the majority does not count.',
    settled: false,
  },
  'R-057': {
    cite: 'KL 5:50 st 2',
    sv: 'I fråga om val krävs enkel majoritet för bordläggning eller återremiss. Ett ärende om extra val till fullmäktige ska alltid bordläggas första gången det tas upp.',
    en: 'In elections, deferral or referral back takes a simple majority. A matter of an extra election to the council must always be deferred the first time it is taken up.',
    settled: true,
    kept: [
      {
        data: 'route: stages.concerns',
        says: {
          sv: 'En station som gäller ett val ger ingen minoritet rätt att skjuta upp det.',
          en: 'A stage that concerns an election gives no minority the right to delay it.',
        },
      },
    ],
  },
  'R-058': {
    cite: 'KL 5:50 st 3',
    sv: 'Motiveringen till en återremiss bestäms av de ledamöter som har begärt den, inte av majoriteten. Vid flera motiveringar får ordföranden pröva vilken som biträds av minst en tredjedel av de närvarande ledamöterna.',
    en: 'The reasons for a referral back are set by the members who requested it, not by the majority. With several sets of reasons, the chair may test which has the support of at least one third of the members present.',
    settled: true,
  },
  'R-059': {
    cite: 'KL 5:51',
    sv: 'Ett bordlagt ärende ska behandlas på fullmäktiges nästa sammanträde, om fullmäktige inte beslutar något annat.',
    en: 'A deferred matter is taken up at the next meeting of the council unless the council decides otherwise.',
    settled: true,
    kept: [
      {
        program: 'src/views/deferred.ts',
        says: {
          sv: 'När fullmäktiges nästa sammanträde planeras förs det som är bordlagt upp av sig självt. Är det redan planerat varnar det för det som saknas.',
          en: 'When the next meeting of the council is planned, what is deferred is listed by itself. One that is planned already warns of what it lacks.',
        },
      },
      {
        judgement: 'matter: item.defer.until',
        says: {
          sv: 'Beslutar fullmäktige något annat anges den dag då ärendet ska tas upp.',
          en: 'If the council decides otherwise, the day on which the matter is taken up is stated.',
        },
      },
    ],
  },
  'R-060': {
    cite: 'KL 6:33',
    sv: 'I en nämnd, även styrelsen, krävs enkel majoritet för bordläggning. Minoritetens rätt till bordläggning eller återremiss i fullmäktige gäller inte i nämnder.',
    en: 'In a committee, the board included, deferral takes a simple majority. The right of a minority in the council to deferral or referral back does not apply in committees.',
    settled: true,
  },
  'R-061': {
    cite: 'praxis',
    sv: 'En återremiss sänder ärendet till ett organ eller till förvaltningen för ny beredning. Därefter passerar det de följande leden på nytt innan det avgörs.',
    en: 'A referral back sends the matter to a body or the administration for new preparation. It then passes the later stages anew before it is decided.',
    settled: false,
  },
  'R-062': {
    cite: 'KL 13:2 p 2; RÅ 1995 not 353',
    sv: 'En nämnds förslag till fullmäktige, och en nämnds beslut att sända tillbaka ett ärende, är av rent förberedande art och kan inte överklagas.',
    en: 'A proposal by a committee or the board to the council, and its decision to send a matter back, are purely preparatory and cannot be appealed.',
    settled: true,
  },
  'R-063': {
    cite: 'KL 5:23, 5:35, 5:67 p 1; praxis',
    sv: 'Ett yrkande eller förslag får tas tillbaka så länge det inte är avgjort, och ett ärende innan något organ har beslutat i det. Ett ärende som utgår lämnar bara föredragningslistan. Hos fullmäktige kan bara fullmäktige avskriva det.',
    en: 'A motion or proposal may be withdrawn until it is decided, and a matter until a first body has decided on it. An item struck from the agenda leaves only that meeting. Once before the council, only the council may write a matter off.',
    settled: false,
  },
} as const satisfies Record<string, Rule>;
