import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import {
  Forbidden,
  MatchTooLarge,
  NothingToUnmatch,
  NothingUnmatched,
  PaymentAlreadyConfirmed,
  PaymentExists,
  PaymentNotFound,
  RefundAlreadySettled,
  RefundNotFound,
  RefundPending,
  RefundTooLarge,
  TransactionAlreadyUsed,
  TransferInUse,
  TransferMismatch,
  TransferNotFound,
  TransitionNotAllowed,
} from '#errors';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { IntegerParam } from '#validation';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { SettleRefundRequest } from '../../refunds/refund-requests.js';
import { ManageTransfers } from '../../manual/manage-transfers.js';
import { MatchTransfer } from '../../manual/match-transfer.js';
import { RecordTransfer } from '../../manual/record-transfer.js';
import { RefundTransfer } from '../../manual/refund-transfer.js';
import {
  ChangedTransfer,
  MatchedTransfer,
  PageOfTransfers,
  RecordedTransfer,
  RefundedTransfer,
  UnmatchedPayment,
  WholeTransfer,
} from '../../ledger/transfer.js';
import { RefundPaymentRequest } from '../../provider/staff-refund-request.js';
import {
  CorrectTransferRequest,
  ListTransfersRequest,
  MatchTransferRequest,
  RecordTransferRequest,
  UnmatchTransferRequest,
  VoidTransferRequest,
  WithdrawTransferRefundRequest,
} from '../../manual/transfer-requests.js';
import { UnmatchTransfer } from '../../manual/unmatch-transfer.js';

const SETTLING = [TransferNotFound, RefundNotFound, Forbidden, RefundAlreadySettled];

/** A double click arrives within minutes. A second, deliberate refund without a key must wait that long. */
const REPETITION_MS = 5 * 60_000;

/** Money received by bank or GCash: staff record it, match it with payments, or pay it back. */
@Controller('v1/transfers')
@Roles('staff', 'service')
export class TransfersController {
  constructor(
    private readonly recordTransfer: RecordTransfer,
    private readonly manage: ManageTransfers,
    private readonly matchTransfer: MatchTransfer,
    private readonly unmatchTransfer: UnmatchTransfer,
    private readonly refundTransfer: RefundTransfer,
  ) {}

  @Post()
  @Idempotent()
  @Contract({
    does: 'Records money that arrived by bank or GCash. It is matched with the payment it was sent for, up to the amount due; the rest stays unmatched.',
    answers: { 201: RecordedTransfer },
    refuses: [PaymentNotFound, Forbidden, TransactionAlreadyUsed],
  })
  async record(
    @Body() body: RecordTransferRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<RecordedTransfer>> {
    return this.recordTransfer.run(body, caller, claim);
  }

  @Get()
  @Contract({ does: 'Lists transfers by bank or GCash, newest first.', answers: { 200: PageOfTransfers } })
  async list(@Query() query: ListTransfersRequest): Promise<Answer<PageOfTransfers>> {
    return this.manage.list(query);
  }

  @Get(':id')
  @Contract({
    does: 'Returns one transfer, the payments it pays, and its refunds.',
    answers: { 200: WholeTransfer },
    refuses: [TransferNotFound],
  })
  async get(@Param('id', IntegerParam) id: number): Promise<Answer<WholeTransfer>> {
    return this.manage.get(id);
  }

  @Patch(':id')
  @Idempotent()
  @Contract({
    does: 'Corrects the record of a transfer. Its amount cannot be less than what is matched or paid back.',
    answers: { 200: ChangedTransfer },
    refuses: [TransferNotFound, Forbidden, TransferInUse],
  })
  async correct(
    @Param('id', IntegerParam) id: number,
    @Body() body: CorrectTransferRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<ChangedTransfer>> {
    return this.manage.correct(id, body, caller, claim);
  }

  @Post(':id/match')
  @HttpCode(200)
  @Idempotent()
  @Contract({
    does: 'Matches the unmatched money of a transfer, or a part of it, with a payment. A fully paid payment completes; a partly paid one stays pending.',
    answers: { 200: MatchedTransfer },
    refuses: [
      TransferNotFound,
      PaymentNotFound,
      Forbidden,
      NothingUnmatched,
      MatchTooLarge,
      TransferMismatch,
      PaymentAlreadyConfirmed,
      TransitionNotAllowed,
      PaymentExists,
    ],
  })
  async match(
    @Param('id', IntegerParam) id: number,
    @Body() body: MatchTransferRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<MatchedTransfer>> {
    return this.matchTransfer.run(id, body, caller, claim);
  }

  @Post(':id/unmatch')
  @HttpCode(200)
  @Idempotent()
  @Contract({
    does: 'Undoes a match: a paid payment is refunded with a credit note, and the money is unmatched again. Nothing is paid out.',
    answers: { 200: UnmatchedPayment },
    refuses: [TransferNotFound, PaymentNotFound, Forbidden, NothingToUnmatch, RefundPending],
  })
  async unmatch(
    @Param('id', IntegerParam) id: number,
    @Body() body: UnmatchTransferRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<UnmatchedPayment>> {
    return this.unmatchTransfer.run(id, body, caller, claim);
  }

  @Post(':id/refund')
  @HttpCode(200)
  @Idempotent({ derivedKeptMs: REPETITION_MS, derived: 'handler' })
  @Contract({
    does: 'Refunds the unmatched money of a transfer, or a part of it: at once, with the reference of the transfer back, or reserved until it is settled.',
    answers: { 200: RefundedTransfer },
    refuses: [TransferNotFound, Forbidden, NothingUnmatched, RefundTooLarge, TransactionAlreadyUsed],
  })
  async refund(
    @Param('id', IntegerParam) id: number,
    @Body() body: RefundPaymentRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<RefundedTransfer>> {
    return this.refundTransfer.run(id, body, caller, claim);
  }

  @Post(':id/refunds/:refund_id/settle')
  @HttpCode(200)
  @Idempotent()
  @Contract({
    does: 'Settles a reserved refund of a transfer with the reference of the transfer back.',
    answers: { 200: RefundedTransfer },
    refuses: [...SETTLING, TransactionAlreadyUsed],
  })
  async settle(
    @Param('id', IntegerParam) transfer_id: number,
    @Param('refund_id', IntegerParam) refund_id: number,
    @Body() { transaction_id }: SettleRefundRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<RefundedTransfer>> {
    return this.refundTransfer.end({ transfer_id, refund_id }, { status: 'succeeded', transaction_id }, caller, claim);
  }

  @Post(':id/refunds/:refund_id/withdraw')
  @HttpCode(200)
  @Idempotent()
  @Contract({
    does: 'Withdraws a reserved refund of a transfer. Its amount is unmatched again.',
    answers: { 200: RefundedTransfer },
    refuses: SETTLING,
  })
  async withdraw(
    @Param('id', IntegerParam) transfer_id: number,
    @Param('refund_id', IntegerParam) refund_id: number,
    @Body() _body: WithdrawTransferRefundRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<RefundedTransfer>> {
    return this.refundTransfer.end({ transfer_id, refund_id }, { status: 'cancelled' }, caller, claim);
  }

  @Post(':id/void')
  @HttpCode(200)
  @Idempotent()
  @Contract({
    does: 'Voids a transfer that was recorded by mistake. Undo its matches first.',
    answers: { 200: ChangedTransfer },
    refuses: [TransferNotFound, Forbidden, TransferInUse],
  })
  async void(
    @Param('id', IntegerParam) id: number,
    @Body() { reason }: VoidTransferRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<ChangedTransfer>> {
    return this.manage.void(id, reason, caller, claim);
  }
}
