import { Answer } from '#answers';
import { RefundAlreadySettled, RefundNotFound, ProviderUnavailable } from '#errors';
import { ResultVoidedError, type Policy } from '#idempotency';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Ledger } from '../ledger/ledger.js';
import type { Refund } from '../ledger/refund.js';
import { RefundsRepository } from '../ledger/refunds.repository.js';
import type { RefundedPayment } from './refund-shapes.js';

/**
 * A double click or a client's blind retry arrives within minutes. A second, deliberate refund without a key must wait
 * that long, counted from the first one's answer, or from its settlement if that answer was lost.
 */
export const REPEATED_REFUNDS: Policy = { derivedKeptMs: 5 * 60_000, derived: 'handler' };

/** The resource stored for an idempotency key that has made a refund. */
export function resourceOfRefund(refund: Refund): string {
  return `${refund.payment_id}/refunds/${refund.id}`;
}

/**
 * An unclear refund is not a failed one: another request with other terms would refund a second time. So the answer
 * names the refund that waits.
 */
export function asRefundWaiting({ id: refund_id, payment_id, amount, currency }: Refund): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof ProviderUnavailable)) throw error;
    throw error.ofRefund({
      params: { refund_id, amount, currency },
      data: { payment_id, refund_id, status: 'pending', amount, currency },
    });
  };
}

/** Builds the answer about a refund and everything that changed because of it, the same for every caller. */
@Injectable()
export class RefundAnswer {
  constructor(
    private readonly ledger: Ledger,
    private readonly refunds: RefundsRepository,
  ) {}

  /** @throws RefundNotFound */
  async asItIs(
    manager: EntityManager,
    refund_id: number,
    message: 'refunded' | 'refund_reserved' | 'refund_repeated',
  ): Promise<Answer<RefundedPayment>> {
    const refund = await this.refunds.find(manager, refund_id);
    const payment = refund?.payment_id ? await this.ledger.payments.find(manager, refund.payment_id) : undefined;
    if (!refund || !payment) throw new RefundNotFound(refund_id);
    const { refundable_amount } = await this.ledger.charges.findRefundable(manager, payment.id);
    return Answer.ok(`payment.${refund.status === 'pending' && message === 'refunded' ? 'refund_reserved' : message}`, {
      refund_id,
      payment_id: payment.id,
      refund,
      payment,
      ...(await this.ledger.invoices.find(manager, payment.id)),
      credit_note: await this.ledger.invoices.creditNoteOf(manager, refund_id),
      refundable_amount,
    });
  }

  /**
   * The refund as it is now, whichever process settled it.
   * @throws ResultVoidedError: no money was paid back, so a repeated request asks for a new refund
   */
  async repeated(
    manager: EntityManager,
    resource: string | null,
    payment_id: number,
  ): Promise<Answer<RefundedPayment>> {
    if (!(await this.unfinished(manager, resource, payment_id))) throw new ResultVoidedError();
    return this.asItIs(manager, Number(resource?.split('/').at(-1)), 'refund_repeated');
  }

  /**
   * The unfinished refund of an earlier attempt under the same key. A refund that failed or was withdrawn had no
   * effect, so the request is processed anew. The same holds for a refund of another payment, whose id was reused after
   * a restore.
   */
  async unfinished(manager: EntityManager, resource: string | null, payment_id: number): Promise<Refund | undefined> {
    if (resource === null) return undefined;
    const refund = await this.refunds.find(manager, Number(resource.split('/').at(-1)));
    if (refund?.payment_id !== payment_id) return undefined;
    // Staff withdrew this refund: a blind retry of the request must not make it after all.
    if (refund.status === 'cancelled' && (await this.refunds.wasWithdrawn(manager, refund.id))) {
      throw new RefundAlreadySettled(refund, 'refund_was_withdrawn');
    }
    return refund.status === 'failed' || refund.status === 'cancelled' ? undefined : refund;
  }
}
