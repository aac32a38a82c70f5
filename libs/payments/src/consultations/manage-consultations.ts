import { Answer } from '#answers';
import { type Caller, UsersRepository } from '#auth';
import { inTransaction, isForeignKeyViolation } from '#database';
import { ConsultationNotFound, UserNotFound } from '#errors';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DEFAULT_CURRENCY } from '../money/currencies.js';
import { nextCursor, type Page } from '../paging.js';
import type { ChangeConsultationRequest, CreateConsultationRequest } from './consultation-requests.js';
import { ConsultationsRepository } from './consultations.repository.js';

/** What can be paid for once. Another system of the house feeds it; patients read their own. */
@Injectable()
export class ManageConsultations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly consultations: ConsultationsRepository,
    private readonly users: UsersRepository,
  ) {}

  async list(page: Page, caller: Caller): Promise<Answer> {
    const patient_id = caller.role === 'patient' ? caller.user_id : null;
    const consultations = await this.consultations.list(this.dataSource.manager, patient_id, page);
    return Answer.ok('consultation.listed', { consultations, next_cursor: nextCursor(consultations, page) });
  }

  /** The patient is known by our id or by their token's subject; an unknown subject becomes a user. @throws UserNotFound */
  async create(request: CreateConsultationRequest): Promise<Answer> {
    const { fee, currency = DEFAULT_CURRENCY } = request;
    try {
      const consultation = await inTransaction(this.dataSource, async (tx) => {
        const patient_id = request.patient_id ?? (await this.users.idOf(tx, request.patient_subject!));
        return this.consultations.insert(tx, { patient_id, fee, currency });
      });
      return Answer.created('consultation.created', { consultation });
    } catch (error) {
      throw isForeignKeyViolation(error, 'consultations_patient_fkey') ? new UserNotFound(request.patient_id!) : error;
    }
  }

  /** A payment that stands keeps its own amount. @throws ConsultationNotFound */
  async change(id: number, request: ChangeConsultationRequest): Promise<Answer> {
    const consultation = await this.consultations.change(this.dataSource.manager, id, request);
    if (!consultation) throw new ConsultationNotFound(id);
    return Answer.ok('consultation.changed', { consultation });
  }
}
