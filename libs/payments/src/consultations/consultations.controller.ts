import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { ConsultationNotFound, ExternalReferenceUsed, UserNotFound } from '#errors';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { IntegerParam } from '#validation';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ChangedConsultation, MadeConsultation, PageOfConsultations } from './consultation-answers.js';
import {
  ChangeConsultationRequest,
  CreateConsultationRequest,
  ListConsultationsRequest,
} from './consultation-requests.js';
import { ManageConsultations } from './manage-consultations.js';

@Controller('v1/consultations')
export class ConsultationsController {
  constructor(private readonly consultations: ManageConsultations) {}

  @Get()
  @Contract({
    does: "A patient's own consultations that can be paid; all of them for staff. Newest first.",
    answers: { 200: PageOfConsultations },
  })
  async list(
    @Query() query: ListConsultationsRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Answer<PageOfConsultations>> {
    return this.consultations.list(query, caller);
  }

  @Post()
  @Roles('staff', 'service')
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
  @Roles('staff', 'service')
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
