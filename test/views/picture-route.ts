import { type AnyStateMachine, createActor, createMachine } from 'xstate';
import { transitionId } from '../../src/engine/transition-id.ts';
import type { Naming } from '../../src/views/picture/graph.ts';
import type { PaintedPath } from '../../src/views/picture/paint.ts';

/** A route for the tests of the picture: a council matter with every kind of state and transition. */
const noted = { actions: 'note' };

const administration = {
  initial: 'registered',
  on: { 'document.added': noted, 'case.remind': {} },
  states: {
    registered: { on: { 'case.assign': 'drafting' } },
    drafting: {
      on: {
        'report.consult': 'preparation',
        'report.complete': 'complete',
        'case.withdraw': '#route.withdrawn',
        'draft.saved': noted,
      },
    },
    preparation: {
      type: 'parallel',
      onDone: 'drafting',
      states: {
        consultation: {
          initial: 'awaiting',
          states: {
            awaiting: { on: { 'consultation.remind': 'awaiting', 'consultation.answer': 'received' } },
            received: { type: 'final' },
          },
        },
        legal: {
          initial: 'reviewing',
          states: { reviewing: { on: { 'review.approve': 'reviewed' } }, reviewed: { type: 'final' } },
        },
        finance: {
          initial: 'assessing',
          states: { assessing: { on: { 'assessment.done': 'assessed' } }, assessed: { type: 'final' } },
        },
      },
    },
    complete: { on: { 'report.reopen': 'drafting', 'report.sign': 'signed' } },
    signed: {
      on: { 'stage.handOver': [{ target: '#route.au', guard: 'viaCommittee' }, { target: '#route.ks' }] },
    },
  },
};

const au = {
  initial: 'agenda',
  states: {
    agenda: { on: { 'item.open': 'deliberating' } },
    deliberating: {
      on: {
        'item.defer': 'deferred',
        'item.referBack': '#route.administration.drafting',
        'motion.put': 'proposed',
        'case.withdraw': '#route.withdrawn',
      },
    },
    deferred: { on: { 'item.resume': 'agenda' } },
    proposed: { on: { 'decision.support': '#route.ks', 'decision.oppose': '#route.ks' } },
  },
};

const ks = {
  initial: 'agenda',
  states: {
    agenda: { on: { 'item.open': 'deliberating', 'case.withdraw': '#route.withdrawn' } },
    deliberating: {
      on: {
        'item.defer': 'deferred',
        'item.referBack': '#route.administration.drafting',
        'question.put': 'proposition',
        'case.withdraw': '#route.withdrawn',
      },
    },
    deferred: { on: { 'item.resume': 'agenda' } },
    proposition: { on: { 'vote.request': 'voting', 'decision.find': 'decided' } },
    voting: {
      on: { 'vote.count': [{ target: 'tied', guard: 'votesTied' }, { target: 'decided' }] },
    },
    tied: { on: { 'vote.cast': 'decided' } },
    decided: {
      on: {
        'decision.confirm': [{ target: '#route.kf', guard: 'councilMatter' }, { target: '#route.execution' }],
      },
    },
  },
};

const kf = {
  initial: 'agenda',
  states: {
    agenda: { on: { 'item.open': 'deliberating' } },
    deliberating: {
      on: {
        'item.defer': 'deferred',
        'item.referBack': { target: '#route.administration.drafting', guard: 'minorityThird' },
        'item.toBoard': '#route.ks',
        'question.put': 'proposition',
        'case.withdraw': '#route.withdrawn',
      },
    },
    deferred: { on: { 'item.resume': 'agenda' } },
    proposition: {
      on: { 'vote.request': 'voting', 'decision.approve': 'approved', 'decision.reject': 'rejected' },
    },
    voting: {
      on: {
        'vote.count': [
          { target: 'approved', guard: 'yesMajority' },
          { target: 'rejected', guard: 'noMajority' },
          { target: 'tied', guard: 'votesTied' },
        ],
      },
    },
    tied: { on: { 'vote.cast': [{ target: 'approved', guard: 'yesMajority' }, { target: 'rejected' }] } },
    approved: { always: '#route.execution' },
    rejected: { on: { 'decision.confirm': '#route.execution' } },
  },
};

const execution = {
  type: 'parallel',
  onDone: 'closed',
  on: { 'judgment.setAside': 'setAside', 'receipt.noted': noted },
  states: {
    minutes: {
      initial: 'drawnUp',
      states: {
        drawnUp: { on: { 'minutes.approve': 'approved' } },
        approved: { on: { 'minutes.announce': 'announced' } },
        announced: {
          on: { 'decision.appeal': 'appealed' },
          after: { appealPeriod: 'finalForce' },
        },
        appealed: { on: { 'appeal.dismiss': 'finalForce' } },
        finalForce: { type: 'final' },
      },
    },
    dispatch: {
      initial: 'pending',
      states: {
        pending: { on: { 'dispatch.send': 'sent' } },
        sent: { on: { 'dispatch.returned': 'pending', 'dispatch.receipt': 'received' } },
        received: { type: 'final' },
      },
    },
    archive: {
      initial: 'ongoing',
      states: {
        ongoing: { on: { 'file.archive': 'archived', 'file.pause': 'paused' } },
        paused: { on: { 'file.resume': 'last' } },
        last: { type: 'history' },
        archived: { type: 'final' },
      },
    },
  },
};

export const route = createMachine(
  {
    id: 'route',
    initial: 'administration',
    on: { 'case.writeOff': '.writtenOff' },
    states: {
      administration,
      au,
      ks,
      kf,
      execution,
      withdrawn: { type: 'final' },
      closed: { type: 'final' },
      setAside: { type: 'final' },
      writtenOff: { type: 'final' },
    },
  } as never,
  {
    guards: {
      viaCommittee: () => true,
      councilMatter: () => true,
      minorityThird: () => true,
      votesTied: () => false,
      yesMajority: () => true,
      noMajority: () => false,
    },
    actions: { note: () => {} },
    delays: { appealPeriod: 1_000_000 },
  } as never,
) as AnyStateMachine;

/** A matter that was deferred once in the board and voted on in the council, up to its announced decision. */
export const events = [
  'case.assign',
  'document.added',
  'report.consult',
  'review.approve',
  'assessment.done',
  'consultation.remind',
  'consultation.answer',
  'report.complete',
  'report.sign',
  'stage.handOver',
  'item.open',
  'motion.put',
  'decision.support',
  'item.open',
  'item.defer',
  'item.resume',
  'item.open',
  'question.put',
  'decision.find',
  'decision.confirm',
  'item.open',
  'question.put',
  'vote.request',
  'vote.count',
  'minutes.approve',
  'minutes.announce',
  'dispatch.send',
];

/** The path that the events make, as the machine itself reports the transitions it takes. */
export function walked(machine: AnyStateMachine, types: readonly string[]): PaintedPath {
  let taken: string[] = [];
  const actor = createActor(machine, {
    inspect: (seen) => {
      if (seen.type === '@xstate.microstep') taken.push(...seen._transitions.map(transitionId));
    },
  }).start();
  const active = () =>
    actor
      .getSnapshot()
      ._nodes.map((node: { path: string[] }) => node.path.join('.'))
      .filter(Boolean);
  const visited = new Set<string>(active());
  const steps = types.map((type, index) => {
    taken = [];
    actor.send({ type });
    for (const state of active()) visited.add(state);
    return { number: index + 1, transitions: taken };
  });
  const current = active();
  actor.stop();
  return { steps, current, visited: [...visited] };
}

const STATES: Record<string, string> = {
  administration: 'Förvaltningen',
  registered: 'Registrerat i diariet',
  drafting: 'Tjänsteutlåtande skrivs',
  preparation: 'Beredning',
  consultation: 'Remiss',
  awaiting: 'Inväntar svar',
  'consultation.received': 'Svar inkomna',
  legal: 'Juridisk granskning',
  reviewing: 'Granskas',
  reviewed: 'Granskad',
  finance: 'Ekonomisk bedömning',
  assessing: 'Bedöms',
  assessed: 'Bedömd',
  complete: 'Tjänsteutlåtande klart',
  signed: 'Undertecknat',
  au: 'Arbetsutskottet (KSAU)',
  agenda: 'På dagordningen',
  deliberating: 'Överläggning',
  deferred: 'Bordlagt',
  proposed: 'Förslag till beslut',
  ks: 'Kommunstyrelsen (KS)',
  proposition: 'Proposition',
  voting: 'Votering',
  tied: 'Lika röstetal',
  decided: 'Beslut i KS',
  kf: 'Kommunfullmäktige (KF)',
  'kf.approved': 'Bifall',
  rejected: 'Avslag',
  execution: 'Verkställighet',
  minutes: 'Protokoll',
  drawnUp: 'Upprättat',
  'minutes.approved': 'Justerat',
  announced: 'Anslaget på anslagstavlan',
  appealed: 'Överklagat',
  finalForce: 'Laga kraft',
  dispatch: 'Expediering',
  pending: 'Att expediera',
  sent: 'Expedierat',
  'dispatch.received': 'Mottagning bekräftad',
  archive: 'Arkivering',
  ongoing: 'Pågående',
  paused: 'Vilande',
  archived: 'Arkiverat',
  withdrawn: 'Återkallat',
  closed: 'Avslutat',
  setAside: 'Upphävt',
  writtenOff: 'Avskrivet',
};

const EVENTS: Record<string, string> = {
  'case.assign': 'Tilldela',
  'case.withdraw': 'Återkalla',
  'case.writeOff': 'Avskriv',
  'report.consult': 'Sänd på remiss',
  'report.complete': 'Färdigställ',
  'report.reopen': 'Återlämna',
  'report.sign': 'Underteckna',
  'consultation.remind': 'Påminn',
  'consultation.answer': 'Svar in',
  'review.approve': 'Godkänn',
  'assessment.done': 'Klar',
  'stage.handOver': 'Överlämna',
  'item.open': 'Öppna punkt',
  'item.defer': 'Bordlägg',
  'item.resume': 'Återuppta',
  'item.referBack': 'Återremiss',
  'item.toBoard': 'Åter till styrelsen',
  'motion.put': 'Yrka',
  'decision.support': 'Tillstyrk',
  'decision.oppose': 'Avstyrk',
  'question.put': 'Ställ proposition',
  'vote.request': 'Begär votering',
  'vote.count': 'Röster räknade',
  'vote.cast': 'Utslagsröst',
  'decision.find': 'Finner bifall',
  'decision.approve': 'Finner bifall',
  'decision.reject': 'Finner avslag',
  'decision.confirm': 'Fastställ',
  'decision.appeal': 'Överklaga',
  'judgment.setAside': 'Upphävs av domstol',
  'minutes.approve': 'Justera',
  'minutes.announce': 'Anslå',
  'after:appealPeriod': 'Tre veckor har gått',
  'appeal.dismiss': 'Avslaget överklagande',
  'dispatch.send': 'Expediera',
  'dispatch.returned': 'Retur',
  'dispatch.receipt': 'Kvittens',
  'file.archive': 'Arkivera',
  'file.pause': 'Vila',
  'file.resume': 'Återuppta',
  'document.added': 'Handling inkommen',
  'draft.saved': 'Utkast sparat',
  'receipt.noted': 'Bevis noterat',
  done: 'klart',
};

const GUARDS: Record<string, string> = {
  viaCommittee: 'via utskott',
  councilMatter: 'fullmäktigeärende',
  minorityThird: 'minst en tredjedel',
  votesTied: 'lika röstetal',
  yesMajority: 'ja-majoritet',
  noMajority: 'nej-majoritet',
};

const byEnding = (labels: Record<string, string>, name: string) => {
  const parts = name.split('.');
  const found = parts.map((_, i) => labels[parts.slice(i).join('.')]).find((label) => label !== undefined);
  return found ?? name;
};

export const swedish: Naming = {
  state: (path) => byEnding(STATES, path),
  event: (type) => EVENTS[type] ?? type,
  guard: (type) => GUARDS[type] ?? type,
};
