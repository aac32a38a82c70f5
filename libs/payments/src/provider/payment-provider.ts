import type { EntityManager } from 'typeorm';
import type { Language } from '#answers';
import type { Caller } from '#auth';
import type { Checkout, Payment, PaymentInstructions, PaymentMethod } from '../ledger/payment.js';
import type { Trail } from '../ledger/audit-buffer.js';
import type { InsertedRefund } from '../ledger/refunds.repository.js';
import type { Order } from '../stripe/sessions/session-request.js';
import type { Inquiry } from './inquiry.js';

/** A payment, and where it can be paid: null when there is no page for it, or not any more. */
export interface Opened {
  readonly payment: Payment;
  readonly checkout: Checkout | null;
}

export interface Opening {
  /** The caller's own, when it has just made the payment. */
  readonly fence?: number;
  readonly trail: Trail;
  /** Runs in the last transaction: the answer is stored with what it says. */
  readonly finish?: (tx: EntityManager, opened: Opened) => Promise<void>;
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

/** How money of some methods reaches us. A use case asks the provider and never looks at the method itself. */
export interface PaymentProvider {
  readonly methods: readonly PaymentMethod[];

  /** Who says that a refund was paid back: staff, by a reference of their bank, or the provider itself. */
  readonly refundsSettledBy: 'staff' | 'provider';

  /** Who says that money has come: staff, whose word we take, or the provider, whom we ask. */
  readonly confirmedBy: 'staff' | 'provider';

  /** Called first of all for a new payment. @throws StripeNotConfigured */
  refuseUnlessConfigured(): void;

  /** Called before any row is written. @throws AmountOutOfRange */
  refuseAmount(money: { amount: number; currency: string }): void;

  /** Called before any row is written that only the provider can finish. @throws StripeUnavailable */
  refuseWhenDown(): void;

  /** When a payment nobody pays lets go by itself; null: never, or when the provider says so. */
  expiresInMinutes(): number | null;

  /**
   * In the transaction that makes the payment: writes down what the provider will be asked.
   * @returns true when it has to be asked, by `open`, after the commit.
   */
  prepare(tx: EntityManager, payment: Payment, ref: string, order: Order): Promise<boolean>;

  /** Brings a payment to where it can be paid. No transaction is open; the caller holds `purchase:complete:{id}`. */
  open(payment_id: number, how: Opening): Promise<Opened>;

  /** What a pending payment has become by now, if there is a doubt about it; takes the payment's lock for that. */
  look(payment: Payment, trail: Trail): Promise<Opened>;

  /** Sees to it that it can no longer be paid, or learns that it was. @returns the fence for `isClosed`. */
  close(payment_id: number, trail: Trail): Promise<number>;

  /** In the transaction that lets the payment go: nobody else has begun to work on it since `close`. */
  isClosed(tx: EntityManager, payment_id: number, fence: number): Promise<boolean>;

  /** Asks once more about a payment that staff want to end on their own word, and applies what it says. Never unclear. */
  inquire(payment: Payment, trail: Trail): Promise<Inquiry>;

  /** In the transaction that ends it: nobody asks about it any more. @returns false when somebody has begun to work on it */
  letGo(tx: EntityManager, payment_id: number, inquiry: Pick<Inquiry, 'fence' | 'said'>): Promise<boolean>;

  /** Where the person goes on to pay; null when there is no page to go to. A plain read. */
  checkoutOf(payment: Payment): Promise<Checkout | null>;

  /** Where a person sends the money of a pending payment that has no page; null when it has, or none are configured. */
  instructionsFor(payment: Payment, language: Language): PaymentInstructions | null;

  /** @throws Forbidden when this caller may not confirm that the payment's money has come */
  refuseConfirmation(payment: Payment, caller: Caller): void;

  /**
   * Before a refund is reserved, whatever its amount.
   * @throws PaymentDisputed; StripeUnavailable, RefundNeedsDecision while an earlier one has no answer
   */
  refuseRefund(manager: EntityManager, payment: Payment): Promise<void>;

  /** In the transaction that reserves a refund: writes down what the provider will be asked. */
  prepareRefund(tx: EntityManager, of: { transaction_id: string; refund: InsertedRefund }): Promise<void>;

  /**
   * Before staff withdraw a pending refund; no transaction is open. Undefined where the provider has no say in it.
   * @throws Forbidden, RefundAlreadySettled, StripeUnavailable
   */
  prepareWithdrawal(
    refund_id: number,
    ifUnreachable: 'refuse' | 'withdraw',
    trail: Trail,
  ): Promise<Withdrawal | undefined>;

  /**
   * After that commit: asks.
   * @param how.isNew the caller has just reserved it, in this very request
   * @throws StripeRefused, StripeUnavailable
   */
  pursueRefund(refund_id: number, trail: Trail, how?: { isNew: boolean }): Promise<void>;
}
