/**
 * The database was restored or failed over since the caller was identified, so their id may be another's by now. Nothing of
 * this request may be committed any more; the same request may succeed.
 */
export class EpochChangedError extends Error {
  constructor() {
    super('The database was restored or failed over since the caller was identified');
    this.name = 'EpochChangedError';
  }
}
