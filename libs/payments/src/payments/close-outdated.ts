import type { Caller } from '#auth';
import { inTransaction } from '#database';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { CancelRows } from './cancel-rows.js';
import { findOutdated } from '../ledger/outdated.js';
import type { Payment } from '../ledger/payment.js';
import { withPaymentLock } from '../ledger/payment-lock.js';
import { Ledger } from '../ledger/ledger.js';
import type { AuditBuffer } from '../ledger/audit-buffer.js';

/** Closes a page with an outdated price or for a closed item, so that a new payment can take its place. */
@Injectable()
export class CloseOutdated {
  constructor(
    private readonly ledger: Ledger,
    private readonly locks: Locks,
    private readonly providers: ProviderRegistry,
    private readonly cancelRows: CancelRows,
  ) {}

  /**
   * Takes the lock of the old payment. It is always the last lock taken: its holder waits for no other Payonce lock. If
   * the page turns out to be paid or processing, that is applied and the payment stays. @throws ProviderUnavailable,
   * LockTimeout
   */
  async run({ id, payment_method }: Payment, caller: Caller, auditBuffer: AuditBuffer): Promise<void> {
    await withPaymentLock(this.locks, { id, caller }, async () => {
      const outdated = await findOutdated(this.ledger.manager, id);
      // The payment has ended, was paid, or is up to date again.
      if (!outdated) return;
      const fence = await this.providers.hosted(payment_method).close(id, auditBuffer);
      const because = { because: outdated.reason };
      await inTransaction(this.ledger.dataSource, (tx) => this.cancelRows.run(tx, id, fence, auditBuffer, because));
      auditBuffer.committed();
    });
  }
}
