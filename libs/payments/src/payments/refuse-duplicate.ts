import { type AuditEntry, AuditQueue } from '#audit';
import type { Caller } from '#auth';
import { type AppError, PaymentExists, ProviderUnavailable } from '#errors';
import type { Claim } from '#idempotency';
import { Locks } from '#locking';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { AuditBuffer } from '../ledger/audit-buffer.js';
import { Ledger } from '../ledger/ledger.js';
import { findOutdated } from '../ledger/outdated.js';
import { withPaymentLock } from '../ledger/payment-lock.js';
import { isLive } from '../ledger/payment-states.js';
import type { Payment } from '../ledger/payment.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { CloseOutdated } from './close-outdated.js';
import type { StartPaymentRequest } from './payment-requests.js';

/** What is asked for, with the currency that the request may leave out. */
export type Terms = StartPaymentRequest & { readonly currency: string };

/** The caller and claim of a new payment, and its audit entries. */
export interface StartContext {
  readonly caller: Caller;
  readonly claim: Claim;
  readonly auditBuffer: AuditBuffer;
}

/** Refuses a request for a consultation that has a live payment, with that payment and where it can be paid. */
@Injectable()
export class RefuseDuplicate {
  constructor(
    private readonly ledger: Ledger,
    private readonly locks: Locks,
    private readonly providers: ProviderRegistry,
    private readonly closeOutdated: CloseOutdated,
    private readonly audit: AuditQueue,
    private readonly logger: PinoLogger,
  ) {
    // The lines of one flow carry one name.
    this.logger.setContext('StartPayment');
  }

  /**
   * Refuses a request for a payment that another request has just started. It needs no lock: it changes nothing, and
   * each statement reads what is committed. Returns when it is not that plain: the locks decide then.
   * @throws PaymentExists, ProviderUnavailable, LockTimeout, KeyInUseError
   */
  async ifStanding(request: Terms, context: StartContext): Promise<void> {
    const { manager } = this.ledger;
    const live = await this.ledger.payments.findLive(manager, request.consultation_id);
    if (live?.user_id !== context.caller.user_id) return;
    if (live.amount !== request.amount || live.currency !== request.currency) return;
    const { hosted } = this.providers.of(live.payment_method);
    if (hosted && (await findOutdated(manager, live.id))) return;
    await context.claim.requireUnused(manager);
    this.audit.add(refusalEntries(live, context.auditBuffer));
    await this.ifLive(live, request, context);
  }

  /**
   * Returns when the payment found before no longer exists or is no longer live. @throws PaymentExists,
   * ProviderUnavailable, LockTimeout
   */
  async ifLive(found: Payment, request: Terms, { caller, auditBuffer }: StartContext): Promise<void> {
    const { hosted } = this.providers.of(found.payment_method);
    let payment = found;
    let checkout = null;
    try {
      if (await hosted?.needsRefresh(found)) {
        const lock = { id: found.id, caller };
        payment = (await withPaymentLock(this.locks, lock, async () => hosted!.refresh(found, auditBuffer))).payment;
      }
      checkout = (await hosted?.checkoutOf(payment)) ?? null;
    } catch (error) {
      // A request with another method gets the existing payment as its answer, even while Stripe cannot be asked about
      // it.
      const isOther = request.payment_method !== found.payment_method;
      if (!isOther || !(error instanceof ProviderUnavailable)) throw error;
    }
    if (!isLive(payment.status)) return;
    this.logger.info({ payment_id: payment.id }, 'Payment: Duplicate request, existing payment returned');
    throw new PaymentExists({ payment, checkout });
  }

  /**
   * Expires a page with an outdated price or for a closed item at Stripe. The next round finds the consultation free,
   * or the payment paid or processing after all, which then stays. While Stripe cannot be asked, that page is not
   * returned.
   * @param outdated `refusal`: this request's answer once the page is closed
   * @throws ProviderUnavailable, LockTimeout
   */
  async closePage(
    { payment, refusal }: { readonly payment: Payment; readonly refusal: AppError | undefined },
    request: Terms,
    { caller, auditBuffer }: StartContext,
  ): Promise<void> {
    try {
      await this.closeOutdated.run(payment, caller, auditBuffer);
    } catch (error) {
      if (!(error instanceof ProviderUnavailable)) throw error;
      if (refusal) throw refusal;
      if (request.payment_method === payment.payment_method) throw error;
      throw new PaymentExists({ payment, checkout: null });
    }
  }
}

/** What a refused request adds to the timeline of the live payment. */
export function refusalEntries(live: Payment, auditBuffer: AuditBuffer): AuditEntry[] {
  const { amount, currency, payment_method, status } = live;
  const detail = { amount, currency, payment_method, status };
  return auditBuffer.entries(live.id, { action: 'payment.duplicate_refused', detail });
}
