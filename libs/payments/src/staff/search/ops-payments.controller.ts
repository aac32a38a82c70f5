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
    does: 'Searches payments by any of their identifiers, newest first.',
    answers: { 200: PageOfFoundPayments },
  })
  async payments(@Query() query: SearchPaymentsRequest): Promise<Answer<PageOfFoundPayments>> {
    return this.searchPayments.run(query);
  }

  @Get('charges')
  @Contract({
    does: 'Lists charges and their disposition, newest first; `quarantined` ones need a decision by staff.',
    answers: { 200: PageOfCharges },
  })
  async charges(@Query() query: ListChargesRequest): Promise<Answer<PageOfCharges>> {
    return this.listCharges.run(query);
  }

  @Get('refunds')
  @Contract({
    does: 'Lists refunds, newest first; `pending` ones wait for Stripe or for staff.',
    answers: { 200: PageOfAllRefunds },
  })
  async refunds(@Query() query: ListAllRefundsRequest): Promise<Answer<PageOfAllRefunds>> {
    return this.listAllRefunds.run(query);
  }
}
