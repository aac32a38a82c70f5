import type { AuditBuffer } from '../ledger/audit-buffer.js';

/** Money as its provider states it now. Amount in minor units. */
export interface StatedMoney {
  readonly amount: number;
  readonly currency: string;
  readonly received_at: Date;
  readonly receipt_url: string | null;
}

/** A provider that can be asked again about money it has taken. Only such money leaves quarantine for its payment. */
export interface ProviderCharges {
  /**
   * Reads what a transaction has received, and books what was refunded or disputed since, so that no money is accepted that has
   * already been returned. The caller holds the payment's lock; no transaction is open.
   * @returns undefined when the provider does not know it, or it has received nothing @throws ProviderUnavailable
   */
  refresh(
    of: { payment_id: number; transaction_id: string },
    auditBuffer: AuditBuffer,
  ): Promise<StatedMoney | undefined>;
}
