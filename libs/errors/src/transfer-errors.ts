import { AppError, kind } from './app-error.js';

export class TransferNotFound extends AppError {
  static readonly kind = kind(404, 'TRANSFER_NOT_FOUND', 'Transfer not found');
  constructor(id: number) {
    super(TransferNotFound.kind, { params: { id } });
  }
}

/** The transfer is recorded already, with other values than the request's. */
export class TransferMismatch extends AppError {
  static readonly kind = kind(409, 'TRANSFER_MISMATCH', 'Transfer mismatch');
  /** @param reason if something other than the amount differs */
  constructor(
    transfer: { id: number; transaction_id: string; amount: number; currency: string },
    reason?: 'transfer_by_other_method' | 'transfer_in_other_currency',
  ) {
    const { id, transaction_id, amount, currency } = transfer;
    super(TransferMismatch.kind, {
      ...(reason ? { reason } : {}),
      params: { id, transaction_id, amount, currency },
      data: { transfer_id: id, amount, currency },
    });
  }
}

/** The whole transfer is matched, paid back or being paid back, or the record was voided. */
export class NothingUnmatched extends AppError {
  static readonly kind = kind(409, 'NOTHING_UNMATCHED', 'Nothing unmatched');
  constructor(transfer: { id: number }) {
    super(NothingUnmatched.kind, { params: { id: transfer.id }, data: { transfer_id: transfer.id } });
  }
}

/**
 * More than the transfer's unmatched amount, or more than the payment still needs. `data` has the largest possible
 * amount.
 */
export class MatchTooLarge extends AppError {
  static readonly kind = kind(422, 'MATCH_TOO_LARGE', 'Match too large');
  constructor(max: { matchable_amount: number; currency: string }) {
    super(MatchTooLarge.kind, { params: max, data: max });
  }
}

/**
 * A part of the transfer's amount is matched or paid back: the record cannot be voided, nor its amount be less than
 * that.
 */
export class TransferInUse extends AppError {
  static readonly kind = kind(409, 'TRANSFER_IN_USE', 'Transfer in use');
  constructor(transfer: { id: number; allocated_amount: number; currency: string }) {
    const { id, allocated_amount, currency } = transfer;
    super(TransferInUse.kind, {
      params: { id, allocated_amount, currency },
      data: { transfer_id: id, allocated_amount, currency },
    });
  }
}

/** Nothing of this transfer's match to this payment can be undone: never matched, undone before, or paid back since. */
export class NothingToUnmatch extends AppError {
  static readonly kind = kind(409, 'NOTHING_TO_UNMATCH', 'Nothing to unmatch');
  constructor(of: { transfer_id: number; payment_id: number }) {
    super(NothingToUnmatch.kind, { params: of, data: of });
  }
}

/** A refund of the payment is reserved: staff settle or withdraw it before they undo a match. */
export class RefundPending extends AppError {
  static readonly kind = kind(409, 'REFUND_PENDING', 'Refund pending');
  constructor(of: { payment_id: number }) {
    super(RefundPending.kind, { params: of, data: of });
  }
}
