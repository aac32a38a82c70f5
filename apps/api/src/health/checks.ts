import { CatchUpReport } from '#payments';
import { ClockWatch } from '#webhooks';
import { Injectable } from '@nestjs/common';
import type { CatchUpCheck, Checks, ClockCheck } from './health-answers.js';

/** The same limit as for a dependency: a load balancer waits for all of them. */
const CHECK_TIMEOUT_MS = 1_000;

const UNKNOWN_CLOCK: ClockCheck = {
  status: 'unknown',
  ahead_of_stripe_seconds: null,
  ahead_of_postgres_seconds: null,
  max_seconds: 0,
};

/**
 * Conditions that an operator should correct although requests succeed. Never throws: what cannot be checked is
 * `unknown`.
 */
@Injectable()
export class HealthChecks {
  constructor(
    private readonly clockWatch: ClockWatch,
    private readonly catchUp: CatchUpReport,
  ) {}

  async look(): Promise<Pick<Checks, 'clock' | 'stripe_catch_up'>> {
    const [clock, stripe_catch_up] = await Promise.all([
      within<ClockCheck>(this.clockWatch.look(), UNKNOWN_CLOCK),
      within(this.catchUpCheck(), noLists('unknown')),
    ]);
    return { clock, stripe_catch_up };
  }

  private async catchUpCheck(): Promise<CatchUpCheck> {
    if (!this.catchUp.isConfigured) return noLists('not_configured');
    const reports = await this.catchUp.lists();
    const open_discrepancies = await this.catchUp.openDiscrepancies();
    const late = reports.some((report) => report.late);
    return {
      status: late || open_discrepancies > 0 ? 'warning' : reports.length === 0 ? 'waiting' : 'ok',
      open_discrepancies,
      lists: reports.map((report) => ({
        list: report.list,
        status: report.late ? 'warning' : 'ok',
        complete_until: new Date(report.complete_until * 1_000).toISOString(),
        lag_seconds: report.lag_seconds,
        max_lag_seconds: report.max_lag_seconds,
        pass_in_progress: report.pass_in_progress,
        pass_pages: report.pass_pages,
        pages_done: report.pages_done,
      })),
    };
  }
}

function noLists(status: CatchUpCheck['status']): CatchUpCheck {
  return { status, open_discrepancies: 0, lists: [] };
}

async function within<Answer>(answer: Promise<Answer>, otherwise: Answer): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Answer>((resolve) => (timer = setTimeout(() => resolve(otherwise), CHECK_TIMEOUT_MS)));
  try {
    return await Promise.race([answer.catch(() => otherwise), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
