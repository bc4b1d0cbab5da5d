/** Whether a place is the address of a PostgreSQL server rather than a file. */
export const isAddress = (location: string): boolean => /^postgres(ql)?:\/\//.test(location);
