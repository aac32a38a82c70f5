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

/** Whoever closes something sees its pages gone in the common case; the rest is the worker's. */
const AT_ONCE = 5;

/** Nobody who closes something waits longer for Stripe than this. What was begun goes on behind the answer. */
const MAX_WAIT_MS = 3_000;

/** Whoever works on a payment right now is not waited for at once; the worker comes again. */
const LOCK_PATIENCE_MS = 500;

/** One sweep's calls to Stripe: at most so many closings with so many batches of pages in all. */
const CLOSINGS = 10;
const BATCH = 25;
const MAX_BATCHES = 8;

/**
 * Expires the pages at Stripe of what was closed, and cancels their payments: nobody pays for what cannot be had. A page
 * that proves paid completes its payment, if it was paid before the closing. Safe on many workers, and to be killed.
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

  /** In the transaction that closes it: from here on the worker goes on until no page is open. */
  async begin(tx: EntityManager, thing: ClosedItem): Promise<void> {
    await this.closings.begin(tx, thing, this.providers.hostedMethods());
  }

  /** A few at once, after the transaction that closed it. Never fails: the worker goes on with what is left. */
  async atOnce(thing: ClosedItem, { user_id, request_id }: Caller): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, MAX_WAIT_MS)));
    const work = (async () => {
      if (!this.providers.isAnyPageAvailable()) return;
      const ids = await this.closings.findOpenPages(this.ledger.manager, thing, {
        methods: this.providers.hostedMethods(),
        after: 0,
        most: AT_ONCE,
      });
      const who = { actor_user_id: user_id, request_id };
      await Promise.all(ids.map(async (id) => this.close(id, new AuditBuffer(who))));
    })().catch((error: unknown) => this.logger.warn({ err: error, ...thing }, 'Closing: left to the worker'));
    await Promise.race([work, patience]);
    clearTimeout(timer);
  }

  /** A sweep of the worker. @returns how many pages were tried. */
  async run(): Promise<number> {
    if (!this.providers.isAnyPageAvailable()) return 0;
    let tried = 0;
    for (const closing of await this.closings.takeDue(this.ledger.manager, CLOSINGS)) {
      // One that fails must not keep the others from theirs: it comes again when its time as taken is over.
      tried += await this.pass(closing, MAX_BATCHES * BATCH - tried).catch((error: unknown) => {
        this.logger.error({ err: error, ...closedItemOf(closing) }, 'Closing: Its pages could not be closed');
        return 0;
      });
    }
    return tried;
  }

  /** As far as `most` reaches: another sweep goes on after the last payment that was tried. */
  private async pass(closing: PageClosing, most: number): Promise<number> {
    const { manager } = this.ledger;
    let { after_payment_id: after, failed } = closing;
    let tried = 0;
    while (tried < most) {
      const ids = await this.closings.findOpenPages(manager, closedItemOf(closing), {
        methods: this.providers.hostedMethods(),
        after,
        most: Math.min(BATCH, most - tried),
      });
      for (const id of ids) {
        const trail = new AuditBuffer({ actor_user_id: null, request_id: null });
        trail.note({ lane: 'worker', action: 'worker.looked' });
        if (!(await this.close(id, trail))) failed += 1;
        after = id;
      }
      tried += ids.length;
      if (ids.length > 0) continue;
      await (failed > 0 ? this.closings.again(manager, closing) : this.closings.end(manager, closing));
      return tried;
    }
    await this.closings.goOn(manager, closing, after, failed);
    return tried;
  }

  /** @returns false when the page may still be open. */
  private async close(payment_id: number, trail: AuditBuffer): Promise<boolean> {
    try {
      await withPaymentLock(this.locks, { id: payment_id, waitMs: LOCK_PATIENCE_MS }, async () => {
        const payment = await this.ledger.payments.find(this.ledger.manager, payment_id);
        if (payment?.status !== 'pending' || payment.processing) return;
        // It may have been opened again since.
        if (!(await this.closings.isClosed(this.ledger.manager, payment_id))) return;
        const fence = await this.providers.hosted(payment.payment_method).close(payment_id, trail);
        const because = { because: 'closed' } as const;
        await inTransaction(this.ledger.dataSource, (tx) => this.cancelRows.run(tx, payment_id, fence, trail, because));
        trail.committed();
      });
      return true;
    } catch (error) {
      const passing = [LockTimeout, ProviderUnavailable, ProviderRefused].some((kind) => error instanceof kind);
      if (passing)
        this.logger.info({ payment_id, reason: (error as Error).message }, 'Closing: not finished, retried later');
      else this.logger.error({ payment_id, err: error }, 'Closing: A page could not be closed');
      return false;
    }
  }
}
