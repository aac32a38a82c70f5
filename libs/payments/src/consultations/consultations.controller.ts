import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { ConsultationNotFound, UserNotFound } from '#errors';
import { IntegerParam } from '#validation';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { pageOf, PageRequest } from '../paging.js';
import { ChangedConsultation, MadeConsultation, PageOfConsultations } from './consultation-answers.js';
import { ChangeConsultationRequest, CreateConsultationRequest } from './consultation-requests.js';
import { ManageConsultations } from './manage-consultations.js';

@Controller('v1/consultations')
export class ConsultationsController {
  constructor(private readonly consultations: ManageConsultations) {}

  @Get()
  @Contract({
    does: "A patient's own consultations that can be paid; all of them for staff. Newest first.",
    answers: { 200: PageOfConsultations },
  })
  async list(@Query() query: PageRequest, @CurrentCaller() caller: Caller): Promise<Answer<PageOfConsultations>> {
    return this.consultations.list(pageOf(query), caller);
  }

  @Post()
  @Roles('staff', 'service')
  @Contract({
    does: 'Makes a consultation of a patient, who is named by our id or by the subject of their tokens.',
    answers: { 201: MadeConsultation },
    refuses: [UserNotFound],
  })
  async create(
    @Body() body: CreateConsultationRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Answer<MadeConsultation>> {
    return this.consultations.create(body, caller);
  }

  @Patch(':id')
  @Roles('staff', 'service')
  @Contract({
    does: 'Changes or closes a consultation and names the payment that stands for it. Closing expires its page at Stripe; money that still arrives is refunded.',
    answers: { 200: ChangedConsultation },
    refuses: [ConsultationNotFound],
  })
  async change(
    @Param('id', IntegerParam) id: number,
    @Body() body: ChangeConsultationRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Answer<ChangedConsultation>> {
    return this.consultations.change(id, body, caller);
  }
}
