/**
 * What drivers bind as something else than it is: an integer above 2^31 as REAL, an object as text, a BigInt as
 * NULL, half a character as another. None of our columns holds such a value, so one is a defect and is refused.
 * @throws TypeError
 */
export function assertBindable(value: unknown): void {
  const safe =
    value === null ||
    (typeof value === 'string' && value.isWellFormed()) ||
    (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31);
  if (!safe) throw new TypeError(`cannot bind ${typeof value} ${String(value)}`);
}
