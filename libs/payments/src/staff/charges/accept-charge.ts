import type { Answer } from '#answers';
import type { Caller } from '#auth';
import { crashPoint } from '#crash-points';
import { inTransaction } from '#database';
import { ChargeNotAcceptable } from '#errors';
import type { Claim } from '#idempotency';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { cameAfterClosing } from '../../ledger/came-after-closing.js';
import { Ledger } from '../../ledger/ledger.js';
import { mayBecome } from '../../ledger/payment-states.js';
import { isSecondLivePayment } from '../../ledger/payments.repository.js';
import { AuditBuffer } from '../../ledger/audit-buffer.js';
import { ReadChargeFacts } from '../../stripe/refunds/charge-facts.js';
import { ReadReceivedMoney, type ReceivedAtStripe } from '../../stripe/receipts/stripe-money.js';
import type { DecidedCharge } from './charge-answers.js';
import { type LockedMoney, QuarantinedCharges } from './quarantined-charges.js';

/** Accepts quarantined money for its payment, if Stripe's API states that it matches after all. */
@Injectable()
export class AcceptCharge {
  constructor(
    private readonly ledger: Ledger,
    private readonly quarantined: QuarantinedCharges,
    private readonly facts: ReadChargeFacts,
    private readonly money: ReadReceivedMoney,
  ) {}

  /**
   * @throws ChargeNotFound, Forbidden, ChargeNotQuarantined, ChargeNotAcceptable, StripeUnavailable, LockTimeout
   */
  async run(charge_id: number, caller: Caller, claim: Claim): Promise<Answer<DecidedCharge>> {
    const auditBuffer = AuditBuffer.of(caller, 'request.accept_charge', { charge_id });
    return this.quarantined.underLock(charge_id, { caller, auditBuffer }, async (charge) => {
      const received = await this.refresh(charge, auditBuffer);
      return inTransaction(this.ledger.dataSource, async (tx) => {
        await this.accept(tx, charge, received, auditBuffer);
        const answer = await this.quarantined.answer(tx, charge, 'ops.charge_accepted');
        await claim.settle(tx, answer, `${charge.payment_id}/charges/${charge_id}`);
        crashPoint('money.before-commit');
        return answer;
      });
    });
  }

  /**
   * Reads from Stripe what was received, and books what was refunded or disputed since, so that no money is accepted
   * that has already been returned. The caller holds the payment's lock. @throws StripeUnavailable
   */
  async refresh(
    of: { payment_id: number; transaction_id: string },
    auditBuffer: AuditBuffer,
  ): Promise<ReceivedAtStripe | undefined> {
    const facts = await this.facts.read(of.transaction_id);
    const received = await this.money.received(of.transaction_id);
    await inTransaction(this.ledger.dataSource, async (tx) => {
      const payment = await this.ledger.payments.lock(tx, of.payment_id);
      if (payment) await this.facts.book(tx, payment, facts, auditBuffer);
    });
    auditBuffer.committed();
    return received;
  }

  /**
   * Runs in the caller's transaction; the caller holds the payment's lock. @throws ChargeNotQuarantined,
   * ChargeNotAcceptable
   */
  async accept(
    tx: EntityManager,
    of: { id: number; payment_id: number },
    received: ReceivedAtStripe | undefined,
    auditBuffer: AuditBuffer,
  ): Promise<void> {
    const locked = await this.quarantined.lock(tx, of);
    const { payment, charge } = locked;
    const isUntouched = charge.amount_returned + charge.amount_reserved === 0;
    const matches = received?.amount === payment.amount && received.currency === payment.currency;
    if (!matches || !isUntouched || !mayBecome(payment.status, 'completed')) throw refusal(locked, received);
    await this.complete(tx, locked, received).catch((error: unknown) => {
      throw isSecondLivePayment(error) ? refusal(locked, received) : error;
    });
    if (await cameAfterClosing(tx, charge.id)) throw refusal(locked, received);
    const { transaction_id } = charge;
    const detail = { charge_id: charge.id, transaction_id, amount_received: received.amount, from: payment.status };
    await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, { action: 'money.accepted', detail }));
  }

  private async complete(
    tx: EntityManager,
    { payment, charge }: LockedMoney,
    received: ReceivedAtStripe,
  ): Promise<void> {
    const { amount: amount_received, currency, received_at, receipt_url } = received;
    await this.ledger.quarantine.accept(tx, charge.id, { amount_received, currency, received_at, receipt_url });
    const step = { id: payment.id, from: payment.status, to: 'completed', completed_at: received_at } as const;
    if (!(await this.ledger.payments.move(tx, step)))
      throw new Error(`Payment ${payment.id} changed while it was locked`);
    await this.ledger.invoices.follow(tx, payment.id, 'completed', received_at);
  }
}

function refusal({ payment, charge }: LockedMoney, received: ReceivedAtStripe | undefined): ChargeNotAcceptable {
  return new ChargeNotAcceptable({
    id: charge.id,
    payment_id: payment.id,
    status: payment.status,
    received: received
      ? { amount: received.amount, currency: received.currency }
      : { amount: charge.amount_received, currency: charge.currency },
    expected: { amount: payment.amount, currency: payment.currency },
  });
}
