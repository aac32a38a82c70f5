import { type Answer, Contract } from '#answers';
import { type Caller, CurrentCaller, Roles } from '#auth';
import { DiscrepancyNotFound, DiscrepancyResolved } from '#errors';
import { type Claim, CurrentClaim, Idempotent } from '#idempotency';
import { IntegerParam } from '#validation';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ListDiscrepanciesRequest,
  ManageDiscrepancies,
  PageOfDiscrepancies,
  ResolvedDiscrepancy,
  ResolveDiscrepancyRequest,
} from './manage-discrepancies.js';

/** Money at Stripe that the database cannot account for, for staff. */
@Controller('v1/ops/discrepancies')
@Roles('staff', 'service')
export class DiscrepanciesController {
  constructor(private readonly manage: ManageDiscrepancies) {}

  @Get()
  @Contract({
    does: 'Lists paid Stripe sessions with our reference that the database cannot account for, newest first.',
    answers: { 200: PageOfDiscrepancies },
  })
  async list(@Query() query: ListDiscrepanciesRequest): Promise<Answer<PageOfDiscrepancies>> {
    return this.manage.list(query);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @Idempotent()
  @Contract({
    does: 'Records what was done about a discrepancy. It moves no money.',
    answers: { 200: ResolvedDiscrepancy },
    refuses: [DiscrepancyNotFound, DiscrepancyResolved],
  })
  async resolve(
    @Param('id', IntegerParam) id: number,
    @Body() body: ResolveDiscrepancyRequest,
    @CurrentCaller() caller: Caller,
    @CurrentClaim() claim: Claim,
  ): Promise<Answer<ResolvedDiscrepancy>> {
    return this.manage.resolve(id, body, caller, claim);
  }
}
