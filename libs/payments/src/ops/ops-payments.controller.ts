import type { Answer } from '#answers';
import { Roles } from '#auth';
import { Controller, Get, Query } from '@nestjs/common';
import { ListAllRefunds, ListAllRefundsRequest } from './list-all-refunds.js';
import { ListCharges, ListChargesRequest } from './list-charges.js';
import { SearchPayments, SearchPaymentsRequest } from './search-payments.js';

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
  async payments(@Query() query: SearchPaymentsRequest): Promise<Answer> {
    return this.searchPayments.run(query);
  }

  @Get('charges')
  async charges(@Query() query: ListChargesRequest): Promise<Answer> {
    return this.listCharges.run(query);
  }

  @Get('refunds')
  async refunds(@Query() query: ListAllRefundsRequest): Promise<Answer> {
    return this.listAllRefunds.run(query);
  }
}
