import { type ListName, StripeClock, StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PaymentRows } from '../../ledger/ledger.js';
import { LISTS } from './catch-up.js';
import { CursorsRepository, type Progress } from './cursors.repository.js';
import { DiscrepanciesRepository } from './discrepancies.repository.js';

/** What a healthy worker needs for a pass, beside the pause between two: several sweeps, and a busy hour's pages. */
const LAG_MARGIN_SECONDS = 900;

/** How far one list was read. */
export interface ListReport extends Progress {
  readonly lag_seconds: number;
  readonly max_lag_seconds: number;
  readonly late: boolean;
}

/** How far Stripe's lists were read, and what was found that nobody has dealt with: for health and metrics. */
@Injectable()
export class CatchUpReport {
  constructor(
    private readonly rows: PaymentRows,
    private readonly cursors: CursorsRepository,
    private readonly discrepancies: DiscrepanciesRepository,
    private readonly clock: StripeClock,
    private readonly gateway: StripeGateway,
  ) {}

  /** Whether there is a Stripe to be read at all. */
  get isConfigured(): boolean {
    return this.gateway.isConfigured;
  }

  async lists(): Promise<ListReport[]> {
    const progress = await this.cursors.progress(this.rows.manager);
    return progress.map((list) => {
      const lag_seconds = Math.max(0, Math.round(this.clock.now_ms() / 1_000 - list.complete_until));
      const max_lag_seconds = maxLagOf(list.list);
      return { ...list, lag_seconds, max_lag_seconds, late: lag_seconds > max_lag_seconds };
    });
  }

  async openDiscrepancies(): Promise<number> {
    return this.discrepancies.countOpen(this.rows.manager);
  }
}

function maxLagOf(list: ListName): number {
  return LISTS[list].every_seconds + LAG_MARGIN_SECONDS;
}
