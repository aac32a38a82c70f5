import { type AuditEntry, AuditLog, AuditModule } from '#audit';
import type { Caller } from '#auth';
import { Global, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';

/** Rows of one statement; a row is about 200 bytes. */
const MAX_BATCH = 500;

/** About two seconds of the fastest replays. More arrive only while Postgres does not answer. */
const MAX_WAITING = 10_000;

/**
 * Records repeated requests, so that a payment's timeline shows why a person who clicked twice was charged once. They
 * are recorded separately from the answer, which may come from Redis while Postgres is unreachable.
 *
 * One statement at a time: repetitions that arrive while it runs are written together by the next. A client that
 * retries in a loop then takes one connection, and not a commit of its own for each request.
 */
@Injectable()
export class Repetitions implements OnApplicationShutdown {
  private readonly waiting: { readonly entry: AuditEntry; readonly at: number }[] = [];
  private writing: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly logger: PinoLogger,
    private readonly audit: AuditLog,
  ) {
    this.logger.setContext(Repetitions.name);
  }

  /** Never throws. @param resource what the key's first request made, as stored with its claim */
  record({ user_id: actor_user_id, request_id }: Caller, resource: string | null): void {
    const payment_id = paymentIdOf(resource);
    if (payment_id === undefined) return;
    if (this.waiting.length >= MAX_WAITING) {
      this.logger.warn({ payment_id }, 'Payment: A repeated request could not be recorded');
      return;
    }
    const entry = { action: 'request.repeated', lane: 'request', payment_id, actor_user_id, request_id } as const;
    this.waiting.push({ entry, at: performance.now() });
    this.writing ??= this.write();
  }

  /** Before the pool closes: Nest ends the module that provides it last. */
  async onApplicationShutdown(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MAX_BATCH);
      const now = performance.now();
      const entries = batch.map(({ entry, at }) => ({ ...entry, ms_ago: now - at }));
      await this.audit.record(this.dataSource.manager, entries).catch((error: unknown) => {
        const payment_ids = [...new Set(entries.map(({ payment_id }) => payment_id))];
        this.logger.warn(
          { err: error, payment_ids, requests: entries.length },
          'Payment: A repeated request could not be recorded',
        );
      });
    }
    this.writing = undefined;
  }
}

/** Global, since the options of the idempotency module use it. */
@Global()
@Module({ imports: [AuditModule], providers: [Repetitions], exports: [Repetitions] })
export class RepetitionsModule {}

/** The resource that use cases store begins with the payment's id: `12`, or `12/refunds/3`. */
function paymentIdOf(resource: string | null): number | undefined {
  const [id] = /^\d+/.exec(resource ?? '') ?? [];
  return id === undefined ? undefined : Number(id);
}
