/** What the API accepts. The schemas come from the charts: what a chart takes, the API takes. */
import * as z from 'zod';
import { jointMatter } from '../../machines/actors/joint-matter.ts';
import { meeting } from '../../machines/actors/meeting.ts';

import { givenShape, sound } from '../../machines/delegation/given.ts';
import { date, line, several } from '../../machines/events.ts';
import { saying } from '../../machines/label.ts';
import { builtIn } from '../../machines/registry.ts';
import { askedBesides } from '../../machines/routes/asked.ts';
import { NewMark } from '../../machines/secrecy.ts';
import { MatterInput } from '../../machines/stages/matter/draft.ts';

const municipality = line('Kommun', 'Municipality');
const route = line('Väg', 'Route');
const body = line('Organ', 'Body');
const number = line('Diarienummer', 'Registry number');

/** What some routes ask for besides. On which, and what they must have, each route's chart says. */
const besides = Object.assign(
  {},
  ...builtIn()
    .all()
    .filter((it) => it.name.includes('/'))
    .map((it) => askedBesides(it).shape),
) as z.ZodRawShape;

export const NewMatter = MatterInput.omit({ joint: true }).extend({
  ...z.strictObject(besides).partial().shape,
  municipality,
  route,
  number: number.optional(),
  secrecy: NewMark.optional(),
});

/** The local day to which the demonstration's clock is put forward. */
export const NewTime = z.strictObject({ date: date('Dag', 'Day') });

const meetingShape = meeting.input.shape;

export const NewMeeting = z.strictObject({
  municipality,
  body,
  date: meetingShape.date,
  time: meetingShape.time,
  place: meetingShape.place,
  firstParagraph: meetingShape.firstParagraph,
});

const { members: _, ...jointShape } = jointMatter.input.shape;

export const NewJointMatter = z.strictObject({
  ...jointShape,
  number: number.optional(),
  secrecy: NewMark.optional(),
  members: several(
    'Kommuner',
    'Municipalities',
    z.strictObject({
      municipality,
      route: route.default('board-matter'),
      body: body.default('ks'),
      number: number.optional(),
    }),
    400,
  ),
});

export const NewDelegation = sound({
  municipality,
  body,
  groups: several('Grupper av ärenden', 'Groups of matters', line('Grupp', 'Group'), 100),
  ...givenShape,
});

/** Anything but an object is refused here; what is in it, by the declaration of the event. */
const payload = z.custom<object>(
  (it) => typeof it === 'object' && it !== null && !Array.isArray(it),
  saying('ett objekt förväntas', 'expected an object'),
);

/** Which deadline of an actor: the path of the state that runs it, and its name. */
export const FailedDeadline = z.strictObject({ state: z.string(), name: z.string() });

export const NewEvent = z.strictObject({ type: z.string(), payload: payload.default({}) });
