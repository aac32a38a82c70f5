import type { FailureCode } from './lab-events.js';

/** Why a run could not be completed. */
export class LabFailure extends Error {
  constructor(
    readonly code: FailureCode,
    detail: string,
  ) {
    super(detail);
    this.name = 'LabFailure';
  }
}
