/** Who records a body's acts. */
export const secretary = ['clerk', 'chair'] as const;
