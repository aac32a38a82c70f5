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

/** Closes a page of another price, or of what is closed, so that a new payment can take its place. */
@Injectable()
export class CloseOutdated {
  constructor(
    private readonly ledger: Ledger,
    private readonly locks: Locks,
    private readonly providers: ProviderRegistry,
    private readonly cancelRows: CancelRows,
  ) {}

  /**
   * Takes the lock of the old payment, which is always the last one taken: whoever holds it waits for no other lock of
   * ours. A page that proves paid or processing is applied, and its payment stands. @throws ProviderUnavailable, LockTimeout
   */
  async run({ id, payment_method }: Payment, caller: Caller, trail: AuditBuffer): Promise<void> {
    await withPaymentLock(this.locks, { id, caller }, async () => {
      const outdated = await findOutdated(this.ledger.manager, id);
      // Ended, paid or right again since.
      if (!outdated) return;
      const fence = await this.providers.hosted(payment_method).close(id, trail);
      const because = { because: outdated.reason };
      await inTransaction(this.ledger.dataSource, (tx) => this.cancelRows.run(tx, id, fence, trail, because));
      trail.committed();
    });
  }
}
