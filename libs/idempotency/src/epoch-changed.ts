/**
 * The database was restored or failed over since the caller was identified, so their id may belong to another user
 * now. Nothing of this request may be committed; the same request may succeed when sent again.
 */
export class EpochChangedError extends Error {
  constructor() {
    super('The database was restored or failed over since the caller was identified');
    this.name = 'EpochChangedError';
  }
}
