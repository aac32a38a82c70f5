import { Config } from '#config';
import { countJobFailure } from '#database';
import { Idempotency } from '#idempotency';
import { LapsedLeases } from '#locking';
import { ClosePages, ExpirePayments, FindReceipts, ResumePayments, ReviewUnmatchedMoney } from '#payments';
import { CatchUpWithStripe, DrainInbox } from '#webhooks';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { AsyncTask, SimpleIntervalJob, ToadScheduler } from 'toad-scheduler';

interface Job {
  readonly name: string;
  readonly every_seconds: number;
  readonly run: () => Promise<unknown>;
}

/** How long a running job may finish during shutdown; the next sweep does the rest. */
const SHUTDOWN_GRACE_MS = 8_000;

/**
 * Small batches, so that no request waits for the deletion; a busy shop's keys of a day are deleted within a few
 * sweeps.
 */
const REAPING = { batch: 500, batches: 40 };

/** The jobs of a worker and their intervals. A job never overlaps itself; SKIP LOCKED keeps workers apart. */
@Injectable()
export class Schedule implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly scheduler = new ToadScheduler();
  private readonly running = new Set<Promise<void>>();
  private readonly jobs: readonly Job[];

  constructor(
    config: Config,
    expirePayments: ExpirePayments,
    resumePayments: ResumePayments,
    reviewUnmatchedMoney: ReviewUnmatchedMoney,
    findReceipts: FindReceipts,
    closePages: ClosePages,
    drainInbox: DrainInbox,
    catchUpWithStripe: CatchUpWithStripe,
    idempotency: Idempotency,
    lapsedLeases: LapsedLeases,
    private readonly dataSource: DataSource,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(Schedule.name);
    const every_seconds = config.WORKER_SWEEP_SECONDS;
    this.jobs = [
      { name: 'drain-inbox', every_seconds, run: () => drainInbox.run() },
      { name: 'catch-up-with-stripe', every_seconds, run: () => catchUpWithStripe.run() },
      { name: 'resume-payments', every_seconds, run: () => resumePayments.run() },
      { name: 'review-unmatched-money', every_seconds, run: () => reviewUnmatchedMoney.run() },
      { name: 'find-receipts', every_seconds, run: () => findReceipts.run() },
      { name: 'close-pages', every_seconds, run: () => closePages.run() },
      { name: 'expire-payments', every_seconds, run: () => expirePayments.run() },
      {
        name: 'forget-idempotency-keys',
        every_seconds,
        run: () => idempotency.reap(REAPING, this.refused('forget-idempotency-keys')),
      },
      {
        name: 'sweep-lapsed-leases',
        every_seconds,
        run: () => lapsedLeases.sweep(this.refused('sweep-lapsed-leases')),
      },
    ];
  }

  onApplicationBootstrap(): void {
    for (const job of this.jobs) {
      const task = new AsyncTask(job.name, () => this.run(job));
      // At once too: rows that lapsed while no worker ran should not wait for another interval.
      this.scheduler.addSimpleIntervalJob(
        new SimpleIntervalJob({ seconds: job.every_seconds, runImmediately: true }, task, {
          id: job.name,
          preventOverrun: true,
        }),
      );
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.scheduler.stop();
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, SHUTDOWN_GRACE_MS)));
    await Promise.race([Promise.all(this.running), timeout]);
    clearTimeout(timer);
  }

  private run(job: Job): Promise<void> {
    const run = job.run().then(
      () => undefined,
      // A failed sweep (Postgres is unreachable) is repeated at the next interval; alerts match this log line.
      async (error: unknown) => {
        this.logger.error({ job: job.name, err: error }, 'Worker: Job failed');
        await countJobFailure(this.dataSource.manager, job.name, error);
      },
    );
    this.running.add(run);
    return run.finally(() => this.running.delete(run));
  }

  /** Reports a row that a job cannot process; the job continues with the others. */
  private refused(job: string) {
    return async (row: number | string, error: unknown): Promise<void> => {
      this.logger.error({ job, row, err: error }, 'Worker: A row could not be processed');
      await countJobFailure(this.dataSource.manager, job, error);
    };
  }
}
