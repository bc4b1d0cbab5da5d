import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Effect, JsonObject } from '../../machines/chart.ts';
import { yesNo } from '../../machines/events.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { bodyOf } from '../../machines/municipalities/municipality.ts';
import { parseFields } from '../../src/engine/parse.ts';
import { type Step, start, step } from '../../src/engine/step.ts';
import type { Snapshot } from '../../src/engine/transition.ts';
import { lets } from '../../src/proving/guards.ts';
import type { Model } from '../../src/proving/model.ts';
import { pointInput, pointModel, task } from '../../src/proving/models/decision-point.ts';
import { matterInput } from '../../src/proving/models/matter/registered.ts';
import { fromMeetings, matterModel, without } from '../../src/proving/models/matter.ts';
import { meetingInput, meetingModel } from '../../src/proving/models/meeting.ts';
import { others } from '../../src/proving/models/others.ts';
import { Offers } from '../../src/proving/offers.ts';
import { payloadsOf } from '../../src/proving/samples.ts';
import { received } from '../../src/proving/sent.ts';
import { chartNamed } from './proving.ts';

const self = { id: 'm', parent: 'up', root: 'm', tenant: 'huddinge' };
const council = chartNamed('huddinge/council-matter');
const committee = chartNamed('huddinge/sn-matter');
const point = pointModel(chartNamed('decision-point'), 'm', ['ks-1', 'ks-2']);
const anything = () => true;
const fromBodies = (type: string) => (fromMeetings as readonly string[]).includes(type);

interface Modelled {
  readonly model: Model;
  readonly input: JsonObject;
  readonly isOpen: (type: string) => boolean;
}

const modelled: Readonly<Record<string, Modelled>> = {
  'a matter with votes': {
    model: without(
      matterModel(council, { id: 'm', byVotes: true, meetings: 1 }),
      'recusal.raised',
      'matter.absorb',
    ),
    input: matterInput(council),
    isOpen: fromBodies,
  },
  'a matter that a minority delays': {
    model: without(
      matterModel(council, { id: 'm', byVotes: true, meetings: 1 }),
      'motion.make',
      'vote.demand',
      'point.add',
      'consultation.send',
      'recusal.raised',
      'matter.absorb',
      'item.referBack',
      'item.referOut',
      'item.defer',
      'matter.recall',
      'matter.discharge',
      'matter.join',
      'matter.overtake',
      'matter.convert',
      'motion.refuse',
    ),
    input: matterInput(council),
    isOpen: fromBodies,
  },
  'a matter from which some are recused': {
    model: without(
      matterModel(council, { id: 'm', byVotes: true, meetings: 1 }),
      'motion.make',
      'vote.demand',
      'point.add',
      'consultation.send',
    ),
    input: matterInput(council),
    isOpen: fromBodies,
  },
  'a matter that hears anything at any time': {
    model: without(matterModel(committee, { id: 'm', byVotes: false, meetings: 1 }), 'point.add'),
    input: matterInput(committee),
    isOpen: anything,
  },
  'a point': { model: point, input: pointInput({ tasks: [task] }), isOpen: anything },
  'a point that cannot be appealed': {
    model: point,
    input: pointInput({ regime: 'none' }),
    isOpen: anything,
  },
  'a meeting': {
    model: meetingModel(chartNamed('meeting'), 15, 'm'),
    input: meetingInput(bodyOf(huddinge, 'ks')),
    isOpen: anything,
  },
  'a follow-up': {
    model: { ...others['follow-up']?.model, chart: chartNamed('follow-up') },
    input: others['follow-up']?.input ?? {},
    isOpen: anything,
  },
};

/** What a step does to others, but for what the model leaves out on purpose: texts, counters and repetitions. */
const done = (effects: readonly Effect[]) =>
  [
    ...new Set(
      effects.map((it) => {
        if (it.kind === 'tell') return `${it.event.type} → ${[...new Set(it.to)].join()}`;
        return it.kind === 'start' ? `start ${it.chart}` : it.topic;
      }),
    ),
  ].sort();

/** Where a step leads, as text, for whoever looks at no more than the model does. */
const outcome = ({ abstract }: Model, made: Step | null): string =>
  JSON.stringify(
    made && [
      made.taken,
      done(made.effects),
      made.states,
      abstract?.(made.snapshot.context) ?? made.snapshot.context,
    ],
  );

/** States with all that a chart remembers are without end where it counts; these many are enough to show a difference. */
const MOST = 6000;

/**
 * Explores a chart with all it remembers, and takes every step both with that and with what the model leaves.
 * @throws where the two part.
 */
function compare({ model, input, isOpen }: Modelled): void {
  const { chart, abstract = (context) => context } = model;
  const offers = new Offers(model, isOpen);
  const keyOf = ({ value, context }: Snapshot) => JSON.stringify([value, context]);
  const first = start(chart, { ...parseFields(chart.input, input), self }).snapshot;
  const known = new Map([[keyOf(first), first]]);
  for (const whole of known.values()) {
    const left = { ...whole, context: abstract(whole.context as JsonObject) } as Snapshot;
    for (const { event } of offers.in(left)) {
      const sent = received(event, 'person');
      const made = step(chart, whole, sent);
      const [remembering, forgetting] = [outcome(model, made), outcome(model, step(chart, left, sent))];
      if (remembering !== forgetting)
        throw new Error(`${event.type}: ${forgetting} instead of ${remembering}`);
      if (lets(chart, left, sent).through !== (made !== null))
        throw new Error(`${event.type}: the guards differ`);
      if (made && known.size < MOST) known.set(keyOf(made.snapshot), made.snapshot);
    }
  }
}

describe('What a model leaves out makes no difference', () => {
  it.each(Object.entries(modelled))(
    '%s takes the same steps with all it remembers',
    { timeout: 300_000 },
    (_, it) => {
      expect(() => compare(it)).not.toThrow();
    },
  );

  it.each([
    ['that a minority has delayed the matter', 'a matter that a minority delays', 'minorityDelayUsed', false],
    ['who has prepared it', 'a matter with votes', 'preparedBy', []],
    ['at which meeting a point was decided', 'a point', 'meeting', 'ks-1'],
  ])('and a model that leaves out %s is found out', { timeout: 300_000 }, (_, name, key, value) => {
    const it = modelled[name];
    if (!it) throw new Error(`there is no model of ${name}`);
    const model: Model = { ...it.model, abstract: (context) => ({ ...context, [key]: value }) };
    expect(() => compare({ ...it, model })).toThrow();
  });
});

describe('Payloads are read off the declaration', () => {
  const payloads = (fields: z.ZodRawShape, values = {}) => payloadsOf(z.strictObject(fields), values);

  it.each<[string, z.ZodRawShape, JsonObject[]]>([
    ['every choice', { how: z.enum(['a', 'b']) }, [{ how: 'a' }, { how: 'b' }]],
    ['yes and no', { is: yesNo('Är', 'Is') }, [{ is: true }, { is: false }]],
    ['left out and given', { text: z.string().optional() }, [{}, { text: 'text' }]],
    ['a small range in full', { n: z.int().min(1).max(2) }, [{ n: 1 }, { n: 2 }]],
    ['one date, one text', { on: z.iso.date(), by: z.string() }, [{ on: '2026-12-01', by: 'text' }]],
    ['a list of one', { list: z.array(z.enum(['a', 'b'])) }, [{ list: ['a'] }, { list: ['b'] }]],
    [
      'only what is valid',
      {
        n: z
          .int()
          .min(1)
          .refine((n) => n !== 1)
          .max(3),
      },
      [{ n: 2 }, { n: 3 }],
    ],
  ])('%s', (_, fields, expected) => expect(payloads(fields)).toEqual(expected));

  it('values given for a name take the place of those read off', () => {
    expect(payloads({ present: z.int() }, { present: [7, 8] })).toEqual([{ present: 7 }, { present: 8 }]);
    expect(payloads({ present: z.int().optional() }, { present: [7] })).toEqual([{}, { present: 7 }]);
  });

  it('many choices are varied one field at a time', () => {
    const ten = z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(payloads({ a: ten, b: ten })).toHaveLength(19);
  });
});
