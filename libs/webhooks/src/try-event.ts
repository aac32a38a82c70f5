import { AuditLog } from '#audit';
import { asDatabaseError, inTransaction } from '#database';
import { DatabaseUnavailable, LockTimeout, StripeUnavailable } from '#errors';
import { EventNotReadyError, EventProcessor, type EventResult } from '#payments';
import { type StripeEvent, StripeGateway } from '#stripe';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { resultIfSkipped } from './skip-event.js';
import { WebhookReport } from './webhook-report.js';
import { type EventRow, type EventStatus, WebhookEventsRepository } from './webhook-events.repository.js';

/**
 * Growing pauses: an event that fails twelve times through its own fault becomes dead after about a day, and staff see
 * it.
 */
const PAUSES_SECONDS = [5, 15, 60, 300, 900, 3_600, 7_200, 14_400, 14_400, 14_400, 14_400];
export const MAX_FAILURES = PAUSES_SECONDS.length + 1;

/**
 * The longest pause of an event that only waits: for an answer of Stripe, or while Stripe, Postgres or a lock is
 * unavailable. What it waits for requeues it, so an hour is the longest delay after a missed requeue.
 */
const MAX_WAITING_PAUSE_SECONDS = 3_600;

/** One try at processing an event of the inbox. */
@Injectable()
export class TryEvent {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly events: WebhookEventsRepository,
    private readonly processor: EventProcessor,
    private readonly gateway: StripeGateway,
    private readonly report: WebhookReport,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(TryEvent.name);
  }

  /** Never throws for a failure of the event itself: the event stays in the inbox, with a longer pause. */
  async run(
    row: EventRow,
    how: { lane: 'webhook' | 'worker'; request_id: string | null; waitMs: number },
  ): Promise<EventStatus> {
    if (row.status !== 'pending') return row.status;
    const handled = this.report.handling(row.type);
    // Postponing may fail, for example while Postgres is unavailable. The event is then tried again.
    let status: EventStatus = 'pending';
    try {
      status = await this.try(row, how);
      return status;
    } finally {
      handled(status);
    }
  }

  private async try(
    row: EventRow,
    how: { lane: 'webhook' | 'worker'; request_id: string | null; waitMs: number },
  ): Promise<EventStatus> {
    const { manager } = this.dataSource;
    try {
      const event = JSON.parse(row.payload) as StripeEvent;
      const skipped = resultIfSkipped(event, this.gateway);
      if (skipped) {
        await this.events.settle(manager, row.id, skipped);
        return skipped.verdict;
      }
      const onResult = async (tx: typeof manager, result: EventResult) => this.events.settle(tx, row.id, result);
      const { verdict } = await this.processor.process(event, { ...how, onResult });
      return verdict;
    } catch (error) {
      const failed = !isPassing(error);
      const dead = failed && row.failures + 1 >= MAX_FAILURES;
      const pause_ms = pauseSecondsOf(row, failed) * 1_000 * (0.8 + 0.4 * Math.random());
      const note = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown';
      const { event_id, type, tries } = row;
      this.logger.warn(
        { event_id, type, tries: tries + 1, failed, dead, err: error },
        'Webhook: not applied, retried later',
      );
      const postponed = await this.postpone(row, { pause_ms, note, failed, dead }, how);
      return dead && postponed ? 'dead' : 'pending';
    }
  }

  /**
   * Records in the audit log that the event waits, or that it waits for staff. Waiting for the same reason as before is
   * not recorded again, and nothing is recorded about an event that was settled or requeued meanwhile.
   * @returns whether it was postponed
   */
  private async postpone(
    row: EventRow,
    step: { pause_ms: number; note: string; failed: boolean; dead: boolean },
    { lane, request_id }: { lane: 'webhook' | 'worker'; request_id: string | null },
  ): Promise<boolean> {
    return inTransaction(this.dataSource, async (tx) => {
      if (!(await this.events.postpone(tx, row, step))) return false;
      if (!step.failed && step.note === row.note) return true;
      const { event_id, type, tries } = row;
      await this.audit.record(tx, [
        {
          action: step.dead ? 'webhook.given_up' : 'webhook.put_off',
          lane,
          payment_id: null,
          actor_user_id: null,
          request_id,
          detail: { webhook_id: row.id, event_id, type, tries: tries + 1, note: step.note },
        },
      ]);
      return true;
    });
  }
}

/**
 * Not the event's fault: it waits for an operation of ours, or Stripe, Postgres or a lock is unavailable at the moment.
 */
function isPassing(error: unknown): boolean {
  return [EventNotReadyError, StripeUnavailable, LockTimeout, DatabaseUnavailable].some(
    (kind) => error instanceof kind || asDatabaseError(error) instanceof kind,
  );
}

function pauseSecondsOf(row: EventRow, failed: boolean): number {
  const done = failed ? row.failures : row.tries;
  const pause = PAUSES_SECONDS[Math.min(done, PAUSES_SECONDS.length - 1)]!;
  return failed ? pause : Math.min(pause, MAX_WAITING_PAUSE_SECONDS);
}
