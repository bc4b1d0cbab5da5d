/** Whom written recipients mean, by a municipality's register of them. */
import type { Addressee } from '../chart.ts';
import type { Municipality } from './municipality.ts';

/** Bodies, recipients by id, and groups of them: what stands in it may change at any time. */
export type Register = Pick<Municipality, 'bodies' | 'recipients' | 'groups'>;

/** A name that the register does not have, as it was written. */
export const asWritten = (name: string): Addressee => ({
  name,
  group: null,
  recipient: null,
  channel: 'letter',
});

/**
 * Whom names mean as the register stands now: a group is expanded, what is not in it is kept as written;
 * who is meant twice, by name and as one of a group, is sent it once.
 */
export function addresseesOf(
  names: readonly string[],
  { recipients, groups }: Pick<Register, 'recipients' | 'groups'>,
): Addressee[] {
  const known = new Map(recipients.flatMap((it) => [[it.id, it] as const, [it.name, it] as const]));
  const one = (name: string, group: string | null): Addressee => {
    const it = known.get(name);
    return it
      ? { name: it.name, group, recipient: it.id, channel: it.channel }
      : { ...asWritten(name), group };
  };
  const members = (name: string) => (Object.hasOwn(groups, name) ? groups[name] : undefined);
  const all = names.flatMap((name) => members(name)?.map((id) => one(id, name)) ?? [one(name, null)]);
  return all.filter((it, index) => all.findIndex(({ name }) => name === it.name) === index);
}
