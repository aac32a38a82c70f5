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
  Describe,
} from '#validation';
import { CURRENCY_CODES, MAX_AMOUNT } from '../ledger/money/currencies.js';
import { TRANSFER_METHODS, type TransferMethod } from '../ledger/payment-methods.js';
import { TRANSFER_STATES, type TransferState } from '../ledger/transfer.js';

export class RecordTransferRequest {
  @OneOf(...TRANSFER_METHODS)
  payment_method!: TransferMethod;

  @Describe("The bank's reference, as printed on the statement.")
  @TransactionId()
  transaction_id!: string;

  @Describe('Minor units: what was received, whatever amount was expected.')
  @Integer({ min: 1, max: MAX_AMOUNT })
  amount!: number;

  @Optional()
  @OneOf(...CURRENCY_CODES)
  currency?: string;

  @Describe('Defaults to now.')
  @Optional()
  @PastTime()
  received_at?: string;

  @Optional()
  @Text({ min: 1, max: 255 })
  payer?: string;

  @Optional()
  @Text({ min: 1, max: 500 })
  note?: string;

  @Describe('The payment it was sent for. It is matched as far as that payment can accept it.')
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
  @Describe('Minor units; never less than what is matched or paid back.')
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

  @Describe('Minor units; defaults to as much as is unmatched and the payment needs.')
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
  @Describe('Why no such money exists.')
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
  @Describe('`unmatched`: a part of it is neither matched, paid back nor being paid back.')
  @Optional()
  @OneOf(...TRANSFER_STATES)
  state?: TransferState;

  @Optional()
  @OneOf(...TRANSFER_METHODS)
  payment_method?: TransferMethod;

  @Describe('The complete reference, in upper or lower case.')
  @Optional()
  @Text({ min: 1, max: 255 })
  search?: string;
}
