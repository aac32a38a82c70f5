import type { Caller } from '#auth';
import { inTransaction } from '#database';
import { LockTimeout, ProviderRefused, ProviderUnavailable } from '#errors';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { CancelRows } from '../payments/cancel-rows.js';
import { Ledger } from '../ledger/ledger.js';
import { AuditBuffer } from '../ledger/audit-buffer.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { withPaymentLock } from '../ledger/payment-lock.js';
import { type ClosedItem, type PageClosing, PageClosingsRepository, closedItemOf } from './page-closings.repository.js';

/**
 * In the common case, all pages are closed before the request that closes the item returns. The worker closes the rest.
 */
const MAX_IMMEDIATE = 5;

/** The longest time a request that closes an item waits for Stripe. Calls already started continue after the answer. */
const MAX_WAIT_MS = 3_000;

/** If another process holds a payment's lock, the worker skips the payment and retries it later. */
const PAYMENT_LOCK_WAIT_MS = 500;

/** Bounds one sweep's calls to Stripe: this many closings, and MAX_BATCHES batches of pages in all. */
const CLOSINGS = 10;
const BATCH = 25;
const MAX_BATCHES = 8;

/**
 * Expires the Stripe pages of closed items and cancels their payments, so that nobody pays for something unavailable. A
 * page that turns out to be paid completes its payment, if it was paid before the closing. Safe on many workers, and
 * safe to kill.
 */
@Injectable()
export class ClosePages {
  constructor(
    private readonly ledger: Ledger,
    private readonly closings: PageClosingsRepository,
    private readonly cancelRows: CancelRows,
    private readonly providers: ProviderRegistry,
    private readonly locks: Locks,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(ClosePages.name);
  }

  /** Runs in the transaction that closes the item. From then on, the worker continues until no page is open. */
  async begin(tx: EntityManager, item: ClosedItem): Promise<void> {
    await this.closings.begin(tx, item, this.providers.hostedMethods());
  }

  /**
   * Closes a few pages immediately, after the transaction that closed the item. Never fails: the worker closes the
   * rest.
   */
  async atOnce(item: ClosedItem, { user_id, request_id }: Caller): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, MAX_WAIT_MS)));
    const work = (async () => {
      if (!this.providers.isAnyPageAvailable()) return;
      const ids = await this.closings.findOpenPages(this.ledger.manager, item, {
        methods: this.providers.hostedMethods(),
        after: 0,
        limit: MAX_IMMEDIATE,
      });
      const actor = { actor_user_id: user_id, request_id };
      await Promise.all(ids.map(async (id) => this.close(id, new AuditBuffer(actor))));
    })().catch((error: unknown) => this.logger.warn({ err: error, ...item }, 'Closing: postponed to the worker'));
    await Promise.race([work, timeout]);
    clearTimeout(timer);
  }

  /** One sweep of the worker. @returns how many pages were tried */
  async run(): Promise<number> {
    if (!this.providers.isAnyPageAvailable()) return 0;
    let tried = 0;
    for (const closing of await this.closings.takeDue(this.ledger.manager, CLOSINGS)) {
      // A failing closing must not block the others. It is due again when its lease ends.
      tried += await this.pass(closing, MAX_BATCHES * BATCH - tried).catch((error: unknown) => {
        this.logger.error({ err: error, ...closedItemOf(closing) }, 'Closing: The checkout pages could not be closed');
        return 0;
      });
    }
    return tried;
  }

  /** Tries at most `limit` pages. The next sweep continues after the last payment that was tried. */
  private async pass(closing: PageClosing, limit: number): Promise<number> {
    const { manager } = this.ledger;
    let { after_payment_id: after, failed } = closing;
    let tried = 0;
    while (tried < limit) {
      const ids = await this.closings.findOpenPages(manager, closedItemOf(closing), {
        methods: this.providers.hostedMethods(),
        after,
        limit: Math.min(BATCH, limit - tried),
      });
      for (const id of ids) {
        const auditBuffer = new AuditBuffer({ actor_user_id: null, request_id: null });
        auditBuffer.note({ lane: 'worker', action: 'worker.looked' });
        if (!(await this.close(id, auditBuffer))) failed += 1;
        after = id;
      }
      tried += ids.length;
      if (ids.length > 0) continue;
      await (failed > 0 ? this.closings.retryLater(manager, closing) : this.closings.end(manager, closing));
      return tried;
    }
    await this.closings.continueAfter(manager, closing, after, failed);
    return tried;
  }

  /** @returns false when the page may still be open. */
  private async close(payment_id: number, auditBuffer: AuditBuffer): Promise<boolean> {
    try {
      await withPaymentLock(this.locks, { id: payment_id, waitMs: PAYMENT_LOCK_WAIT_MS }, async () => {
        const payment = await this.ledger.payments.find(this.ledger.manager, payment_id);
        if (payment?.status !== 'pending' || payment.processing) return;
        // The item may have been reopened since.
        if (!(await this.closings.isClosed(this.ledger.manager, payment_id))) return;
        const fence = await this.providers.hosted(payment.payment_method).close(payment_id, auditBuffer);
        const because = { because: 'closed' } as const;
        await inTransaction(this.ledger.dataSource, (tx) =>
          this.cancelRows.run(tx, payment_id, fence, auditBuffer, because),
        );
        auditBuffer.committed();
      });
      return true;
    } catch (error) {
      const passing = [LockTimeout, ProviderUnavailable, ProviderRefused].some((kind) => error instanceof kind);
      if (passing)
        this.logger.info({ payment_id, reason: (error as Error).message }, 'Closing: not finished, retried later');
      else this.logger.error({ payment_id, err: error }, 'Closing: A checkout page could not be closed');
      return false;
    }
  }
}
