import { AuditModule } from '#audit';
import { Module } from '@nestjs/common';
import { ChargesRepository } from './charges.repository.js';
import { ConsultationsRepository } from './consultations.repository.js';
import { DisputesRepository } from './disputes.repository.js';
import { PapersRepository } from './invoices.repository.js';
import { PaymentRows } from './ledger.js';
import { PaymentAttemptsRepository } from './payment-attempts.repository.js';
import { PaymentReport } from './payment-report.js';
import { PaymentsRepository } from './payments.repository.js';
import { ProductsRepository } from './products.repository.js';
import { QuarantineRepository } from './quarantine.repository.js';
import { RefundSettlement } from './refund-accounting.js';
import { RefundsRepository } from './refunds.repository.js';
import { TransfersRepository } from './transfers.repository.js';

const rows = [
  PaymentReport,
  ConsultationsRepository,
  ProductsRepository,
  PaymentsRepository,
  PapersRepository,
  ChargesRepository,
  QuarantineRepository,
  TransfersRepository,
  RefundsRepository,
  DisputesRepository,
  PaymentAttemptsRepository,
  PaymentRows,
  RefundSettlement,
];

/** Payments, money and documents as rows of Postgres. Knows no provider and no HTTP. */
@Module({ imports: [AuditModule], providers: rows, exports: rows })
export class LedgerModule {}
