import { inTransaction } from '#database';
import { ProviderRefused, ProviderUnavailable } from '#errors';
import { Injectable } from '@nestjs/common';
import {
  type AuditBuffer,
  type Checkout,
  type HostedCheckout,
  type Inquiry,
  Ledger,
  type Opened,
  type Order,
  type Payment,
  type Refreshed,
  type RequestedPage,
} from '#payments';
import type { EntityManager } from 'typeorm';
import { BookWalletMoney } from './book-wallet-money.js';
import { WalletClient, type WalletPage, type WalletPageRequest } from './wallet-client.js';
import { type PageRow, WalletRows } from './wallet-rows.js';

/** The wallet's answer; null: the row has one already. */
type RequestedWalletPage = RequestedPage & { readonly fence: number; readonly page: WalletPage | null };

/** A page of the wallet. */
@Injectable()
export class WalletCheckout implements HostedCheckout<RequestedWalletPage> {
  constructor(
    private readonly ledger: Ledger,
    private readonly rows: WalletRows,
    private readonly client: WalletClient,
    private readonly bookMoney: BookWalletMoney,
  ) {}

  async prepare(tx: EntityManager, payment: Payment, ref: string, order: Order): Promise<number> {
    const { id, amount, currency } = payment;
    const { name, cancel_url } = order;
    // The wallet fills in nothing, and the page has no other id yet.
    const success_url = order.successUrl(ref);
    const request: WalletPageRequest = { ref, amount, currency, name, success_url, cancel_url };
    return this.rows.insertPage(tx, id, request);
  }

  async request(payment_id: number, how: { fence?: number; auditBuffer: AuditBuffer }): Promise<RequestedWalletPage> {
    const { manager } = this.ledger;
    const row = await (how.fence === undefined
      ? this.rows.raisePageFence(manager, payment_id)
      : this.rows.findPage(manager, payment_id));
    const fence = how.fence ?? row!.fence;
    if (row!.state !== 'unanswered') return { payment_id, fence, page: null };
    try {
      return { payment_id, fence, page: await this.client.createPage(row!.request) };
    } catch (error) {
      if (error instanceof ProviderRefused) await this.fail(payment_id, fence, how.auditBuffer);
      throw error;
    }
  }

  async attach(
    tx: EntityManager,
    { payment_id, fence, page }: RequestedWalletPage,
    auditBuffer: AuditBuffer,
  ): Promise<Opened> {
    const payment = (await this.ledger.payments.lock(tx, payment_id))!;
    if (page && payment.status === 'pending' && (await this.rows.attach(tx, { payment_id, fence }, page))) {
      await this.ledger.payments.setExpiry(tx, payment_id, Date.parse(page.expires_at) / 1_000);
      const detail = { page_id: page.id };
      await this.ledger.audit.record(tx, auditBuffer.entries(payment_id, { action: 'session.attached', detail }));
    }
    const row = await this.rows.findPage(tx, payment_id);
    // Somebody else asks right now: their answer is not ours to guess.
    if (payment.status === 'pending' && row?.state === 'unanswered') throw new ProviderUnavailable();
    const now = (await this.ledger.payments.find(tx, payment_id))!;
    return { payment: now, checkout: now.status === 'pending' ? checkoutOf(row) : null };
  }

  async needsRefresh(payment: Payment): Promise<boolean> {
    const row = await this.rows.findPage(this.ledger.manager, payment.id);
    return (
      payment.status === 'pending' &&
      row !== undefined &&
      (row.state === 'unanswered' || (row.state === 'open' && row.lapsed))
    );
  }

  async refresh(payment: Payment, auditBuffer: AuditBuffer): Promise<Refreshed> {
    const known = await this.look(payment.id, auditBuffer);
    return { payment: (await this.ledger.payments.find(this.ledger.manager, payment.id))!, known };
  }

  /** Brings a page to its answer, or applies what it has become. @returns whether the wallet knows it */
  async look(payment_id: number, auditBuffer: AuditBuffer): Promise<boolean> {
    const requested = await this.request(payment_id, { auditBuffer });
    if (requested.page) {
      await inTransaction(this.ledger.dataSource, async (tx) => this.attach(tx, requested, auditBuffer));
      auditBuffer.committed();
    }
    const row = (await this.rows.findPage(this.ledger.manager, payment_id))!;
    const page = await (row.state === 'abandoned' ? this.endPage(row.ref) : this.client.findPage(row.ref));
    if (page?.state === 'paid') await this.book(payment_id, page, auditBuffer);
    if (page?.state === 'expired' || (page === null && row.overdue)) await this.expire(row, auditBuffer);
    return page !== null;
  }

  async close(payment_id: number, auditBuffer: AuditBuffer): Promise<number> {
    const { fence } = await this.rows.raisePageFence(this.ledger.manager, payment_id);
    const requested = await this.request(payment_id, { fence, auditBuffer });
    if (requested.page)
      await inTransaction(this.ledger.dataSource, async (tx) => this.attach(tx, requested, auditBuffer));
    auditBuffer.committed();
    const row = (await this.rows.findPage(this.ledger.manager, payment_id))!;
    if (row.fence !== fence) throw new ProviderUnavailable();
    const page = await this.client.expirePage(row.page_id!);
    if (page.state === 'paid') await this.book(payment_id, page, auditBuffer);
    return fence;
  }

  async isClosed(tx: EntityManager, payment_id: number, fence: number): Promise<boolean> {
    return this.rows.close(tx, { payment_id, fence });
  }

  async inquire(payment: Payment, auditBuffer: AuditBuffer): Promise<Inquiry> {
    const { ref, fence } = await this.rows.raisePageFence(this.ledger.manager, payment.id);
    const page = await this.endPage(ref).catch((error: unknown) => {
      if (error instanceof ProviderUnavailable) return undefined;
      throw error;
    });
    if (page?.state === 'paid') await this.book(payment.id, page, auditBuffer);
    const answered = page === null ? 'unknown' : page?.state === 'paid' ? 'paid' : 'closed';
    return { said: page === undefined ? 'unreachable' : answered, detail: page?.state ?? 'no page', fence };
  }

  /** Only the wallet can close a page. Until it says so, the worker looks at it, and what is paid on it goes back. */
  async abandon(
    tx: EntityManager,
    payment_id: number,
    { fence, said }: Pick<Inquiry, 'fence' | 'said'>,
  ): Promise<boolean> {
    const isClosed = said === 'closed' || said === 'paid';
    return isClosed ? this.rows.close(tx, { payment_id, fence }) : this.rows.abandon(tx, { payment_id, fence });
  }

  async checkoutOf(payment: Payment): Promise<Checkout | null> {
    const { manager, quarantine } = this.ledger;
    // Whoever has money here that waits for staff is not sent to pay once more.
    if (payment.status !== 'pending' || (await quarantine.findUnmatched(manager, payment.id))) return null;
    return checkoutOf(await this.rows.findPage(manager, payment.id));
  }

  /** The page, closed if it was open; null: the wallet does not know it. */
  private async endPage(ref: string): Promise<WalletPage | null> {
    const page = await this.client.findPage(ref);
    return page?.state === 'open' ? this.client.expirePage(page.id) : page;
  }

  /** Applies that a page was paid, whoever learned it. The caller holds the payment's lock. */
  private async book(payment_id: number, page: WalletPage, auditBuffer: AuditBuffer): Promise<void> {
    await inTransaction(this.ledger.dataSource, async (tx) => {
      const payment = (await this.ledger.payments.lock(tx, payment_id))!;
      await this.bookMoney.run(tx, payment, page, auditBuffer);
    });
    auditBuffer.committed();
  }

  /** Its time is over, and nobody has paid. */
  private async expire({ payment_id, fence }: PageRow, auditBuffer: AuditBuffer): Promise<void> {
    await this.end(payment_id, fence, 'expired', auditBuffer);
  }

  private async fail(payment_id: number, fence: number, auditBuffer: AuditBuffer): Promise<void> {
    await this.end(payment_id, fence, 'failed', auditBuffer);
  }

  private async end(
    payment_id: number,
    fence: number,
    to: 'expired' | 'failed',
    auditBuffer: AuditBuffer,
  ): Promise<void> {
    await inTransaction(this.ledger.dataSource, async (tx) => {
      const payment = await this.ledger.payments.lock(tx, payment_id);
      if (!(await this.rows.close(tx, { payment_id, fence })) || payment?.status !== 'pending') return;
      await this.ledger.payments.move(tx, { id: payment_id, from: 'pending', to });
      await this.ledger.invoices.follow(tx, payment_id, to);
      await this.ledger.audit.record(tx, auditBuffer.entries(payment_id, { action: `payment.${to}` }));
    });
    auditBuffer.committed();
  }
}

function checkoutOf(row: PageRow | undefined): Checkout | null {
  if (row?.state !== 'open' || row.lapsed) return null;
  return { session_id: row.page_id!, url: row.url!, expires_at: row.expires_at! };
}
