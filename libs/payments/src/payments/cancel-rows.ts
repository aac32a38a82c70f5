import { LockTimeout, PaymentNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ProviderRegistry } from '../provider/provider-registry.js';
import type { Payment } from '../ledger/payment.js';
import { Ledger } from '../ledger/ledger.js';
import type { AuditBuffer } from '../ledger/audit-buffer.js';

/** Why a payment was cancelled, when no user asked for that cancel. */
export interface Because {
  readonly because: 'price_changed' | 'closed';
}

/** Cancels a pending payment after its provider has closed it: the row changes of every cancellation. */
@Injectable()
export class CancelRows {
  constructor(
    private readonly ledger: Ledger,
    private readonly providers: ProviderRegistry,
  ) {}

  /**
   * Money already received for it by bank or GCash becomes unmatched again.
   * @param fence from `HostedCheckout.close`; undefined when the method has no page
   * @returns the payment as it is now: cancelled, or any other status it has reached meanwhile
   * @throws LockTimeout when another process has started to work on it since it was closed
   */
  async run(
    tx: EntityManager,
    id: number,
    fence: number | undefined,
    auditBuffer: AuditBuffer,
    because?: Because,
  ): Promise<Payment> {
    const locked = await this.ledger.payments.lock(tx, id);
    if (!locked) throw new PaymentNotFound(id);
    if (locked.status !== 'pending' || locked.processing) return locked;
    const { hosted } = this.providers.of(locked.payment_method);
    if (hosted && (fence === undefined || !(await hosted.isClosed(tx, id, fence)))) throw new LockTimeout();

    // Transfers change before the payment's status, in the order a match uses: a match waits for other payments' rows
    // while it holds a transfer.
    const released = await this.ledger.transfers.releasePartials(tx, id);
    const payment = await this.ledger.payments.move(tx, { id, from: 'pending', to: 'cancelled' });
    if (!payment) throw new Error(`Payment ${id} changed while its row was locked`);
    await this.ledger.invoices.follow(tx, id, 'cancelled');
    const unmatched = released.length > 0 ? { unmatched: released } : {};
    const detail = { from: 'pending', to: 'cancelled', ...because, ...unmatched };
    await this.ledger.audit.record(tx, auditBuffer.entries(id, { action: 'payment.cancelled', detail }));
    return payment;
  }
}
