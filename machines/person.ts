/** A name as it is written by different people. */
export const plain = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Whether a name is one of those, however each is written. */
export const isAmong = (names: readonly string[], name: string): boolean =>
  names.some((it) => plain(it) === plain(name));

/** How many people those names are of, however each is written. */
export const peopleIn = (names: readonly string[]): number => new Set(names.map(plain)).size;
