import { Answer, type Holds, nextCursor as theNextCursor, shape } from '#answers';
import { AuditLog } from '#audit';
import type { Caller } from '#auth';
import { inTransaction } from '#database';
import { DiscrepancyNotFound, DiscrepancyResolved, Forbidden } from '#errors';
import type { Claim } from '#idempotency';
import { IdempotencyKey, OneOf, Optional, Text, nextCursor, pageOf, PageRequest } from '#validation';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { PaymentsRepository } from '../../ledger/payments.repository.js';
import { DiscrepanciesRepository, Discrepancy } from '../../stripe/catch-up/discrepancies.repository.js';

export const PageOfDiscrepancies = shape('PageOfDiscrepancies', {
  discrepancies: z.array(Discrepancy),
  next_cursor: theNextCursor,
});
export type PageOfDiscrepancies = Holds<typeof PageOfDiscrepancies>;

export const ResolvedDiscrepancy = shape('ResolvedDiscrepancy', { discrepancy: Discrepancy });
export type ResolvedDiscrepancy = Holds<typeof ResolvedDiscrepancy>;

export class ListDiscrepanciesRequest extends PageRequest {
  @Optional()
  @OneOf('open', 'resolved')
  state?: 'open' | 'resolved';
}

export class ResolveDiscrepancyRequest {
  /** What staff found out, and what they did about the money. */
  @Text({ min: 1, max: 500 })
  note!: string;

  @Optional()
  @IdempotencyKey()
  idempotency_key?: string;
}

/**
 * Discrepancies: money at Stripe that the database cannot account for. Staff investigate it, settle it at Stripe, and
 * record the result here.
 */
@Injectable()
export class ManageDiscrepancies {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly discrepancies: DiscrepanciesRepository,
    private readonly payments: PaymentsRepository,
  ) {}

  async list(request: ListDiscrepanciesRequest): Promise<Answer<PageOfDiscrepancies>> {
    const page = pageOf(request);
    const found = await this.discrepancies.list(this.dataSource.manager, page, request.state ?? null);
    return Answer.ok('ops.discrepancies', { discrepancies: found, next_cursor: nextCursor(found, page) });
  }

  /**
   * Records a resolution and moves no money. @throws DiscrepancyNotFound, DiscrepancyResolved, Forbidden (the caller's
   * own payment)
   */
  async resolve(
    id: number,
    { note }: ResolveDiscrepancyRequest,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<ResolvedDiscrepancy>> {
    return inTransaction(this.dataSource, async (tx) => {
      const known = await this.discrepancies.lock(tx, id);
      if (!known) throw new DiscrepancyNotFound(id);
      if (known.resolved_at !== null) throw new DiscrepancyResolved(id);
      const payment = known.payment_id === null ? undefined : await this.payments.find(tx, known.payment_id);
      if (payment?.user_id === caller.user_id) throw new Forbidden();
      const resolved = await this.discrepancies.resolve(tx, id, { user_id: caller.user_id, note });
      const { kind, stripe_id, payment_id } = resolved;
      await this.audit.record(tx, [
        {
          action: 'discrepancy.resolved',
          payment_id,
          actor_user_id: caller.user_id,
          request_id: caller.request_id,
          detail: { discrepancy_id: id, kind, stripe_id, note },
        },
      ]);
      const answer = Answer.ok('ops.discrepancy_resolved', { discrepancy: resolved });
      await claim.settle(tx, answer, `discrepancies/${id}`);
      return answer;
    });
  }
}
