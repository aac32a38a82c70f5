import type { Answer } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { IntegerParam } from '#validation';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { pageOf, PageRequest } from '../paging.js';
import { ChangeConsultationRequest, CreateConsultationRequest } from './consultation-requests.js';
import { ManageConsultations } from './manage-consultations.js';

@Controller('v1/consultations')
export class ConsultationsController {
  constructor(private readonly consultations: ManageConsultations) {}

  @Get()
  async list(@Query() query: PageRequest, @CurrentCaller() caller: Caller): Promise<Answer> {
    return this.consultations.list(pageOf(query), caller);
  }

  @Post()
  @Roles('staff', 'service')
  async create(@Body() body: CreateConsultationRequest, @CurrentCaller() caller: Caller): Promise<Answer> {
    return this.consultations.create(body, caller);
  }

  @Patch(':id')
  @Roles('staff', 'service')
  async change(
    @Param('id', IntegerParam) id: number,
    @Body() body: ChangeConsultationRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Answer> {
    return this.consultations.change(id, body, caller);
  }
}
