import { AuditLog } from '#audit';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ConsultationsRepository } from './consultations.repository.js';
import { ChargesRepository } from './charges.repository.js';
import { PapersRepository } from './invoices.repository.js';
import { PaymentsRepository } from './payments.repository.js';
import { TransfersRepository } from './transfers.repository.js';
import { QuarantineRepository } from './quarantine.repository.js';

/** Everything one transaction about a payment may write, in one hand. */
@Injectable()
export class PaymentRows {
  constructor(
    readonly dataSource: DataSource,
    readonly audit: AuditLog,
    readonly consultations: ConsultationsRepository,
    readonly payments: PaymentsRepository,
    readonly papers: PapersRepository,
    readonly charges: ChargesRepository,
    readonly quarantine: QuarantineRepository,
    readonly transfers: TransfersRepository,
  ) {}

  /** For reads outside of a transaction. */
  get manager(): EntityManager {
    return this.dataSource.manager;
  }
}
