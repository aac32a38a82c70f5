import type { Answer, Language } from '#answers';
import type { Caller } from '#auth';
import type { AppError } from '#errors';
import type { Claim } from '#idempotency';
import type { EntityManager } from 'typeorm';
import type { AuditBuffer } from '../ledger/audit-buffer.js';
import type { Checkout, Payment, PaymentInstructions } from '../ledger/payment.js';
import type { PaymentMethod } from '../ledger/payment-methods.js';
import type { InsertedRefund } from '../ledger/refunds.repository.js';
import type { Confirmation, ConfirmedPayment } from './confirmation.js';
import type { Inquiry } from './inquiry.js';
import type { ProviderCharges } from './provider-charges.js';

/**
 * How money of some payment methods reaches us: the port between the use cases and a provider. A use case asks the provider
 * for a capability and never looks at the method itself. Optional members are optional: a provider implements what it has.
 * See docs/contributing/add-a-provider.md.
 */
export interface PaymentProvider {
  /** In lower case, as logs and metrics name it. */
  readonly name: string;

  /** As people know it, for the sentences of answers. */
  readonly displayName: string;

  readonly methods: readonly PaymentMethod[];

  /** The payer pays on a page of the provider's. */
  readonly hosted?: HostedCheckout;

  /** The payer sends the money, and staff confirm that it has arrived. */
  readonly staffConfirmed?: StaffConfirmed;

  /** The provider refunds by itself. Without it staff pay refunds back, and settle them with a reference. */
  readonly refunds?: ProviderRefunds;

  /** The provider can be asked about money it has taken. Without it, staff refund quarantined money or settle it elsewhere. */
  readonly charges?: ProviderCharges;

  /** Called first of all for a new payment. @throws ProviderNotConfigured */
  assertConfigured?(): void;

  /** Called before any row is written. @throws AmountOutOfRange */
  assertAmount?(money: { amount: number; currency: string }): void;

  /** Called before any row is written that only the provider can finish. @throws ProviderUnavailable */
  assertAvailable?(): void;

  /**
   * Somebody says that the money of this payment has arrived. A provider with a page asks its own API; otherwise the word of
   * staff counts. Takes the payment's lock. @throws Forbidden, PaymentAlreadyConfirmed, TransitionNotAllowed, and its own
   */
  confirm(
    payment: Payment,
    confirmation: Confirmation,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<ConfirmedPayment>>;

  /**
   * For the worker: finishes what was interrupted and asks about what is due. Safe on many workers at once.
   * @returns how many payments and refunds were looked at
   */
  resumeDue?(): Promise<number>;
}

/** What is bought, as a hosted page shows it. */
export interface Order {
  readonly name: string;
  /** Minor units, for one piece. */
  readonly unit_amount: number;
  /**
   * Where the provider sends the payer who has paid.
   * @param session_id by which the pages confirm the payment then: an id that `confirm` understands, as it does
   *   `Checkout.session_id`; or the provider's own placeholder for one
   */
  readonly successUrl: (session_id: string) => string;
  /** Where it sends the payer who leaves without paying. */
  readonly cancel_url: string;
  /** The client's own idempotency key, for people who look at the provider's dashboard. */
  readonly client_key: string | null;
  /** Of the page; null leaves it to the browser. */
  readonly language: Language | null;
}

/** A payment, and where it can be paid: null when there is no page for it, or not any more. */
export interface Opened {
  readonly payment: Payment;
  readonly checkout: Checkout | null;
}

/** The provider's answer to `request`, which only the provider itself reads. */
export interface RequestedPage {
  readonly payment_id: number;
}

/** What a pending payment is by the provider's word. */
export interface Refreshed {
  readonly payment: Payment;
  /** False: the provider does not know the page any more, so that nobody can be sent there. */
  readonly known: boolean;
}

/**
 * A page of the provider's. Three steps, so that no transaction is open while the provider is asked: `prepare` stores
 * the request, `request` sends it, `attach` stores the answer. The caller holds the payment's lock; the fence keeps a caller
 * whose lock has expired from writing.
 */
export interface HostedCheckout<Page extends RequestedPage = RequestedPage> {
  /**
   * In the transaction that makes the payment.
   * @param ref the payment's reference at the provider, a UUID
   * @returns the fence for `request`, should this very process go on with it
   */
  prepare(tx: EntityManager, payment: Payment, ref: string, order: Order): Promise<number>;

  /**
   * Asks the provider for the page, or finds out what became of an earlier request. No transaction is open.
   * @param how.fence of `prepare`, in the process that has just made the payment; left out, a new one is drawn
   * @throws ProviderRefused (the payment has failed), ProviderUnavailable (unclear: the same request goes on later)
   */
  request(payment_id: number, how: { readonly fence?: number; readonly auditBuffer: AuditBuffer }): Promise<Page>;

  /** In a transaction: books the page, so that an answer can be stored together with it. @throws ProviderUnavailable */
  attach(tx: EntityManager, page: Page, auditBuffer: AuditBuffer): Promise<Opened>;

  /** Whether only the provider can say what a pending payment is by now. A plain read. */
  needsRefresh(payment: Payment): Promise<boolean>;

  /** Asks what a pending payment is by now, and applies it. @throws ProviderUnavailable */
  refresh(payment: Payment, auditBuffer: AuditBuffer): Promise<Refreshed>;

  /**
   * Makes sure that it can no longer be paid, or learns that it was, which is then applied.
   * @returns the fence for `isClosed`. @throws ProviderUnavailable
   */
  close(payment_id: number, auditBuffer: AuditBuffer): Promise<number>;

  /** In the transaction that cancels: nobody else has begun to work on the payment since `close`. */
  isClosed(tx: EntityManager, payment_id: number, fence: number): Promise<boolean>;

  /** Asks once more about a payment that staff want to abandon, and applies the answer. That there is none is an answer. */
  inquire(payment: Payment, auditBuffer: AuditBuffer): Promise<Inquiry>;

  /** In the transaction that abandons: nobody asks about it any more. @returns false when somebody has begun to work on it */
  abandon(tx: EntityManager, payment_id: number, inquiry: Pick<Inquiry, 'fence' | 'said'>): Promise<boolean>;

  /** Where the payer goes on to pay; null when there is no page to go to. A plain read. */
  checkoutOf(payment: Payment): Promise<Checkout | null>;
}

/** Money that the payer sends, and staff see on an account. */
export interface StaffConfirmed {
  /** When a payment that nobody pays expires by itself; null: never. */
  expiresInMinutes(): number | null;

  /** Where a payer sends the money of a pending payment; null when that is not configured. */
  instructionsFor(payment: Payment, language: Language): PaymentInstructions | null;
}

/** A refund that is about to be withdrawn, after its provider was asked about it. Both run in the transaction that does so. */
export interface Withdrawal {
  /** Whether the provider could be asked if it was made. */
  readonly asked: boolean;
  /** Before: it is never sent again. @throws LockTimeout when somebody else works on it since */
  mark(tx: EntityManager): Promise<void>;
  /** After: what the provider said beside it is booked. @returns the payment as it then is */
  follow(tx: EntityManager, payment: Payment): Promise<Payment>;
}

/** Refunds that the provider makes. `prepare` writes down what will be asked; `pursue` asks, with no transaction open. */
export interface ProviderRefunds {
  /**
   * Before a refund is reserved, whatever its amount.
   * @throws PaymentDisputed; ProviderUnavailable, RefundNeedsDecision while an earlier one has no answer
   */
  assertRefundable(manager: EntityManager, payment: Payment): Promise<void>;

  /** In the transaction that reserves a refund. @param of.transaction_id by which the money arrived */
  prepare(tx: EntityManager, of: { transaction_id: string; refund: InsertedRefund }): Promise<void>;

  /**
   * Asks for the refund, or for its state, and applies the answer. The caller holds the payment's lock.
   * @param how.isNew the caller has just reserved it, in this very request
   * @throws ProviderRefused, ProviderUnavailable
   */
  pursue(refund_id: number, auditBuffer: AuditBuffer, how?: { isNew: boolean }): Promise<void>;

  /** What is answered when `pursue` has ended with a refund that failed: nothing was paid back, and the key is free. */
  failure(): AppError;

  /**
   * Before staff withdraw a pending refund; no transaction is open.
   * @throws Forbidden, RefundAlreadySettled, ProviderUnavailable
   */
  prepareWithdrawal(
    refund_id: number,
    ifUnreachable: 'refuse' | 'withdraw',
    auditBuffer: AuditBuffer,
  ): Promise<Withdrawal>;
}
