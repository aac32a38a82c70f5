import { AuditModule } from '#audit';
import { UsersModule } from '#auth';
import { LockingModule } from '#locking';
import { Module } from '@nestjs/common';
import { ConsultationsController } from './consultations/consultations.controller.js';
import { ManageConsultations } from './consultations/manage-consultations.js';
import { ConsultationsRepository } from './consultations/consultations.repository.js';
import { ChargesRepository } from './payments/charges.repository.js';
import { CancelPayment } from './payments/cancel-payment.js';
import { ConfirmPayment } from './payments/confirm-payment.js';
import { ExpirePayments } from './payments/expire-payments.js';
import { GetPayment } from './payments/get-payment.js';
import { ListPayments } from './payments/list-payments.js';
import { PapersRepository } from './payments/papers.repository.js';
import { PaymentHistoryController } from './payments/payment-history.controller.js';
import { PaymentRows } from './payments/payment-rows.js';
import { PaymentsController } from './payments/payments.controller.js';
import { PaymentsRepository } from './payments/payments.repository.js';
import { StartPayment } from './payments/start-payment.js';
import { TellTimeline } from './payments/tell-timeline.js';
import { ManageProducts } from './products/manage-products.js';
import { ProductsController } from './products/products.controller.js';
import { ProductsRepository } from './products/products.repository.js';
import { ManualProvider } from './providers/manual-provider.js';
import { PaymentProviders } from './providers/payment-providers.js';
import { StripeProvider } from './providers/stripe-provider.js';
import { ListRefunds } from './refunds/list-refunds.js';
import { RefundPayment } from './refunds/refund-payment.js';
import { RefundSettlement } from './refunds/refund-settlement.js';
import { RefundsController } from './refunds/refunds.controller.js';
import { RefundsRepository } from './refunds/refunds.repository.js';
import { SettleRefund } from './refunds/settle-refund.js';

const rows = [
  ConsultationsRepository,
  ProductsRepository,
  PaymentsRepository,
  PapersRepository,
  ChargesRepository,
  PaymentRows,
  RefundsRepository,
  RefundSettlement,
];
const providers = [ManualProvider, StripeProvider, PaymentProviders];
const useCases = [
  StartPayment,
  ConfirmPayment,
  CancelPayment,
  GetPayment,
  ListPayments,
  TellTimeline,
  RefundPayment,
  SettleRefund,
  ListRefunds,
  ExpirePayments,
  ManageConsultations,
  ManageProducts,
];

/** The use cases about payments, for whoever runs them. Exports those, never a repository. */
@Module({
  imports: [AuditModule, UsersModule, LockingModule],
  providers: [...rows, ...providers, ...useCases],
  exports: useCases,
})
export class PaymentsModule {}

/** Their HTTP side, for the API: a worker runs the same use cases without it. */
@Module({
  imports: [PaymentsModule],
  controllers: [
    PaymentsController,
    PaymentHistoryController,
    RefundsController,
    ConsultationsController,
    ProductsController,
  ],
})
export class PaymentsHttpModule {}
