/** The path and the number of rows of the list to which a form's button asks to add one; null for anything else. */
export function rowsAsked(value: unknown): ReadonlyMap<string, number> | null {
  const [, path, rows] = /^([\w.]{1,200}):(\d{1,3})$/.exec(typeof value === 'string' ? value : '') ?? [];
  return path === undefined ? null : new Map([[path, Number(rows)]]);
}
