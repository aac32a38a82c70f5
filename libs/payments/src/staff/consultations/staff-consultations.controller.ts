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
    does: 'Makes a consultation of a patient, who is named by our id or by the subject of their tokens. With an `external_reference` that a consultation has already, it answers that one if the terms are the same.',
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
    does: 'Changes or closes a consultation and names the payment that stands for it. Closing expires its page at Stripe; money that still arrives is refunded.',
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
