/** What a provider answers about a payment that staff want to end on their own word. */
export interface Inquiry {
  /**
   * `closed`: it can no longer be paid. `processing`: its money is on its way. `paid`: money arrived, and is booked.
   * `unknown`: the provider does not know it. `unreachable`: the provider gave no answer.
   */
  readonly said: 'closed' | 'processing' | 'paid' | 'unknown' | 'unreachable';
  /** For the audit log, in the provider's own terms. */
  readonly detail: string;
  /** A process that has started to work on the payment since has a higher one. */
  readonly fence: number;
}
