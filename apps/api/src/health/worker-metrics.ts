import { readJobFailures } from '#database';
import { Metrics } from '#observability';
import { CatchUpReport } from '#payments';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';

/**
 * Metrics that the workers store in Postgres, exposed by the API, which has an HTTP server: the positions in Stripe's
 * lists, open discrepancies, and the rows on which jobs failed. Read at each scrape.
 */
@Injectable()
export class WorkerMetrics {
  constructor(
    metrics: Metrics,
    private readonly dataSource: DataSource,
    private readonly catchUp: CatchUpReport,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(WorkerMetrics.name);
    const lag = metrics.gauge(
      'payonce_stripe_catch_up_lag_seconds',
      'Lag of the catch-up with each Stripe list',
      ['list'],
      () =>
        this.unlessUnreachable(async () => {
          for (const { list, lag_seconds } of await this.catchUp.lists()) lag.set({ list }, lag_seconds);
        }),
    );
    const pages = metrics.counter(
      'payonce_stripe_catch_up_pages_total',
      "Pages of Stripe's lists that were read and applied, by all workers",
      ['list'],
      () =>
        this.unlessUnreachable(async () => {
          const reports = await this.catchUp.lists();
          pages.reset();
          for (const { list, pages_done } of reports) pages.inc({ list }, pages_done);
        }),
    );
    const discrepancies = metrics.gauge(
      'payonce_stripe_discrepancies_open',
      'Unresolved paid sessions at Stripe that the database cannot account for',
      [],
      () =>
        this.unlessUnreachable(async () => {
          const open = await this.catchUp.openDiscrepancies();
          discrepancies.set(open);
        }),
    );
    const failures = metrics.counter(
      'payonce_job_failures_total',
      'Rows on which a worker job failed, and worker jobs that failed entirely, over all workers',
      ['job'],
      () =>
        this.unlessUnreachable(async () => {
          const counted = await readJobFailures(this.dataSource.manager);
          failures.reset();
          for (const { job, failures: count } of counted) failures.inc({ job }, count);
        }),
    );
  }

  /** While Postgres is unreachable the other metrics can still be scraped; these keep their last values. */
  private async unlessUnreachable(set: () => Promise<void>): Promise<void> {
    await set().catch((error: unknown) => this.logger.debug({ err: error }, 'Metrics: Postgres did not answer'));
  }
}
