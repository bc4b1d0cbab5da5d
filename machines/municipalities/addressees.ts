/** Whom written recipients mean, by a municipality's register of them. */
import type { Addressee } from '../chart.ts';
import { plain } from '../person.ts';
import type { Municipality, Recipient } from './municipality.ts';

/** Bodies, recipients by id, and groups of them: what stands in it may change at any time. */
export type Register = Pick<Municipality, 'bodies' | 'recipients' | 'groups'>;

/** A name that the register does not have, as it was written. */
export const asWritten = (name: string): Addressee => ({
  name,
  group: null,
  recipient: null,
  channel: 'letter',
});

type Recipients = Pick<Register, 'recipients' | 'groups'>;

/** A name as it is compared: its letter case and its spacing mean nothing. */
const compared = (name: string): string => plain(name.normalize('NFC'));

const groupNamed = (name: string, { groups }: Recipients): string | undefined =>
  Object.keys(groups).find((it) => compared(it) === compared(name));

const recipientNamed = (name: string, { recipients }: Recipients): Recipient | undefined =>
  recipients.find((it) => [it.id, it.name].some((known) => compared(known) === compared(name)));

/** Whether a name is that of a recipient or of a group in the register, or the id of a recipient. */
export const isRegistered = (name: string, register: Recipients): boolean =>
  groupNamed(name, register) !== undefined || recipientNamed(name, register) !== undefined;

/**
 * Whom names mean as the register stands now: a group is expanded, what is not in it is kept as written;
 * who is meant twice, by name and as one of a group, is sent it once.
 */
export function addresseesOf(names: readonly string[], register: Recipients): Addressee[] {
  const one = (name: string, group: string | null): Addressee => {
    const it = recipientNamed(name, register);
    return it
      ? { name: it.name, group, recipient: it.id, channel: it.channel }
      : { ...asWritten(name), group };
  };
  const all = names.flatMap((name) => {
    const group = groupNamed(name, register);
    return group === undefined
      ? [one(name, null)]
      : (register.groups[group] ?? []).map((id) => one(id, group));
  });
  return [...Map.groupBy(all, ({ name }) => compared(name)).values()].flatMap(([first]) => first ?? []);
}
