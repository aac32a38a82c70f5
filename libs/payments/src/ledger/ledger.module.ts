import { AuditModule } from '#audit';
import { InstallationEpoch } from '#database';
import { Module } from '@nestjs/common';
import { ChargesRepository } from './charges.repository.js';
import { ConsultationsRepository } from './consultations.repository.js';
import { DisputesRepository } from './disputes.repository.js';
import { IdBlocks } from './id-blocks.js';
import { InvoicesRepository } from './invoices.repository.js';
import { Ledger } from './ledger.js';
import { PaymentAttemptsRepository } from './payment-attempts.repository.js';
import { PaymentReport } from './payment-report.js';
import { PaymentsRepository } from './payments.repository.js';
import { ProductsRepository } from './products.repository.js';
import { QuarantineRepository } from './quarantine.repository.js';
import { RefundAccounting } from './refund-accounting.js';
import { RefundsRepository } from './refunds.repository.js';
import { TransfersRepository } from './transfers.repository.js';

const rows = [
  PaymentReport,
  ConsultationsRepository,
  ProductsRepository,
  PaymentsRepository,
  InvoicesRepository,
  ChargesRepository,
  QuarantineRepository,
  TransfersRepository,
  RefundsRepository,
  DisputesRepository,
  PaymentAttemptsRepository,
  Ledger,
  RefundAccounting,
];

/** Payments, money and documents as Postgres rows. Independent of providers and HTTP. */
@Module({
  imports: [AuditModule],
  providers: [
    ...rows,
    {
      provide: IdBlocks,
      inject: [InstallationEpoch],
      useFactory: (epoch: InstallationEpoch) => {
        const ids = new IdBlocks();
        // A restored database draws these ids once more.
        epoch.onChange(() => ids.clear());
        return ids;
      },
    },
  ],
  exports: rows,
})
export class LedgerModule {}
