import { AuditModule } from '#audit';
import { UsersModule } from '#auth';
import { LockingModule } from '#locking';
import { StripeModule } from '#stripe';
import { Module } from '@nestjs/common';
import { CheckoutController } from './checkout/checkout.controller.js';
import { OwnOrigins } from './checkout/checkout-addresses.js';
import { GetOrder } from './checkout/get-order.js';
import { Shop } from './checkout/shop.js';
import { StartCheckout } from './checkout/start-checkout.js';
import { ConsultationsController } from './consultations/consultations.controller.js';
import { ManageConsultations } from './consultations/manage-consultations.js';
import { ConsultationsRepository } from './ledger/consultations.repository.js';
import { ChargesRepository } from './ledger/charges.repository.js';
import { CancelPayment } from './payments/cancel-payment.js';
import { CancelRows } from './payments/cancel-rows.js';
import { ConfirmByStripe } from './stripe/sessions/confirm-session.js';
import { ConfirmPayment } from './payments/confirm-payment.js';
import { ExpirePayments } from './payments/expire-payments.js';
import { GetPayment } from './payments/get-payment.js';
import { ListPayments } from './payments/list-payments.js';
import { NewPayments } from './payments/new-payments.js';
import { PapersRepository } from './ledger/invoices.repository.js';
import { PaymentHistoryController } from './payments/payment-history.controller.js';
import { PaymentReport } from './ledger/payment-report.js';
import { PaymentRows } from './ledger/ledger.js';
import { PaymentsController } from './payments/payments.controller.js';
import { PaymentsRepository } from './ledger/payments.repository.js';
import { QuarantineRepository } from './ledger/quarantine.repository.js';
import { ReceiveMoney } from './stripe/sessions/book-charge.js';
import { ResumePayments } from './stripe/resume-stripe.js';
import { StartPayment } from './payments/start-payment.js';
import { TellTimeline } from './payments/tell-timeline.js';
import { ManageProducts } from './products/manage-products.js';
import { ProductsController } from './products/products.controller.js';
import { ProductsRepository } from './ledger/products.repository.js';
import { FoundPayments } from './staff/search/found-payments.js';
import { ListAllRefunds } from './staff/search/list-all-refunds.js';
import { ListCharges } from './staff/search/list-charges.js';
import { OpsPaymentsController } from './staff/search/ops-payments.controller.js';
import { SearchPayments } from './staff/search/search-payments.js';
import { ManualProvider } from './manual/manual-provider.js';
import { PaymentProviders } from './provider/provider-registry.js';
import { StripeProvider } from './stripe/stripe-provider.js';
import { AutomaticRefunds } from './stripe/refunds/automatic-refunds.js';
import { ReadChargeFacts } from './stripe/refunds/charge-facts.js';
import { CatchUp } from './stripe/catch-up/catch-up.js';
import { CatchUpReport } from './stripe/catch-up/catch-up-report.js';
import { CursorsRepository } from './stripe/catch-up/cursors.repository.js';
import { DiscrepanciesController } from './staff/discrepancies/discrepancies.controller.js';
import { DiscrepanciesRepository } from './stripe/catch-up/discrepancies.repository.js';
import { ManageDiscrepancies } from './staff/discrepancies/manage-discrepancies.js';
import { MissingFromBooks } from './stripe/catch-up/missing-from-books.js';
import { RereadObjects } from './stripe/catch-up/reread-objects.js';
import { RereadsRepository } from './stripe/catch-up/rereads.repository.js';
import { DisputeNews } from './stripe/disputes/dispute-updates.js';
import { DisputesRepository } from './ledger/disputes.repository.js';
import { FindReceipts } from './stripe/receipts/find-receipts.js';
import { FindSession } from './stripe/sessions/find-session.js';
import { HearFromStripe } from './stripe/events/stripe-event-processor.js';
import { HearStripe } from './stripe/event-processor.js';
import { OwnAddresses } from './provider/return-urls.js';
import { OurIntents } from './stripe/our-intents.js';
import { PaymentAttemptsRepository } from './ledger/payment-attempts.repository.js';
import { ReceiptsRepository } from './stripe/receipts/receipts.repository.js';
import { RecordAttempt } from './stripe/attempts/record-attempt.js';
import { RefundNews } from './stripe/refunds/refund-updates.js';
import { RefusedRefunds } from './stripe/refunds/refused-refunds.js';
import { SessionNews } from './stripe/sessions/session-updates.js';
import { StripeCalls } from './stripe/stripe-calls.js';
import { StripeMoney } from './stripe/receipts/stripe-money.js';
import { StripeNews } from './stripe/events/stripe-news.js';
import { StripeRefunds } from './stripe/refunds/stripe-refunds.js';
import { StripeRefundsRepository } from './stripe/refunds/stripe-refunds.repository.js';
import { StripeSessions } from './stripe/sessions/stripe-sessions.js';
import { StripeSessionsRepository } from './stripe/sessions/stripe-sessions.repository.js';
import { WaitingNews } from './stripe/event-requeue.js';
import { WithdrawStripeRefund } from './stripe/refunds/withdraw-stripe-refund.js';
import { CloseOutdated } from './payments/close-outdated.js';
import { AbandonPayment } from './payments/abandon-payment.js';
import { InquireSession } from './stripe/sessions/inquire-session.js';
import { ClosePages } from './closing/close-pages.js';
import { PageClosingsRepository } from './closing/page-closings.repository.js';
import { ListRefunds } from './refunds/list-refunds.js';
import { RefundAnswer } from './refunds/refund-answer.js';
import { RefundPayment } from './refunds/refund-payment.js';
import { RefundSettlement } from './ledger/refund-accounting.js';
import { RefundsController } from './refunds/refunds.controller.js';
import { RefundsRepository } from './ledger/refunds.repository.js';
import { SettleRefund } from './refunds/settle-refund.js';
import { AllocateTransfer } from './manual/allocate-transfer.js';
import { ConfirmByTransfer } from './manual/confirm-by-transfer.js';
import { ManageTransfers } from './manual/manage-transfers.js';
import { MatchTransfer } from './manual/match-transfer.js';
import { RecordTransfer } from './manual/record-transfer.js';
import { RefundTransfer } from './manual/refund-transfer.js';
import { TransfersController } from './staff/transfers/transfers.controller.js';
import { TransfersRepository } from './ledger/transfers.repository.js';
import { UnmatchTransfer } from './manual/unmatch-transfer.js';
import { AcceptCharge } from './staff/charges/accept-charge.js';
import { ChargesController } from './staff/charges/charges.controller.js';
import { QuarantinedCharges } from './staff/charges/quarantined-charges.js';
import { RefundCharge } from './staff/charges/refund-charge.js';
import { ReviewUnmatchedMoney } from './staff/charges/review-unmatched-money.js';
import { SettleChargeElsewhere } from './staff/charges/settle-charge-elsewhere.js';

const rows = [
  PaymentReport,
  ConsultationsRepository,
  ProductsRepository,
  PaymentsRepository,
  PapersRepository,
  ChargesRepository,
  QuarantineRepository,
  TransfersRepository,
  AllocateTransfer,
  PaymentRows,
  FoundPayments,
  RefundsRepository,
  RefundSettlement,
  RefundAnswer,
  NewPayments,
  OwnAddresses,
  CancelRows,
  QuarantinedCharges,
  CloseOutdated,
  PageClosingsRepository,
  ReceiveMoney,
  ConfirmByStripe,
  ConfirmByTransfer,
  Shop,
];
const stripe = [
  StripeSessionsRepository,
  StripeRefundsRepository,
  DisputesRepository,
  PaymentAttemptsRepository,
  RecordAttempt,
  FindSession,
  SessionNews,
  StripeSessions,
  AutomaticRefunds,
  WaitingNews,
  RefundNews,
  ReadChargeFacts,
  RefusedRefunds,
  StripeRefunds,
  WithdrawStripeRefund,
  DisputeNews,
  StripeCalls,
  InquireSession,
  StripeNews,
  StripeMoney,
  OurIntents,
  ReceiptsRepository,
  { provide: HearStripe, useClass: HearFromStripe },
];
const catchUp = [CursorsRepository, RereadsRepository, DiscrepanciesRepository, MissingFromBooks];
const providers = [ManualProvider, StripeProvider, PaymentProviders];
const useCases = [
  ClosePages,
  StartPayment,
  ConfirmPayment,
  CancelPayment,
  AbandonPayment,
  GetPayment,
  ListPayments,
  TellTimeline,
  RefundPayment,
  SettleRefund,
  ListRefunds,
  ExpirePayments,
  ResumePayments,
  StartCheckout,
  GetOrder,
  ManageConsultations,
  ManageProducts,
  SearchPayments,
  ListCharges,
  ListAllRefunds,
  RecordTransfer,
  MatchTransfer,
  UnmatchTransfer,
  RefundTransfer,
  ManageTransfers,
  AcceptCharge,
  RefundCharge,
  SettleChargeElsewhere,
  ReviewUnmatchedMoney,
  FindReceipts,
  CatchUp,
  RereadObjects,
  CatchUpReport,
  ManageDiscrepancies,
];

/** The use cases about payments, for whoever runs them. Exports those, never a repository. */
@Module({
  imports: [AuditModule, UsersModule, LockingModule, StripeModule],
  providers: [...rows, ...stripe, ...catchUp, ...providers, ...useCases],
  exports: [...useCases, HearStripe, OwnAddresses],
})
export class PaymentsModule {}

/** Their HTTP side, for the API: a worker runs the same use cases without it. */
@Module({
  imports: [PaymentsModule],
  providers: [OwnOrigins],
  controllers: [
    PaymentsController,
    CheckoutController,
    PaymentHistoryController,
    RefundsController,
    ConsultationsController,
    ProductsController,
    OpsPaymentsController,
    ChargesController,
    TransfersController,
    DiscrepanciesController,
  ],
})
export class PaymentsHttpModule {}
