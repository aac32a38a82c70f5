/**
 * The database was restored or failed over since the caller was identified, so their id may be another's by now. Nothing of
 * this request may be committed any more; the same request may succeed.
 */
export class EpochChanged extends Error {
  constructor() {
    super('The database was restored or failed over since the caller was identified');
    this.name = 'EpochChanged';
  }
}
