import { type Answer, Contract } from '#answers';
import { Roles } from '#auth';
import { Controller, Get, Query } from '@nestjs/common';
import { ListAllRefunds, ListAllRefundsRequest, PageOfAllRefunds } from './list-all-refunds.js';
import { ListCharges, ListChargesRequest, PageOfCharges } from './list-charges.js';
import { PageOfFoundPayments, SearchPayments, SearchPaymentsRequest } from './search-payments.js';

/** Payments and money as staff look for them. */
@Controller('v1/ops')
@Roles('staff', 'service')
export class OpsPaymentsController {
  constructor(
    private readonly searchPayments: SearchPayments,
    private readonly listCharges: ListCharges,
    private readonly listAllRefunds: ListAllRefunds,
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

  @Get('refunds')
  @Contract({
    does: 'Money that went back, or is to, newest first; `pending` waits for Stripe or for staff.',
    answers: { 200: PageOfAllRefunds },
  })
  async refunds(@Query() query: ListAllRefundsRequest): Promise<Answer<PageOfAllRefunds>> {
    return this.listAllRefunds.run(query);
  }
}
