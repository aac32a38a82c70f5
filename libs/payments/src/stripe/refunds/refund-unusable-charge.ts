import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import { StripeRefunds } from './stripe-refunds.js';

/** Sends the automatic refund of money that could pay nothing, right after the refund was reserved. */
@Injectable()
export class RefundUnusableCharge {
  constructor(
    private readonly refunds: StripeRefunds,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(RefundUnusableCharge.name);
  }

  /** The caller holds the payment's lock. Never fails: the worker sends what could not be sent. */
  async run(refund_id: number, auditBuffer: AuditBuffer): Promise<void> {
    try {
      await this.refunds.pursue(refund_id, auditBuffer);
    } catch (error) {
      this.logger.warn({ err: error, refund_id }, 'Payment: automatic refund not finished, retried later');
    }
  }
}
