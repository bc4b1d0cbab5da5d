import type { Rule } from '../rule.ts';

/** Who may decide, and who may raise a matter. */
export const competence = {
  'R-001': {
    cite: 'KL 5:1',
    sv: 'Fullmäktige beslutar i ärenden av principiell beskaffenhet eller annars av större vikt, främst mål, budget och skatt, nämndernas organisation, val till nämnder och av revisorer, årsredovisning, ansvarsfrihet, folkomröstning och extra val.',
    en: 'The council decides matters of principle or otherwise of major importance, chiefly goals, budget and tax, the organisation of committees, elections to committees and of auditors, annual report, discharge, referendums and extra elections.',
    settled: true,
    kept: [
      {
        judgement: 'matter: point.add.body',
        says: {
          sv: 'Vilket organ som är behörigt bedöms av människor när en punkt läggs till.',
          en: 'Which body is competent is judged by people when a point is added.',
        },
      },
      {
        data: 'matter: proposals.body',
        says: {
          sv: 'Varje punkt anger det organ som ska besluta.',
          en: 'Every point names the body that is to decide it.',
        },
      },
    ],
  },
  'R-002': {
    cite: 'KL 5:2',
    sv: 'Fullmäktige får uppdra åt en nämnd att besluta i ett visst ärende eller en viss grupp av ärenden, men aldrig i ärenden som anges i KL 5:1 eller som enligt lag eller annan författning ska avgöras av fullmäktige.',
    en: 'The council may authorise a committee to decide a particular matter or group of matters, but never matters listed in KL 5:1 or those which by statute must be decided by the council.',
    settled: true,
    kept: [
      {
        data: 'route: stages.role',
        says: {
          sv: 'Vägen säger vilka organ som beslutar; ett uppdrag från fullmäktige är en väg som slutar i nämnden.',
          en: 'The route says which bodies decide; an authorisation by the council is a route that ends in the committee.',
        },
      },
    ],
  },
  'R-003': {
    cite: 'KL 6:3',
    sv: 'En nämnd beslutar i frågor som rör förvaltningen, i frågor som den enligt lag eller annan författning ska ha hand om och i frågor som fullmäktige har delegerat till den.',
    en: 'A committee decides questions of administration, questions that statute places with it, and questions that the council has delegated to it.',
    settled: true,
  },
  'R-004': {
    cite: 'KL 6:8',
    sv: 'Styrelsen får besluta om andra nämnders verksamhet bara i särskilt angivna förhållanden som fullmäktige har bestämt, och aldrig i fråga om myndighetsutövning, tillämpning av lag eller ärenden som rör enskilda.',
    en: 'The board may decide on the operations of other committees only in specified respects that the council has laid down, and never on the exercise of public authority, the application of law or matters concerning individuals.',
    settled: true,
    kept: [
      {
        data: 'route: stages.body',
        says: {
          sv: 'Styrelsen beslutar bara där kommunens egen väg säger det.',
          en: 'The board decides only where the route of the municipality says so.',
        },
      },
    ],
  },
  'R-005': {
    cite: 'KL 6:7',
    sv: 'En nämnd får inte bestämma om kommunens rättigheter eller skyldigheter i ett ärende där den företräder kommunen som part, och inte utöva lagstadgad tillsyn över verksamhet som den själv bedriver.',
    en: 'A committee may not decide on the rights or obligations of the municipality in a matter where it represents the municipality as a party, nor exercise statutory supervision over operations that it runs itself.',
    settled: true,
    kept: [
      {
        judgement: 'matter: point.add.body',
        says: {
          sv: 'Den som anger beslutande organ svarar för att organet inte är part i saken.',
          en: 'Whoever names the deciding body answers for that it is no party to the case.',
        },
      },
    ],
  },
  'R-006': {
    cite: 'KL 5:22, 8:1–2',
    sv: 'Ärenden i fullmäktige väcks av en nämnd, av en ledamot eller tjänstgörande ersättare genom motion, av en revisor inom uppdraget, genom medborgarförslag eller folkinitiativ och, om fullmäktige beslutat det, av en beredning eller ett bolag.',
    en: 'A council matter is raised by a committee, by a member or serving substitute through a motion, by an auditor within the audit remit, by citizen proposal or popular initiative and, if the council allows, by a drafting committee or company.',
    settled: true,
    kept: [
      {
        data: 'matter: initiator',
        says: { sv: 'Ärendet anger vem som väckt det.', en: 'The matter names who raised it.' },
      },
    ],
  },
  'R-007': {
    cite: 'KL 4:20–21',
    sv: 'Varje ledamot i en nämnd får väcka ärenden i nämnden. En revisor får göra det om ärendet rör granskningen av nämndens verksamhet.',
    en: 'Every member of a committee may raise matters in it. An auditor may do so when the matter concerns the audit of the committee.',
    settled: true,
    kept: [
      {
        data: 'matter: initiator',
        says: { sv: 'Ärendet anger vem som väckt det.', en: 'The matter names who raised it.' },
      },
    ],
  },
  'R-008': {
    cite: 'KL 5:23',
    sv: 'Fullmäktige ska besluta i de ärenden som väcks där. Ett ärende som har väckts genom medborgarförslag får överlåtas till styrelsen eller en annan nämnd, men inte om det hör till dem som anges i KL 5:1.',
    en: 'The council shall decide the matters raised in it. A matter raised by citizen proposal may be assigned to the board or another committee, but not if it is one of those listed in KL 5:1.',
    settled: true,
    kept: [
      {
        data: 'route: stages.role',
        says: {
          sv: 'Vägen säger om fullmäktige beslutar eller har överlåtit ärendet till en nämnd.',
          en: 'The route says whether the council decides or has assigned the matter to a committee.',
        },
      },
    ],
  },
  'R-009': {
    cite: 'KL 10:3 p 4',
    sv: 'Bolagsordningen för ett helägt kommunalt bolag ska ange att fullmäktige får ta ställning till beslut av principiell beskaffenhet eller annars av större vikt innan de fattas.',
    en: 'The articles of a wholly owned municipal company must let the council take a position on decisions of principle or otherwise of major importance before they are taken.',
    settled: true,
    kept: [
      {
        outside: {
          sv: 'Står i bolagets bolagsordning. Frågan till fullmäktige är sedan ett ärende som andra.',
          en: 'Stands in the articles of the company. The question to the council is then a matter like others.',
        },
      },
    ],
  },
} as const satisfies Record<string, Rule>;
