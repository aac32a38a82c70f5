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
import type { StatedMoney } from '../../provider/provider-charges.js';
import { ProviderRegistry } from '../../provider/provider-registry.js';
import type { DecidedCharge } from './charge-answers.js';
import { type LockedMoney, QuarantinedCharges } from './quarantined-charges.js';

/** Accepts quarantined money for its payment, if the provider states that it matches after all. */
@Injectable()
export class AcceptCharge {
  constructor(
    private readonly ledger: Ledger,
    private readonly quarantined: QuarantinedCharges,
    private readonly providers: ProviderRegistry,
  ) {}

  /**
   * @throws ChargeNotFound, Forbidden, ChargeNotQuarantined, ChargeNotAcceptable, ProviderUnavailable, LockTimeout
   */
  async run(charge_id: number, caller: Caller, claim: Claim): Promise<Answer<DecidedCharge>> {
    const auditBuffer = AuditBuffer.of(caller, 'request.accept_charge', { charge_id });
    return this.quarantined.underLock(charge_id, { caller, auditBuffer }, async (charge) => {
      const { charges } = this.providers.of(charge.payment_method);
      // Without it, the money is refused below: only what the provider states can match.
      const received = await charges?.refresh(charge, auditBuffer);
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
   * Runs in the caller's transaction; the caller holds the payment's lock. @throws ChargeNotQuarantined,
   * ChargeNotAcceptable
   */
  async accept(
    tx: EntityManager,
    of: { id: number; payment_id: number },
    received: StatedMoney | undefined,
    auditBuffer: AuditBuffer,
  ): Promise<void> {
    const locked = await this.quarantined.lock(tx, of);
    const { payment, charge } = locked;
    const isUntouched = charge.amount_returned + charge.amount_reserved === 0;
    const matches = received?.amount === payment.amount && received.currency === payment.currency;
    if (!matches || !isUntouched || !mayBecome(payment.status, 'completed')) throw this.refusal(locked, received);
    await this.complete(tx, locked, received).catch((error: unknown) => {
      throw isSecondLivePayment(error) ? this.refusal(locked, received) : error;
    });
    if (await cameAfterClosing(tx, charge.id)) throw this.refusal(locked, received);
    const { transaction_id } = charge;
    const detail = { charge_id: charge.id, transaction_id, amount_received: received.amount, from: payment.status };
    await this.ledger.audit.record(tx, auditBuffer.entries(payment.id, { action: 'money.accepted', detail }));
  }

  private async complete(tx: EntityManager, { payment, charge }: LockedMoney, received: StatedMoney): Promise<void> {
    const { amount: amount_received, currency, received_at, receipt_url } = received;
    await this.ledger.quarantine.accept(tx, charge.id, { amount_received, currency, received_at, receipt_url });
    const step = { id: payment.id, from: payment.status, to: 'completed', completed_at: received_at } as const;
    if (!(await this.ledger.payments.move(tx, step)))
      throw new Error(`Payment ${payment.id} changed while it was locked`);
    await this.ledger.invoices.follow(tx, payment.id, 'completed', received_at);
  }

  private refusal({ payment, charge }: LockedMoney, received: StatedMoney | undefined): ChargeNotAcceptable {
    const { charges, displayName } = this.providers.of(payment.payment_method);
    const terms = {
      id: charge.id,
      payment_id: payment.id,
      status: payment.status,
      received: received
        ? { amount: received.amount, currency: received.currency }
        : { amount: charge.amount_received, currency: charge.currency },
      expected: { amount: payment.amount, currency: payment.currency },
    };
    return new ChargeNotAcceptable(terms, displayName, charges ? undefined : 'money_not_stated');
  }
}
