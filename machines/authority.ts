/**
 * Who may send what (rulebook section 3), in one place: no chart can be defined whose events go further. The
 * auditor reads and the administrator publishes routes: neither sends anything. Deadlines are the timer's, and a
 * chart has no others.
 */
import type { Label } from './label.ts';
import type { Role } from './roles.ts';

interface Group {
  readonly label: Label;
  readonly by: readonly Role[];
  /** The types of the events; of the last two groups all that no other names. */
  readonly events: readonly string[];
}

/** The rows of the matrix. Within a row an event may be for fewer, never for more. */
export const authority = {
  minutes: {
    label: { sv: 'Justera protokoll', en: 'Approve minutes' },
    by: ['chair', 'integration'],
    events: ['minutes.approve', 'paragraph.approve'],
  },
  delegated: {
    label: { sv: 'Besluta på delegation', en: 'Decide on delegation' },
    by: ['caseOfficer', 'chair'],
    events: ['decision.take', 'delegation.handOn'],
  },
  delegatedMinutes: {
    label: { sv: 'Underteckna särskilt protokoll', en: 'Sign separate minutes' },
    by: ['caseOfficer', 'chair', 'integration'],
    events: ['record.approve'],
  },
  court: {
    label: { sv: 'Domstolens besked', en: 'Word from the court' },
    by: ['clerk', 'registrar', 'integration'],
    events: [
      'appeal.file',
      'appeal.forward',
      'appeal.rule',
      'noAppeal.confirm',
      'execution.stay',
      'execution.resume',
    ],
  },
  dispatch: {
    label: { sv: 'Expediera', en: 'Dispatch' },
    by: ['clerk', 'registrar', 'integration'],
    events: ['decision.dispatch', 'dispatch.send', 'dispatch.acknowledge', 'dispatch.fail'],
  },
  announce: {
    label: { sv: 'Anslå', en: 'Announce' },
    by: ['clerk', 'registrar', 'chair', 'integration'],
    events: [
      'notice.post',
      'notice.confirm',
      'notice.break',
      'notice.repost',
      'notice.remove',
      'record.announce',
    ],
  },
  meet: {
    label: { sv: 'Kalla och föra dagordning', en: 'Summon and keep the agenda' },
    by: ['clerk', 'registrar', 'chair'],
    events: [
      'agenda.add',
      'agenda.strike',
      'meeting.summon',
      'meeting.cancel',
      'minutes.complete',
      'minutes.reopen',
    ],
  },
  archive: {
    label: { sv: 'Arkivera', en: 'Archive' },
    by: ['registrar'],
    events: ['matter.archive', 'matter.reopen'],
  },
  secrecy: {
    label: { sv: 'Sekretessmarkera', en: 'Mark as confidential' },
    by: ['clerk', 'registrar'],
    events: ['secrecy.mark', 'secrecy.lift'],
  },
  end: {
    label: { sv: 'Avsluta utan beslut', en: 'End without a decision' },
    by: ['clerk', 'registrar'],
    events: ['matter.withdraw', 'matter.join', 'matter.overtake', 'matter.convert'],
  },
  decide: {
    label: { sv: 'Besluta vid sammanträde', en: 'Decide at a meeting' },
    by: ['clerk', 'chair'],
    events: [],
  },
  administer: {
    label: { sv: 'Registrera, handlägga, följa upp', en: 'Register, prepare, follow up' },
    by: ['caseOfficer', 'clerk', 'registrar', 'chair', 'integration'],
    events: [],
  },
} as const satisfies Record<string, Group>;

export type GroupName = keyof typeof authority;

const named: ReadonlyMap<string, GroupName> = new Map(
  (Object.keys(authority) as GroupName[]).flatMap((name) =>
    authority[name].events.map((type): [string, GroupName] => [type, name]),
  ),
);

/** Sent only by those who go on seeing what it hides: the events of the secrecy mark. */
export const needsSight = (type: string): boolean => named.get(type) === 'secrecy';

/** The row of the matrix that an event belongs to. */
export const groupOf = (type: string, kind: 'deciding' | 'clerical'): GroupName =>
  named.get(type) ?? (kind === 'deciding' ? 'decide' : 'administer');

/** The roles among these that the matrix does not let send the event; none for a system or a timer that decides. */
export function beyondAuthority(
  type: string,
  { kind, by }: { readonly kind: 'deciding' | 'clerical' | 'message'; readonly by: readonly Role[] },
): readonly Role[] {
  if (kind === 'message') return by;
  const allowed: readonly Role[] = authority[groupOf(type, kind)].by;
  return by.filter((role) => !allowed.includes(role) || (kind === 'deciding' && role === 'integration'));
}
