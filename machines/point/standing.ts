/** The standing of a point: put forward, decided, and what becomes of the decision. */
import * as z from 'zod';
import {
  type Action,
  assigning,
  causing,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { count, date, line, message, oneOf, prose, reference, several } from '../events.ts';
import type { Label } from '../label.ts';
import { type Outcome, outcomes } from '../outcomes.ts';
import { tell } from '../tell.ts';
import type { PointContext } from './memory.ts';
import { planOn } from './plan.ts';
import { untilForce } from './until-force.ts';

const outcomeField = oneOf('Utgång', 'Outcome', outcomes);
const wording = prose('Lydelse', 'Wording').optional();
const meetingField = reference('Sammanträde', 'Meeting', 'meetings');

/** The vote by which it was decided, and what settled it where it was tied. */
const CountedVote = z.strictObject({
  yes: count('Ja', 'Yes'),
  no: count('Nej', 'No'),
  abstained: count('Avstår', 'Abstained'),
  tie: oneOf('Lika röstetal avgjort', 'Tie settled', {
    castingVote: { sv: 'av ordföranden', en: 'by the chair' },
    lot: { sv: 'genom lottning', en: 'by lot' },
  }).optional(),
});

/** A proposal, and what a body does with a matter that it only prepares, cannot be appealed. */
const preparatory = {
  'appeal.file': 'R-062',
  'appeal.forward': 'R-062',
  'noAppeal.confirm': 'R-062',
} as const;

export const standingEvents: Readonly<Record<string, EventDeclaration>> = {
  'point.prepared': message(
    { sv: 'Föreslås', en: 'Put forward' },
    {
      body: line('Organ', 'Body'),
      role: line('Roll', 'Role'),
      outcome: outcomeField,
      meeting: meetingField,
      text: wording,
    },
  ),
  'point.decided': message(
    { sv: 'Beslutas', en: 'Decided' },
    {
      body: line('Organ', 'Body'),
      outcome: outcomeField,
      meeting: meetingField,
      paragraph: count('Paragraf', 'Paragraph'),
      text: wording,
      vote: CountedVote.optional(),
      saw: several(
        'Under förutsättning av',
        'On condition of',
        z.strictObject({ point: line('Punkt', 'Point'), wording: prose('Lydelse', 'Wording') }),
      ).optional(),
    },
  ),
  'point.notified': message(
    { sv: 'Anmäls', en: 'Notified' },
    { meeting: meetingField, paragraph: count('Paragraf', 'Paragraph') },
    'R-082',
  ),
  'point.sentBack': message({ sv: 'Återförs', en: 'Sent back' }),
  'minutes.approved': message(
    { sv: 'Justeras', en: 'Minutes approved' },
    { meeting: meetingField, on: date('Datum', 'Date') },
  ),
  'notice.posted': message(
    { sv: 'Anslås', en: 'Announced' },
    { meeting: meetingField, on: date('Datum', 'Date') },
    'R-072',
  ),
  'notice.broken': message({ sv: 'Anslaget bröts', en: 'Notice broken' }, { meeting: meetingField }, 'R-073'),
};

export const standingGuards: Readonly<Record<string, Guard>> = {
  ownMeeting: guard<PointContext, { meeting: string }>({
    rule: 'R-066',
    version: 1,
    says: {
      sv: 'Beslutet fattades vid ett annat sammanträde.',
      en: 'The decision was made at another meeting.',
    },
    holds: (context, event) => context.meeting === event.meeting,
  }),
};

interface Decided {
  readonly vote?: z.infer<typeof CountedVote>;
  readonly outcome: Outcome;
  readonly meeting: string;
  readonly paragraph: number;
  readonly text?: string;
  readonly saw?: readonly { readonly point: string; readonly wording: string }[];
}

export const standingActions: Readonly<Record<string, Action>> = {
  prepare: assigning<PointContext, { body: string; outcome: Outcome; text?: string }>(
    1,
    (context, { body, outcome, text }) => ({
      prepared: [...context.prepared, { body, outcome }],
      ...(text && { text }),
    }),
  ),
  decide: assigning<PointContext, Decided>(
    1,
    ({ references }, { outcome, meeting, paragraph, text, vote = null, saw = [], meta }) => ({
      outcome,
      vote,
      meeting,
      paragraph,
      decidedOn: meta.on,
      saw: Object.fromEntries(saw.map((it) => [it.point, it.wording])),
      knew: Object.keys(references),
      announcedOn: null,
      appeals: [],
      parties: {},
      planAnnouncedOn: null,
      planReportedOn: null,
      inForce: false,
      annulled: false,
      // What was assessed was another decision.
      assessment: null,
      begun: false,
      ...(text && { text }),
    }),
  ),
  /** A delegated decision enters the minutes of the meeting at which it is notified. */
  notify: assigning<PointContext, { meeting: string; paragraph: number }>(1, (_, { meeting, paragraph }) => ({
    meeting,
    paragraph,
  })),
  tellMatter: causing<PointContext, unknown, { event: string }>(1, (context, _, { event }) =>
    tell(context.matter, event, { actor: context.self.id }),
  ),
};

export const standingStates: Readonly<Record<string, Label>> = {
  standing: { sv: 'Beslutet', en: 'Decision' },
  draft: { sv: 'Utkast', en: 'Draft' },
  proposed: { sv: 'Föreslagen', en: 'Proposed' },
  made: { sv: 'Beslut fattat', en: 'Decision made' },
  decided: { sv: 'Beslutad', en: 'Decided' },
};

/** The region as data. */
export const standing: StateData = {
  initial: 'draft',
  states: {
    draft: {
      meta: { refuses: preparatory },
      on: {
        'point.prepared': { target: 'proposed', actions: [{ type: 'prepare' }] },
        'point.decided': { target: 'made', actions: [{ type: 'decide' }] },
        'point.sentBack': {},
        'minutes.approved': {},
        'notice.posted': {},
        'notice.broken': {},
      },
    },
    proposed: {
      meta: { refuses: preparatory },
      on: {
        'point.prepared': { actions: [{ type: 'prepare' }] },
        'point.decided': { target: 'made', actions: [{ type: 'decide' }] },
        'point.sentBack': { target: 'draft' },
        'minutes.approved': {},
        'notice.posted': {},
        'notice.broken': {},
      },
    },
    made: {
      initial: 'decided',
      on: {
        'point.decided': {
          target: '.decided',
          guard: { type: 'decidedAnew' },
          actions: [{ type: 'decide' }],
        },
        'point.prepared': { guard: { type: 'decidedAnew' }, actions: [{ type: 'prepare' }] },
        'execution.assess': { actions: [{ type: 'assess' }] },
        ...planOn,
        'party.over': { actions: [{ type: 'partyOver' }] },
        'point.sentBack': {},
        'minutes.approved': {},
        'notice.posted': {},
        'notice.broken': {},
      },
      states: {
        decided: {
          on: {
            'point.notified': { actions: [{ type: 'notify' }] },
            'minutes.approved': {
              target: 'approved',
              guard: { type: 'ownMeeting' },
              actions: [{ type: 'tellMatter', params: { event: 'point.approved' } }],
            },
          },
        },
        ...untilForce,
      },
    },
  },
};
