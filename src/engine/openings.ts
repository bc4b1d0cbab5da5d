/** How people's words for a new record become a command: what they leave out comes from the municipality's data. */
import type { Chart, Json, JsonObject } from '../../machines/chart.ts';
import type { DelegateKind } from '../../machines/delegation/given.ts';
import {
  appealPeriodOf,
  type Body,
  isSwedish,
  type Municipality,
  noticeOf,
} from '../../machines/municipalities/municipality.ts';
import type { Registry } from '../../machines/registry.ts';
import { decidingBodies } from '../../machines/routes/deciding.ts';
import { daysBefore, localDate, weekdayBefore } from './calendar.ts';
import type { Start } from './command.ts';
import { type FieldError, Refusal } from './refusal.ts';

/** A command without its sender. */
type Opening = Pick<Start, 'kind' | 'chart' | 'tenant' | 'input' | 'series'>;

/** What there is to choose from. */
export interface Offer {
  readonly municipalities: readonly Municipality[];
  readonly registry: Registry;
  /** RFC 3339: its local year is that of the series of registry numbers, `HKS 2026`. */
  readonly now: string;
}

/** The input of a matter (`MatterInput`), with or without its number, and where it starts. */
export type MatterWords = JsonObject & {
  readonly municipality: string;
  readonly route: string;
  readonly proposals: readonly { readonly body: string }[];
};

/**
 * A matter on a route of a municipality.
 * @throws Refusal `invalid` naming a municipality, a route or a deciding body that does not exist.
 */
export function openMatter(offer: Offer, { municipality: id, route, ...input }: MatterWords): Opening {
  const municipality = municipalityOf(offer, id, '/municipality');
  const deciding = decidingBodies(routeOf(offer, municipality, route, '/route'));
  input.proposals.forEach(({ body }, index) => {
    if (!deciding.includes(body)) throw notDeciding(`/proposals/${index}/body`, municipality, body, deciding);
  });
  return {
    kind: 'start',
    chart: `${id}/${route}`,
    tenant: id,
    input: { ...input, ...markedToday(input, municipality, offer) },
    ...(input.number === undefined && { series: { '/number': seriesOf(municipality, offer.now) } }),
  };
}

/** What people say of a meeting. Dates are local, `YYYY-MM-DD`. */
export interface MeetingWords {
  readonly municipality: string;
  readonly body: string;
  readonly date: string;
  readonly time?: string | undefined;
  readonly place?: string | undefined;
  readonly firstParagraph?: number | undefined;
}

/**
 * A meeting of a body, with the body's seats, quorum and approvers and the municipality's notice board.
 * @throws Refusal `invalid` naming a municipality or a body that does not exist.
 */
export function openMeeting(
  offer: Offer,
  { municipality: id, body: bodyId, ...words }: MeetingWords,
): Opening {
  const municipality = municipalityOf(offer, id, '/municipality');
  const its = bodyOf(municipality, bodyId, '/body');
  const { label, kind, seats, approvers, openDoors, remote, ...body } = its;
  const { remark: _, ...quorum } = body.quorum;
  const { otherNoticeBoards } = body;
  const { noticeBoard } = municipality;
  const appealPeriod = appealPeriodOf(municipality);
  const stated = Object.fromEntries(Object.entries(words).filter(([, it]) => it !== undefined)) as JsonObject;
  const input = {
    ...stated,
    body: bodyId,
    bodyName: label.sv,
    kind,
    seats,
    approvers,
    noticeBoard,
    ...(otherNoticeBoards && { otherBoards: otherNoticeBoards }),
    quorum,
    appealPeriod,
    openDoors,
    remote,
    swedish: isSwedish(municipality),
    ...(its.inquiries?.belowQuorum && { answersBelowQuorum: true }),
    ...noticeDays(municipality, its, words.date),
  };
  return { kind: 'start', chart: 'meeting', tenant: id, input };
}

/** By when a meeting of a body on a day is announced and summoned, and what is urgent announced. */
function noticeDays(municipality: Municipality, body: Body, day: string) {
  const { calendar } = municipality;
  const notice = noticeOf(municipality, body);
  if (!notice) return {};
  const isCouncil = isSwedish(municipality) && body.kind === 'council';
  return {
    summonBy: daysBefore(day, notice, calendar),
    ...(isCouncil && { urgentBy: weekdayBefore(day, calendar) }),
  };
}

/** A municipality that takes part in a joint matter. */
interface MemberWords {
  readonly municipality: string;
  readonly route: string;
  readonly body: string;
  readonly number?: string | undefined;
}

export type JointMatterWords = JsonObject & { readonly members: readonly MemberWords[] };

/**
 * A joint matter, kept by the municipality that is named first. Each municipality's matter gets a number from that
 * municipality's own series where none is given.
 * @throws Refusal `invalid` naming a municipality, a route or a body that does not exist, or one named twice.
 */
export function openJointMatter(offer: Offer, { members, ...input }: JointMatterWords): Opening {
  const taking = members.map((it, index) => memberOf(offer, members, it, index));
  const [keeper] = taking;
  if (!keeper) throw unknown('/members', 'Minst en kommun behövs', 'at least one municipality is needed');
  if (input.forms !== undefined) assertCouncils(taking, members);
  if (String(input.validUntil ?? input.validFrom) < String(input.validFrom))
    throw unknown('/validUntil', 'Sista dagen är före den första', 'the last day is before the first');
  const numbered = taking.flatMap((it, index): [string, string][] =>
    members[index]?.number === undefined ? [[`/members/${index}/number`, seriesOf(it, offer.now)]] : [],
  );
  return {
    kind: 'start',
    chart: 'joint-matter',
    tenant: keeper.id,
    input: { ...input, members: members as unknown as Json, ...markedToday(input, keeper, offer) },
    series: {
      ...(input.number === undefined && { '/number': seriesOf(keeper, offer.now) }),
      ...Object.fromEntries(numbered),
    },
  };
}

/** What municipalities form together, each council adopts. @throws Refusal `invalid`. */
function assertCouncils(taking: readonly Municipality[], members: readonly MemberWords[]): void {
  taking.forEach(({ bodies }, index) => {
    const body = bodies.find(({ id }) => id === members[index]?.body);
    if (body && body.kind !== 'council')
      throw unknown(
        `/members/${index}/body`,
        'Ett gemensamt organ bildas av fullmäktige (R-117)',
        'a joint body is formed by the councils (R-117)',
      );
  });
}

function memberOf(
  offer: Offer,
  members: readonly MemberWords[],
  member: MemberWords,
  index: number,
): Municipality {
  const at = `/members/${index}`;
  const municipality = municipalityOf(offer, member.municipality, `${at}/municipality`);
  const { name } = municipality;
  if (members.findIndex((it) => it.municipality === member.municipality) < index)
    throw unknown(`${at}/municipality`, `${name} är med två gånger`, `${name} takes part twice`);
  const deciding = decidingBodies(routeOf(offer, municipality, member.route, `${at}/route`));
  if (!deciding.includes(member.body)) throw notDeciding(`${at}/body`, municipality, member.body, deciding);
  return municipality;
}

/** What people say of a delegation; the rest has the shape of what the chart is started with. */
export type DelegationWords = JsonObject & {
  readonly municipality: string;
  readonly body: string;
  readonly groups: readonly string[];
  readonly kind: DelegateKind;
};

/**
 * A delegation of a committee, for groups of matters of its scheme as they are called now.
 * @throws Refusal `invalid` naming a municipality, a body or a group that does not exist, or whom the law does not let
 * it be given to.
 */
export function openDelegation(
  offer: Offer,
  { municipality: id, groups, ...words }: DelegationWords,
): Opening {
  const municipality = municipalityOf(offer, id, '/municipality');
  const { label } = bodyOf(municipality, words.body, '/body');
  const named = groups.map((group, index) => {
    const found = municipality.delegations.find((it) => it.id === group && it.body === words.body);
    if (found) return found;
    throw unknown(
      `/groups/${index}`,
      `${label.sv} delegerar ingen ärendegrupp ”${group}”`,
      `${label.en} delegates no group of matters "${group}"`,
    );
  });
  const isUrgent = named.some((it) => it.urgent);
  if (isUrgent && words.kind !== 'member')
    throw unknown(
      '/kind',
      'I brådskande ärenden beslutar ordföranden eller en annan ledamot (R-096)',
      'in urgent matters the chair or another member decides (R-096)',
    );
  if (isUrgent && words.limit !== undefined)
    throw unknown(
      '/limit',
      'I brådskande ärenden anges inget belopp att hålla mot en gräns (R-096)',
      'in urgent matters no amount is stated that a limit could be held against (R-096)',
    );
  if (words.of === id || words.of === municipality.name)
    throw unknown('/of', 'Det är den egna kommunen (R-098)', 'that is the municipality itself (R-098)');
  const input = { ...words, groups: named.map((it) => ({ id: it.id, label: it.label.sv })) };
  return { kind: 'start', chart: 'delegation', tenant: id, input };
}

/** A secrecy mark at registration is of that day. */
const markedToday = ({ secrecy }: JsonObject, { calendar }: Municipality, { now }: Offer): JsonObject =>
  secrecy === undefined
    ? {}
    : { secrecy: { ...(secrecy as JsonObject), on: localDate(Date.parse(now), calendar) } };

const seriesOf = ({ registryPrefix, calendar }: Municipality, now: string): string =>
  `${registryPrefix} ${localDate(Date.parse(now), calendar).slice(0, 4)}`;

const municipalityOf = ({ municipalities }: Offer, id: string, pointer: string): Municipality =>
  municipalities.find((it) => it.id === id) ??
  raise(unknown(pointer, `Det finns ingen kommun ”${id}”`, `there is no municipality "${id}"`));

const bodyOf = (municipality: Municipality, id: string, pointer: string): Body =>
  municipality.bodies.find((it) => it.id === id) ?? raise(noBody(pointer, municipality, id));

const routeOf = ({ registry }: Offer, { id, name }: Municipality, route: string, pointer: string): Chart =>
  registry.latest(`${id}/${route}`) ??
  raise(unknown(pointer, `${name} har ingen väg ”${route}”`, `${name} has no route "${route}"`));

const noBody = (
  pointer: string,
  { name }: Municipality,
  id: string,
  permitted?: FieldError['permitted'],
): Refusal => unknown(pointer, `${name} har inget organ ”${id}”`, `${name} has no body "${id}"`, permitted);

/** @param deciding the bodies that decide on the route. */
function notDeciding(
  pointer: string,
  municipality: Municipality,
  id: string,
  deciding: readonly string[],
): Refusal {
  const permitted = [...new Set(deciding)];
  const label = municipality.bodies.find((it) => it.id === id)?.label;
  if (!label) return noBody(pointer, municipality, id, permitted);
  const { sv, en } = label;
  return unknown(
    pointer,
    `${sv} beslutar inte på den vägen`,
    `${en} does not decide on that route`,
    permitted,
  );
}

const unknown = (pointer: string, sv: string, en: string, permitted?: FieldError['permitted']): Refusal =>
  new Refusal(
    'invalid',
    { sv: `${sv}.`, en: `${en.charAt(0).toUpperCase()}${en.slice(1)}.` },
    { fields: [{ pointer, detail: { sv, en }, ...(permitted && { permitted }) }] },
  );

function raise(error: Error): never {
  throw error;
}
