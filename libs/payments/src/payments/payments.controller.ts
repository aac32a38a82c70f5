import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller } from '#auth';
import {
  AmountMismatch,
  AmountOutOfRange,
  ConsultationClosed,
  ConsultationNotFound,
  Forbidden,
  PaymentAlreadyConfirmed,
  PaymentExists,
  PaymentNotFound,
  PaymentProcessing,
  StripeNotConfigured,
  StripeRefused,
  StripeUnavailable,
  TransactionAlreadyUsed,
  TransactionMismatch,
  TransactionNotPaid,
  TransferMismatch,
  TransitionNotAllowed,
} from '#errors';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { IntegerParam } from '#validation';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CancelPayment } from './cancel-payment.js';
import { ConfirmPayment } from './confirm-payment.js';
import { CancelledPayment, NewPayment } from './payment-answers.js';
import { ConfirmedPayment } from '../provider/confirmation.js';
import { CancelPaymentRequest, ConfirmPaymentRequest, StartPaymentRequest } from './payment-requests.js';
import { StartPayment } from './start-payment.js';

@Controller('v1/payments')
export class PaymentsController {
  constructor(
    private readonly startPayment: StartPayment,
    private readonly confirmPayment: ConfirmPayment,
    private readonly cancelPayment: CancelPayment,
  ) {}

  @Post()
  @Idempotent({ legacy: 'handler', joins: true })
  @Contract({
    does: "Creates the payment of the caller's own consultation. A consultation has one live payment: a second request gets 409 with the first.",
    answers: { 201: NewPayment },
    refuses: [
      ConsultationNotFound,
      PaymentNotFound,
      Forbidden,
      PaymentExists,
      ConsultationClosed,
      AmountMismatch,
      AmountOutOfRange,
      StripeNotConfigured,
      StripeUnavailable,
      StripeRefused,
    ],
  })
  async start(
    @Body() body: StartPaymentRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<NewPayment>> {
    return this.startPayment.run(body, caller, claim);
  }

  @Post(':id/confirm')
  @Idempotent()
  @Contract({
    does: 'Confirms a payment: staff for bank and GCash (never their own); the owner may confirm Stripe payments, and Stripe is asked. By bank and GCash the money is recorded as a transfer even if the payment cannot take it.',
    answers: { 200: ConfirmedPayment },
    refuses: [
      PaymentNotFound,
      Forbidden,
      PaymentAlreadyConfirmed,
      TransitionNotAllowed,
      TransactionAlreadyUsed,
      TransferMismatch,
      PaymentExists,
      TransactionNotPaid,
      TransactionMismatch,
      StripeUnavailable,
    ],
  })
  async confirm(
    @Param('id', IntegerParam) id: number,
    @Body() body: ConfirmPaymentRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<ConfirmedPayment>> {
    return this.confirmPayment.run(id, body, caller, claim);
  }

  @Post(':id/cancel')
  @Idempotent()
  @Contract({
    does: "Cancels an unpaid payment (owner or staff). Stripe's page is closed first.",
    answers: { 200: CancelledPayment },
    refuses: [PaymentNotFound, Forbidden, PaymentProcessing, TransitionNotAllowed, StripeUnavailable],
  })
  async cancel(
    @Param('id', IntegerParam) id: number,
    @Body() _body: CancelPaymentRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<CancelledPayment>> {
    return this.cancelPayment.run(id, caller, claim);
  }
}
