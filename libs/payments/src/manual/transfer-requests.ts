import {
  HttpUrl,
  IdempotencyKey,
  Integer,
  NeverEmpty,
  OneOf,
  Optional,
  PastTime,
  Text,
  TransactionId,
  PageRequest,
} from '#validation';
import { CURRENCY_CODES, MAX_AMOUNT } from '../ledger/money/currencies.js';
import { TRANSFER_METHODS, type TransferMethod } from '../ledger/payment-methods.js';
import { TRANSFER_STATES, type TransferState } from '../ledger/transfer.js';

export class RecordTransferRequest {
  @OneOf(...TRANSFER_METHODS)
  payment_method!: TransferMethod;

  /** The bank's reference, as the statement has it. */
  @TransactionId()
  transaction_id!: string;

  /** Minor units: what was received, whatever was expected. */
  @Integer({ min: 1, max: MAX_AMOUNT })
  amount!: number;

  @Optional()
  @OneOf(...CURRENCY_CODES)
  currency?: string;

  /** Now, when it is left out. */
  @Optional()
  @PastTime()
  received_at?: string;

  @Optional()
  @Text({ min: 1, max: 255 })
  payer?: string;

  @Optional()
  @Text({ min: 1, max: 500 })
  note?: string;

  /** The payment it was sent for: it is matched as far as the payment can take it. */
  @Optional()
  @Integer({ min: 1 })
  payment_id?: number;

  @Optional()
  @HttpUrl({ max: 2_000 })
  receipt_url?: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

@NeverEmpty('amount', 'received_at', 'payer', 'note')
export class CorrectTransferRequest {
  /** Minor units; never less than what is matched or paid back. */
  @Optional()
  @Integer({ min: 1, max: MAX_AMOUNT })
  amount?: number;

  @Optional()
  @PastTime()
  received_at?: string;

  @Optional()
  @Text({ min: 1, max: 255 })
  payer?: string;

  @Optional()
  @Text({ min: 1, max: 500 })
  note?: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class MatchTransferRequest {
  @Integer({ min: 1 })
  payment_id!: number;

  /** Minor units; as much as is unmatched and the payment needs when it is left out. */
  @Optional()
  @Integer({ min: 1, max: MAX_AMOUNT })
  amount?: number;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class UnmatchTransferRequest {
  @Integer({ min: 1 })
  payment_id!: number;

  @Text({ min: 1, max: 500 })
  reason!: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class VoidTransferRequest {
  /** Why there was no such money. */
  @Text({ min: 1, max: 500 })
  reason!: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class WithdrawTransferRefundRequest {
  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

export class ListTransfersRequest extends PageRequest {
  /** `unmatched`: a part of it is neither matched nor being paid back. */
  @Optional()
  @OneOf(...TRANSFER_STATES)
  state?: TransferState;

  @Optional()
  @OneOf(...TRANSFER_METHODS)
  payment_method?: TransferMethod;

  /** A reference, whole, in either case. */
  @Optional()
  @Text({ min: 1, max: 255 })
  search?: string;
}
