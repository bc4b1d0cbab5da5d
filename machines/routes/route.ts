/** A route as data: the ordered stages of a matter through a municipality's bodies. */
import * as z from 'zod';
import { stageRoles } from '../outcomes.ts';

const label = z.strictObject({ sv: z.string().min(1), en: z.string().min(1) });
const id = z.string().regex(/^[a-z][a-z0-9-]*$/);

export const Stage = z.discriminatedUnion('type', [
  z.strictObject({ id, type: z.literal('preparation'), label }),
  z.strictObject({
    id,
    type: z.literal('meeting'),
    body: id,
    role: z.enum(Object.keys(stageRoles) as [keyof typeof stageRoles]),
    /** Stages to which this one may refer the matter back, nearest first. */
    referTo: z.array(id).default([]),
  }),
  /** Between the decision and its execution: the municipality's review window of that id. */
  z.strictObject({ id, type: z.literal('callIn'), window: id }),
]);
export type Stage = z.infer<typeof Stage>;
export type PreparationStage = Extract<Stage, { type: 'preparation' }>;
export type MeetingStage = Extract<Stage, { type: 'meeting' }>;
export type CallInStage = Extract<Stage, { type: 'callIn' }>;

export const Route = z.strictObject({
  name: id,
  version: z.int().positive(),
  label,
  stages: z.array(Stage).min(2).max(30),
  /** What the route rests on, and what in it is not settled. */
  remark: z.string().min(1).max(2000).optional(),
});
export type Route = z.infer<typeof Route>;

const administration = {
  id: 'administration',
  type: 'preparation',
  label: { sv: 'Förvaltningen', en: 'Administration' },
} as const;

/** Route B: administration → working committee → board → council (seeds 000 and 001). */
export const councilMatter: Route = Route.parse({
  name: 'council-matter',
  version: 1,
  label: { sv: 'Fullmäktigeärende', en: 'Council matter' },
  stages: [
    administration,
    { id: 'au', type: 'meeting', body: 'au', role: 'prepare', referTo: ['administration'] },
    { id: 'ks', type: 'meeting', body: 'ks', role: 'propose', referTo: ['au', 'administration'] },
    { id: 'kf', type: 'meeting', body: 'kf', role: 'decide', referTo: ['ks', 'administration'] },
  ],
});

/** Route A: the board decides. `au` only where the municipality has a working committee. */
export const boardMatter = (withWorkingCommittee: boolean): Route =>
  Route.parse({
    name: 'board-matter',
    version: 1,
    label: { sv: 'Kommunstyrelseärende', en: 'Board matter' },
    stages: [
      administration,
      ...(withWorkingCommittee
        ? [{ id: 'au', type: 'meeting', body: 'au', role: 'prepare', referTo: ['administration'] }]
        : []),
      {
        id: 'ks',
        type: 'meeting',
        body: 'ks',
        role: 'decide',
        referTo: [...(withWorkingCommittee ? ['au'] : []), 'administration'],
      },
    ],
  });

/** Route C: a committee decides alone (seed 004). */
export const committeeMatter = (body: string): Route =>
  Route.parse({
    name: `${body}-matter`,
    version: 1,
    label: { sv: 'Nämndärende', en: 'Committee matter' },
    stages: [
      administration,
      { id: body, type: 'meeting', body, role: 'decide', referTo: ['administration'] },
    ],
  });
