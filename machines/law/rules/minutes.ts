import type { Rule } from '../rule.ts';

/** Minutes, approval, announcement, appeal and final force. */
export const minutes = {
  'R-068': {
    cite: 'KL 5:65–68, 6:35',
    sv: 'Protokollet förs på ordförandens ansvar och redovisar tjänstgörande, ärenden, kvarstående förslag och yrkanden, propositionsordning, omröstningar, beslut, vilka som deltog och hur de röstade öppet samt reservationer.',
    en: 'The minutes are kept under the responsibility of the chair and show who served, the matters, proposals and motions not withdrawn, the order of putting the question, votes, decisions, who took part and how they voted openly, and reservations.',
    settled: true,
  },
  'R-069': {
    cite: 'KL 5:69, 5:72 p 9, 6:35',
    sv: 'Protokollet ska justeras senast fjorton dagar efter sammanträdet, på det sätt som fullmäktige har bestämt. Justeras det senare gäller beslutet ändå, men fristen är överskriden.',
    en: 'The minutes must be approved within fourteen days of the meeting, in the manner the council has laid down. If they are approved later, the decision still stands but the time limit has been exceeded.',
    settled: true,
  },
  'R-070': {
    cite: 'KL 5:69; praxis',
    sv: 'En paragraf får justeras omedelbart om texten finns i skriftlig form vid sammanträdet. Den tillkännages då genast, och övriga delar av protokollet justeras för sig.',
    en: 'A paragraph may be given immediate approval if its text exists in writing at the meeting. It is then announced at once, and the rest of the minutes are approved separately.',
    settled: false,
  },
  'R-071': {
    cite: 'KL 8:9–12',
    sv: 'Justeringen ska tillkännages på anslagstavlan senast andra dagen efter att protokollet har justerats, med uppgift om var protokollet finns och dagen för tillkännagivandet. Anslaget får inte tas bort före överklagandetidens utgång.',
    en: 'Approval of the minutes must be announced on the notice board no later than the second day after, stating where the minutes are and the day announced. The notice may not be removed before the appeal period ends.',
    settled: true,
  },
  'R-072': {
    cite: 'KL 13:5; 1930:173 §§ 1–2; RÅ 1999 not 181',
    sv: 'Överklagandetiden är tre veckor från den dag då justeringen tillkännagavs och slutar på samma veckodag. Infaller den på lördag, söndag, annan helgdag, midsommar-, jul- eller nyårsafton slutar den nästa vardag.',
    en: 'The appeal period is three weeks from the day the approval was announced and ends on the same weekday. If that is a Saturday, Sunday, other public holiday or Midsummer, Christmas or New Year Eve, it ends on the next weekday.',
    settled: true,
  },
  'R-073': {
    cite: 'KL 13:5 st 2',
    sv: 'Tillkännagivandet måste finnas på anslagstavlan under hela överklagandetiden för att tiden ska löpa ut. Efter ett avbrott anslås det på nytt, och tre nya veckor räknas från den dagen.',
    en: 'The announcement must be on the notice board during the whole appeal period for the period to expire. After an interruption it is posted anew, and three new weeks run from that day.',
    settled: true,
  },
  'R-074': {
    cite: 'KL 13:4, 13:6',
    sv: 'Överklagandet ges in till förvaltningsrätten men prövas även om det i rätt tid har kommit in till kommunen. Laga kraft antecknas därför först när det är bekräftat att inget överklagande har kommit in.',
    en: 'An appeal is filed with the administrative court but is tried also if it reached the municipality in time. Final force is therefore recorded only once it is confirmed that no appeal has been made.',
    settled: true,
  },
  'R-075': {
    cite: 'KL 13:2–3',
    sv: 'Alla beslut av fullmäktige får laglighetsprövas, liksom nämndbeslut som inte är rent förberedande eller rent verkställande samt revisorernas förvaltningsbeslut. Det gäller inte om särskilda regler om överklagande finns.',
    en: 'All council decisions are open to review of legality, as are committee decisions that are not purely preparatory or purely executive and the administrative decisions of the auditors. It does not apply where other rules on appeal exist.',
    settled: true,
    kept: [
      {
        data: 'matter: proposals.regime',
        says: {
          sv: 'I vilken ordning beslutet överklagas: laglighetsprövning, förvaltningsbesvär, plan- och bygglagen, överprövning av upphandling, eller inte alls.',
          en: 'In what order the decision is appealed: review of legality, administrative appeal, the planning act, review of the procurement, or not at all.',
        },
      },
    ],
  },
  'R-076': {
    cite: 'KL 13:1, 13:7–9',
    sv: 'Varje medlem av kommunen får begära laglighetsprövning. Domstolen prövar bara omständigheter som anförts före överklagandetidens utgång och kan upphäva beslutet men inte ersätta det. Fel utan betydelse behöver inte leda till upphävande.',
    en: 'Every member of the municipality may seek review of legality. The court considers only grounds stated before the appeal period ended and may annul the decision but not replace it. A harmless error need not lead to annulment.',
    settled: true,
  },
  'R-077': {
    cite: 'KL 13:14; JO 3129-2009',
    sv: 'Ett beslut får verkställas innan det har fått laga kraft om inte särskilda skäl talar mot det. Bedömningen ska göras först, med särskild hänsyn till om verkställigheten kan rättas.',
    en: 'A decision may be executed before it has final force unless special reasons speak against it. The assessment must be made first, with particular regard to whether the execution can be undone.',
    settled: true,
  },
  'R-078': {
    cite: 'FPL 28 §',
    sv: 'Den domstol som prövar överklagandet får besluta att beslutet tills vidare inte ska gälla (inhibition). Det får då inte verkställas så länge domstolens beslut gäller.',
    en: 'The court that tries the appeal may order that the decision is not to apply for the time being (a stay). It may then not be executed while the order stands.',
    settled: true,
  },
  'R-079': {
    cite: 'KL 13:15',
    sv: 'Har ett verkställt beslut upphävts genom ett avgörande som fått laga kraft ska det organ som fattade beslutet se till att verkställigheten rättas så långt det är möjligt. Beslut om rättelse ska meddelas utan oskäligt dröjsmål.',
    en: 'If an executed decision has been annulled by a ruling with final force, the body that took it must see that the execution is rectified as far as possible. A decision on rectification is given without unreasonable delay.',
    settled: true,
  },
  'R-080': {
    cite: 'FL 2 §',
    sv: 'Förvaltningslagens regler om bland annat rättelse av beslut gäller inte när beslutet kan laglighetsprövas. Ett justerat protokoll ändras därför inte; fel avhjälps genom en ny anteckning eller ett nytt beslut.',
    en: 'The rules of the Administrative Procedure Act on, among other things, correcting decisions do not apply to decisions open to review of legality. Approved minutes are not changed; an error is met by a new note or a new decision.',
    settled: false,
    kept: [
      {
        program: 'src/engine/commit.ts',
        says: {
          sv: 'Loggen läggs bara till; ett justerat protokoll ändras inte.',
          en: 'The log is only added to; approved minutes are not changed.',
        },
      },
    ],
  },
  'R-081': {
    cite: 'KL 8:13',
    sv: 'Kommunala föreskrifter kungörs genom att det tillkännages på anslagstavlan att protokollet har justerats. Gällande föreskrifter ska finnas samlade på kommunens webbplats.',
    en: 'Municipal regulations are promulgated by announcing on the notice board that the minutes have been approved. Regulations in force must be collected on the website of the municipality.',
    settled: true,
    kept: [
      {
        program: 'machines/point/appeal.ts',
        says: {
          sv: 'Föreskriften kungörs genom att justeringen anslås, och sänds då till webbplatsens samling.',
          en: 'The regulation is promulgated when the approval is announced, and then sent to the collection on the website.',
        },
      },
    ],
  },
  'R-082': {
    cite: 'KL 6:40, 7:8, 8:10 p 3',
    sv: 'Ett delegationsbeslut som anmäls till nämnden får överklagandetid från tillkännagivandet av nämndens protokoll. Ett överklagbart beslut som inte anmäls ska protokollföras särskilt och tillkännages på anslagstavlan.',
    en: 'For a delegated decision notified to the committee, the appeal period runs from the announcement of its minutes. An appealable one that is not notified must have separate minutes and be announced on the notice board.',
    settled: true,
  },
  'R-083': {
    cite: 'PBL 5:27–32',
    sv: 'Detaljplan antas av fullmäktige, som får uppdra åt styrelsen eller byggnadsnämnden att anta en plan av mindre vikt, utan vidaredelegering. Underrättelse anslås samma dag som justeringen, och handlingarna finns på webbplatsen i minst tre veckor.',
    en: 'The council adopts detailed plans and may authorise the board or building committee to adopt a lesser one, without further delegation. Notice is posted the same day as the approval, and the documents stay on the website for at least three weeks.',
    settled: true,
    kept: [
      {
        data: 'route: stages.within',
        says: {
          sv: 'Hur länge planförslaget är ute på samråd och granskning.',
          en: 'How long the proposed plan is there for consultation and review.',
        },
      },
      {
        judgement: 'huddinge/nbn-plan: plan.account.principle',
        says: {
          sv: 'Om planen är av principiell beskaffenhet eller annars av större vikt.',
          en: 'Whether the plan is of principle, or otherwise of major importance.',
        },
      },
    ],
  },
  'R-084': {
    cite: 'LOU 20:1',
    sv: 'Vid upphandling får avtal inte ingås (avtalsspärr) förrän 10 dagar har gått från det att underrättelsen om tilldelning skickades elektroniskt, eller 15 dagar om den skickades på annat sätt.',
    en: 'In a procurement, no contract may be concluded (standstill) until 10 days after the award notification was sent electronically, or 15 days if it was sent by other means.',
    settled: true,
    kept: [
      {
        judgement: 'agreement: award.notify.on',
        says: {
          sv: 'När underrättelsen om tilldelning skickades, och hur.',
          en: 'When the notification of the award was sent, and how.',
        },
      },
    ],
  },
  'R-085': {
    cite: 'FL 33, 44 §§',
    sv: 'När förvaltningslagens regler gäller ska parten underrättas om hela beslutet och om hur det överklagas. Överklagandet ska ha kommit in inom tre veckor från den dag då parten fick del av beslutet.',
    en: 'Where the Administrative Procedure Act applies in full, the party must be told the full decision and how to appeal. The appeal must arrive within three weeks from the day the party received the decision.',
    settled: true,
    kept: [
      {
        data: 'matter: proposals.regime',
        says: {
          sv: 'Punkten anger om den överklagas på detta sätt.',
          en: 'The point says whether it is appealed in this way.',
        },
      },
      {
        judgement: 'party: receipt.record.on',
        says: {
          sv: 'När parten fick del av beslutet, och hur det är visat.',
          en: 'When the party received the decision, and how that is shown.',
        },
      },
    ],
  },
} as const satisfies Record<string, Rule>;
