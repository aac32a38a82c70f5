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
import { ConsultationsRepository } from './consultations/consultations.repository.js';
import { ChargesRepository } from './payments/charges.repository.js';
import { CancelPayment } from './payments/cancel-payment.js';
import { CancelRows } from './payments/cancel-rows.js';
import { ConfirmByStripe } from './payments/confirm-by-stripe.js';
import { ConfirmPayment } from './payments/confirm-payment.js';
import { ExpirePayments } from './payments/expire-payments.js';
import { GetPayment } from './payments/get-payment.js';
import { ListPayments } from './payments/list-payments.js';
import { NewPayments } from './payments/new-payments.js';
import { PapersRepository } from './payments/papers.repository.js';
import { PaymentHistoryController } from './payments/payment-history.controller.js';
import { PaymentReport } from './payments/payment-report.js';
import { PaymentRows } from './payments/payment-rows.js';
import { PaymentsController } from './payments/payments.controller.js';
import { PaymentsRepository } from './payments/payments.repository.js';
import { QuarantineRepository } from './payments/quarantine.repository.js';
import { ReceiveMoney } from './payments/receive-money.js';
import { ResumePayments } from './payments/resume-payments.js';
import { StartPayment } from './payments/start-payment.js';
import { TellTimeline } from './payments/tell-timeline.js';
import { ManageProducts } from './products/manage-products.js';
import { ProductsController } from './products/products.controller.js';
import { ProductsRepository } from './products/products.repository.js';
import { FoundPayments } from './ops/found-payments.js';
import { ListAllRefunds } from './ops/list-all-refunds.js';
import { ListCharges } from './ops/list-charges.js';
import { OpsPaymentsController } from './ops/ops-payments.controller.js';
import { SearchPayments } from './ops/search-payments.js';
import { ManualProvider } from './providers/manual-provider.js';
import { PaymentProviders } from './providers/payment-providers.js';
import { StripeProvider } from './providers/stripe-provider.js';
import { AutomaticRefunds } from './stripe/automatic-refunds.js';
import { ReadChargeFacts } from './stripe/charge-facts.js';
import { CatchUp } from './stripe/catch-up/catch-up.js';
import { CatchUpReport } from './stripe/catch-up/catch-up-report.js';
import { CursorsRepository } from './stripe/catch-up/cursors.repository.js';
import { DiscrepanciesController } from './stripe/catch-up/discrepancies.controller.js';
import { DiscrepanciesRepository } from './stripe/catch-up/discrepancies.repository.js';
import { ManageDiscrepancies } from './stripe/catch-up/manage-discrepancies.js';
import { MissingFromBooks } from './stripe/catch-up/missing-from-books.js';
import { RereadObjects } from './stripe/catch-up/reread-objects.js';
import { RereadsRepository } from './stripe/catch-up/rereads.repository.js';
import { DisputeNews } from './stripe/dispute-news.js';
import { DisputesRepository } from './stripe/disputes.repository.js';
import { FindReceipts } from './stripe/find-receipts.js';
import { FindSession } from './stripe/find-session.js';
import { HearFromStripe } from './stripe/hear-from-stripe.js';
import { HearStripe } from './stripe/hear-stripe.js';
import { OwnAddresses } from './stripe/own-addresses.js';
import { OurIntents } from './stripe/our-intents.js';
import { PaymentAttemptsRepository } from './stripe/payment-attempts.repository.js';
import { ReceiptsRepository } from './stripe/receipts.repository.js';
import { RecordAttempt } from './stripe/record-attempt.js';
import { RefundNews } from './stripe/refund-news.js';
import { RefusedRefunds } from './stripe/refused-refunds.js';
import { SessionNews } from './stripe/session-news.js';
import { StripeCalls } from './stripe/stripe-calls.js';
import { StripeMoney } from './stripe/stripe-money.js';
import { StripeNews } from './stripe/stripe-news.js';
import { StripeRefunds } from './stripe/stripe-refunds.js';
import { StripeRefundsRepository } from './stripe/stripe-refunds.repository.js';
import { StripeSessions } from './stripe/stripe-sessions.js';
import { StripeSessionsRepository } from './stripe/stripe-sessions.repository.js';
import { WaitingNews } from './stripe/waiting-news.js';
import { WithdrawStripeRefund } from './stripe/withdraw-stripe-refund.js';
import { CloseOutdated } from './payments/close-outdated.js';
import { AbandonPayment } from './payments/abandon-payment.js';
import { InquireSession } from './stripe/inquire-session.js';
import { ClosePages } from './closing/close-pages.js';
import { PageClosingsRepository } from './closing/page-closings.repository.js';
import { ListRefunds } from './refunds/list-refunds.js';
import { RefundAnswer } from './refunds/refund-answer.js';
import { RefundPayment } from './refunds/refund-payment.js';
import { RefundSettlement } from './refunds/refund-settlement.js';
import { RefundsController } from './refunds/refunds.controller.js';
import { RefundsRepository } from './refunds/refunds.repository.js';
import { SettleRefund } from './refunds/settle-refund.js';
import { AllocateTransfer } from './transfers/allocate-transfer.js';
import { ConfirmByTransfer } from './transfers/confirm-by-transfer.js';
import { ManageTransfers } from './transfers/manage-transfers.js';
import { MatchTransfer } from './transfers/match-transfer.js';
import { RecordTransfer } from './transfers/record-transfer.js';
import { RefundTransfer } from './transfers/refund-transfer.js';
import { TransfersController } from './transfers/transfers.controller.js';
import { TransfersRepository } from './transfers/transfers.repository.js';
import { UnmatchTransfer } from './transfers/unmatch-transfer.js';
import { AcceptCharge } from './unmatched/accept-charge.js';
import { ChargesController } from './unmatched/charges.controller.js';
import { QuarantinedCharges } from './unmatched/quarantined-charges.js';
import { RefundCharge } from './unmatched/refund-charge.js';
import { ReviewUnmatchedMoney } from './unmatched/review-unmatched-money.js';
import { SettleChargeElsewhere } from './unmatched/settle-charge-elsewhere.js';

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
