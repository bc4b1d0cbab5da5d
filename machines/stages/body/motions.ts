/**
 * Motions at the meeting: made and taken back, the formal ones settled before those on the substance, and every one
 * that stands put to the question. The chair of a council refuses what is a new matter,
 * and may refuse what would be unlawful, which the council can overrule.
 */
import * as z from 'zod';
import {
  type Action,
  assigning,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../../chart.ts';
import { count, deciding, line, oneOf, prose } from '../../events.ts';
import { ofCommittees } from '../../law/elsewhere.ts';
import type { MatterContext, Motion } from '../matter.ts';
import { byOthers, noMotion } from './by-others.ts';
import { secretary } from './secretary.ts';

export const motionKinds = {
  defer: { sv: 'Bordläggning', en: 'Deferral' },
  referBack: { sv: 'Återremiss', en: 'Referral back' },
  approve: { sv: 'Bifall', en: 'Approval' },
  reject: { sv: 'Avslag', en: 'Rejection' },
  amend: { sv: 'Ändring', en: 'Amendment' },
  add: { sv: 'Tillägg', en: 'Addition' },
  other: { sv: 'Annat förslag', en: 'Another proposal' },
} as const;

const grounds = {
  newMatter: { sv: 'Väcker ett nytt ärende', en: 'Raises a new matter' },
  unlawful: { sv: 'Skulle leda till ett olagligt beslut', en: 'Would lead to an unlawful decision' },
} as const;

const motion = z.int().min(1).max(100).meta({ sv: 'Yrkande nummer', en: 'Motion number' });

interface Numbered {
  readonly motion: number;
}

interface Made {
  readonly kind: keyof typeof motionKinds;
  readonly by: string;
  readonly text?: string;
}

interface Put {
  readonly proposals: readonly { readonly motion?: number }[];
  readonly order?: string;
}

const movedByOther = byOthers<Made>(noMotion, ({ by }) => [by]);

const fitsThosePresent = guard<MatterContext, { yes?: number; no?: number }>({
  rule: 'R-050',
  version: 1,
  says: { sv: 'Rösterna är fler än de närvarande.', en: 'There are more votes than members present.' },
  holds: ({ present }, { yes = 0, no = 0 }) => yes + no <= (present ?? 0),
});

export const motionEvents: Readonly<Record<string, EventDeclaration>> = {
  'motion.make': deciding({
    label: { sv: 'Anteckna yrkande', en: 'Record a motion' },
    by: secretary,
    rule: 'R-044',
    asks: { movedByOther },
    fields: {
      kind: oneOf('Yrkande', 'Motion', motionKinds),
      by: line('Av', 'By'),
      text: prose('Lydelse', 'Wording').optional(),
    },
  }),
  'motion.withdraw': deciding({
    label: { sv: 'Yrkandet återtas', en: 'The motion is taken back' },
    by: secretary,
    rule: 'R-063',
    fields: { motion },
  }),
  'motion.decline': deciding({
    label: { sv: 'Ärendet ska avgöras i dag', en: 'The matter is to be decided today' },
    by: secretary,
    rule: 'R-044',
    asks: { votesFit: fitsThosePresent },
    fields: {
      motion,
      yes: count('Ja (avgörs i dag)', 'Yes (decided today)').optional(),
      no: count('Nej', 'No').optional(),
    },
  }),
};

/** What the chair of a council under the Swedish act may do besides. */
export const refusalEvents: Readonly<Record<string, EventDeclaration>> = {
  'motion.refuse': deciding({
    label: { sv: 'Vägra proposition', en: 'Refuse to put the motion' },
    by: secretary,
    rule: 'R-017',
    fields: { motion, ground: oneOf('Grund', 'Ground', grounds), reason: prose('Skäl', 'Reason') },
  }),
  'motion.allow': deciding({
    label: { sv: 'Fullmäktige beslutar att ställa proposition', en: 'The council decides that it is put' },
    by: secretary,
    rule: 'R-017',
    fields: { motion },
  }),
};

const isFormal = ({ kind }: Motion): boolean => kind === 'defer' || kind === 'referBack';
const stands = ({ standing }: Motion): boolean => standing === 'made';
const numbered = ({ motions }: MatterContext, event: Numbered): Motion | undefined =>
  motions[event.motion - 1];

const noSuchMotion = {
  sv: 'Det finns inget sådant yrkande som inte är prövat, återtaget eller vägrat.',
  en: 'There is no such motion that is not tried, taken back or refused.',
} as const;

export const motionGuards: Readonly<Record<string, Guard>> = {
  moverNotRecused: guard<MatterContext, Made>({
    rule: 'R-037',
    instead: ofCommittees('R-038'),
    version: 1,
    says: noMotion,
    holds: ({ recused }, { by }) => !recused.includes(by),
  }),
  motionWorded: guard<MatterContext, Made>({
    rule: 'R-068',
    version: 1,
    says: {
      sv: 'Ett ändrings- eller tilläggsyrkande, eller ett annat förslag, måste ha en lydelse.',
      en: 'An amendment, an addition or another proposal must have its wording.',
    },
    holds: (_, { kind, text }) => !['amend', 'add', 'other'].includes(kind) || text !== undefined,
  }),
  motionStands: guard<MatterContext, Numbered>({
    rule: 'R-063',
    version: 1,
    says: noSuchMotion,
    holds: (context, event) => numbered(context, event)?.standing === 'made',
  }),
  formalStands: guard<MatterContext, Numbered>({
    rule: 'R-044',
    version: 1,
    says: {
      sv: 'Det finns inget sådant formellt yrkande som inte är prövat eller återtaget.',
      en: 'There is no such formal motion that is not tried or taken back.',
    },
    holds: (context, event) => {
      const it = numbered(context, event);
      return it !== undefined && isFormal(it) && stands(it);
    },
  }),
  declinedByMajority: guard<MatterContext, { yes?: number; no?: number }>({
    rule: 'R-060',
    version: 1,
    says: {
      sv: 'Fler har röstat för att ärendet inte ska avgöras i dag.',
      en: 'More have voted for the matter not to be decided today.',
    },
    holds: (_, { yes = 0, no = 0 }) => yes >= no,
  }),
  formalFirst: guard<MatterContext, Put>({
    rule: 'R-044',
    version: 1,
    says: {
      sv: 'Bordläggning och återremiss prövas först. Har organet godkänt en annan ordning, ange den.',
      en: 'Deferral and referral back are tried first. If the body has approved another order, state it.',
    },
    holds: ({ motions }, { order }) =>
      order !== undefined || !motions.some((it) => isFormal(it) && stands(it)),
  }),
  motionsPut: guard<MatterContext, Put>({
    rule: 'R-045',
    version: 1,
    says: {
      sv: 'Varje yrkande i sak som kvarstår ställs under proposition, och inget annat yrkande. Har organet godkänt en annan ordning, ange den.',
      en: 'Every motion on the substance that stands is put, and no other motion. If the body has approved another order, state it.',
    },
    holds: ({ motions }, { proposals, order }) => {
      const put = proposals.flatMap((it) => it.motion ?? []);
      const own = motions.flatMap((it, index) => (stands(it) && !isFormal(it) ? [index + 1] : []));
      return (
        put.every((it) => own.includes(it)) && (order !== undefined || own.every((it) => put.includes(it)))
      );
    },
  }),
};

export const refusalGuards: Readonly<Record<string, Guard>> = {
  refusedAsUnlawful: guard<MatterContext, Numbered>({
    rule: 'R-017',
    version: 1,
    says: {
      sv: 'Fullmäktige kan bara låta pröva ett yrkande som har vägrats som olagligt, inte ett nytt ärende.',
      en: 'The council can only have a motion put that was refused as unlawful, not a new matter.',
    },
    holds: (context, event) => numbered(context, event)?.standing === 'unlawful',
  }),
};

const change = ({ motions }: MatterContext, { motion: number }: Numbered, standing: Motion['standing']) => ({
  motions: motions.map((it, index) => (index === number - 1 ? { ...it, standing } : it)),
});

export const motionActions: Readonly<Record<string, Action>> = {
  makeMotion: assigning<MatterContext, Made>(1, ({ motions }, { kind, by, text }) => ({
    motions: [...motions, { kind, by, ...(text && { text }), standing: 'made' }],
  })),
  settleMotion: assigning<MatterContext, Numbered, { as: Motion['standing'] }>(1, (context, event, { as }) =>
    change(context, event, as),
  ),
  /** What was put has been tried. */
  tryMotions: assigning<MatterContext, Put>(1, ({ motions }, { proposals }) => {
    const put = proposals.flatMap((it) => it.motion ?? []);
    return {
      motions: motions.map((it, index) =>
        put.includes(index + 1) ? { ...it, standing: 'tried' as const } : it,
      ),
    };
  }),
};

export const refusalActions: Readonly<Record<string, Action>> = {
  refuseMotion: assigning<MatterContext, Numbered & { ground: 'newMatter' | 'unlawful' }>(
    1,
    (context, event) => change(context, event, event.ground),
  ),
};

const settles = (guards: readonly string[], as: string) => ({
  guard: { type: 'all', params: { guards: guards.map((type) => ({ type })) } },
  actions: [{ type: 'settleMotion', params: { as } }],
});

/** What may be done with motions while the body deliberates. */
export const motionsOn = (chairMayRefuse: boolean): NonNullable<StateData['on']> => ({
  'motion.make': {
    guard: { type: 'all', params: { guards: [{ type: 'moverNotRecused' }, { type: 'motionWorded' }] } },
    actions: [{ type: 'makeMotion' }],
  },
  'motion.withdraw': settles(['motionStands'], 'withdrawn'),
  'motion.decline': settles(['formalStands', 'declinedByMajority'], 'tried'),
  ...(chairMayRefuse && {
    'motion.refuse': { guard: { type: 'motionStands' }, actions: [{ type: 'refuseMotion' }] },
    'motion.allow': settles(['refusedAsUnlawful'], 'made'),
  }),
});
