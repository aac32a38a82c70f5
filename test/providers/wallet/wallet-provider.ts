import { Answer } from '#answers';
import type { Caller } from '#auth';
import { countJobFailure, inTransaction } from '#database';
import {
  AmountOutOfRange,
  AppError,
  PaymentAlreadyConfirmed,
  TransactionMismatch,
  TransactionNotPaid,
  TransitionNotAllowed,
} from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  AuditBuffer,
  type Confirmation,
  type ConfirmedPayment,
  isPaid,
  Ledger,
  type Payment,
  type PaymentProvider,
  ProviderRegistry,
  withPaymentLock,
} from '#payments';
import { PinoLogger } from 'nestjs-pino';
import { BookWalletMoney } from './book-wallet-money.js';
import { WalletCheckout } from './wallet-checkout.js';
import { WalletClient, type WalletPage } from './wallet-client.js';
import { WalletRefunds } from './wallet-refunds.js';
import { WalletRows } from './wallet-rows.js';

const BATCH = 25;

/** The wallet's limits for one payment, in minor units. */
const LIMITS = { minimum: 100, maximum: 100_000_000 };

/** Pays on a page of the wallet, asks it whether that was done, and lets it refund. */
@Injectable()
export class WalletProvider implements PaymentProvider, OnModuleInit {
  readonly name = 'wallet';
  readonly displayName = 'Wallet';
  readonly methods = ['wallet'];

  constructor(
    readonly hosted: WalletCheckout,
    readonly refunds: WalletRefunds,
    private readonly ledger: Ledger,
    private readonly rows: WalletRows,
    private readonly client: WalletClient,
    private readonly bookMoney: BookWalletMoney,
    private readonly locks: Locks,
    private readonly registry: ProviderRegistry,
    private readonly logger: PinoLogger,
  ) {
    this.logger.setContext(WalletProvider.name);
  }

  onModuleInit(): void {
    this.registry.register(this);
  }

  assertConfigured(): void {
    this.client.assertConfigured();
  }

  assertAmount({ amount, currency }: { amount: number; currency: string }): void {
    if (amount < LIMITS.minimum || amount > LIMITS.maximum) throw new AmountOutOfRange({ currency, ...LIMITS });
  }

  async confirm(
    known: Payment,
    { transaction_id }: Confirmation,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<ConfirmedPayment>> {
    if (isPaid(known.status)) throw await this.alreadyConfirmed(known);
    const page = await this.pageOf(known, transaction_id);
    if (page?.state !== 'paid') {
      throw new TransactionNotPaid(transaction_id, { known: page !== null, provider: this.displayName });
    }
    const auditBuffer = AuditBuffer.of(caller, 'request.confirm', { transaction_id });
    const answer = await withPaymentLock(this.locks, { id: known.id, caller, auditBuffer }, async () =>
      this.book(known, page, { claim, auditBuffer }),
    );
    if (answer) return answer;
    const now = (await this.ledger.payments.find(this.ledger.manager, known.id))!;
    throw isPaid(now.status) ? await this.alreadyConfirmed(now) : new TransitionNotAllowed(now, 'completed');
  }

  /** For the worker. Its next look is scheduled already: a row that fails does not block the others. */
  async resumeDue(): Promise<number> {
    const due = await this.rows.takeDue(this.ledger.manager, BATCH);
    for (const { payment_id, refund_id } of due) {
      const auditBuffer = new AuditBuffer({ actor_user_id: null, request_id: null });
      auditBuffer.note({ lane: 'worker', action: 'worker.looked' });
      const work = async () =>
        refund_id === null ? this.hosted.look(payment_id, auditBuffer) : this.refunds.pursue(refund_id, auditBuffer);
      await withPaymentLock<unknown>(this.locks, { id: payment_id }, work).catch((error: unknown) =>
        this.notFinished(payment_id, error),
      );
    }
    return due.length;
  }

  /** What users are answered (refused, unclear, the lock is held) is no failure of the job. */
  private async notFinished(payment_id: number, error: unknown): Promise<void> {
    if (error instanceof AppError) {
      this.logger.info({ payment_id, reason: error.message }, 'Worker: not finished, retried later');
      return;
    }
    this.logger.error({ payment_id, err: error }, 'Worker: A payment could not be resumed');
    await countJobFailure(this.ledger.manager, 'resume-payments', error);
  }

  /** @param id of the transaction; or of the page, as the pages know it (`checkoutOf`) and payers return with it (`prepare`) */
  private async pageOf({ id: payment_id }: Payment, id: string): Promise<WalletPage | null> {
    const row = await this.rows.findPage(this.ledger.manager, payment_id);
    const isPage = row !== undefined && [row.page_id, row.ref].includes(id);
    return isPage ? this.client.findPage(row.ref) : this.client.findTransaction(id);
  }

  /** The answer is stored in the transaction that completes the payment; undefined: this request did not complete it. */
  private async book(
    { id }: Payment,
    page: WalletPage,
    { claim, auditBuffer }: { claim: Claim; auditBuffer: AuditBuffer },
  ): Promise<Answer<ConfirmedPayment> | undefined> {
    return inTransaction(this.ledger.dataSource, async (tx) => {
      const payment = (await this.ledger.payments.lock(tx, id))!;
      const row = await this.rows.findPage(tx, id);
      if (row?.ref !== page.ref) throw new TransactionMismatch(page.transaction_id!);
      if ((await this.bookMoney.run(tx, payment, page, auditBuffer)) !== 'completed') return undefined;
      const answer = Answer.ok('payment.confirmed', {
        payment_id: id,
        payment: (await this.ledger.payments.find(tx, id))!,
        ...(await this.ledger.invoices.find(tx, id)),
        charge: (await this.ledger.charges.find(tx, id))!,
        amount_due: 0,
        transfer: null,
      });
      await claim.settle(tx, answer, String(id));
      return answer;
    });
  }

  private async alreadyConfirmed(payment: Payment): Promise<PaymentAlreadyConfirmed> {
    const charge = await this.ledger.charges.find(this.ledger.manager, payment.id);
    return new PaymentAlreadyConfirmed(payment, charge?.transaction_id ?? null);
  }
}
