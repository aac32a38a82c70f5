import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { ConsultationNotFound, ExternalReferenceUsed, UserNotFound } from '#errors';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { IntegerParam } from '#validation';
import { Body, Controller, Param, Patch, Post } from '@nestjs/common';
import { ChangedConsultation, MadeConsultation } from '../../consultations/consultation-answers.js';
import { ChangeConsultationRequest, CreateConsultationRequest } from '../../consultations/consultation-requests.js';
import { ManageConsultations } from '../../consultations/manage-consultations.js';

/** Consultations as staff and the booking system manage them. */
@Controller('v1/consultations')
@Roles('staff', 'service')
export class StaffConsultationsController {
  constructor(private readonly consultations: ManageConsultations) {}

  @Post()
  @Idempotent()
  @Contract({
    does: 'Creates a consultation for a patient, identified by id or by the subject of their tokens. If a consultation with this `external_reference` exists on the same terms, returns it.',
    answers: { 200: MadeConsultation, 201: MadeConsultation },
    refuses: [UserNotFound, ExternalReferenceUsed],
  })
  async create(
    @Body() body: CreateConsultationRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<MadeConsultation>> {
    return this.consultations.create(body, caller, claim);
  }

  @Patch(':id')
  @Idempotent()
  @Contract({
    does: 'Changes or closes a consultation and returns its live payment. Closing expires the payment’s page at Stripe; money that still arrives is refunded.',
    answers: { 200: ChangedConsultation },
    refuses: [ConsultationNotFound],
  })
  async change(
    @Param('id', IntegerParam) id: number,
    @Body() body: ChangeConsultationRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<ChangedConsultation>> {
    return this.consultations.change(id, body, caller, claim);
  }
}
