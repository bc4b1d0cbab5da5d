/**
 * The database is away for now: its server cannot be reached, is about to stop or not yet there, or has somebody wait
 * too long. What was asked may have been done all the same, where it was a change.
 */
export class Away extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'Away';
  }
}
