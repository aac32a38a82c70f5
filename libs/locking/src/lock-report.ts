import type { Config } from '#config';
import type { Metrics } from '#observability';
import type { PinoLogger } from 'nestjs-pino';
import type { ChoiceObserver } from './choosing-backend.js';
import type { LockObserver } from './locks.js';

/** From an uncontended lock to the longest wait that `LOCK_WAIT_MS` allows. */
const WAIT_BUCKETS_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Logs and counts lock events. */
export class LockReport implements LockObserver, ChoiceObserver {
  private readonly acquiredCount;
  private readonly waits;
  private readonly timeouts;
  private readonly refusals;
  private readonly losses;
  private readonly fallbacks;
  private readonly onFallback;

  /** @param level of the two log lines of every lock; each request takes one or two locks */
  constructor(
    private readonly logger: PinoLogger,
    metrics: Metrics,
    private readonly level: Config['LOCK_LOG_LEVEL'],
  ) {
    this.logger.setContext('Locks');
    this.acquiredCount = metrics.counter('payonce_locks_acquired_total', 'Locks acquired', ['backend']);
    this.waits = metrics.histogram('payonce_lock_wait_seconds', 'Time to acquire a lock', WAIT_BUCKETS_SECONDS);
    this.timeouts = metrics.counter('payonce_lock_timeouts_total', 'Lock requests that timed out');
    this.refusals = metrics.counter(
      'payonce_lock_refusals_total',
      'Lock requests refused because the key was held and the caller does not wait',
    );
    this.losses = metrics.counter('payonce_locks_lost_total', 'Locks whose lease ended while the work ran', [
      'backend',
    ]);
    this.fallbacks = metrics.counter(
      'payonce_lock_fallbacks_total',
      'Times that locking fell back from Redis to Postgres',
    );
    this.onFallback = metrics.gauge(
      'payonce_lock_fallback_active',
      '1 while locks are kept in Postgres because Redis has no quorum',
    );
  }

  acquired({ lock_key, attempts, waited_ms, backend }: Parameters<LockObserver['acquired']>[0]): void {
    this.acquiredCount.inc({ backend });
    this.waits.observe(waited_ms / 1000);
    this.logger[this.level]({ lock_key, attempts, waited_ms: Math.round(waited_ms) }, 'Lock acquired');
  }

  waited({ lock_keys, attempts, waited_ms }: Parameters<LockObserver['waited']>[0]): void {
    this.logger.info({ lock_keys, attempts, waited_ms: Math.round(waited_ms) }, 'Lock waited for');
  }

  released({ lock_key }: Parameters<LockObserver['released']>[0]): void {
    this.logger[this.level]({ lock_key }, 'Lock released');
  }

  refused({ lock_keys }: Parameters<LockObserver['refused']>[0]): void {
    this.refusals.inc(lock_keys.length);
    this.logger.info({ lock_keys }, 'Lock refused');
  }

  timedOut({ lock_keys, attempts, waited_ms }: Parameters<LockObserver['timedOut']>[0]): void {
    this.timeouts.inc(lock_keys.length);
    for (const lock_key of lock_keys)
      this.logger.warn({ lock_key, attempts, waited_ms: Math.round(waited_ms) }, 'Lock timeout');
  }

  lost({ lock_key, backend }: Parameters<LockObserver['lost']>[0]): void {
    this.losses.inc({ backend });
    this.logger.warn({ lock_key }, 'Lock lost');
  }

  fellBack(reason: string): void {
    this.fallbacks.inc();
    this.onFallback.set(1);
    this.logger.warn({ reason }, 'Lock backend: Redis has no quorum, using Postgres');
  }

  returned(): void {
    this.onFallback.set(0);
    this.logger.info('Lock backend: back on Redis');
  }
}
