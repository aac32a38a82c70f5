import type { Stripe } from 'stripe';
import { noSuch, StripeError } from '../api/stripe-error.js';
import type { RefundOutcome, World } from '../api/world.js';
import { blockingDispute, closeRefundedInquiry } from '../disputes/of-a-charge.js';
import { emitEvent } from '../events/emit-event.js';
import { inWords } from '../parameters/shared-rules.js';
import { moveMoney } from '../payments/balance-transactions.js';
import { newId } from '../state/ids.js';

export interface RefundParameters {
  readonly payment_intent?: string | undefined;
  readonly charge?: string | undefined;
  readonly amount?: number | undefined;
  readonly reason?: 'duplicate' | 'fraudulent' | 'requested_by_customer' | undefined;
  readonly metadata?: Record<string, string> | undefined;
  readonly instructions_email?: string | undefined;
}

/**
 * Gives back all that is left of a charge, or a part of it. https://docs.stripe.com/api/refunds/create
 * @param outcome what the customer's bank says of it; succeeded unless a test chose otherwise.
 * @throws StripeError where Stripe refuses: no such charge, not paid, disputed, more than is left.
 */
export function createRefund(world: World, parameters: RefundParameters, outcome: RefundOutcome): Stripe.Refund {
  const { charge, amount } = refundable(world, parameters);
  const refund = world.store.refunds.put(newRefund(world, charge, { ...parameters, amount }, outcome));
  const moved = withMoney(world, refund);
  emitEvent(world, 'refund.created', moved);
  if (moved.status === 'failed') emitEvent(world, 'refund.failed', moved);
  else countRefunded(world, charge.id);
  closeRefundedInquiry(world, charge.id);
  return moved;
}

/** The charge and the amount that a refund would have. @throws StripeError where Stripe refuses. */
export function refundable(world: World, parameters: RefundParameters): { charge: Stripe.Charge; amount: number } {
  const charge = chargeOf(world, parameters);
  const left = charge.amount - charge.amount_refunded;
  if (left <= 0) {
    throw new StripeError(400, `Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  }
  if (blockingDispute(world, charge.id)) {
    throw new StripeError(400, `Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  }
  const amount = parameters.amount ?? left;
  if (amount > left) throw tooMuch(amount, charge, left);
  return { charge, amount };
}

/** A charge's refunds that have not failed or been canceled. */
export function countRefunded(world: World, id: string): Stripe.Charge {
  const { store } = world;
  const charge = store.charges.get(id);
  if (!charge) throw new Error(`there is no charge ${id}`);
  const amount_refunded = store.refunds
    .all()
    .filter((refund) => refund.charge === id && !['failed', 'canceled'].includes(refund.status ?? ''))
    .reduce((sum, { amount }) => sum + amount, 0);
  const counted = store.charges.update(id, { amount_refunded, refunded: amount_refunded === charge.amount });
  if (amount_refunded > charge.amount_refunded) {
    emitEvent(world, 'charge.refunded', counted, {
      amount_refunded: charge.amount_refunded,
      refunded: charge.refunded,
    });
  }
  return counted;
}

/**
 * Money leaves the balance as soon as the refund is on its way; a refund that waits for the customer or for the
 * balance has moved none.
 */
export function withMoney(world: World, refund: Stripe.Refund): Stripe.Refund {
  if (refund.balance_transaction !== null || !['succeeded', 'pending'].includes(refund.status ?? '')) return refund;
  if (waitsForBalance(refund)) return refund;
  const { id } = moveMoney(world, {
    amount: -refund.amount,
    currency: refund.currency,
    source: refund.id,
    type: 'refund',
    reporting_category: 'refund',
  });
  return world.store.refunds.update(refund.id, { balance_transaction: id });
}

/** https://docs.stripe.com/changelog/basil/2025-04-30/refund-pending-reason */
export function waitsForBalance({ status, pending_reason }: Stripe.Refund): boolean {
  return status === 'pending' && pending_reason === 'insufficient_funds';
}

/**
 * The state a new refund is in. With too little in the balance a card's is held as pending, and any other one fails:
 * https://docs.stripe.com/refunds, https://support.stripe.com/questions/pending-refunds-due-to-insufficient-stripe-balance
 */
function stateFor(
  outcome: RefundOutcome,
  { payment_method_details }: Stripe.Charge,
): Pick<Stripe.Refund, 'status' | 'pending_reason' | 'failure_reason'> {
  if (outcome === 'insufficient_balance') {
    return payment_method_details?.type === 'card'
      ? { status: 'pending', pending_reason: 'insufficient_funds' }
      : { status: 'failed', failure_reason: 'insufficient_funds' };
  }
  if (outcome === 'pending') return { status: 'pending', pending_reason: 'processing' };
  if (outcome === 'failed') return { status: 'failed', failure_reason: 'unknown' };
  return { status: outcome };
}

function chargeOf({ store }: World, parameters: RefundParameters): Stripe.Charge {
  if (parameters.charge !== undefined) {
    const charge = store.charges.get(parameters.charge);
    if (!charge) throw noSuch('charge', parameters.charge, 'charge', 404);
    if (parameters.payment_intent !== undefined && charge.payment_intent !== parameters.payment_intent) {
      throw new StripeError(
        400,
        `Charge ${charge.id} does not belong to the payment intent ${parameters.payment_intent}.`,
        {
          param: 'payment_intent',
        },
      );
    }
    if (charge.status !== 'succeeded') throw notRefundable(charge.id);
    return charge;
  }
  const intent = store.payment_intents.get(parameters.payment_intent ?? '');
  if (!intent) throw noSuch('payment_intent', parameters.payment_intent ?? '', 'payment_intent', 404);
  const charge = store.charges.get(intent.latest_charge as string);
  if (charge?.status !== 'succeeded') {
    throw new StripeError(400, `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      param: 'payment_intent',
    });
  }
  return charge;
}

function notRefundable(id: string): StripeError {
  return new StripeError(400, `Charge ${id} has not succeeded; cannot issue a refund.`, { param: 'charge' });
}

function tooMuch(amount: number, charge: Stripe.Charge, left: number): StripeError {
  const than =
    left < charge.amount
      ? `unrefunded amount on charge (${inWords(left, charge.currency)})`
      : `charge amount (${inWords(charge.amount, charge.currency)})`;
  return new StripeError(400, `Refund amount (${inWords(amount, charge.currency)}) is greater than ${than}`, {
    param: 'amount',
  });
}

/** https://docs.stripe.com/api/refunds/object */
function newRefund(
  world: World,
  charge: Stripe.Charge,
  parameters: RefundParameters & { amount: number },
  outcome: RefundOutcome,
): Stripe.Refund {
  return {
    id: newId('re'),
    object: 'refund',
    amount: parameters.amount,
    balance_transaction: null,
    charge: charge.id,
    created: world.clock.now(),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    ...(parameters.instructions_email === undefined ? {} : { instructions_email: parameters.instructions_email }),
    metadata: parameters.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: parameters.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    ...stateFor(outcome, charge),
    transfer_reversal: null,
  };
}
