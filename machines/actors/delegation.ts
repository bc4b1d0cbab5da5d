/**
 * An entry of the register of delegations: what a committee has given whom the power to decide, how far and for how long
 * (KL 6:37–39, 7:5–7, 9:37; ). A decision under it is asked of it, and is made only if it accepts. A head
 * of administration who has been let to hands it on to another employee, who hands it on to nobody.
 */
import * as z from 'zod';
import {
  type Action,
  all,
  assigning,
  causing,
  defineChart,
  type JsonObject,
  type StateData,
} from '../chart.ts';
import { delegationEvents, delegationGuards } from '../delegation/events.ts';
import { type DelegationContext, givenShape, type HandedOn, sound } from '../delegation/given.ts';
import { line, several } from '../events.ts';
import { tell } from '../tell.ts';

const group = z.strictObject({ id: line('Beteckning', 'Id'), label: line('Namn', 'Name') });

/** What is handed on is less than what the head has, or the same; it ends with that at the latest. */
const handedOnFirst = (own: DelegationContext, given: HandedOn, on: string): JsonObject => {
  const { position, decision, from, to = own.to, limit = own.limit } = given;
  return {
    body: own.body,
    groups: own.groups.map((it): JsonObject => ({ ...it })),
    kind: 'employee',
    position,
    decision,
    decidedOn: on,
    from,
    mayHandOn: false,
    ...(own.matter !== null && { matter: own.matter }),
    ...(limit !== null && { limit }),
    ...(to !== null && { to }),
  };
};

/** It is handed on to an employee of the same municipality, under the same agreement on cooperation. */
const handedOn: typeof handedOnFirst = (own, given, on) => ({
  ...handedOnFirst(own, given, on),
  ...(own.of !== null && own.agreement !== null && { of: own.of, agreement: own.agreement }),
});

const startHandedOn = (version: number, inputOf: typeof handedOn): Action =>
  causing<DelegationContext, HandedOn>(version, (own, { meta, type: _, ...given }) => [
    {
      kind: 'start',
      chart: 'delegation',
      key: `s${own.handedOn + 1}`,
      input: inputOf(own, given, meta.on),
    },
  ]);

/** What comes when it has ended changes nothing; no decision is made under it any more. */
const over: StateData = {
  meta: { end: true, refuses: { 'delegation.handOn': 'R-091', 'delegation.revoke': 'R-091' } },
  on: { 'delegation.lapse': {} },
};

export const delegation = defineChart({
  name: 'delegation',
  version: 2,
  label: { sv: 'Delegation', en: 'Delegation' },
  record: { startedBy: ['clerk', 'registrar'] },
  input: sound({
    body: line('Nämnd', 'Committee'),
    groups: several('Grupper av ärenden', 'Groups of matters', group, 100),
    ...givenShape,
  }),
  context: { matter: null, of: null, agreement: null, limit: null, to: null, handedOn: 0, revoked: null },
  card: (context) => {
    const { position = '', groups = [], body = null } = context as unknown as Partial<DelegationContext>;
    return { title: `${position}: ${groups.map((it) => it.label).join(', ')}`, number: null, body };
  },
  events: delegationEvents,
  deadlines: {
    lastDay: {
      label: { sv: 'Delegationen upphör', en: 'The delegation ends' },
      rule: 'R-091',
      from: 'to',
      period: { days: 0 },
      roll: false,
    },
  },
  guards: delegationGuards,
  actions: {
    startHandedOn: startHandedOn(2, handedOn),
    countHandedOn: assigning<DelegationContext>(1, (own) => ({ handedOn: own.handedOn + 1 })),
    noteRevoked: assigning<DelegationContext, { decision: string }>(1, (_, { decision, meta }) => ({
      revoked: { on: meta.on, decision },
    })),
    /** What was handed on ends with it. */
    endHandedOn: causing<DelegationContext>(1, ({ self, handedOn: count }) =>
      tell(
        Array.from({ length: count }, (_, index) => `${self.id}.s${index + 1}`),
        'delegation.lapse',
      ),
    ),
  },
  states: {
    given: { sv: 'Given', en: 'Given' },
    revoked: { sv: 'Återkallad', en: 'Revoked' },
    lapsed: { sv: 'Upphörd med den första', en: 'Ended with the first' },
    ended: { sv: 'Tiden har gått ut', en: 'Its time is over' },
  },
  data: {
    initial: 'given',
    states: {
      given: {
        meta: { rest: true },
        after: { lastDay: { target: 'ended', actions: [{ type: 'endHandedOn' }] } },
        on: {
          // Nothing of it changes: that it was used is in its log, with the matter.
          'delegation.use': {
            guard: all(
              { type: 'isForCommittee' },
              { type: 'isInScope' },
              { type: 'isInForce' },
              { type: 'isDelegate' },
              { type: 'isHuman' },
              { type: 'isWithinLimit' },
            ),
          },
          'delegation.handOn': {
            guard: all({ type: 'mayHandOn' }, { type: 'isNoMore' }),
            actions: [{ type: 'startHandedOn' }, { type: 'countHandedOn' }],
          },
          'delegation.revoke': {
            target: 'revoked',
            actions: [{ type: 'noteRevoked' }, { type: 'endHandedOn' }],
          },
          'delegation.lapse': { target: 'lapsed' },
        },
      },
      revoked: over,
      lapsed: over,
      ended: over,
    },
  },
});

/** As it was first: of what was handed on it did not say whose employee it was handed to. What runs on it goes on with it. */
export const firstDelegation = defineChart({
  ...delegation,
  version: 1,
  actions: { ...delegation.actions, startHandedOn: startHandedOn(1, handedOnFirst) },
});
