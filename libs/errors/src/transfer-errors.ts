import { AppError, kind } from './app-error.js';

export class TransferNotFound extends AppError {
  static readonly kind = kind(404, 'TRANSFER_NOT_FOUND', 'Transfer not found');
  constructor(id: number) {
    super(TransferNotFound.kind, { params: { id } });
  }
}

/** The transfer is recorded already, and as other money than the request says. */
export class TransferMismatch extends AppError {
  static readonly kind = kind(409, 'TRANSFER_MISMATCH', 'Transfer mismatch');
  /** @param reason it is not the amount that differs */
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

/** All of the transfer is matched, paid back or being paid back, or the record was voided. */
export class NothingUnmatched extends AppError {
  static readonly kind = kind(409, 'NOTHING_UNMATCHED', 'Nothing unmatched');
  constructor(transfer: { id: number }) {
    super(NothingUnmatched.kind, { params: { id: transfer.id }, data: { transfer_id: transfer.id } });
  }
}

/** More than is unmatched of the transfer, or more than the payment still needs. The most that is possible goes along. */
export class MatchTooLarge extends AppError {
  static readonly kind = kind(422, 'MATCH_TOO_LARGE', 'Match too large');
  constructor(most: { matchable_amount: number; currency: string }) {
    super(MatchTooLarge.kind, { params: most, data: most });
  }
}

/** A part of the transfer's amount is matched or paid back: the record cannot be voided, nor its amount be less than that. */
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

/** Nothing that this transfer paid of this payment is left to undo: never matched, undone before, or paid back since. */
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
