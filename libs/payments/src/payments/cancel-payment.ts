import { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { Forbidden, PaymentNotFound, PaymentProcessing, TransitionNotAllowed } from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { PaymentRows } from './payment-rows.js';
import { mayBecome } from './payment-states.js';
import { Trail } from './trail.js';

/** Lets go of a payment that was not paid, so that what it was for can be paid again. */
@Injectable()
export class CancelPayment {
  constructor(
    private readonly rows: PaymentRows,
    private readonly locks: Locks,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(CancelPayment.name);
  }

  /** @throws PaymentNotFound, Forbidden, PaymentProcessing, TransitionNotAllowed, LockTimeout */
  async run(payment_id: number, caller: Caller, claim: Claim): Promise<Answer> {
    const known = await this.rows.payments.find(this.rows.manager, payment_id);
    if (!known) throw new PaymentNotFound(payment_id);
    if (caller.role === 'patient' && known.user_id !== caller.user_id) throw new Forbidden();

    const trail = Trail.of(caller, 'request.cancel');
    const holder = { user_id: caller.user_id, request_id: caller.request_id };
    const lock = `purchase:complete:${payment_id}`;
    const acquired = trail.waitsFor([lock]);
    const answer = await this.locks.withLock([lock], { holder }, async () => {
      acquired();
      return inTransaction(this.rows.dataSource, (tx) => this.cancel(tx, payment_id, { claim, trail }));
    });
    crashPoint('cancel.committed');
    this.logger.info({ payment_id, user_id: known.user_id }, 'Payment: Cancelled');
    return answer;
  }

  private async cancel(
    tx: EntityManager,
    id: number,
    { claim, trail }: { claim: Claim; trail: Trail },
  ): Promise<Answer> {
    const locked = await this.rows.payments.lock(tx, id);
    if (!locked) throw new PaymentNotFound(id);
    if (locked.processing) throw new PaymentProcessing(locked);
    if (!mayBecome(locked.status, 'cancelled')) throw new TransitionNotAllowed(locked, 'cancelled');

    const payment = await this.rows.payments.move(tx, { id, from: locked.status, to: 'cancelled' });
    if (!payment) throw new Error(`Payment ${id} changed while its row was locked`);
    const papers = await this.rows.papers.follow(tx, id, payment.status);
    const detail = { from: locked.status, to: payment.status };
    await this.rows.audit.record(tx, trail.upTo(id, { action: 'payment.cancelled', detail }));
    const answer = Answer.ok('payment.cancelled', { payment_id: id, payment, ...papers });
    await claim.settle(tx, answer, String(id));
    crashPoint('cancel.before-commit');
    return answer;
  }
}
