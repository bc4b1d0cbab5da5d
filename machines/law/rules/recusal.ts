import type { Rule } from '../rule.ts';

/** Conflict of interest, jäv. */
export const recusal = {
  'R-037': {
    cite: 'KL 5:47',
    sv: 'En ledamot i fullmäktige får inte delta i handläggningen av ett ärende som personligen rör ledamoten själv, make, sambo, förälder, barn, syskon eller någon annan närstående. Ledamoten behöver inte lämna lokalen.',
    en: 'A council member may not take part in handling a matter that personally concerns the member, a spouse, cohabitant, parent, child, sibling or other close person. The member need not leave the room.',
    settled: true,
    kept: [
      {
        judgement: 'meeting: item.open.recused',
        says: { sv: 'De jäviga antecknas för varje punkt.', en: 'Those recused are recorded for each item.' },
      },
    ],
  },
  'R-038': {
    cite: 'KL 6:28–30, 7:4, 12:14–16',
    sv: 'Den som är jävig (part eller påverkad, ombud, tillsyn över egen verksamhet, annan särskild omständighet) får inte delta eller närvara när nämnden handlägger ärendet och ska självmant säga det. Från jäv som uppenbart saknar betydelse bortses.',
    en: 'A person with a conflict of interest (affected, representative, supervising own operations, other special circumstance) may not take part or be present in the committee and must say so unasked. A conflict of obviously no importance is disregarded.',
    settled: true,
    kept: [
      {
        judgement: 'meeting: item.open.recused',
        says: {
          sv: 'De jäviga antecknas för varje punkt och räknas inte i en nämnd.',
          en: 'Those recused are recorded for each item, and not counted in a committee.',
        },
      },
      {
        judgement: 'matter: recusal.declare.person',
        says: {
          sv: 'Den som är jävig antecknas i ärendet, och beslutar inte på delegation i det.',
          en: 'A delegate with a conflict of interest is recorded in the matter, and does not decide it.',
        },
      },
    ],
  },
  'R-039': {
    cite: 'KL 6:30 st 3, 5:47',
    sv: 'Uppkommer en fråga om jäv ska organet snarast besluta i den. Den som jävet gäller får delta i prövningen bara om organet annars inte är beslutsfört och ingen annan kan tillkallas utan olägligt uppskov.',
    en: 'If a conflict of interest is questioned, the body must decide the question promptly. The person concerned may take part in that only if the body would otherwise lack a quorum and no one else can be called in without undue delay.',
    settled: true,
    kept: [
      {
        judgement: 'meeting: recusal.decide.recused',
        says: {
          sv: 'Vad organet finner antecknas, och om den det gäller deltog i prövningen.',
          en: 'What the body finds is recorded, and whether the person took part in deciding it.',
        },
      },
    ],
  },
  'R-040': {
    cite: 'KL 6:32',
    sv: 'Ett beslut om jäv får överklagas endast i samband med överklagande av det beslut genom vilket ärendet avgörs.',
    en: 'A decision on a conflict of interest may be appealed only together with the decision that settles the matter.',
    settled: true,
    kept: [
      {
        data: 'decision-point: regime',
        says: {
          sv: 'Ett beslut om jäv är ingen egen beslutspunkt och får därför ingen egen överklagandetid.',
          en: 'A decision on a conflict of interest is no decision point of its own and so gets no appeal period.',
        },
      },
    ],
  },
  'R-041': {
    cite: 'KL 6:31',
    sv: 'Enbart ett uppdrag i ett bolag eller en stiftelse som kommunen till minst hälften äger eller styr är inte jäv, utom vid myndighetsutövning mot enskilda. Att ha handlagt ärendet i en annan nämnd är inte heller i sig jäv.',
    en: 'A tie to a company or foundation that the municipality owns or controls by at least half is not in itself a conflict of interest, except when exercising public authority. Nor is having handled the matter in another committee.',
    settled: true,
    kept: [
      {
        judgement: 'meeting: item.open.recused',
        says: {
          sv: 'Ingen räknas som jävig utan att organet har antecknat det, heller inte den som handlagt ärendet tidigare.',
          en: 'Nobody counts as recused unless the body recorded it, not even who handled the matter before.',
        },
      },
    ],
  },
  'R-042': {
    cite: 'KL 5:48–49',
    sv: 'Den som är redovisningsskyldig, eller närstående, får inte delta i handläggningen av ärenden om ansvarsfrihet för verksamheten eller i val av revisor för den. Den som kan få anmärkning får dock delta i överläggningen om revisionsberättelsen.',
    en: 'An accountable person, or someone close to them, may not take part in deciding discharge for the activity or in electing its auditors. Those open to a remark may still take part in the deliberation on the audit report.',
    settled: true,
    kept: [
      {
        judgement: 'meeting: item.open.recused',
        says: {
          sv: 'De redovisningsskyldiga antecknas som jäviga vid punkten.',
          en: 'Those accountable are recorded as recused for the item.',
        },
      },
    ],
  },
  'R-043': {
    cite: 'RÅ 2000 not 161',
    sv: 'Jävsreglerna omfattar inte interpellationer. Ett beslut att vägra en interpellation på grund av jäv har upphävts av domstol.',
    en: 'The rules on conflict of interest do not reach interpellations. A refusal of an interpellation on that ground has been set aside by the courts.',
    settled: true,
    kept: [
      {
        program: 'machines/stages/answer/acts.ts',
        says: {
          sv: 'Ingen är jävig när en interpellation behandlas, vem som än antecknas som det.',
          en: 'Nobody is recused when an interpellation is treated, whoever is recorded as that.',
        },
      },
    ],
  },
} as const satisfies Record<string, Rule>;
