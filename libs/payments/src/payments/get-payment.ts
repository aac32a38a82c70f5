import { Answer } from '#answers';
import type { Caller } from '#auth';
import { Forbidden, PaymentNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { PaymentAttemptsRepository } from '../ledger/payment-attempts.repository.js';
import { declinedForPayer } from './decline-codes.js';
import { findOutdated } from '../ledger/outdated.js';
import { Ledger } from '../ledger/ledger.js';
import type { WholePayment } from './payment-answers.js';

/** Reads one payment with its documents, for its owner and for staff. */
@Injectable()
export class GetPayment {
  constructor(
    private readonly ledger: Ledger,
    private readonly providers: ProviderRegistry,
    private readonly attempts: PaymentAttemptsRepository,
  ) {}

  /** @throws PaymentNotFound, Forbidden */
  async run(id: number, caller: Caller): Promise<Answer<WholePayment>> {
    return Answer.ok('payment.found', await this.whole(id, caller));
  }

  /** @throws PaymentNotFound, Forbidden */
  async whole(id: number, caller: Caller): Promise<WholePayment> {
    const { manager } = this.ledger;
    const payment = await this.ledger.payments.find(manager, id);
    if (!payment) throw new PaymentNotFound(id);
    if (caller.role === 'patient' && payment.user_id !== caller.user_id) throw new Forbidden();
    const documents = await this.ledger.invoices.find(manager, id);
    const charge = await this.ledger.charges.find(manager, id);
    const outdated = await findOutdated(manager, id);
    // A payer must not be sent to a page that charges an outdated price or is for a closed item.
    const { hosted, staffConfirmed } = this.providers.of(payment.payment_method);
    const checkout = (!outdated && (await hosted?.checkoutOf(payment))) || null;
    const instructions = staffConfirmed?.instructionsFor(payment, caller.reads) ?? null;
    const charges = await this.ledger.charges.listPaying(manager, id);
    const unmatched_transfers = await this.ledger.transfers.unmatchedOf(manager, id);
    const refunds = await this.ledger.charges.findRefundable(manager, id);
    const returns = await this.ledger.charges.findReturns(manager, id);
    const unmatched_money = await this.ledger.quarantine.findUnmatched(manager, id);
    const declined = await this.attempts.findDeclined(manager, id);
    const declined_attempts = caller.role === 'patient' ? declinedForPayer(declined) : declined;
    const received = charges.reduce((sum, { amount_received }) => sum + amount_received, 0);
    const amount_due = payment.status === 'pending' ? payment.amount - received : 0;
    const transfers = { charges, amount_due, unmatched_transfers };
    const details = { ...transfers, ...refunds, ...returns, unmatched_money, declined_attempts };
    return { payment, ...documents, charge, checkout, instructions, ...(outdated ? { outdated } : {}), ...details };
  }
}
