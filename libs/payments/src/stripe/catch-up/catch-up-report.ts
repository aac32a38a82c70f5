import { type ListName, StripeClock, StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { Ledger } from '../../ledger/ledger.js';
import { LISTS } from './catch-up.js';
import { CursorsRepository, type Progress } from './cursors.repository.js';
import { DiscrepanciesRepository } from './discrepancies.repository.js';

/**
 * The time a healthy worker needs for a pass, in addition to the pause between two passes: several sweeps, and the
 * pages of a busy hour.
 */
const LAG_MARGIN_SECONDS = 900;

/** How far one list has been read. */
export interface ListReport extends Progress {
  readonly lag_seconds: number;
  readonly max_lag_seconds: number;
  readonly late: boolean;
}

/** Reports for health and metrics how far Stripe's lists have been read, and which findings are still open. */
@Injectable()
export class CatchUpReport {
  constructor(
    private readonly ledger: Ledger,
    private readonly cursors: CursorsRepository,
    private readonly discrepancies: DiscrepanciesRepository,
    private readonly clock: StripeClock,
    private readonly gateway: StripeGateway,
  ) {}

  /** Whether Stripe is configured. */
  get isConfigured(): boolean {
    return this.gateway.isConfigured;
  }

  async lists(): Promise<ListReport[]> {
    const progress = await this.cursors.progress(this.ledger.manager);
    return progress.map((list) => {
      const lag_seconds = Math.max(0, Math.round(this.clock.now_ms() / 1_000 - list.complete_until));
      const max_lag_seconds = maxLagOf(list.list);
      return { ...list, lag_seconds, max_lag_seconds, late: lag_seconds > max_lag_seconds };
    });
  }

  async openDiscrepancies(): Promise<number> {
    return this.discrepancies.countOpen(this.ledger.manager);
  }
}

function maxLagOf(list: ListName): number {
  return LISTS[list].every_seconds + LAG_MARGIN_SECONDS;
}
