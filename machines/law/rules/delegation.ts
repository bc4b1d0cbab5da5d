import type { Rule } from '../rule.ts';

/** Delegation and urgency. */
export const delegation = {
  'R-091': {
    cite: 'KL 6:37, 7:5',
    sv: 'En nämnd får i ett visst ärende eller en viss grupp av ärenden delegera beslutanderätten till presidiet, ett utskott, en ledamot, en ersättare, en anställd eller en automatiserad beslutsfunktion. Beslut utanför uppdraget är inte tillåtna.',
    en: 'In a particular matter or group of matters a committee may delegate its power to its presidium, a sub-committee, a member, a substitute, an employee or an automated decision function. Decisions outside that scope are not allowed.',
    settled: true,
    kept: [
      {
        data: 'municipality: delegations',
        says: {
          sv: 'De grupper av ärenden som nämnderna låter andra besluta i; vem som fått det står i registret över delegationer.',
          en: 'The groups of matters in which committees let others decide; to whom it is given is in the register of delegations.',
        },
      },
    ],
  },
  'R-092': {
    cite: 'KL 6:38 st 1',
    sv: 'Får inte delegeras: verksamhetens mål, inriktning, omfattning eller kvalitet, framställningar och yttranden till fullmäktige, yttranden över överklaganden, myndighetsutövning av större vikt, överlämnade medborgarförslag och det lag undantar.',
    en: 'Not delegable: goals, focus, extent or quality of operations, proposals and statements to the council, statements on appeals, major exercise of public authority, citizen proposals handed over, and what the law exempts.',
    settled: true,
    kept: [
      {
        data: 'route: stages.role',
        says: {
          sv: 'Vägen säger vilket organ som beslutar; bara nämnden själv föreslår fullmäktige.',
          en: 'The route says which body decides; only the committee itself proposes to the council.',
        },
      },
    ],
  },
  'R-093': {
    cite: 'KL 6:38 st 2',
    sv: 'En automatiserad beslutsfunktion får inte fatta beslut som kan laglighetsprövas eller inte får överklagas, inte heller om upphandling eller valfrihetssystem. En integration eller en tidsgräns i systemet kan därför aldrig fatta beslut.',
    en: 'An automated decision function may not take decisions open to review of legality or not open to appeal, nor on procurement or choice systems. An integration or a timer in the system can therefore never decide.',
    settled: true,
    kept: [
      {
        program: 'machines/authority.ts',
        says: {
          sv: 'Ingen händelse som beslutar får sändas av ett system: ett sådant diagram går inte att skriva.',
          en: 'No event that decides may be sent by a system: such a chart cannot be written.',
        },
      },
      {
        program: 'src/engine/parse.ts',
        says: {
          sv: 'Ett meddelande från ett system eller en tid som löper ut beslutar aldrig, vilken väg det än tar.',
          en: 'A message from a system, or a deadline, never decides, whichever way it takes.',
        },
      },
    ],
  },
  'R-094': {
    cite: 'KL 7:6, 9:31',
    sv: 'Nämnden får överlåta åt en förvaltningschef som har fått beslutanderätt att i sin tur uppdra åt en annan anställd att fatta beslutet. Ingen annan får vidaredelegera, och den anställde får inte föra uppdraget vidare.',
    en: 'A committee may allow a head of administration who holds delegated power to pass it on to another employee. No one else may sub-delegate, and that employee may not pass it further.',
    settled: true,
  },
  'R-095': {
    cite: 'KL 6:40, 7:8',
    sv: 'Nämnden ska besluta i vilken utsträckning delegationsbeslut ska anmälas till den. Ett beslut som kan överklagas och inte anmäls ska protokollföras särskilt.',
    en: 'The committee must decide to what extent delegated decisions are to be notified to it. An appealable decision that is not notified must have separate minutes.',
    settled: true,
  },
  'R-096': {
    cite: 'KL 6:39, 6:40 st 2',
    sv: 'Ordföranden eller en annan utsedd ledamot får besluta på nämndens vägnar bara om nämnden har gett uppdraget och ärendet är så brådskande att nämndens avgörande inte kan avvaktas. Beslutet ska anmälas vid nämndens nästa sammanträde.',
    en: 'The chair or another appointed member may decide for the committee only if it has given that mandate and the matter is too urgent to await the committee. The decision must be notified at its next meeting.',
    settled: true,
  },
  'R-097': {
    cite: 'KL 13:2',
    sv: 'En åtgärd av rent verkställande art är inte ett beslut på delegation. Den behöver inte anmälas och kan inte överklagas.',
    en: 'A purely executive act is not a delegated decision. It need not be notified and cannot be appealed.',
    settled: true,
    kept: [
      {
        data: 'matter: proposals.kind',
        says: {
          sv: 'Punktens slag skiljer beslut från uppdrag och notering.',
          en: 'The kind of the point tells decisions from instructions and notes.',
        },
      },
    ],
  },
  'R-098': {
    cite: 'KL 9:37',
    sv: 'Vid avtalssamverkan får kommunerna komma överens om att en anställd i den andra kommunen beslutar på kommunens vägnar, inom de gränser för delegering som KL 6:38 sätter.',
    en: 'In contractual cooperation the municipalities may agree that an employee of the other municipality decides on behalf of the municipality, within the limits on delegation in KL 6:38.',
    settled: true,
    kept: [
      {
        data: 'delegation: agreement',
        says: {
          sv: 'Avtalet, och kommunen vars anställda beslutar, inom samma gränser som andra delegater.',
          en: 'The agreement, and the municipality whose employee decides, within the same limits as other delegates.',
        },
      },
    ],
  },
  'R-099': {
    cite: 'LEH 2:2–6',
    sv: 'Vid en extraordinär händelse i fredstid får krisledningsnämnden ta över andra nämnders verksamhetsområden så långt det är nödvändigt. Besluten anmäls vid närmast följande fullmäktigesammanträde och uppgifterna återgår när läget medger det.',
    en: 'In an extraordinary event in peacetime the crisis committee may take over remits of other committees as far as necessary. Its decisions are notified at the next council meeting and the tasks go back when conditions allow.',
    settled: true,
    kept: [
      {
        outside: {
          sv: 'En krisledningsnämnd är ett organ som kommunen lägger till; dess ärenden går en egen publicerad väg.',
          en: 'A crisis committee is a body that the municipality adds; its matters take a published route of their own.',
        },
      },
    ],
  },
  'R-100': {
    cite: '1988:97 §§ 7–8',
    sv: 'Under krig eller krigsfara får styrelsen besluta i fullmäktiges ställe i ett ärende som inte kan anstå, dock inte om val eller ansvarsfrihet, och anmäler det vid nästa sammanträde. Mer än en tredjedel av ledamöterna, minst tre, måste vara närvarande.',
    en: 'In war or danger of war the board may decide for the council in a matter that cannot wait, but not elections or discharge, and notifies it at the next meeting. More than a third of its members, at least three, must be present.',
    settled: true,
    kept: [
      { outside: { sv: 'Gäller bara i krig eller krigsfara.', en: 'Applies only in war or danger of war.' } },
    ],
  },
} as const satisfies Record<string, Rule>;
