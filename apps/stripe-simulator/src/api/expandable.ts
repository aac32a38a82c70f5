import type { StripeObject, World } from './world.js';

type Find = (world: World, id: string, of: StripeObject) => StripeObject | undefined;

export interface Expandable {
  /** The kinds of object that the field can contain when expanded. */
  readonly kinds: readonly string[];
  readonly find: Find;
  /** A list that the object contains only when it is expanded. https://docs.stripe.com/expand#includable-properties */
  readonly included?: true;
  /** A part of the object itself: only what is in it can be expanded. */
  readonly part?: true;
  /** Stripe expands it, and this simulator does not. */
  readonly missing?: true;
}

const paymentIntent: Expandable = {
  kinds: ['payment_intent'],
  find: ({ store }, id) => store.payment_intents.get(id),
};
const charge: Expandable = { kinds: ['charge'], find: ({ store }, id) => store.charges.get(id) };
const balanceTransaction: Expandable = {
  kinds: ['balance_transaction'],
  find: ({ store }, id) => store.balance_transactions.get(id),
};

/** Expandable at Stripe and always null here: there are no customers, invoices, transfers and so on. */
const nothing: Expandable = { kinds: [], find: () => undefined };

const part = (kind: string): Expandable => ({ kinds: [kind], find: () => undefined, part: true });
const missing: Expandable = { kinds: [], find: () => undefined, missing: true };

const lineItems: Expandable = {
  kinds: ['item'],
  included: true,
  find: ({ store }, _id, { id = '' }) =>
    ({
      object: 'list',
      data: store.session_details.get(id)?.line_items ?? [],
      has_more: false,
      url: `/v1/checkout/sessions/${id}/line_items`,
    }) as StripeObject,
};

const refunds: Expandable = {
  kinds: ['refund'],
  included: true,
  find: ({ store }, _id, { id }) =>
    ({
      object: 'list',
      data: store.refunds.newestFirst().filter((refund) => refund.charge === id),
      has_more: false,
      url: `/v1/charges/${id}/refunds`,
    }) as StripeObject,
};

/** By kind of object and field. https://docs.stripe.com/api/expanding_objects */
export const EXPANDABLE: Readonly<Record<string, Readonly<Record<string, Expandable>>>> = {
  'checkout.session': {
    payment_intent: paymentIntent,
    line_items: lineItems,
    customer: nothing,
    invoice: nothing,
    payment_link: nothing,
    setup_intent: nothing,
    subscription: nothing,
    total_details: part('total_details'),
  },
  total_details: { breakdown: missing },
  item: { price: part('price') },
  price: { product: missing },
  payment_intent: {
    latest_charge: charge,
    application: nothing,
    customer: nothing,
    on_behalf_of: nothing,
    payment_method: missing,
    review: nothing,
  },
  charge: {
    payment_intent: paymentIntent,
    balance_transaction: balanceTransaction,
    refunds,
    application: nothing,
    application_fee: nothing,
    customer: nothing,
    failure_balance_transaction: nothing,
    on_behalf_of: nothing,
    review: nothing,
    source_transfer: nothing,
  },
  refund: {
    charge,
    payment_intent: paymentIntent,
    balance_transaction: balanceTransaction,
    failure_balance_transaction: balanceTransaction,
    customer: nothing,
    source_transfer_reversal: nothing,
    transfer_reversal: nothing,
  },
  dispute: { charge, payment_intent: paymentIntent },
  balance_transaction: {
    source: {
      kinds: ['charge', 'refund', 'dispute'],
      find: ({ store }, id) => store.charges.get(id) ?? store.refunds.get(id) ?? store.disputes.get(id),
    },
  },
};
