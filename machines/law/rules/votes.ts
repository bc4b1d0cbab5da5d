import type { Rule } from '../rule.ts';

/** Motions at the meeting, putting the question, votes, reservations. */
export const votes = {
  'R-044': {
    cite: 'praxis',
    sv: 'Formella yrkanden (ajournering, bordläggning, återremiss, remiss) prövas före yrkanden i sak, och tilläggsyrkanden sist. Bordläggning och återremiss prövas var för sig, efter varandra, och ställs inte mot varandra.',
    en: 'Procedural motions (adjournment, deferral, referral back, referral for consultation) are put before motions on the substance, and additions last. Deferral and referral back are put separately, in turn, not against each other.',
    settled: false,
  },
  'R-045': {
    cite: 'KL 5:53, 6:33',
    sv: 'Efter överläggningen lägger ordföranden fram förslag som kan besvaras med ja eller nej, redovisar utgången och bekräftar beslutet med ett klubbslag, om inte omröstning begärs. Efter klubbslaget är det för sent att begära omröstning.',
    en: 'After the deliberation the chair puts proposals that can be answered yes or no, states the result and confirms the decision with the gavel unless a vote is demanded. Once it is confirmed, it is too late to demand a vote.',
    settled: true,
  },
  'R-046': {
    cite: 'FL 29 §; praxis',
    sv: 'Finns fler än två förslag blir det som ordföranden anser ha antagits huvudförslag. Först avgörs vilket av de övriga som blir motförslag (kontraproposition); därefter ställs det mot huvudförslaget.',
    en: 'With more than two proposals, the one the chair considers carried becomes the main proposal. A counter-proposal is first chosen among the others, by votes between them, and then put against the main proposal.',
    settled: false,
  },
  'R-047': {
    cite: 'KamR 2024',
    sv: 'Fullmäktige får själv godkänna propositionsordningen. Att flera tilläggsförslag prövas i en gemensam omröstning har ansetts lagligt när fullmäktige har godkänt den ordningen.',
    en: 'The council may itself approve the order in which questions are put. Putting several additions in one joint vote has been held lawful where the council had approved that order.',
    settled: false,
    kept: [
      {
        judgement: 'matter: question.put.order',
        says: {
          sv: 'Den ordning som organet godkänt är den som antecknas.',
          en: 'The order that the body approved is the one recorded.',
        },
      },
    ],
  },
  'R-048': {
    cite: 'KL 5:54',
    sv: 'Omröstning ska ske öppet utom i ärenden som avser val eller anställning av personal. Vid öppen omröstning antecknas hur var och en har röstat, vid sluten endast röstetalen.',
    en: 'Votes are open except in matters of election or employment of staff. In an open vote it is recorded how each member voted, in a secret ballot only the totals.',
    settled: true,
    kept: [
      {
        judgement: 'matter: votes.count.votes',
        says: {
          sv: 'Hur var och en röstat antecknas i öppen omröstning, bara röstetalen i sluten.',
          en: 'How each voted is recorded in an open vote, in a secret ballot only the totals.',
        },
      },
    ],
  },
  'R-049': {
    cite: 'KL 5:55–56',
    sv: 'Utgången bestäms genom enkel majoritet om inte lag säger något annat. Vid lika röstetal har ordföranden utslagsröst, men i ärenden om val eller anställning avgör lotten.',
    en: 'The outcome is decided by simple majority unless the law says otherwise. In a tie the chair has the casting vote, but in matters of election or employment the lot decides.',
    settled: true,
  },
  'R-050': {
    cite: 'KL 4:24–26',
    sv: 'Varje ledamot har en röst och får avstå, men ordföranden ska rösta när det behövs för att ärendet ska kunna avgöras. I nämnd ska den som handlagt ett ärende om myndighetsutövning mot någon enskild delta i avgörandet.',
    en: 'Each member has one vote and may abstain, but the chair must vote when needed to settle the matter. In a committee, members who handled a matter of public authority towards an individual must take part in deciding it.',
    settled: true,
  },
  'R-051': {
    cite: 'KL 5:10, 5:37, 5:50 st 2, 5:58 st 2, 9:6 p 7',
    sv: 'Minst två tredjedelar av de närvarande krävs för extra val, för annan valgrund än partipolitisk i en lokal nämnd och för att avvisa ett folkinitiativ. I kommunalförbund gäller den majoritet som förbundsordningen anger.',
    en: 'At least two thirds of those present are needed for an extra election, for choosing a local committee on other than party grounds, and to turn down a popular initiative. In a federation of municipalities its charter sets the majority.',
    settled: true,
    kept: [
      {
        data: 'route: stages.majority',
        says: {
          sv: 'Vägen anger om beslutet kräver kvalificerad majoritet, och av vad.',
          en: 'The route says whether the decision takes a qualified majority, and of what.',
        },
      },
    ],
  },
  'R-052': {
    cite: '2022:629 §§ 2–22; KL 5:58, 6:42',
    sv: 'Ett val ska vara proportionellt om det begärs av minst så många som antalet närvarande delat med antalet platser plus ett, avrundat uppåt. Det sker med slutna valsedlar, och för ersättare bara om ledamöterna valdes proportionellt.',
    en: 'An election is proportional if demanded by at least the number present divided by the number of seats plus one, rounded up. It is held with sealed ballots, and for substitutes only if the members were elected proportionally.',
    settled: true,
  },
  'R-053': {
    cite: 'KL 4:27',
    sv: 'Bara den som har deltagit i avgörandet får reservera sig mot beslutet. Reservationen ska anmälas innan sammanträdet avslutas.',
    en: 'Only a person who took part in the decision may enter a reservation against it. The reservation must be notified before the meeting closes.',
    settled: true,
  },
  'R-054': {
    cite: 'KL 4:28, 6:17 st 3; praxis',
    sv: 'Lagen ger ingen rätt till särskilt yttrande eller protokollsanteckning; ordföranden eller organet får medge det enligt lokala regler. En ersättares mening antecknas i den utsträckning fullmäktige har beslutat.',
    en: 'The law gives no right to a separate statement or a note to the minutes; the chair or the body may allow it under local rules. The opinion of a substitute is recorded to the extent the council has decided.',
    settled: false,
  },
} as const satisfies Record<string, Rule>;
