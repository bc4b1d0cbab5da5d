/**
 * Where a route, or the data of its municipality, says otherwise than the Swedish act of what the act leaves nobody to
 * choose. Asked when a route is published: one that was published before stands.
 */
import type { Body, Municipality, Notice } from '../municipalities/municipality.ts';
import { isMoreThanHalf, isSwedish, isThird } from '../municipalities/municipality.ts';
import { type AnyStage, type Fault, fault } from '../stages/kind.ts';
import { isMeeting } from '../stages/meeting.ts';
import { isRemittal } from '../stages/remittal.ts';
import type { Route } from './route.ts';

/** By pointers into what is published. */
export function againstTheAct({ stages }: Route, municipality: Municipality): readonly Fault[] {
  if (!isSwedish(municipality)) return [];
  return [
    ...municipality.bodies.flatMap((body, index) =>
      under(`/jurisdiction/bodies/${index}`, [...decidingFaults(body), ...councilFaults(body)]),
    ),
    ...under('/jurisdiction', [...appealFaults(municipality), ...delegationFaults(municipality)]),
    ...stages.flatMap((stage, index) =>
      under(`/route/stages/${index}`, [
        ...roleFaults(stage, municipality),
        ...majorityFaults(stage),
        ...assignmentFaults(stage, stages),
      ]),
    ),
  ];
}

const under = (pointer: string, faults: readonly Fault[]): readonly Fault[] =>
  faults.map((it) => ({ ...it, pointer: `${pointer}${it.pointer}` }));

const given = (is: boolean, found: Fault): readonly Fault[] => (is ? [found] : []);

const deciding: readonly Body['kind'][] = ['council', 'board', 'committee'];

function decidingFaults({ kind, quorum, tie, minorityBrake }: Body): readonly Fault[] {
  if (!deciding.includes(kind)) return [];
  return [
    ...given(
      !isMoreThanHalf(quorum),
      fault(
        '/quorum',
        'fler än hälften av ledamöterna måste vara närvarande (R-029, R-031)',
        'more than half of the members must be present (R-029, R-031)',
      ),
    ),
    ...given(
      tie !== 'castingVote',
      fault(
        '/tie',
        'vid lika röstetal har ordföranden utslagsröst (R-049)',
        'in a tie the chair has the casting vote (R-049)',
      ),
    ),
    ...given(
      kind !== 'council' && minorityBrake !== null,
      fault(
        '/minorityBrake',
        'en minoritet har rätt till bordläggning och återremiss bara i fullmäktige (R-060)',
        'a minority has a right to deferral and referral back in the council only (R-060)',
      ),
    ),
  ];
}

function councilFaults({ kind, minorityBrake, notice }: Body): readonly Fault[] {
  if (kind !== 'council') return [];
  const { delays = [], maxUses = null } = minorityBrake ?? {};
  const isTheActs =
    minorityBrake !== null && isThird(minorityBrake) && new Set(delays).size === 2 && maxUses === 1;
  return [
    ...given(
      !isTheActs,
      fault(
        '/minorityBrake',
        'en tredjedel av de närvarande har rätt till bordläggning eller återremiss, en gång i ett ärende (R-055, R-056)',
        'a third of those present has a right to deferral or referral back, once in a matter (R-055, R-056)',
      ),
    ),
    ...given(
      notice !== undefined && notice.length < WEEK[notice.unit],
      fault(
        '/notice',
        'fullmäktige kungörs minst en vecka före sammanträdet (R-026)',
        'the council is announced at least a week before it meets (R-026)',
      ),
    ),
  ];
}

/** A week at least: five working days are never fewer days. */
const WEEK: Readonly<Record<Notice['unit'], number>> = { weeks: 1, calendarDays: 7, workingDays: 5 };

const appealFaults = ({ appealPeriods: { general } }: Municipality): readonly Fault[] =>
  given(
    general.weeks !== 3 || general.months !== undefined || general.days !== undefined,
    fault(
      '/appealPeriods/general',
      'ett beslut överklagas inom tre veckor (R-072)',
      'a decision is appealed within three weeks (R-072)',
    ),
  );

/** A council delegates to committees alone, and a joint committee's own decisions are on every board. */
const delegationFaults = ({ bodies, delegations }: Municipality): readonly Fault[] =>
  delegations.flatMap(({ body, recorded }, index) => {
    const its = bodies.find(({ id }) => id === body);
    return under(`/delegations/${index}`, [
      ...given(
        its?.kind === 'council',
        fault(
          '/body',
          'bara en nämnd delegerar till en förtroendevald eller anställd (R-091)',
          'only a committee delegates to an elected member or an employee (R-091)',
        ),
      ),
      ...given(
        its?.otherNoticeBoards !== undefined && recorded === 'separately',
        fault(
          '/recorded',
          'ett särskilt protokoll anslås på en anslagstavla, inte på alla den gemensamma nämndens (R-116)',
          'separate minutes are announced on one board, not on all of those of the joint committee (R-116)',
        ),
      ),
    ]);
  });

/** A sub-committee decides on delegation only, and a drafting committee prepares. */
function roleFaults(stage: AnyStage, { bodies }: Municipality): readonly Fault[] {
  if (!isMeeting(stage)) return [];
  const kind = bodies.find(({ id }) => id === stage.body)?.kind;
  return given(
    (kind === 'workingCommittee' && stage.role !== 'prepare') ||
      (kind === 'draftingCommittee' && stage.role === 'decide'),
    fault(
      '/role',
      'ett utskott eller en beredning bereder: ett utskott beslutar bara på delegation (R-025)',
      'a sub-committee or a drafting committee prepares: a sub-committee decides on delegation only (R-025)',
    ),
  );
}

function majorityFaults(stage: AnyStage): readonly Fault[] {
  const { share: [part, whole] = [1, 1], to = 'block' } = (isMeeting(stage) && stage.majority) || {};
  return given(
    to === 'adopt' && 2 * part <= whole,
    fault(
      '/majority/share',
      'ett beslut kräver fler än hälften av rösterna, eller mer (R-049, R-051)',
      'a decision takes more than half of the votes, or more (R-049, R-051)',
    ),
  );
}

/** Only a citizen proposal is handed over, and what is handed over is not delegated. */
function assignmentFaults(stage: AnyStage, stages: Route['stages']): readonly Fault[] {
  if (!isRemittal(stage)) return [];
  const isProposal = stages.some((it) => it.type === 'initiative' && it.of === 'citizenProposal');
  const delegating = stages.flatMap((it) => (it.type === 'delegated' ? [it.body] : []));
  return [
    ...given(
      stage.assign.length > 0 && !isProposal,
      fault(
        '/assign',
        'bara ett medborgarförslag överlåts till en nämnd (R-008)',
        'only a citizen proposal is assigned to a committee (R-008)',
      ),
    ),
    ...stage.assign.flatMap(({ body }, nth) =>
      given(
        delegating.includes(body),
        fault(
          `/assign/${nth}`,
          'ett överlåtet medborgarförslag avgör nämnden själv, inte på delegation (R-092)',
          'a citizen proposal handed over is decided by the committee itself, not on delegation (R-092)',
        ),
      ),
    ),
  ];
}
