import type { Rule } from '../rule.ts';

/** Records, secrecy, privacy, archive, accessibility and security. */
export const records = {
  'R-119': {
    cite: 'OSL 5:1–2',
    sv: 'En allmän handling ska registreras så snart den har kommit in eller upprättats, med datum, diarienummer, avsändare eller mottagare och ämne; utan sekretess räcker det att den hålls ordnad. Ett ärende måste ha diarienummer innan ett organ tar upp det.',
    en: 'An official document is registered as soon as received or drawn up, with date, registry number, sender or recipient and subject; if not secret it may instead be kept in order. A matter needs a registry number before a body takes it up.',
    settled: true,
    kept: [
      {
        data: 'matter: number',
        says: {
          sv: 'Diarienumret: i handläggarens ställe ger serien det.',
          en: 'The registry number: the series gives it where the registrar does not.',
        },
      },
      {
        program: 'src/engine/numbering.ts',
        says: {
          sv: 'Inget ärende börjar utan diarienummer.',
          en: 'No matter begins without a registry number.',
        },
      },
    ],
  },
  'R-120': {
    cite: 'OSL 5:5',
    sv: 'En sekretessmarkering ska ange tillämplig sekretessbestämmelse, datum och den myndighet som har gjort den. Den är en påminnelse, inte ett beslut om sekretess.',
    en: 'A secrecy mark must state the applicable provision, the date and the authority that made it. It is a reminder, not a decision on secrecy.',
    settled: true,
    kept: [
      {
        program: 'src/access/scope.ts',
        says: {
          sv: 'Det som är markerat syns bara för den vars behörighet omfattar sekretess.',
          en: 'What is marked is seen by those alone whose grant says that they see what is confidential.',
        },
      },
      {
        data: 'matter: secrecy',
        says: {
          sv: 'Ärendets markering; handlingarna var för sig markeras i diariet.',
          en: 'The mark of the matter; its documents are marked one by one in the registry.',
        },
      },
    ],
  },
  'R-121': {
    cite: 'OSL 4:1 st 3, 4:3',
    sv: 'Det bör framgå när uppgifter har tillförts en allmän handling och när de har ändrats eller gallrats, och underlaget ska finnas i ärendet i läsbar form. Händelser i ärendet kan därför bara läggas till, inte ändras eller tas bort.',
    en: 'It should be evident when data were added to an official document and when they were changed or deleted, and the material must be in the file in readable form. Events in a matter can therefore only be added, never changed or removed.',
    settled: true,
    kept: [
      {
        program: 'src/engine/chain.ts',
        says: {
          sv: 'Allt som tillförs eller ändras blir en daterad post i en logg som bara läggs till.',
          en: 'All that is added or changed becomes a dated entry in a log that is only added to.',
        },
      },
      {
        program: 'src/engine/publication.ts',
        says: { sv: 'Även varje väg som publiceras.', en: 'Each route that is published as well.' },
      },
    ],
  },
  'R-122': {
    cite: 'TF 2:9–12',
    sv: 'En handling blir allmän när den kommer in eller expedieras, ärendet slutbehandlas eller protokollet justeras. Protokoll i ärenden som en kommunal myndighet bara bereder, till exempel i arbetsutskottet, blir inte allmänna enbart genom justering.',
    en: 'A document becomes official when received or dispatched, the matter is finally handled or the minutes are approved. Minutes in matters a municipal authority only prepares, as in the working committee, do not become so by approval alone.',
    settled: true,
    kept: [
      {
        outside: {
          sv: 'Handlingarna själva förvaras i diariet; när de blir allmänna avgörs där.',
          en: 'The documents themselves are kept in the registry; when they become public is judged there.',
        },
      },
    ],
  },
  'R-123': {
    cite: 'TF 2:15–19; OSL 6:2–8',
    sv: 'En begäran att få ta del av en allmän handling ska prövas skyndsamt. Den som begär får inte tillfrågas om identitet eller syfte mer än vad sekretessprövningen kräver, och ett avslag kan överklagas.',
    en: 'A request for an official document must be handled promptly. The person asking may not be asked who they are or why beyond what the secrecy test requires, and a refusal can be appealed.',
    settled: true,
    kept: [
      {
        program: 'src/http/history.ts',
        says: {
          sv: 'Väg, logg och granskning lämnas ut för varje ärende, utan fråga om varför.',
          en: 'Path, log and audit are given out for every matter, without asking why.',
        },
      },
    ],
  },
  'R-124': {
    cite: 'OSL 19:1, 19:3, 31:16, 26 kap., 39 kap.',
    sv: 'Sekretess kan gälla affärsverksamhet, inköp, avtalsförhandling och anbud (19 kap.), motpartens affärsförhållanden (31:16), socialtjänst (26 kap.) och personal (39 kap.). Bestämmelsen anges för varje handling för sig.',
    en: 'Secrecy may cover business operations, purchases, contract negotiation and tenders (ch. 19), the business of a counterparty (31:16), social services (ch. 26) and staff (ch. 39). The provision is stated for each document separately.',
    settled: true,
    kept: [
      {
        judgement: 'matter: secrecy.mark.provision',
        says: {
          sv: 'Den som markerar ett ärende anger bestämmelsen; de vanligaste föreslås. Handlingarna prövas var för sig i diariet.',
          en: 'Whoever marks a matter states the provision; those met most are proposed. Documents are judged one by one in the registry.',
        },
      },
    ],
  },
  'R-125': {
    cite: 'AL 3–6, 8, 10, 16 §§',
    sv: 'Varje myndighet ansvarar för att dess arkiv bevaras, ordnas och beskrivs; styrelsen är arkivmyndighet om fullmäktige inte har utsett någon annan. Handlingar får tas bort bara med stöd av ett gallringsbeslut.',
    en: 'Each authority is responsible for keeping, ordering and describing its archive; the board is the archive authority unless the council has appointed another. Documents may be deleted only under a disposal decision.',
    settled: true,
  },
  'R-126': {
    cite: 'FGS Ärendehantering 1.0 (RAFGS3V1.0)',
    sv: 'Överföring till e-arkiv kan ske enligt FGS Ärendehantering 1.0, som Riksarkivet inte längre förvaltar, i paket enligt FGS Paketstruktur 2.0. Uppgifter om ärende, handling, agent, restriktion, gallring och relation ska följa med.',
    en: 'Transfer to an e-archive can follow FGS Ärendehantering 1.0, no longer maintained by the National Archives, in packages by FGS Paketstruktur 2.0. Data on matter, document, agent, restriction, disposal and relation must go along.',
    settled: false,
    kept: [
      {
        outside: {
          sv: 'Leverans till e-arkiv görs ur diariet.',
          en: 'Transfer to the e-archive is made from the registry.',
        },
      },
    ],
  },
  'R-127': {
    cite: 'DSL 1:7, 2:1–2, 3:3, 3:6',
    sv: 'Känsliga personuppgifter får behandlas när det är nödvändigt för att handlägga ett ärende, men sökningar för att få fram ett urval av personer grundat på dem är förbjudna. Tryck- och yttrandefriheten går före.',
    en: 'Sensitive personal data may be processed when necessary for handling a matter, but searches to select persons on the basis of such data are forbidden. Freedom of the press and of expression take precedence.',
    settled: true,
    kept: [
      {
        program: 'src/views/lists.ts',
        says: {
          sv: 'Inget urval görs på uppgifter om personer.',
          en: 'No selection is made on facts about persons.',
        },
      },
    ],
  },
  'R-128': {
    cite: 'KL 8:10 p 4',
    sv: 'Kommunen är inte skyldig att publicera protokoll på webben och får göra det bara om det inte strider mot lag. Personuppgifterna ska granskas före publicering, och det publicerade tas ned när stöd för publiceringen saknas.',
    en: 'The municipality is not obliged to publish minutes on the web and may do so only where no law forbids it. Personal data must be reviewed before publication, and what is published taken down once there is no ground for it.',
    settled: true,
    kept: [
      { outside: { sv: 'Protokollen publiceras inte härifrån.', en: 'No minutes are published from here.' } },
    ],
  },
  'R-129': {
    cite: 'KL 8:10–11',
    sv: 'Anslagstavlan får bara innehålla det lagen anger: fullmäktiges och nämnders sammanträden, beslutsunderlag, justerade protokoll, delegationsbeslut som inte anmäls, hur man överklagar samt andra författningsenliga kungörelser.',
    en: 'The notice board may hold only what the law lists: meetings of council and committees, decision material, approved minutes, delegated decisions not notified, how to appeal, and other notices required by statute.',
    settled: true,
    kept: [
      {
        program: 'machines/actors/notice.ts',
        says: {
          sv: 'Slagen av anslag är en sluten lista: justerade protokoll och särskilda protokoll över delegationsbeslut.',
          en: 'The kinds of notices are a closed list: approved minutes, and separate minutes of delegated decisions.',
        },
      },
    ],
  },
  'R-130': {
    cite: 'DOS 4, 10–13, 15 §§; förordning 2018:1938 § 2',
    sv: 'Digital service från kommunens nämnder och fullmäktige ska följa tillgänglighetskraven (WCAG 2.1 AA) och ha en tillgänglighetsredogörelse med möjlighet att påtala brister. För tredje parts lösningar gäller kraven så långt det är möjligt.',
    en: 'Digital services of committees and council must meet the accessibility requirements (WCAG 2.1 AA) and have an accessibility statement with a way to report failings. For third-party solutions this applies as far as possible.',
    settled: false,
    kept: [
      {
        program: 'src/clerk/accessibility.tsx',
        says: {
          sv: 'Sidorna följer kraven; bilden av vägen har en tabell som säger samma sak.',
          en: 'The pages meet the requirements; the picture of the path has a table that says the same.',
        },
      },
    ],
  },
  'R-131': {
    cite: 'CSL 1:2–3, 1:9, 1:14, 2:3–8; förordning 2025:1507 §§ 5–7',
    sv: 'Kommunen, men inte fullmäktige, ska vidta säkerhetsåtgärder inom tio områden och utbilda sin ledning. En betydande incident ska meddelas inom 24 timmar, anmälas inom 72 timmar och slutrapporteras inom en månad därefter.',
    en: 'The municipality, but not the council, must take security measures in ten areas and train its management. A significant incident takes a warning within 24 hours, a notification within 72 hours and a final report within a month after that.',
    settled: true,
    kept: [
      {
        program: 'src/webhooks/signature.ts',
        says: {
          sv: 'Meddelanden från andra system är signerade, rollerna har bara det de behöver, och loggen kan granskas.',
          en: 'Messages from other systems are signed, roles have no more than they need, and the log can be audited.',
        },
      },
    ],
  },
  'R-132': {
    cite: 'FL 2, 5–9 §§; RF 1:9',
    sv: 'Kommunens åtgärder ska ha stöd i rättsordningen och vara sakliga, opartiska och proportionerliga. Ärenden ska handläggas enkelt, snabbt och kostnadseffektivt utan att rättssäkerheten eftersätts, och enskilda ska få hjälp.',
    en: 'What the municipality does must have support in law and be objective, impartial and proportionate. Matters are handled simply, quickly and economically without loss of legal certainty, and individuals are given help.',
    settled: true,
    kept: [
      {
        program: 'src/engine/explain.ts',
        says: {
          sv: 'Varje nej säger vilken regel det vilar på, vem som kan och när.',
          en: 'Every refusal says which rule it rests on, who could and when.',
        },
      },
    ],
  },
} as const satisfies Record<string, Rule>;
