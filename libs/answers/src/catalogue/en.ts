import type { Reason } from '#errors';

/** English sentences; those of the `legacy` wire contract stay as they are. Every other language must have the same keys (the types see to it). */
export const en = {
  errors: {
    VALIDATION_FAILED: 'Some of what was sent is not valid.',
    MALFORMED_REQUEST: 'The request could not be read.',
    UNSUPPORTED_MEDIA_TYPE:
      'Send JSON, with the header Content-Type: application/json. Only the login also takes a form.',
    PAYLOAD_TOO_LARGE: 'The request is too large.',
    HEADERS_TOO_LARGE: 'The headers of the request are too large.',
    REQUEST_TIMEOUT: 'The request took too long to arrive.',
    ROUTE_NOT_FOUND: 'There is nothing at this address, or not by this method.',
    UNAUTHENTICATED: 'Please log in.',
    INVALID_CREDENTIALS: 'The email or the password is wrong.',
    TOO_MANY_ATTEMPTS: 'Too many attempts. Please try again in {{seconds}} seconds.',
    FORBIDDEN: 'You may not do this.',
    CONSULTATION_NOT_FOUND: 'Consultation {{id}} does not exist.',
    PRODUCT_NOT_FOUND: 'Product {{id}} does not exist.',
    PAYMENT_NOT_FOUND: 'Payment {{id}} does not exist.',
    USER_NOT_FOUND: 'User {{id}} does not exist.',
    PRODUCT_EXISTS: 'Product {{id}} exists already.',
    EXTERNAL_REFERENCE_USED:
      'Consultation {{id}} has the external reference {{external_reference}} already, with other terms.',
    CONSULTATION_CLOSED: 'Consultation {{id}} is closed and can no longer be paid.',
    AMOUNT_MISMATCH: 'The amount must be {{amount}} {{currency}}, in minor units.',
    AMOUNT_OUT_OF_RANGE: 'Stripe takes from {{minimum}} to {{maximum}} {{currency}}, in minor units.',
    PAYMENT_EXISTS: 'Duplicate payment request detected',
    PAYMENT_ALREADY_CONFIRMED: 'Payment {{id}} has been confirmed already.',
    TRANSITION_NOT_ALLOWED: 'Payment {{id}} is {{from}} and cannot become {{to}}.',
    TRANSACTION_ALREADY_USED: 'Transaction {{transaction_id}} has confirmed another payment already.',
    PAYMENT_PROCESSING: 'The money of payment {{id}} is on its way. Please wait until it is here.',
    REFUND_NOT_FOUND: 'Refund {{id}} does not exist.',
    REFUND_TOO_LARGE: 'At most {{refundable_amount}} {{currency}}, in minor units, can still be refunded.',
    NOTHING_LEFT_TO_REFUND: 'Payment {{id}} has nothing left to refund: all of it was returned, or is on its way back.',
    REFUND_ALREADY_SETTLED: 'Refund {{id}} is {{status}} already.',
    REFUND_NEEDS_DECISION:
      'Stripe never answered refund {{refund_id}} of {{amount}} {{currency}}, in minor units, and Stripe has another refund of this payment that Payonce did not know of when it sent this one ({{conflicting_refunds}}). Payonce does not send it again. If the other refund replaces it, withdraw it; if you want both, withdraw it and refund again.',
    TRANSFER_NOT_FOUND: 'Transfer {{id}} does not exist.',
    TRANSFER_MISMATCH:
      'Transaction {{transaction_id}} is recorded as transfer {{id}} of {{amount}} {{currency}}, in minor units, which does not match. Correct the transfer, or look at the amount, currency and method.',
    NOTHING_UNMATCHED:
      'Nothing of transfer {{id}} is unmatched: it pays payments, or is paid back, or its record was voided.',
    MATCH_TOO_LARGE: 'At most {{matchable_amount}} {{currency}}, in minor units, can be matched with this payment.',
    TRANSFER_IN_USE:
      'Of transfer {{id}}, {{allocated_amount}} {{currency}}, in minor units, are matched or paid back, or its record was voided. Undo its matches first.',
    NOTHING_TO_UNMATCH: 'Nothing that transfer {{transfer_id}} pays of payment {{payment_id}} is left to undo.',
    REFUND_PENDING: 'A refund of payment {{payment_id}} is reserved. Settle or withdraw it before you undo the match.',
    CHARGE_NOT_FOUND: 'Charge {{id}} does not exist.',
    CHARGE_NOT_QUARANTINED: 'Charge {{id}} is {{disposition}}; only quarantined money needs a decision.',
    CHARGE_NOT_ACCEPTABLE:
      'Charge {{id}} cannot pay payment {{payment_id}}, which is {{status}}: Stripe received {{received}}, expected are {{expected}}, in minor units. Refund it, or settle it elsewhere.',
    TRANSACTION_NOT_PAID: 'Stripe does not say that {{transaction_id}} is paid (yet).',
    TRANSACTION_MISMATCH: 'Transaction {{transaction_id}} does not belong to this payment.',
    PAYMENT_DISPUTED: 'Payment {{id}} is disputed; the bank decides the outcome.',
    PRODUCT_CLOSED: 'Product {{id}} is not sold any more.',
    ORDER_NOT_FOUND: 'Order {{id}} does not exist.',
    PROVIDER_REFUSED: 'The payment provider refused this payment. Nothing was charged.',
    STRIPE_REFUSED: 'Stripe refused this payment. Nothing was charged.',
    WEBHOOK_SIGNATURE_INVALID: 'The signature of the webhook is not valid.',
    EVENT_NOT_FOUND: 'Event {{id}} does not exist.',
    DISCREPANCY_NOT_FOUND: 'Discrepancy {{id}} does not exist.',
    DISCREPANCY_RESOLVED: 'Discrepancy {{id}} has been resolved already.',
    EVENT_ALREADY_APPLIED: 'Event {{id}} has been applied already.',
    IDEMPOTENCY_KEY_REUSED: 'This idempotency key was used for another request.',
    IDEMPOTENCY_KEY_MISSING: 'Send an Idempotency-Key header.',
    PAYMENT_IN_PROGRESS: 'Payment is already in progress. Please wait.',
    LAB_BUSY: 'Another attack is still running. Please wait for its end.',
    LOCK_TIMEOUT: 'The payment request is being processed. Please try again.',
    DATABASE_UNAVAILABLE: 'The service cannot reach its database right now. Please try again: nobody is charged twice.',
    DATABASE_RESTORED:
      'The service has just switched to another copy of its database. Please try again: nobody is charged twice.',
    STRIPE_NOT_CONFIGURED:
      'Stripe payments are not available here: no Stripe key is configured. Please choose another payment method.',
    PROVIDER_UNAVAILABLE: 'The payment provider gives no clear answer right now. Please try again.',
    STRIPE_UNAVAILABLE: 'Stripe gives no clear answer right now. Please try again.',
    IDENTITY_PROVIDER_UNAVAILABLE: 'Your login cannot be checked right now. Please try again.',
    SERVICE_UNAVAILABLE: 'The service is not available right now. Please try again.',
    INTERNAL_ERROR: 'Something went wrong on our side. You can try again: nobody is charged twice.',
  },
  /** Where one code has several stories to tell. */
  reasons: {
    already_so: 'Payment {{id}} is {{from}} already.',
    transaction_paid_back: 'Transaction {{transaction_id}} has paid back another refund already.',
    transaction_paid_in:
      'Transaction {{transaction_id}} is one by which money came in. Give the reference of the transfer back.',
    confirmed_and_refunded: 'Payment {{id}} was refunded and takes no more money. Match it with another payment.',
    transfer_recorded: 'Transaction {{transaction_id}} is recorded already, as transfer {{transfer_id}}.',
    transfer_by_other_method:
      'Transfer {{id}} came by another method than this payment is to be paid by, so it cannot pay it. Have the payer start a payment by that method and match it with that, or pay the transfer back.',
    transfer_in_other_currency:
      'Transfer {{id}} is in {{currency}} and this payment is not, so it cannot pay it. Match it with a payment in {{currency}}, or pay it back.',
    transfer_pays_it_already:
      'Transaction {{transaction_id}} is recorded as transfer {{transfer_id}} and pays this payment already.',
    transfer_allocated:
      'Transaction {{transaction_id}} is recorded as transfer {{transfer_id}}, and all of it is matched or paid back. If more was received, correct its amount; if it was matched with the wrong payment, undo that: POST /transfers/{{transfer_id}}/unmatch.',
    money_left_unmatched:
      'Payment {{id}} is {{status}} and does not take this money. Of transfer {{transfer_id}}, {{unmatched_amount}} {{currency}}, in minor units, are unmatched: match them with another payment, or pay them back.',
    transaction_unknown: 'Stripe knows no {{transaction_id}}. Please look at the id.',
    refund_waits:
      'Stripe has not answered refund {{refund_id}} of {{amount}} {{currency}}, in minor units. It stays reserved and Payonce keeps asking Stripe; do not request it again another way. You can withdraw it.',
    refund_waits_for_balance:
      'Stripe refused refund {{refund_id}} of {{amount}} {{currency}}, in minor units, for now: your Stripe balance is too low. Top it up; Payonce sends it again later. You can withdraw it.',
    refund_not_asked_about:
      'Stripe cannot be asked whether it has made refund {{refund_id}}. To withdraw it anyway, send if_stripe_is_unreachable: withdraw.',
    stripe_key_missing:
      'This needs Stripe, and no Stripe key is configured here at the moment. Nothing was changed. It works again once the key is back.',
    dispute_lost:
      'The dispute of payment {{id}} was lost, and Stripe allows no refund of what is left. If you owe it, pay it back outside Stripe.',
    money_waits:
      'Payment {{id}} is {{from}}. Money that arrived for it does not match and waits for a decision: POST /ops/charges/{{charge_id}}/refund.',
    refund_refused:
      'Stripe refused this refund. Stripe confirms that the money is still here; you can refund it again.',
    refund_failed_at_stripe: 'Stripe could not send this refund. The money is still here; you can refund it again.',
    refund_was_withdrawn: 'Refund {{id}} was withdrawn. To refund again, send the request with a new Idempotency-Key.',
    refund_made_at_stripe: 'Stripe has made refund {{id}} ({{status}}), so it cannot be withdrawn.',
    settled_by_stripe: 'Only Stripe settles this refund. Staff can withdraw one that Stripe has not answered.',
    product_has_reference:
      'Product {{id}} has the external reference {{external_reference}} already, with other terms.',
  } satisfies Record<Reason, string>,
  payment: {
    created: 'Payment created successfully',
    existing: 'This payment has been created before',
    confirmed: 'Payment confirmed successfully',
    partially_paid:
      'Money received, but not all of it: the payment still needs {{amount_due}} {{currency}}, in minor units, and stays pending',
    confirmed_with_rest:
      'Payment confirmed successfully. More than it needs was received: {{rest}} {{currency}}, in minor units, are unmatched on transfer {{transfer_id}}',
    found: 'Payment found',
    cancelled: 'Payment cancelled successfully',
    abandoned_unreachable:
      'Payment {{id}} is cancelled on your word: Stripe gave no answer. Money may still arrive for it; it is refunded automatically once Stripe answers again.',
    abandoned_unknown:
      'Payment {{id}} is cancelled on your word: Stripe does not know its session. Money may still arrive for it; it is refunded automatically once Stripe tells us of it.',
    listed: 'Payments found',
    timeline: 'Timeline found',
    refunded: 'Refund processed successfully',
    refund_reserved: 'Refund reserved: it counts, and is settled when the money was paid back',
    refund_repeated: 'This refund was already made',
    refund_settled: 'Refund settled successfully',
    refund_withdrawn: 'Refund withdrawn',
    refund_withdrawn_unasked:
      'Refund withdrawn without asking Stripe: it may have been made. Check the Stripe dashboard before you refund again.',
    refund_withdrawn_unanswered:
      'Refund withdrawn. Payonce will not send it again. If Stripe makes it after all, it is booked as a refund.',
    refunds_listed: 'Refunds found',
  },
  transfer: {
    recorded: 'Transfer recorded, and the payment is confirmed',
    recorded_in_part: 'Transfer recorded and matched; the payment needs more and stays pending',
    recorded_with_rest: 'Transfer recorded, and the payment is confirmed. What it did not need is unmatched',
    recorded_unmatched: 'Transfer recorded; it is unmatched',
    listed: 'Transfers found',
    found: 'Transfer found',
    corrected: 'Transfer corrected',
    voided: 'Record voided',
    matched: 'Transfer matched, and the payment is confirmed',
    matched_in_part: 'Transfer matched; the payment needs more and stays pending',
    unmatched: 'Match undone; the money is unmatched again',
    refund_reserved: 'Refund reserved: it is settled when the money was paid back',
    refunded: 'Refund processed successfully',
  },
  checkout: {
    created: 'Checkout session created successfully',
    order_found: 'Order found',
  },
  webhook: {
    received: 'Received',
    listed: 'Events found',
    found: 'Event found',
    retried: 'The event was tried again',
  },
  ops: {
    discrepancies: 'Discrepancies found',
    discrepancy_resolved: 'The discrepancy is resolved',
    charges: 'Charges found',
    charge_accepted: 'Money accepted; the payment is completed',
    charge_settled_elsewhere: 'Marked as settled elsewhere',
    refunds: 'Refunds found',
    locks: 'Locks found',
    keys: 'Keys found',
  },
  consultation: {
    name: 'Consultation {{id}}',
    created: 'Consultation created successfully',
    existing: 'This consultation exists already',
    changed: 'Consultation changed successfully',
    listed: 'Consultations found',
  },
  product: {
    created: 'Product created successfully',
    existing: 'This product exists already',
    changed: 'Product changed successfully',
    listed: 'Products found',
  },
  auth: {
    logged_in: 'Logged in successfully',
  },
  health: {
    alive: 'Alive',
    ready: 'Ready',
    degraded: 'Ready, without {{missing}}',
    not_ready: 'Not ready: {{missing}}',
  },
  field: {
    unknown: 'is not known here',
    in_body: 'belongs into the body, not into the address',
    reserved_name: 'cannot hold a member called {{name}}',
    not_an_object: 'must be an object',
    integer: 'must be a whole number from {{min}} to {{max}}',
    one_of: 'must be one of: {{values}}',
    text: 'must be a text of {{min}} to {{max}} characters without control characters',
    email: 'must be an email address',
    https_url: 'must be an http(s) address of at most {{max}} characters',
    slug: 'must have 1 to {{max}} characters out of a–z, 0–9, - and _, and start with a letter or digit',
    metadata:
      'must be at most {{entries}} pairs of short texts without control characters: names up to {{name}} characters, without brackets, values up to {{value}}',
    key_differs: 'differs from the same key in another place of the request',
    idempotency_key:
      'must have 1 to 255 printable ASCII characters, without blanks at its ends; a quoted one is quoted at both ends',
    not_together: 'cannot be given together with {{other}}',
    at_least_one_of: 'at least one must be given: {{values}}',
    transaction_id: 'must have 1 to 255 letters, digits or signs, without spaces',
    cursor: 'is not a cursor we gave out',
    origin: 'must be an address of: {{origins}}',
    stripe_transaction: 'must be the id of a payment at Stripe (pi_…) or of its session (cs_…)',
    past_time: 'must be a date (2026-03-31) or a time with its zone, not in the future',
    needed_after_a_part: 'must be given, since a part of this payment has arrived before',
    stripe_states_it: 'is not given for Stripe, which states it itself',
    stripe_names_it: 'is not given for Stripe, which names its refunds itself',
  },
};

export type Catalogue = typeof en;
