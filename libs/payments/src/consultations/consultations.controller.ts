import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller } from '#auth';
import { Controller, Get, Query } from '@nestjs/common';
import { PageOfConsultations } from './consultation-answers.js';
import { ListConsultationsRequest } from './consultation-requests.js';
import { ManageConsultations } from './manage-consultations.js';

@Controller('v1/consultations')
export class ConsultationsController {
  constructor(private readonly consultations: ManageConsultations) {}

  @Get()
  @Contract({
    does: "Lists the caller's consultations that can be paid; for staff all consultations. Newest first.",
    answers: { 200: PageOfConsultations },
  })
  async list(
    @Query() query: ListConsultationsRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Answer<PageOfConsultations>> {
    return this.consultations.list(query, caller);
  }
}
