import type { Stripe } from 'stripe';
import type { World } from '../api/world.js';
import { emitEvent } from '../events/emit-event.js';
import { moveMoney } from './balance-transactions.js';
import { cardDetails, newCharge, type Payer, TRANSFER_DETAILS } from './objects.js';
import { paymentMethodOf } from './payment-method.js';
import { BANK_REFUSED, DECLINED_CARDS, type Declined, type DeclinedCard, outcomeOf } from './outcomes.js';

/** A card paid: the charge succeeds at once. https://docs.stripe.com/payments/paymentintents/lifecycle */
export function chargeCard(world: World, intent: Stripe.PaymentIntent, payer: Payer): Stripe.PaymentIntent {
  const charge = newCharge(world, intent, {
    status: 'succeeded',
    payment_method_details: cardDetails('4242'),
    ...payer,
  });
  return settled(world, intent, charge);
}

/** The card's bank refused: the intent waits for another card. */
export function declineCard(
  world: World,
  intent: Stripe.PaymentIntent,
  payer: Payer,
  declined: DeclinedCard = DECLINED_CARDS.generic_decline,
): Stripe.PaymentIntent {
  const charge = newCharge(world, intent, {
    status: 'failed',
    payment_method_details: cardDetails(declined.last4, declined.param === 'cvc' ? 'fail' : 'pass'),
    ...payer,
  });
  return refused(world, intent, charge, declined);
}

/** Where a paid charge's receipt is. https://docs.stripe.com/api/charges/object#charge_object-receipt_url */
export function receiptUrl({ base_url }: World, charge_id: string): string {
  return `${base_url}/receipts/payment/${charge_id}`;
}

/** A bank transfer or a voucher: the money is on its way. https://docs.stripe.com/payments/bank-debits#payment-status */
export function startSlowPayment(world: World, intent: Stripe.PaymentIntent, payer: Payer): Stripe.PaymentIntent {
  const charge = world.store.charges.put(
    newCharge(world, intent, { status: 'pending', payment_method_details: TRANSFER_DETAILS, ...payer }),
  );
  const processing = world.store.payment_intents.update(intent.id, {
    status: 'processing',
    latest_charge: charge.id,
    payment_method: charge.payment_method,
  });
  emitEvent(world, 'charge.pending', charge);
  emitEvent(world, 'payment_intent.processing', processing);
  return processing;
}

export function finishSlowPayment(world: World, intent: Stripe.PaymentIntent, arrived: boolean): Stripe.PaymentIntent {
  const charge = world.store.charges.get(intent.latest_charge as string);
  if (!charge) throw new Error(`${intent.id} has no charge that could be finished`);
  if (!arrived) return refused(world, intent, charge, BANK_REFUSED);
  return settled(world, intent, { ...charge, status: 'succeeded', captured: true, amount_captured: charge.amount });
}

function settled(world: World, intent: Stripe.PaymentIntent, paid: Stripe.Charge): Stripe.PaymentIntent {
  const { id } = moveMoney(world, {
    amount: paid.amount,
    currency: paid.currency,
    source: paid.id,
    // https://docs.stripe.com/reports/balance-transaction-types: of a card, and of any other method.
    type: paid.payment_method_details?.type === 'card' ? 'charge' : 'payment',
    reporting_category: 'charge',
  });
  const charge = world.store.charges.put({
    ...paid,
    paid: true,
    receipt_url: receiptUrl(world, paid.id),
    balance_transaction: id,
    outcome: outcomeOf(),
  });
  const succeeded = world.store.payment_intents.update(intent.id, {
    status: 'succeeded',
    amount_received: charge.amount,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
    last_payment_error: null,
  });
  emitEvent(world, 'charge.succeeded', charge);
  emitEvent(world, 'payment_intent.succeeded', succeeded);
  return succeeded;
}

function refused(
  world: World,
  intent: Stripe.PaymentIntent,
  attempted: Stripe.Charge,
  declined: Declined,
): Stripe.PaymentIntent {
  const charge = world.store.charges.put({
    ...attempted,
    status: 'failed',
    paid: false,
    failure_code: declined.code,
    failure_message: declined.message,
    outcome: outcomeOf(declined),
  });
  const waiting = world.store.payment_intents.update(intent.id, {
    status: 'requires_payment_method',
    latest_charge: charge.id,
    payment_method: null,
    last_payment_error: {
      type: declined.decline_code === undefined ? 'invalid_request_error' : 'card_error',
      charge: charge.id,
      code: declined.code,
      ...(declined.decline_code === undefined ? {} : { decline_code: declined.decline_code }),
      doc_url: `https://stripe.com/docs/error-codes/${declined.code.replaceAll('_', '-')}`,
      message: declined.message,
      ...(declined.param === undefined ? {} : { param: declined.param }),
      // The whole object: it is attached to no customer, so nothing else would identify the card.
      payment_method: paymentMethodOf(charge),
    },
  });
  emitEvent(world, 'charge.failed', charge);
  emitEvent(world, 'payment_intent.payment_failed', waiting);
  return waiting;
}
