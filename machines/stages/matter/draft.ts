/** What a matter is registered with: its decision points as they are drafted, and what it says of itself. */
import * as z from 'zod';
import { bodyName, comingDate, line, oneOf, pastDate, period, prose, several, yesNo } from '../../events.ts';
import { type Label, saying } from '../../label.ts';
import { type Regime, regimes } from '../../point/regime.ts';
import { SecrecyMark } from '../../secrecy.ts';

export const pointKinds = {
  decision: { sv: 'Beslut', en: 'Decision' },
  instruction: { sv: 'Uppdrag', en: 'Instruction' },
  note: { sv: 'Notering', en: 'Note' },
  regulation: { sv: 'Föreskrift', en: 'Regulation' },
} as const;

/** Why a decision is not open to review of legality (KL 13:2–3). */
const noAppealGrounds = {
  preparatory: { sv: 'rent förberedande', en: 'purely preparatory' },
  executive: { sv: 'rent verkställande', en: 'purely executive' },
  otherRegime: { sv: 'överklagas i annan ordning', en: 'appealed in another way' },
} as const;

const task = z.strictObject({
  title: line('Uppgift', 'Task'),
  assignee: line('Ansvarig roll', 'Responsible role'),
  due: comingDate('Klart senast', 'Due').optional(),
});

const followUp = z.strictObject({
  title: line('Uppföljning', 'Follow-up'),
  assignee: line('Ansvarig roll', 'Responsible role'),
  every: period('Hur ofta', 'How often'),
  until: comingDate('Till och med', 'Until').optional(),
});

const appealedBy = (options: typeof regimes) => oneOf('Överklagas genom', 'Appealed by', options);

/** Only where plans are made is a decision appealed as that on a plan is. */
function regimesFor(regime: Regime): typeof regimes {
  const { planning: _, ...others } = regimes;
  return regime === 'planning' ? regimes : (others as typeof regimes);
}

/** A numbered point of the proposal, as the administration drafts it. */
export const PointDraft = z.strictObject({
  text: prose('Förslag till beslut', 'Proposed decision'),
  body: line('Beslutande organ', 'Deciding body'),
  kind: oneOf('Slag', 'Kind', pointKinds).default('decision'),
  /** Numbers of the points that must be decided as proposed before this one holds. */
  onCondition: several('Under förutsättning att punkt', 'On condition that point', z.int().min(1), 50)
    .meta({ ofRows: true })
    .optional(),
  /** In what order it is appealed; where it is not said, as the decisions on its route are. */
  regime: appealedBy(regimes).optional(),
  /** Why it cannot be: no decision of the council is among those. */
  noAppealFor: oneOf(
    'Varför det inte kan överklagas',
    'Why it cannot be appealed',
    noAppealGrounds,
  ).optional(),
  tasks: several('Uppdrag', 'Tasks', task, 20).optional(),
  followUps: several('Uppföljning', 'Follow-ups', followUp, 20).optional(),
  /** The contract that the decision ends, and the notice that the contract requires. */
  terminates: z
    .strictObject({
      contract: line('Avtal', 'Contract'),
      counterparty: line('Motpart', 'Counterparty'),
      noticePeriod: period('Uppsägningstid', 'Notice period'),
    })
    .optional(),
  /** The contract that the decision approves, who signs it, and whether a standstill comes first. */
  concludes: z
    .strictObject({
      contract: line('Avtal', 'Contract'),
      counterparty: line('Motpart', 'Counterparty'),
      signatory: line('Undertecknas av', 'Signed by'),
      procured: yesNo('Upphandlat', 'Procured').default(false),
    })
    .optional(),
});

/** What starts a matter, whatever its route. */
export const MatterInput = z.strictObject({
  title: line('Rubrik', 'Title'),
  number: line('Diarienummer', 'Registry number'),
  initiator: line('Initiativ från', 'Initiated by').optional(),
  summary: prose('Sammanfattning', 'Summary').optional(),
  proposals: several('Beslutspunkter', 'Decision points', PointDraft, 50),
  recipients: several(
    'Beslutet ska skickas till',
    'The decision is sent to',
    line('Mottagare', 'Recipient'),
  ).optional(),
  /** The body that the administration's report asks to approve; a linter compares it with the deciding body. */
  addressedTo: line('Förvaltningen föreslår', 'The administration proposes to').optional(),
  /** Bodies that the decision affects and that have to decide or answer for themselves. */
  affected: several(
    'Berörda organ',
    'Affected bodies',
    z.strictObject({ body: bodyName('Organ', 'Body'), reason: line('Skäl', 'Reason') }),
    20,
  )
    .refine(
      (all) => new Set(all.map((it) => it.body)).size === all.length,
      saying('ett organ anges en gång', 'a body is named once'),
    )
    .optional(),
  /** Earlier decisions that this matter refers to. */
  refersTo: several(
    'Tidigare beslut',
    'Earlier decisions',
    z.strictObject({
      body: line('Organ', 'Body'),
      on: pastDate('Datum', 'Date'),
      paragraph: line('Paragraf', 'Paragraph'),
      subject: line('Avser', 'Subject'),
      relation: oneOf('Förhållande', 'Relation', {
        terminates: { sv: 'upphäver', en: 'terminates' },
        mentions: { sv: 'hänvisar till', en: 'refers to' },
      }),
    }),
    20,
  ).optional(),
  /** The joint matter that this one answers, when municipalities decide in parallel. */
  joint: z.string().optional(),
  /** What must not be seen for a moment is marked when it is registered. */
  secrecy: SecrecyMark.optional(),
});
export type Draft = z.infer<typeof PointDraft>;

/** The draft of a point on a route: only a body that decides there can decide it, or it would never be decided. */
export const draftDecidedBy = (bodies: Readonly<Record<string, Label>>, regime: Regime) =>
  PointDraft.extend({
    body: oneOf('Beslutande organ', 'Deciding body', bodies),
    regime: appealedBy(regimesFor(regime)).default(regime),
  });

/** A condition names another point of the matter, and one that is not itself conditional: else it could never be met. */
const conditionIsReal = (drafts: readonly Draft[], index: number): boolean =>
  (drafts[index]?.onCondition ?? []).every(
    (n) => n !== index + 1 && drafts[n - 1] !== undefined && !drafts[n - 1]?.onCondition,
  );

/** What a point may say that makes its matter one of a kind. */
export const pointTopics = ['concludes', 'terminates'] as const;
export type PointTopic = (typeof pointTopics)[number];

/** What the council decides can be appealed, and of another decision that cannot it is said why. */
export const saysWhyNot = (
  { regime, noAppealFor, body }: Pick<Draft, 'regime' | 'noAppealFor' | 'body'>,
  councils: readonly string[],
): boolean => regime !== 'none' || (noAppealFor !== undefined && !councils.includes(body));

/** A procurement is reviewed by the contract that comes of it: the decision approves one that is procured. */
export const procures = ({ regime, concludes }: Pick<Draft, 'regime' | 'concludes'>): boolean =>
  regime !== 'procurement' || concludes?.procured === true;

/**
 * What starts a matter on a route whose points are drafted so, and decided by these councils among others; one of the
 * points is about what it must be about.
 */
export const matterInputOf = (draft: z.ZodObject, councils: readonly string[], must?: PointTopic) =>
  MatterInput.extend({
    proposals: several('Beslutspunkter', 'Decision points', draft, 50)
      .check(({ value, issues }) => {
        const drafts = value as unknown as readonly Draft[];
        const wrong = drafts.flatMap((_, index) => (conditionIsReal(drafts, index) ? [] : [index]));
        const { error: message, params } = saying(
          'ett villkor ska avse en annan punkt, som inte själv är villkorad',
          'a condition must name another point, which is not itself conditional',
        );
        const issueAt = (index: number) =>
          ({
            code: 'custom',
            path: [index, 'onCondition'] as PropertyKey[],
            input: value,
            message,
            params,
          }) as const;
        issues.push(...wrong.map(issueAt));
      })
      .refine(
        (it) => must === undefined || (it as unknown as readonly Draft[]).some((point) => point[must]),
        saying('en punkt på den här vägen gäller ett avtal', `a point on this route ${must} a contract`),
      )
      .refine(
        (all) => all.every((it) => saysWhyNot(it as unknown as Draft, councils)),
        saying(
          'det fullmäktige beslutar kan överklagas, och om ett annat beslut som inte kan det sägs varför',
          'what the council decides can be appealed, and of another decision that cannot it is said why',
        ),
      )
      .refine(
        (all) => all.every((it) => procures(it as unknown as Draft)),
        saying(
          'det som överprövas som upphandling godkänner ett avtal som är upphandlat',
          'what is reviewed as a procurement approves a contract that is procured',
        ),
      ),
  });
