import { Answer, type Holds, nextCursor as theNextCursor, shape } from '#answers';
import { OneOf, Optional, nextCursor, pageOf, PageRequest } from '#validation';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Refund, REFUND_STATUSES, type RefundStatus } from '../../ledger/refund.js';
import { RefundsRepository } from '../../ledger/refunds.repository.js';

export const PageOfAllRefunds = shape('PageOfAllRefunds', { refunds: z.array(Refund), next_cursor: theNextCursor });
export type PageOfAllRefunds = Holds<typeof PageOfAllRefunds>;

export class ListAllRefundsRequest extends PageRequest {
  @Optional()
  @OneOf(...REFUND_STATUSES)
  status?: RefundStatus;
}

/** Refunds of every payment, newest first; `pending` ones wait for Stripe, for a customer or for staff. */
@Injectable()
export class ListAllRefunds {
  constructor(
    private readonly dataSource: DataSource,
    private readonly refunds: RefundsRepository,
  ) {}

  async run(request: ListAllRefundsRequest): Promise<Answer<PageOfAllRefunds>> {
    const page = pageOf(request);
    const refunds = await this.refunds.listAll(this.dataSource.manager, page, request.status ?? null);
    return Answer.ok('ops.refunds', { refunds, next_cursor: nextCursor(refunds, page) });
  }
}
