import { Answer } from '#answers';
import type { Caller } from '#auth';
import { ChargeNotFound, ChargeNotQuarantined, Forbidden } from '#errors';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ListedCharge, LockedCharge } from '../../ledger/charges.repository.js';
import type { Payment } from '../../ledger/payment.js';
import { withPaymentLock } from '../../ledger/payment-lock.js';
import { PaymentRows } from '../../ledger/ledger.js';
import type { Trail } from '../../ledger/audit-buffer.js';
import type { DecidedCharge } from './charge-answers.js';

export interface LockedMoney {
  readonly payment: Payment;
  readonly charge: LockedCharge;
}

/** What every decision about quarantined money begins and ends with. */
@Injectable()
export class QuarantinedCharges {
  constructor(
    private readonly rows: PaymentRows,
    private readonly locks: Locks,
  ) {}

  /**
   * Runs `work` under the lock of the payment that the money came for.
   * @throws ChargeNotFound, Forbidden (nobody decides about their own money), LockTimeout
   */
  async underLock<Result>(
    charge_id: number,
    { caller, trail }: { caller: Caller; trail: Trail },
    work: (charge: ListedCharge & { payment_id: number }) => Promise<Result>,
  ): Promise<Result> {
    const charge = await this.rows.charges.describe(this.rows.manager, charge_id);
    if (!charge || charge.payment_id === null) throw new ChargeNotFound(charge_id);
    const { payment_id } = charge;
    const payment = await this.rows.payments.find(this.rows.manager, payment_id);
    if (payment?.user_id === caller.user_id) throw new Forbidden();
    return withPaymentLock(this.locks, { id: payment_id, caller, trail }, async () => work({ ...charge, payment_id }));
  }

  /** The payment's row first, then the charge's. @throws ChargeNotQuarantined: somebody has decided already */
  async lock(tx: EntityManager, { id, payment_id }: { id: number; payment_id: number }): Promise<LockedMoney> {
    const payment = await this.rows.payments.lock(tx, payment_id);
    const charge = await this.rows.charges.lock(tx, id);
    if (charge.disposition !== 'quarantined') throw new ChargeNotQuarantined(charge);
    return { payment: payment!, charge };
  }

  async answer(
    tx: EntityManager,
    { id, payment_id }: { id: number; payment_id: number },
    message: 'ops.charge_accepted' | 'ops.charge_settled_elsewhere',
  ): Promise<Answer<DecidedCharge>> {
    const charge = (await this.rows.charges.describe(tx, id))!;
    const payment = (await this.rows.payments.find(tx, payment_id))!;
    return Answer.ok(message, { charge, payment_id, payment, ...(await this.rows.papers.find(tx, payment_id)) });
  }
}
