import { type Answer, Contract } from '#answers';
import { Roles } from '#auth';
import { Controller, Get, Query } from '@nestjs/common';
import { ListCharges, ListChargesRequest, PageOfCharges } from './list-charges.js';
import { PageOfFoundPayments, SearchPayments, SearchPaymentsRequest } from './search-payments.js';

/** Payments and money as staff look for them. */
@Controller('v1/ops')
@Roles('staff', 'service')
export class OpsPaymentsController {
  constructor(
    private readonly searchPayments: SearchPayments,
    private readonly listCharges: ListCharges,
  ) {}

  @Get('payments')
  @Contract({
    does: 'Any payment by any of its names, newest first.',
    answers: { 200: PageOfFoundPayments },
  })
  async payments(@Query() query: SearchPaymentsRequest): Promise<Answer<PageOfFoundPayments>> {
    return this.searchPayments.run(query);
  }

  @Get('charges')
  @Contract({
    does: 'Money that arrived and what became of it, newest first; `quarantined` waits for staff.',
    answers: { 200: PageOfCharges },
  })
  async charges(@Query() query: ListChargesRequest): Promise<Answer<PageOfCharges>> {
    return this.listCharges.run(query);
  }
}
