import type { StripeEvent } from '#stripe';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { paymentLockKey } from '../../ledger/payment-lock.js';
import { type ReadAttempt, RecordAttempt } from '../attempts/record-attempt.js';
import type { AppliedEvent, EventHandler, LocatedPayment } from './event-handler.js';

/** Processes events about failed attempts to pay. They change no status and no money. */
@Injectable()
export class AttemptEvents implements EventHandler<ReadAttempt> {
  constructor(private readonly attempts: RecordAttempt) {}

  async locate(event: StripeEvent): Promise<LocatedPayment | undefined> {
    const payment_id = await this.attempts.paymentOf(event);
    return payment_id === undefined ? undefined : { payment_id, lock_key: paymentLockKey(payment_id) };
  }

  async read(event: StripeEvent): Promise<ReadAttempt> {
    return this.attempts.read(event);
  }

  async apply(
    tx: EntityManager,
    payment_id: number,
    read: ReadAttempt,
    auditBuffer: AuditBuffer,
  ): Promise<AppliedEvent> {
    const { is } = await this.attempts.apply(tx, payment_id, read, auditBuffer);
    return { result: { verdict: is === 'not_failed' ? 'ignored' : 'applied', payment_id, note: is } };
  }
}
