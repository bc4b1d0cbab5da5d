/**
 * What the forms call what there is to choose from, and what they suggest: taken from the actor, its chart and its
 * municipality. What the present state permits of it is told by `src/engine/permitted.ts`.
 */
import type { Chart, JsonObject, StateData } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { MeetingContext } from '../../machines/meeting/memory.ts';
import { outcomes } from '../../machines/outcomes.ts';
import { motionKinds } from '../../machines/stages/body/motions.ts';
import type { MatterContext } from '../../machines/stages/matter.ts';
import type { ActorView } from '../views/actor.ts';
import type { Candidate, Choice, Choices, Hints } from './form/around.ts';
import type { Say } from './language.ts';
import { authoritiesOf, markChoices, markHints } from './secrecy.tsx';
import type { View } from './view.ts';

/** The records that a form can speak of, by the name of the event: matters, or the delegations of a decision. */
export type MattersOf = Readonly<Record<string, readonly Candidate[]>>;

/** The choices in the form of an event. `matters` says which records an event may name. */
export function choicesOf(
  view: View,
  chart: Chart,
  actor: ActorView,
  type: string,
  matters: MattersOf = {},
): Choices {
  const matter = matters[type];
  if (matter) return { [isDelegated(type) ? 'delegation' : 'matter']: { candidates: matter } };
  if (type === 'secrecy.mark') return markChoices(view, actor.municipality);
  if (actor.collection !== 'matters') return {};
  const make = matterChoices[type];
  return make ? make({ view, chart, actor, type, context: actor.context as unknown as MatterContext }) : {};
}

/** The events by which it is decided for a committee (machines/stages/delegated.ts). */
const isDelegated = (type: string): boolean => type === 'decision.take' || type === 'urgent.decide';

interface Asked {
  readonly view: View;
  readonly chart: Chart;
  readonly actor: ActorView;
  readonly type: string;
  readonly context: MatterContext;
}

const matterChoices: Readonly<Record<string, (asked: Asked) => Choices>> = {
  'point.add': (asked) => ({ body: { candidates: bodies(asked) }, onCondition: points(asked) }),
  'consultation.send': (asked) => ({ body: { candidates: bodies(asked), open: true } }),
  'question.put': (asked) => ({ points: points(asked) }),
  'decision.confirm': (asked) => ({ finds: proposals(asked) }),
  'vote.demand': (asked) => ({ main: proposals(asked) }),
  'counter.find': (asked) => ({ finds: proposals(asked) }),
  'vote.casting': (asked) => ({ proposal: proposals(asked) }),
  'vote.chair': (asked) => ({ proposal: proposals(asked) }),
  'lot.draw': (asked) => ({ proposal: proposals(asked) }),
  'motion.withdraw': (asked) => ({ motion: motions(asked) }),
  'motion.decline': (asked) => ({ motion: motions(asked) }),
  'motion.refuse': (asked) => ({ motion: motions(asked) }),
  'motion.allow': (asked) => ({ motion: motions(asked) }),
  'decision.dispatch': (asked) => ({ recipients: groups(asked) }),
  'recipients.revise': (asked) => ({ recipients: groups(asked) }),
};

const bodies = ({ view, actor }: Asked): Candidate[] =>
  (view.municipality(actor.municipality)?.bodies ?? []).map((it) => ({
    value: it.id,
    text: view.say(it.label),
  }));

const groups = ({ view, actor }: Asked): Choice => ({
  candidates: Object.keys(view.municipality(actor.municipality)?.groups ?? {}).map((it) => ({
    value: it,
    text: it,
  })),
});

const points = ({ view, context }: Asked): Choice => ({
  candidates: context.points.map(({ key }) => {
    const number = key.slice(1);
    return { value: number, text: view.say(`Punkt ${number}`, `Point ${number}`) };
  }),
});

const proposals = ({ view, context }: Asked): Choice => ({
  candidates: (context.question?.proposals ?? []).map(({ outcome, text }, index) => ({
    value: String(index + 1),
    text: [`${index + 1}. ${view.say(outcomes[outcome])}`, text].filter(Boolean).join(': '),
  })),
});

const kindsOfMotions: Readonly<Record<string, Label>> = motionKinds;

const motions = ({ view, context }: Asked): Choice => ({
  candidates: context.motions.map(({ kind, by, text }, index) => ({
    value: String(index + 1),
    text: [`${index + 1}. ${view.say(kindsOfMotions[kind] ?? { sv: kind, en: kind })} (${by})`, text]
      .filter(Boolean)
      .join(': '),
  })),
});

const stageOf = ({ chart, actor }: Asked): StateData | undefined =>
  chart.data.states?.[actor.states[0]?.path.split('.')[0] ?? ''];

/** What helps to fill in the form of an event. */
export function hintsOf({ say }: View, type: string): Hints {
  const make = hints[type];
  return make ? make(say) : {};
}

const hints: Readonly<Record<string, (say: Say) => Hints>> = {
  'question.put': (say) => ({
    points: say('Ingen markerad betyder alla som är öppna.', 'None ticked means all that are open.'),
    text: say('Bara där beslutet ska lyda annorlunda.', 'Only where the decision is to read otherwise.'),
  }),
  'vote.demand': (say) => ({
    main: say('Bara när förslagen är fler än två.', 'Only when there are more than two proposals.'),
  }),
  'votes.count': (say) => ({
    between: say(
      'Bara när förslagen är fler än två: ja för det första, nej för det andra.',
      'Only when there are more than two proposals: yes for the first, no for the second.',
    ),
  }),
  'meeting.open': (say) => ({ approvers: say('En per rad.', 'One on each line.') }),
  'recusal.decide': (say) => ({
    chair: say(
      'Bara där den som leder punkten är jävig.',
      'Only where whoever presides for the item is recused.',
    ),
  }),
  'minutes.approve': (say) => ({
    approvedBy: say(
      'Ordföranden och justerarna, en per rad.',
      'The chair and the approvers, one on each line.',
    ),
  }),
  'decision.dispatch': (say) => ({
    none: say(
      'Kryssa bara för om det inte finns någon mottagare, och ta då bort dem nedan.',
      'Tick only where there is no recipient, and then remove those below.',
    ),
  }),
  'secrecy.mark': (say) => markHints(say),
  'consultation.send': (say) => ({
    key: say('Små bokstäver och siffror, till exempel von1.', 'Small letters and digits, such as von1.'),
  }),
};

/**
 * What a form says of which all recipients were removed: that there are none to send to, and not that it is as the matter
 * has it, which is what the event without them means.
 */
export const emptied = (type: string, { context }: ActorView, draft: JsonObject): JsonObject =>
  type === 'decision.dispatch' && draft.none !== true && (context.recipients as unknown[]).length > 0
    ? { recipients: [], ...draft }
    : draft;

/** What an event does besides what it is called, where that is easily missed; null where it does nothing else. */
export function consequenceOf(
  { say }: View,
  { collection, context }: ActorView,
  type: string,
): string | null {
  if (collection !== 'meetings' || !ending.has(type)) return null;
  const { items } = context as unknown as MeetingContext;
  const left = items.filter((it) => it.standing === 'listed').length;
  if (left === 0) return null;
  return left === 1
    ? say(
        'Ett ärende är inte behandlat. Det lämnar dagordningen och väntar på ett senare sammanträde.',
        'One matter has not been treated. It leaves the agenda and waits for a later meeting.',
      )
    : say(
        `${left} ärenden är inte behandlade. De lämnar dagordningen och väntar på ett senare sammanträde.`,
        `${left} matters have not been treated. They leave the agenda and wait for a later meeting.`,
      );
}

/** After these nothing more is treated at a meeting. */
const ending: ReadonlySet<string> = new Set(['meeting.close', 'meeting.cancel']);

/** What a form suggests before anything is typed. */
export function suggestionsFor(view: View, chart: Chart, actor: ActorView, type: string): JsonObject {
  const fields = Object.keys(chart.events[type]?.fields.shape ?? {});
  if (type === 'secrecy.mark') return { authority: authoritiesOf(view, actor.municipality)[0]?.text ?? '' };
  const today = Object.fromEntries(
    fields.filter((it) => it === 'on' || it === 'sentOn').map((it) => [it, view.today]),
  );
  if (actor.collection !== 'matters') return today;
  const context = actor.context as unknown as MatterContext;
  if (type === 'decision.dispatch' || type === 'recipients.revise') return { recipients: context.recipients };
  if (type === 'decision.confirm') {
    const only = context.question?.proposals.length === 1 ? 1 : undefined;
    const finds = context.question?.winner ?? only;
    return finds === undefined ? {} : { finds };
  }
  if (type === 'question.put') {
    const role = stageOf({ view, chart, actor, type, context })?.meta?.role;
    return { proposals: [{ outcome: role === 'prepare' ? 'endorsed' : 'approved' }] };
  }
  return today;
}
