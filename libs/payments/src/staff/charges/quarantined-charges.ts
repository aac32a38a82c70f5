import { Answer } from '#answers';
import type { Caller } from '#auth';
import { ChargeNotFound, ChargeNotQuarantined, Forbidden } from '#errors';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ListedCharge, LockedCharge } from '../../ledger/charge.js';
import type { Payment } from '../../ledger/payment.js';
import { withPaymentLock } from '../../ledger/payment-lock.js';
import { Ledger } from '../../ledger/ledger.js';
import type { AuditBuffer } from '../../ledger/audit-buffer.js';
import type { DecidedCharge } from './charge-answers.js';

export interface LockedMoney {
  readonly payment: Payment;
  readonly charge: LockedCharge;
}

/** The common first and last steps of every decision about quarantined money. */
@Injectable()
export class QuarantinedCharges {
  constructor(
    private readonly ledger: Ledger,
    private readonly locks: Locks,
  ) {}

  /**
   * Runs `work` under the lock of the payment that the money was sent for.
   * @throws ChargeNotFound, Forbidden (users cannot decide about their own money), LockTimeout
   */
  async underLock<Result>(
    charge_id: number,
    { caller, auditBuffer }: { caller: Caller; auditBuffer: AuditBuffer },
    work: (charge: ListedCharge & { payment_id: number }) => Promise<Result>,
  ): Promise<Result> {
    const charge = await this.ledger.charges.describe(this.ledger.manager, charge_id);
    if (!charge || charge.payment_id === null) throw new ChargeNotFound(charge_id);
    const { payment_id } = charge;
    const payment = await this.ledger.payments.find(this.ledger.manager, payment_id);
    if (payment?.user_id === caller.user_id) throw new Forbidden();
    return withPaymentLock(this.locks, { id: payment_id, caller, auditBuffer }, async () =>
      work({ ...charge, payment_id }),
    );
  }

  /**
   * Locks the payment's row first, then the charge's. @throws ChargeNotQuarantined: another request has decided already
   */
  async lock(tx: EntityManager, { id, payment_id }: { id: number; payment_id: number }): Promise<LockedMoney> {
    const payment = await this.ledger.payments.lock(tx, payment_id);
    const charge = await this.ledger.charges.lock(tx, id);
    if (charge.disposition !== 'quarantined') throw new ChargeNotQuarantined(charge);
    return { payment: payment!, charge };
  }

  async answer(
    tx: EntityManager,
    { id, payment_id }: { id: number; payment_id: number },
    message: 'ops.charge_accepted' | 'ops.charge_settled_elsewhere',
  ): Promise<Answer<DecidedCharge>> {
    const charge = (await this.ledger.charges.describe(tx, id))!;
    const payment = (await this.ledger.payments.find(tx, payment_id))!;
    return Answer.ok(message, { charge, payment_id, payment, ...(await this.ledger.invoices.find(tx, payment_id)) });
  }
}
