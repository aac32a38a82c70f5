import { AuditLog } from '#audit';
import { Injectable } from '@nestjs/common';
import { ConsultationsRepository } from '../consultations/consultations.repository.js';
import { ChargesRepository } from './charges.repository.js';
import { PapersRepository } from './papers.repository.js';
import { PaymentsRepository } from './payments.repository.js';

/** Everything one transaction about a payment may write, in one hand. */
@Injectable()
export class PaymentRows {
  constructor(
    readonly consultations: ConsultationsRepository,
    readonly payments: PaymentsRepository,
    readonly papers: PapersRepository,
    readonly charges: ChargesRepository,
    readonly audit: AuditLog,
  ) {}
}
