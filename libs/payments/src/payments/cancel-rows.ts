import { LockTimeout, PaymentNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ProviderRegistry } from '../provider/provider-registry.js';
import type { Payment } from '../ledger/payment.js';
import { PaymentRows } from '../ledger/ledger.js';
import type { Trail } from '../ledger/audit-buffer.js';

/** Why a payment was cancelled, when nobody asked for just that. */
export interface Because {
  readonly because: 'price_changed' | 'closed';
}

/** Lets a pending payment go, after its provider has closed it: the rows of every cancellation. */
@Injectable()
export class CancelRows {
  constructor(
    private readonly rows: PaymentRows,
    private readonly providers: ProviderRegistry,
  ) {}

  /**
   * @param fence of `HostedCheckout.close`; undefined: the method has no page
   * What had been received of it by bank or GCash is unmatched again.
   * @returns the payment as it now is: cancelled, or whatever else it has become meanwhile.
   * @throws LockTimeout when somebody has begun to work on it since it was closed
   */
  async run(
    tx: EntityManager,
    id: number,
    fence: number | undefined,
    trail: Trail,
    because?: Because,
  ): Promise<Payment> {
    const locked = await this.rows.payments.lock(tx, id);
    if (!locked) throw new PaymentNotFound(id);
    if (locked.status !== 'pending' || locked.processing) return locked;
    const { hosted } = this.providers.of(locked.payment_method);
    if (hosted && (fence === undefined || !(await hosted.isClosed(tx, id, fence)))) throw new LockTimeout();

    // Before the payment's state, as a match does it: that waits for the state of other payments while it holds a transfer.
    const released = await this.rows.transfers.releasePartials(tx, id);
    const payment = await this.rows.payments.move(tx, { id, from: 'pending', to: 'cancelled' });
    if (!payment) throw new Error(`Payment ${id} changed while its row was locked`);
    await this.rows.papers.follow(tx, id, 'cancelled');
    const unmatched = released.length > 0 ? { unmatched: released } : {};
    const detail = { from: 'pending', to: 'cancelled', ...because, ...unmatched };
    await this.rows.audit.record(tx, trail.upTo(id, { action: 'payment.cancelled', detail }));
    return payment;
  }
}
