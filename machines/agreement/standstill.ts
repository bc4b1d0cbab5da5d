/** How long a procured contract is not signed: from the notice of its award, as that was sent (LOU 20:1, R-084). */
export const standstills = { electronic: { days: 10 }, other: { days: 15 } } as const;
