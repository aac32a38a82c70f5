import { AuditLog } from '#audit';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ConsultationsRepository } from './consultations.repository.js';
import { ChargesRepository } from './charges.repository.js';
import { InvoicesRepository } from './invoices.repository.js';
import { PaymentsRepository } from './payments.repository.js';
import { TransfersRepository } from './transfers.repository.js';
import { QuarantineRepository } from './quarantine.repository.js';

/** The repositories that one transaction about a payment may write to. */
@Injectable()
export class Ledger {
  constructor(
    readonly dataSource: DataSource,
    readonly audit: AuditLog,
    readonly consultations: ConsultationsRepository,
    readonly payments: PaymentsRepository,
    readonly invoices: InvoicesRepository,
    readonly charges: ChargesRepository,
    readonly quarantine: QuarantineRepository,
    readonly transfers: TransfersRepository,
  ) {}

  /** For reads outside a transaction. */
  get manager(): EntityManager {
    return this.dataSource.manager;
  }
}
