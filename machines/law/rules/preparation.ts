import type { Rule } from '../rule.ts';

/** How a matter is prepared before it is decided. */
export const preparation = {
  'R-010': {
    cite: 'KL 5:26',
    sv: 'Innan fullmäktige avgör ett ärende ska det ha beretts av en nämnd vars verksamhetsområde ärendet berör eller av en fullmäktigeberedning.',
    en: 'Before the council decides a matter, it must have been prepared by a committee whose remit it concerns or by a council drafting committee.',
    settled: true,
  },
  'R-011': {
    cite: 'KL 5:27',
    sv: 'Har ett ärende beretts bara av en fullmäktigeberedning ska en nämnd vars verksamhetsområde det berör alltid ges tillfälle att yttra sig. Det räcker att tillfället har getts och svarstiden har gått ut.',
    en: 'If only a council drafting committee has prepared a matter, a committee whose remit it concerns must always be given the opportunity to comment. It is enough that the opportunity was given and the time to answer has passed.',
    settled: true,
    kept: [
      {
        data: 'matter: affected.body',
        says: {
          sv: 'Berörda nämnder anges och tillfrågas när ärendet registreras.',
          en: 'Committees concerned are named, and asked when the matter is registered.',
        },
      },
    ],
  },
  'R-012': {
    cite: 'KL 5:28 st 1, 6:13 p 1',
    sv: 'Styrelsen ska alltid ges tillfälle att yttra sig i ett ärende som har beretts av en annan nämnd eller av en fullmäktigeberedning. Styrelsen behöver inte yttra sig, men den ska ha fått tillfälle till det innan fullmäktige avgör ärendet.',
    en: 'The board must always be given the opportunity to comment on a matter prepared by another committee or a council drafting committee. It need not comment, but must have had the opportunity before the council decides.',
    settled: true,
  },
  'R-013': {
    cite: 'KL 5:28 st 2',
    sv: 'Styrelsen ska lägga fram förslag till beslut i ett ärende hos fullmäktige, om inte någon annan nämnd eller en fullmäktigeberedning har gjort det.',
    en: 'The board shall put forward a proposal for decision in a council matter unless another committee or a council drafting committee has done so.',
    settled: true,
  },
  'R-014': {
    cite: 'KL 5:29–32, 5:34',
    sv: 'Beredning krävs inte för val, avsägelser, extra val, revisionsberättelsen, överlåtelse av medborgarförslag eller nyvalda fullmäktiges ändring av en nämnds mandattid eller storlek. Anmärkning och ej tillstyrkt ansvarsfrihet kräver dock förklaring.',
    en: 'No preparation is needed for elections, resignations, extra elections, the audit report, assigning citizen proposals, or a new council changing the term or size of a committee. Remarks and non-recommended discharge still require explanations.',
    settled: true,
    kept: [
      {
        data: 'route: stages.concerns',
        says: {
          sv: 'Val och avsägelser går till fullmäktige utan beredning av någon nämnd; överlåtelse av ett medborgarförslag kräver ingen.',
          en: 'Elections and resignations go to the council without preparation by a committee; assigning a citizen proposal needs none.',
        },
      },
    ],
  },
  'R-015': {
    cite: 'KL 5:33',
    sv: 'Ett brådskande ärende får avgöras utan beredning om samtliga närvarande ledamöter är ense om beslutet. En enda avvikande mening hindrar det.',
    en: 'An urgent matter may be decided without preparation if all members present agree on the decision. A single dissent prevents it.',
    settled: true,
    kept: [
      {
        data: 'route: stages.unprepared',
        says: {
          sv: 'Vägen anger att fullmäktige avgör brådskande ärenden som ingen har berett.',
          en: 'The route says that the council decides urgent matters that nobody has prepared.',
        },
      },
    ],
  },
  'R-016': {
    cite: 'KL 5:52',
    sv: 'Fullmäktige får avgöra bara ärenden som har tillkännagetts, om inte ärendet är brådskande och samtliga närvarande ledamöter beslutar att det ska avgöras. Är ärendet dessutom oberett krävs enighet även om själva beslutet.',
    en: 'The council may decide only matters that have been announced, unless the matter is urgent and all members present decide that it is to be decided. If it is also unprepared, all must agree on the decision itself as well.',
    settled: true,
  },
  'R-017': {
    cite: 'KL 5:57, 6:33',
    sv: 'Fullmäktiges ordförande ska vägra att lägga fram ett förslag som väcker ett nytt ärende och får vägra ett förslag som strider mot lag, men i det senare fallet får fullmäktige besluta att det ändå läggs fram. Reglerna gäller inte i nämnder.',
    en: 'The chair of the council shall refuse to put a proposal that raises a new matter and may refuse one that would be unlawful, but in the latter case the council may decide that it is put anyway. These rules do not apply in committees.',
    settled: true,
  },
  'R-018': {
    cite: 'KL 5:36; KFO',
    sv: 'Fullmäktige får besluta att synpunkter ska hämtas in från medlemmarna som ett led i beredningen, till exempel genom folkomröstning eller opinionsundersökning.',
    en: 'The council may decide that the views of members of the municipality are to be gathered as part of the preparation, for example by referendum or opinion survey.',
    settled: true,
    kept: [
      {
        judgement: 'matter: consultation.send.question',
        says: { sv: 'Synpunkter hämtas in genom en remiss.', en: 'Views are gathered by a consultation.' },
      },
    ],
  },
  'R-019': {
    cite: 'KL 6:12',
    sv: 'Styrelsen får begära in de yttranden och upplysningar den behöver från övriga nämnder, beredningar och anställda. Ett svar som uteblir när svarstiden går ut är försenat, inte avgivet.',
    en: 'The board may demand the opinions and information it needs from other committees, drafting committees and staff. An answer missing when the time runs out is overdue, not given.',
    settled: true,
  },
  'R-020': {
    cite: 'KL 6:38 p 2',
    sv: 'Yttranden till fullmäktige, och yttranden när beslut av nämnden i dess helhet eller av fullmäktige har överklagats, får inte delegeras. Nämnden måste själv besluta om dem.',
    en: 'Statements to the council, and statements when a decision of the full committee or of the council has been appealed, may not be delegated. The committee itself must decide on them.',
    settled: true,
    kept: [
      {
        judgement: 'consultation: consultation.answer.paragraph',
        says: {
          sv: 'Svaret antecknas med nämndens egen paragraf.',
          en: 'The answer is recorded with the paragraph of the committee itself.',
        },
      },
    ],
  },
  'R-021': {
    cite: 'KL 7:7, 8:3',
    sv: 'Nämnderna ska verka för samråd med dem som brukar deras tjänster. När beslutanderätt delegeras till en anställd får nämnden som villkor ställa upp att brukarna hörs eller tillstyrker innan beslutet fattas.',
    en: 'Committees shall promote consultation with the users of their services. When delegating to an employee, a committee may require that users be heard, or give their approval, before the decision is taken.',
    settled: true,
    kept: [
      {
        judgement: 'matter: consultation.send.body',
        says: {
          sv: 'Den som handlägger avgör vilka som tillfrågas.',
          en: 'The case officer judges who is asked.',
        },
      },
    ],
  },
  'R-022': {
    cite: 'MBL 11, 12, 14, 19 §§',
    sv: 'Arbetsgivaren ska på eget initiativ förhandla med de fackliga organisationer den har kollektivavtal med innan den beslutar om en viktigare förändring av verksamheten eller anställningsvillkoren. Bara synnerliga skäl medger att beslutet fattas först.',
    en: 'Before deciding on a major change to operations or employment conditions, the employer must on its own initiative negotiate with the unions it has collective agreements with. Only exceptional reasons allow the decision to be taken first.',
    settled: true,
    kept: [
      {
        judgement: 'huddinge/budget: negotiation.judge.major',
        says: {
          sv: 'Om det är en viktigare förändring, på de vägar som har en förhandling.',
          en: 'Whether it is a major change, on the routes that have a negotiation.',
        },
      },
    ],
  },
  'R-023': {
    cite: 'KL 11:15',
    sv: 'Beslutar fullmäktige om en utgift under löpande budgetår ska beslutet också innehålla en anvisning om hur utgiften ska finansieras.',
    en: 'If the council decides on an expense during the current budget year, the decision must also state how the expense is to be financed.',
    settled: true,
    kept: [
      {
        data: 'matter: proposals.text',
        says: {
          sv: 'Hur en utgift finansieras skrivs i förslaget till beslut.',
          en: 'How an expense is financed is written in the proposed decision.',
        },
      },
    ],
  },
  'R-024': {
    cite: '2018:1197',
    sv: 'Barnkonventionen gäller som svensk lag: vid åtgärder som rör barn ska barnets bästa beaktas i första hand. Bedömningen redovisas i underlaget när kommunens mall kräver det.',
    en: 'The Convention on the Rights of the Child applies as Swedish law: in actions concerning children their best interests are a primary consideration. The assessment is set out in the report when the municipal template requires it.',
    settled: true,
    kept: [
      {
        data: 'matter: summary',
        says: {
          sv: 'Prövningen av barnets bästa redovisas i underlaget.',
          en: 'The consideration of the best interests of the child is accounted for in the report.',
        },
      },
    ],
  },
  'R-025': {
    cite: 'KL 3:5, 6:37, 6:41–42; 2022:629',
    sv: 'Ett utskott väljs bland nämndens ledamöter och ersättare, proportionellt om det begärs, och får bereda nämndens ärenden. Det får besluta bara i ärenden där nämnden har delegerat beslutanderätten till det.',
    en: 'A sub-committee is elected from the members and substitutes of the committee, proportionally if demanded, and may prepare its matters. It may decide only matters in which the committee has delegated the power to it.',
    settled: true,
  },
} as const satisfies Record<string, Rule>;
