import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { UsersModule } from '#auth';
import { LockingModule } from '#locking';
import { OwnOrigins } from './checkout/checkout-addresses.js';
import { CheckoutController } from './checkout/checkout.controller.js';
import { GetOrder } from './checkout/get-order.js';
import { StartCheckout } from './checkout/start-checkout.js';
import { ClosePages } from './closing/close-pages.js';
import { PageClosingsRepository } from './closing/page-closings.repository.js';
import { ConsultationsController } from './consultations/consultations.controller.js';
import { ManageConsultations } from './consultations/manage-consultations.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { ManualModule } from './manual/manual.module.js';
import { AbandonPayment } from './staff/payments/abandon-payment.js';
import { CancelPayment } from './payments/cancel-payment.js';
import { CancelRows } from './payments/cancel-rows.js';
import { CloseOutdated } from './payments/close-outdated.js';
import { ConfirmPayment } from './payments/confirm-payment.js';
import { ExpirePayments } from './payments/expire-payments.js';
import { GetPayment } from './payments/get-payment.js';
import { ListPayments } from './payments/list-payments.js';
import { NewPayments } from './payments/new-payments.js';
import { PaymentHistoryController } from './payments/payment-history.controller.js';
import { PaymentsController } from './payments/payments.controller.js';
import { RefuseDuplicate } from './payments/refuse-duplicate.js';
import { ResumePayments } from './payments/resume-payments.js';
import { StartPayment } from './payments/start-payment.js';
import { GetTimeline } from './payments/get-timeline.js';
import { ManageProducts } from './products/manage-products.js';
import { ProductsController } from './products/products.controller.js';
import { ProviderModule } from './provider/provider.module.js';
import { RegisteredMethods } from './provider/registered-methods.js';
import { ListRefunds } from './refunds/list-refunds.js';
import { RefundAnswer } from './refunds/refund-answer.js';
import { RefundPayment } from './refunds/refund-payment.js';
import { RefundsController } from './staff/refunds/refunds.controller.js';
import { SettleRefund } from './refunds/settle-refund.js';
import { AcceptCharge } from './staff/charges/accept-charge.js';
import { ChargesController } from './staff/charges/charges.controller.js';
import { QuarantinedCharges } from './staff/charges/quarantined-charges.js';
import { RefundCharge } from './staff/charges/refund-charge.js';
import { ReviewUnmatchedMoney } from './staff/charges/review-unmatched-money.js';
import { SettleChargeElsewhere } from './staff/charges/settle-charge-elsewhere.js';
import { DiscrepanciesController } from './staff/discrepancies/discrepancies.controller.js';
import { ManageDiscrepancies } from './staff/discrepancies/manage-discrepancies.js';
import { FoundPayments } from './staff/search/found-payments.js';
import { ListAllRefunds } from './staff/search/list-all-refunds.js';
import { ListCharges } from './staff/search/list-charges.js';
import { OpsPaymentsController } from './staff/search/ops-payments.controller.js';
import { SearchPayments } from './staff/search/search-payments.js';
import { StaffConsultationsController } from './staff/consultations/staff-consultations.controller.js';
import { StaffPaymentsController } from './staff/payments/staff-payments.controller.js';
import { StaffProductsController } from './staff/products/staff-products.controller.js';
import { TransfersController } from './staff/transfers/transfers.controller.js';
import { StripePaymentsModule } from './stripe/stripe-payments.module.js';

const useCases = [
  StartPayment,
  ConfirmPayment,
  CancelPayment,
  AbandonPayment,
  GetPayment,
  ListPayments,
  GetTimeline,
  ExpirePayments,
  ResumePayments,
  StartCheckout,
  GetOrder,
  RefundPayment,
  SettleRefund,
  ListRefunds,
  ManageConsultations,
  ManageProducts,
  ClosePages,
];
const staff = [
  SearchPayments,
  ListCharges,
  ListAllRefunds,
  AcceptCharge,
  RefundCharge,
  SettleChargeElsewhere,
  ReviewUnmatchedMoney,
  ManageDiscrepancies,
];
const parts = [
  NewPayments,
  CancelRows,
  CloseOutdated,
  RefuseDuplicate,
  RefundAnswer,
  PageClosingsRepository,
  FoundPayments,
  QuarantinedCharges,
];

/** The use cases for payments, on top of the providers and the ledger. The API and the worker both run them. */
@Module({
  imports: [AuditModule, UsersModule, LockingModule, LedgerModule, ProviderModule, ManualModule, StripePaymentsModule],
  providers: [...useCases, ...staff, ...parts],
  exports: [...useCases, ...staff, ProviderModule, ManualModule, StripePaymentsModule],
})
export class PaymentsModule {}

/** The controllers of these use cases, for the API only: the worker runs the same use cases without HTTP. */
@Module({
  imports: [PaymentsModule],
  providers: [OwnOrigins, RegisteredMethods],
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
    StaffPaymentsController,
    StaffConsultationsController,
    StaffProductsController,
    DiscrepanciesController,
  ],
})
export class PaymentsHttpModule {}
