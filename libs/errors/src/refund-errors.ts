import { AppError, kind } from './app-error.js';

export class RefundNotFound extends AppError {
  static readonly kind = kind(404, 'REFUND_NOT_FOUND', 'Refund not found');
  constructor(id: number) {
    super(RefundNotFound.kind, { params: { id } });
  }
}

/** More than the rest of the money that arrived, counting refunds in flight. `data` has the rest. */
export class RefundTooLarge extends AppError {
  static readonly kind = kind(422, 'REFUND_TOO_LARGE', 'Refund too large');
  constructor(left: { refundable_amount: number; currency: string }) {
    super(RefundTooLarge.kind, { params: left, data: left });
  }
}

/** All of it was returned, or is on its way back. */
export class NothingLeftToRefund extends AppError {
  static readonly kind = kind(409, 'NOTHING_LEFT_TO_REFUND', 'Nothing left to refund');
  constructor(payment: { id: number; status: string }) {
    super(NothingLeftToRefund.kind, {
      params: { id: payment.id },
      data: { payment_id: payment.id, status: payment.status },
    });
  }
}

export class RefundAlreadySettled extends AppError {
  static readonly kind = kind(409, 'REFUND_ALREADY_SETTLED', 'Refund already settled');
  constructor(refund: { id: number; status: string }, reason?: 'refund_was_withdrawn' | 'refund_made_at_stripe') {
    super(RefundAlreadySettled.kind, {
      params: { id: refund.id, status: refund.status },
      data: { refund_id: refund.id, status: refund.status },
      ...(reason ? { reason } : {}),
    });
  }
}

/**
 * A refund was sent to Stripe without an answer, and another refund of the same payment was made there since. Sending
 * it again could refund the same money twice: staff withdraw it, or wait for Stripe.
 */
export class RefundNeedsDecision extends AppError {
  static readonly kind = kind(409, 'REFUND_NEEDS_DECISION', 'Refund needs a decision');
  constructor(refund: {
    payment_id: number;
    refund_id: number;
    amount: number;
    currency: string;
    conflicting_refunds: readonly string[];
  }) {
    const { refund_id, amount, currency, conflicting_refunds } = refund;
    super(RefundNeedsDecision.kind, {
      params: { refund_id, amount, currency, conflicting_refunds: conflicting_refunds.join(', ') },
      data: { ...refund, status: 'pending' },
    });
  }
}

export class ChargeNotFound extends AppError {
  static readonly kind = kind(404, 'CHARGE_NOT_FOUND', 'Charge not found');
  constructor(id: number) {
    super(ChargeNotFound.kind, { params: { id } });
  }
}

/** Only a quarantined charge can be decided. */
export class ChargeNotQuarantined extends AppError {
  static readonly kind = kind(409, 'CHARGE_NOT_QUARANTINED', 'Charge not quarantined');
  constructor(charge: { id: number; disposition: string }) {
    super(ChargeNotQuarantined.kind, {
      params: charge,
      data: { charge_id: charge.id, disposition: charge.disposition },
    });
  }
}

/** What the provider reports about the money still does not match its payment, or the payment can take no money any more. */
export class ChargeNotAcceptable extends AppError {
  static readonly kind = kind(409, 'CHARGE_NOT_ACCEPTABLE', 'Charge not acceptable');
  /** @param provider its `displayName` @param reason `money_not_stated`: the provider cannot be asked about money */
  constructor(
    charge: {
      id: number;
      payment_id: number;
      status: string;
      received: { amount: number; currency: string };
      expected: { amount: number; currency: string };
    },
    provider: string,
    reason?: 'money_not_stated',
  ) {
    const { id, payment_id, status, received, expected } = charge;
    super(ChargeNotAcceptable.kind, {
      ...(reason ? { reason } : {}),
      params: {
        id,
        payment_id,
        status,
        provider,
        received: `${received.amount} ${received.currency}`,
        expected: `${expected.amount} ${expected.currency}`,
      },
      data: { charge_id: id, payment_id, status, received, expected },
    });
  }
}

/** The cardholder disputes the charge, or has won: a refund would pay twice. */
export class PaymentDisputed extends AppError {
  static readonly kind = kind(409, 'PAYMENT_DISPUTED', 'Payment disputed');
  constructor(payment: { id: number; status: string }, dispute: { readonly state: string }) {
    super(PaymentDisputed.kind, {
      params: { id: payment.id },
      data: { payment_id: payment.id, status: payment.status, dispute },
      ...(dispute.state === 'lost' ? { reason: 'dispute_lost' } : {}),
    });
  }
}
