import { AppError, type ErrorDetails, kind } from './app-error.js';

export class ConsultationNotFound extends AppError {
  static readonly kind = kind(404, 'CONSULTATION_NOT_FOUND', 'Consultation not found');
  constructor(id: number) {
    super(ConsultationNotFound.kind, { params: { id } });
  }
}

export class ProductNotFound extends AppError {
  static readonly kind = kind(404, 'PRODUCT_NOT_FOUND', 'Product not found');
  constructor(id: string) {
    super(ProductNotFound.kind, { params: { id } });
  }
}

export class PaymentNotFound extends AppError {
  static readonly kind = kind(404, 'PAYMENT_NOT_FOUND', 'Payment not found');
  constructor(id: number) {
    super(PaymentNotFound.kind, { params: { id } });
  }
}

export class UserNotFound extends AppError {
  static readonly kind = kind(404, 'USER_NOT_FOUND', 'User not found');
  constructor(id: number) {
    super(UserNotFound.kind, { params: { id } });
  }
}

export class ProductExists extends AppError {
  static readonly kind = kind(409, 'PRODUCT_EXISTS', 'Product already exists');
  constructor(id: string) {
    super(ProductExists.kind, { params: { id } });
  }
}

/** Another system sent an object under a reference that already stands for another one. `data` names that one. */
export class ExternalReferenceUsed extends AppError {
  static readonly kind = kind(409, 'EXTERNAL_REFERENCE_USED', 'External reference used');
  constructor(external_reference: string, by: { consultation_id: number } | { product_id: string }) {
    const isProduct = 'product_id' in by;
    super(ExternalReferenceUsed.kind, {
      params: { external_reference, id: isProduct ? by.product_id : by.consultation_id },
      data: { external_reference, consultation_id: null, product_id: null, ...by },
      ...(isProduct ? { reason: 'product_has_reference' } : {}),
    });
  }
}

export class ConsultationClosed extends AppError {
  static readonly kind = kind(409, 'CONSULTATION_CLOSED', 'Consultation closed');
  constructor(id: number) {
    super(ConsultationClosed.kind, { params: { id } });
  }
}

/** The amount or currency is not the consultation's. `data` has the fee, so that a client can show it. */
export class AmountMismatch extends AppError {
  static readonly kind = kind(422, 'AMOUNT_MISMATCH', 'Amount mismatch');
  constructor(expected: { amount: number; currency: string }) {
    super(AmountMismatch.kind, { params: expected, data: { expected } });
  }
}

/** Stripe would refuse this amount in this currency (https://docs.stripe.com/currencies). */
export class AmountOutOfRange extends AppError {
  static readonly kind = kind(422, 'AMOUNT_OUT_OF_RANGE', 'Amount out of range');
  constructor(range: { currency: string; minimum: number; maximum: number }) {
    super(AmountOutOfRange.kind, { params: range, data: { range } });
  }
}

/** A transfer that this payment cannot take, and its unmatched amount in minor units. */
export interface LeftUnmatched {
  readonly transfer: { readonly id: number; readonly unmatched_amount: number; readonly currency: string };
  readonly payment: { readonly id: number; readonly status: string };
}

function leftUnmatched({ transfer, payment }: LeftUnmatched): Pick<ErrorDetails, 'params' | 'reason'> {
  const { id: transfer_id, unmatched_amount, currency } = transfer;
  const params = { transfer_id, unmatched_amount, currency, id: payment.id, status: payment.status };
  return { params, reason: 'money_left_unmatched' };
}

/** The consultation has a payment that is pending, completed or partly refunded: 409 `existing`. */
export class PaymentExists extends AppError {
  static readonly kind = kind(409, 'PAYMENT_EXISTS', 'Payment already exists');
  constructor(existing: { payment: { id: number; status: string }; checkout: unknown }, money?: LeftUnmatched) {
    super(PaymentExists.kind, {
      ...(money ? leftUnmatched(money) : {}),
      data: {
        type: 'existing',
        payment_id: existing.payment.id,
        status: existing.payment.status,
        payment: existing.payment,
        checkout: existing.checkout,
        ...(money ? { transfer_id: money.transfer.id } : {}),
      },
    });
  }
}

export class PaymentAlreadyConfirmed extends AppError {
  static readonly kind = kind(409, 'PAYMENT_ALREADY_CONFIRMED', 'Payment already confirmed');
  /** `transaction_id` shows a person whether it was their own confirmation whose answer was lost. */
  constructor(
    payment: { id: number; status: string },
    transaction_id: string | null,
    transfer?: LeftUnmatched['transfer'],
  ) {
    super(PaymentAlreadyConfirmed.kind, {
      params: { id: payment.id },
      ...(payment.status === 'refunded' ? { reason: 'confirmed_and_refunded' } : {}),
      ...(transfer ? leftUnmatched({ transfer, payment }) : {}),
      data: {
        payment_id: payment.id,
        status: payment.status,
        transaction_id,
        ...(transfer ? { transfer_id: transfer.id } : {}),
      },
    });
  }
}

export class TransitionNotAllowed extends AppError {
  static readonly kind = kind(409, 'TRANSITION_NOT_ALLOWED', 'Transition not allowed');
  /**
   * @param money.charge_id a charge for it that waits for a decision by staff
   * @param money.transfer a transfer for it by bank or GCash that was recorded, unmatched
   */
  constructor(
    payment: { id: number; status: string },
    to: string,
    money: { charge_id?: number | undefined; transfer?: LeftUnmatched['transfer'] } = {},
  ) {
    const { charge_id, transfer } = money;
    const params = { id: payment.id, from: payment.status, to };
    super(TransitionNotAllowed.kind, {
      params: charge_id === undefined ? params : { ...params, charge_id },
      data: {
        payment_id: payment.id,
        status: payment.status,
        ...(transfer ? { transfer_id: transfer.id } : {}),
      },
      ...(charge_id === undefined ? {} : { reason: 'money_waits' }),
      ...(payment.status === to ? { reason: 'already_so' } : {}),
      ...(transfer ? leftUnmatched({ transfer, payment }) : {}),
    });
  }
}

/** Among all payments, or all refunds, of one method, a transaction id stands for one movement of money. */
export class TransactionAlreadyUsed extends AppError {
  static readonly kind = kind(409, 'TRANSACTION_ALREADY_USED', 'Transaction already used');
  /**
   * @param by.reason what has used it, unless it has confirmed another payment
   * @param by.transfer_id the transfer that is recorded with it
   */
  constructor(
    transaction_id: string,
    by: {
      reason?:
        | 'transaction_paid_back'
        | 'transaction_paid_in'
        | 'transfer_recorded'
        | 'transfer_allocated'
        | 'transfer_pays_it_already';
      transfer_id?: number;
    } = {},
  ) {
    const { reason, transfer_id } = by;
    super(TransactionAlreadyUsed.kind, {
      params: { transaction_id, ...(transfer_id === undefined ? {} : { transfer_id }) },
      ...(transfer_id === undefined ? {} : { data: { transfer_id } }),
      ...(reason ? { reason } : {}),
    });
  }
}

/** The money is on its way: no decision is possible until it arrives or fails. */
export class PaymentProcessing extends AppError {
  static readonly kind = kind(409, 'PAYMENT_PROCESSING', 'Payment processing');
  constructor(payment: { id: number; status: string }) {
    super(PaymentProcessing.kind, {
      params: { id: payment.id },
      data: { payment_id: payment.id, status: payment.status },
    });
  }
}

/** Stripe does not report this transaction as paid (yet). */
export class TransactionNotPaid extends AppError {
  static readonly kind = kind(402, 'TRANSACTION_NOT_PAID', 'Transaction not paid');
  /** @param is.provider its `displayName` @param is.known false: the provider has no such transaction */
  constructor(transaction_id: string, is: { provider: string; processing?: boolean; known?: boolean }) {
    const { provider, processing = false, known = true } = is;
    super(TransactionNotPaid.kind, {
      params: { transaction_id, provider },
      data: { transaction_id, processing, known },
      ...(known ? {} : { reason: 'transaction_unknown' }),
    });
  }
}

/** The transaction exists, but belongs to another payment: its reference, amount or currency differs. */
export class TransactionMismatch extends AppError {
  static readonly kind = kind(422, 'TRANSACTION_MISMATCH', 'Transaction mismatch');
  constructor(transaction_id: string) {
    super(TransactionMismatch.kind, { params: { transaction_id } });
  }
}

export class ProductClosed extends AppError {
  static readonly kind = kind(409, 'PRODUCT_CLOSED', 'Product closed');
  constructor(id: string) {
    super(ProductClosed.kind, { params: { id } });
  }
}

export class OrderNotFound extends AppError {
  static readonly kind = kind(404, 'ORDER_NOT_FOUND', 'Order not found');
  constructor(id: string) {
    super(OrderNotFound.kind, { params: { id } });
  }
}

export class EventNotFound extends AppError {
  static readonly kind = kind(404, 'EVENT_NOT_FOUND', 'Event not found');
  constructor(id: number) {
    super(EventNotFound.kind, { params: { id } });
  }
}

export class DiscrepancyNotFound extends AppError {
  static readonly kind = kind(404, 'DISCREPANCY_NOT_FOUND', 'Discrepancy not found');
  constructor(id: number) {
    super(DiscrepancyNotFound.kind, { params: { id } });
  }
}

export class DiscrepancyResolved extends AppError {
  static readonly kind = kind(409, 'DISCREPANCY_RESOLVED', 'Discrepancy already resolved');
  constructor(id: number) {
    super(DiscrepancyResolved.kind, { params: { id } });
  }
}

/** Staff retry a Stripe event that was already processed. */
export class EventAlreadyApplied extends AppError {
  static readonly kind = kind(409, 'EVENT_ALREADY_APPLIED', 'Event already applied');
  constructor(event: { id: number; event_id: string }) {
    super(EventAlreadyApplied.kind, {
      params: { id: event.id },
      data: { id: event.id, event_id: event.event_id, status: 'applied' },
    });
  }
}
