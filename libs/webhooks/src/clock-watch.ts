import { Metrics } from '#observability';
import { StripeClock } from '#stripe';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';

/**
 * A fifth of what webhook signatures allow (300 s). High enough that no healthy machine is reported, because NTP keeps
 * clocks within a second; low enough that nothing is refused yet.
 */
const MAX_APART_SECONDS = 60;

/** Every call to Stripe returns its clock anyway; Postgres' clock costs one short query. */
const EVERY_MS = 10_000;

/**
 * Seconds by which this machine's clock is ahead; negative when behind. Null when unknown, because Stripe has not
 * answered yet.
 */
export interface ClockOffsets {
  readonly status: 'ok' | 'warning';
  readonly ahead_of_stripe_seconds: number | null;
  readonly ahead_of_postgres_seconds: number | null;
  readonly max_seconds: number;
}

/** Compares this machine's clock with Stripe's and Postgres', and reports a difference that is too large. */
@Injectable()
export class ClockWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private warned = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: StripeClock,
    metrics: Metrics,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(ClockWatch.name);
    const gauge = metrics.gauge(
      'payonce_clock_ahead_seconds',
      "How far this machine's clock is ahead of another clock; negative: behind",
      ['of'],
      () => {
        const { stripe, postgres } = this.clock.machineAhead_ms();
        if (stripe !== undefined) gauge.set({ of: 'stripe' }, stripe / 1_000);
        if (postgres !== undefined) gauge.set({ of: 'postgres' }, postgres / 1_000);
      },
    );
  }

  onApplicationBootstrap(): void {
    void this.look();
    this.timer = setInterval(() => void this.look(), EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Never throws: while Postgres is unavailable, the last known difference stays. */
  async look(): Promise<ClockOffsets> {
    await this.readDatabase();
    const offsets = this.offsets();
    const { status, ...apart } = offsets;
    if (status === 'warning' && !this.warned) {
      this.logger.warn(apart, 'Clock: The clocks of this machine, Postgres and Stripe differ; synchronize them by NTP');
    } else if (status === 'ok' && this.warned) {
      this.logger.info(apart, 'Clock: The clocks no longer differ');
    }
    this.warned = status === 'warning';
    return offsets;
  }

  private offsets(): ClockOffsets {
    const { stripe, postgres } = this.clock.machineAhead_ms();
    const far = [stripe, postgres].some((ms) => ms !== undefined && Math.abs(ms) > MAX_APART_SECONDS * 1_000);
    return {
      status: far ? 'warning' : 'ok',
      ahead_of_stripe_seconds: inSeconds(stripe),
      ahead_of_postgres_seconds: inSeconds(postgres),
      max_seconds: MAX_APART_SECONDS,
    };
  }

  private async readDatabase(): Promise<void> {
    try {
      const since_ms = this.clock.monotonic_ms();
      const [row] = await this.dataSource.query<{ ms: number }[]>(
        'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
      );
      this.clock.observeDatabase(row!.ms, since_ms);
    } catch (error) {
      this.logger.debug({ err: error }, "Clock: Postgres' clock could not be read");
    }
  }
}

/** Rounded to tenths, because Stripe's `Date` header has whole seconds. */
function inSeconds(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.round(ms / 100) / 10;
}
