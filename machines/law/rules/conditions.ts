import type { Rule } from '../rule.ts';

/** Conditional decisions and matters with several decision points. */
export const conditions = {
  'R-064': {
    cite: 'KL 13:8',
    sv: 'Ett organ får besluta under förutsättning att ett annat organ beslutar på visst sätt, men inte föregripa det organets beslutanderätt. Inget får verkställas förrän alla angivna punkter har antagits som föreslaget.',
    en: 'A body may decide on condition that another body decides in a stated way, but may not anticipate the power of that body. Nothing may be executed until every point referred to has been adopted as proposed.',
    settled: false,
  },
  'R-065': {
    cite: 'tolkning; rättsfall saknas',
    sv: 'Avslår det andra organet en angiven punkt förfaller det villkorade beslutet. Ändras punkten är villkoret inte uppfyllt och organet måste besluta på nytt. Bordläggning eller återremiss gör att beslutet väntar vidare.',
    en: 'If the other body rejects a point referred to, the conditional decision lapses. If the point is amended, the condition is not met and a new decision is needed. If it is deferred or referred back, the decision remains pending.',
    settled: false,
  },
  'R-066': {
    cite: 'KL 13:2, 13:5',
    sv: 'Ett villkorat beslut är ett eget beslut med egen paragraf, eget protokoll och egen överklagandetid. Tiden räknas från tillkännagivandet av det egna organets protokoll, inte av fullmäktiges.',
    en: 'A conditional decision is a decision of its own, with its own paragraph, minutes and appeal period. The period runs from the announcement of the minutes of its own body, not those of the council.',
    settled: true,
  },
  'R-067': {
    cite: 'praxis',
    sv: 'Varje beslutspunkt följs för sig, med eget beslutande organ och egna frister. Ärendet är avgjort först när alla dess punkter är slutligt behandlade.',
    en: 'Each decision point is followed separately, with its own deciding body and time limits. The matter is decided only when all its points have been finally dealt with.',
    settled: false,
  },
} as const satisfies Record<string, Rule>;
