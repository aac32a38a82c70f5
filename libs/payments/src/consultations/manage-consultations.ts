import { Answer } from '#answers';
import { type AuditAction, AuditLog } from '#audit';
import { type Caller, requireEpoch, UsersRepository } from '#auth';
import { inTransaction, isForeignKeyViolation } from '#database';
import { ConsultationNotFound, ExternalReferenceUsed, UserNotFound } from '#errors';
import type { Claim } from '#idempotency';
import { refuseEmpty, nextCursor, pageOf } from '#validation';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ClosePages } from '../closing/close-pages.js';
import { PageClosingsRepository } from '../closing/page-closings.repository.js';
import { DEFAULT_CURRENCY } from '../ledger/money/currencies.js';
import { PaymentsRepository } from '../ledger/payments.repository.js';
import type { ChangedConsultation, MadeConsultation, PageOfConsultations } from './consultation-answers.js';
import type {
  ChangeConsultationRequest,
  CreateConsultationRequest,
  ListConsultationsRequest,
} from './consultation-requests.js';
import {
  type Consultation,
  ConsultationsRepository,
  isUsedConsultationReference,
} from '../ledger/consultations.repository.js';

/** Consultations can be paid for once. The booking system creates them; patients read their own. */
@Injectable()
export class ManageConsultations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly consultations: ConsultationsRepository,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    private readonly payments: PaymentsRepository,
    private readonly closings: PageClosingsRepository,
    private readonly closePages: ClosePages,
  ) {}

  async list(request: ListConsultationsRequest, caller: Caller): Promise<Answer<PageOfConsultations>> {
    const { manager } = this.dataSource;
    const page = pageOf(request);
    const reference = request.external_reference ?? null;
    const consultations =
      caller.role === 'patient'
        ? await this.consultations.listPayable(manager, caller.user_id, page, reference)
        : await this.consultations.listAll(manager, page, reference);
    return Answer.ok('consultation.listed', { consultations, next_cursor: nextCursor(consultations, page) });
  }

  /**
   * The patient is identified by our user id or by the subject of their token; an unknown subject becomes a user. If
   * the reference already has a consultation, the answer is that consultation, or a refusal when the terms differ.
   * @throws UserNotFound, ExternalReferenceUsed
   */
  async create(request: CreateConsultationRequest, caller: Caller, claim: Claim): Promise<Answer<MadeConsultation>> {
    const findOrMake = () => inTransaction(this.dataSource, (tx) => this.findOrMake(tx, request, caller, claim));
    try {
      // If another request created it meanwhile, it is found on the second try.
      return await findOrMake().catch((error: unknown) => {
        if (isUsedConsultationReference(error)) return findOrMake();
        throw error;
      });
    } catch (error) {
      throw isForeignKeyViolation(error, 'consultations_patient_fkey') ? new UserNotFound(request.patient_id!) : error;
    }
  }

  private async findOrMake(
    tx: EntityManager,
    request: CreateConsultationRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<MadeConsultation>> {
    const { fee, currency = DEFAULT_CURRENCY, external_reference = null } = request;
    const patient_id = request.patient_id ?? (await this.users.idOf(tx, request.patient_subject!));
    const terms = { patient_id, fee, currency };
    const found =
      external_reference === null ? undefined : await this.consultations.findByReference(tx, external_reference);
    // The rollback also removes a user created for this consultation.
    if (found && !hasTerms(found, terms)) {
      throw new ExternalReferenceUsed(external_reference!, { consultation_id: found.id });
    }
    const consultation = found ?? (await this.consultations.insert(tx, { ...terms, external_reference }));
    if (!found) await this.record(tx, 'consultation.created', consultation, caller);
    const answer = found
      ? Answer.ok('consultation.existing', { consultation })
      : Answer.created('consultation.created', { consultation });
    await claim.settle(tx, answer, `consultations/${consultation.id}`);
    return answer;
  }

  /**
   * The answer names the live payment. After a change of the fee, its Stripe page is closed when the payer returns.
   * Closing the consultation expires the page: immediately if Stripe answers in time, otherwise by the worker. A
   * payment by bank or GCash stays, and staff decide about it. @throws ConsultationNotFound, ValidationFailed
   */
  async change(
    id: number,
    request: ChangeConsultationRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<ChangedConsultation>> {
    refuseEmpty(request, ['fee', 'currency', 'status']);
    const item = { consultation_id: id };
    const after = await inTransaction(this.dataSource, async (tx) => {
      const changed = await this.consultations.change(tx, id, request);
      if (!changed) throw new ConsultationNotFound(id);
      await this.record(tx, 'consultation.changed', changed, caller);
      if (request.status === 'closed') await this.closePages.begin(tx, item);
      if (request.status === 'open') await this.closings.forget(tx, item);
      const live_payment = await this.consultations.findLivePayment(tx, id);
      const answer = Answer.ok('consultation.changed', { consultation: changed, live_payment });
      // A retry must not undo later changes, so the answer is stored under the key. When pages are being closed it is
      // not: the answer reports their progress, and closing twice has no further effect.
      if (request.status !== 'closed' || !live_payment) await claim.settle(tx, answer, `consultations/${id}`);
      return answer.data;
    });
    if (request.status !== 'closed' || !after.live_payment) return Answer.ok('consultation.changed', after);
    await this.closePages.atOnce(item, caller);
    const { [after.live_payment.id]: status = after.live_payment.status } = await this.payments.statusesOf(
      this.dataSource.manager,
      [after.live_payment.id],
    );
    return Answer.ok('consultation.changed', { ...after, live_payment: { ...after.live_payment, status } });
  }

  private async record(
    tx: EntityManager,
    action: AuditAction,
    consultation: Consultation,
    caller: Caller,
  ): Promise<void> {
    await requireEpoch(tx, caller);
    const { id: consultation_id, patient_id, fee, currency, status } = consultation;
    const detail = { consultation_id, patient_id, fee, currency, status };
    const { user_id: actor_user_id, request_id } = caller;
    await this.audit.record(tx, [{ action, payment_id: null, actor_user_id, request_id, detail }]);
  }
}

function hasTerms(consultation: Consultation, terms: { patient_id: number; fee: number; currency: string }): boolean {
  const { patient_id, fee, currency } = consultation;
  return patient_id === terms.patient_id && fee === terms.fee && currency === terms.currency;
}
