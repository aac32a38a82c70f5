import type { Reason } from '#errors';

/** English sentences; those of the `legacy` wire contract stay as they are. Every other language must have the same keys (the types see to it). */
export const en = {
  errors: {
    VALIDATION_FAILED: 'The request is not valid.',
    MALFORMED_REQUEST: 'The request could not be read.',
    UNSUPPORTED_MEDIA_TYPE:
      'Send JSON, with the header Content-Type: application/json. Only the login also takes a form.',
    PAYLOAD_TOO_LARGE: 'The request is too large.',
    HEADERS_TOO_LARGE: 'The headers of the request are too large.',
    REQUEST_TIMEOUT: 'The request took too long to arrive.',
    ROUTE_NOT_FOUND: 'There is no such route, or not for this method.',
    UNAUTHENTICATED: 'Please log in.',
    INVALID_CREDENTIALS: 'The email or the password is wrong.',
    TOO_MANY_ATTEMPTS: 'Too many attempts. Please try again in {{seconds}} seconds.',
    FORBIDDEN: 'You are not allowed to do this.',
    CONSULTATION_NOT_FOUND: 'Consultation {{id}} does not exist.',
    PRODUCT_NOT_FOUND: 'Product {{id}} does not exist.',
    PAYMENT_NOT_FOUND: 'Payment {{id}} does not exist.',
    USER_NOT_FOUND: 'User {{id}} does not exist.',
    PRODUCT_EXISTS: 'Product {{id}} already exists.',
    EXTERNAL_REFERENCE_USED:
      'Consultation {{id}} already has the external reference {{external_reference}}, with other terms.',
    CONSULTATION_CLOSED: 'Consultation {{id}} is closed and can no longer be paid.',
    AMOUNT_MISMATCH: 'The amount must be {{amount}} {{currency}}, in minor units.',
    AMOUNT_OUT_OF_RANGE: 'Stripe accepts amounts from {{minimum}} to {{maximum}} {{currency}}, in minor units.',
    PAYMENT_EXISTS: 'Duplicate payment request detected',
    PAYMENT_ALREADY_CONFIRMED: 'Payment {{id}} has already been confirmed.',
    TRANSITION_NOT_ALLOWED: 'Payment {{id}} is {{from}} and cannot become {{to}}.',
    TRANSACTION_ALREADY_USED: 'Transaction {{transaction_id}} has already confirmed another payment.',
    PAYMENT_PROCESSING: 'Payment {{id}} is processing. Please wait until the money arrives.',
    REFUND_NOT_FOUND: 'Refund {{id}} does not exist.',
    REFUND_TOO_LARGE: 'At most {{refundable_amount}} {{currency}}, in minor units, can still be refunded.',
    NOTHING_LEFT_TO_REFUND: 'Payment {{id}} has nothing left to refund: all of it was refunded or is being refunded.',
    REFUND_ALREADY_SETTLED: 'Refund {{id}} is already {{status}}.',
    REFUND_NEEDS_DECISION:
      'Stripe never answered refund {{refund_id}} of {{amount}} {{currency}}, in minor units, and Stripe has another refund of this payment that Payonce did not know of when it sent this one ({{conflicting_refunds}}). Payonce does not send it again. If the other refund replaces it, withdraw it; if you want both, withdraw it and refund again.',
    TRANSFER_NOT_FOUND: 'Transfer {{id}} does not exist.',
    TRANSFER_MISMATCH:
      'Transaction {{transaction_id}} is recorded as transfer {{id}} of {{amount}} {{currency}}, in minor units, which does not match. Correct the transfer, or check the amount, currency and method.',
    NOTHING_UNMATCHED:
      'Transfer {{id}} has no unmatched money: it is matched with payments, was paid back, or was voided.',
    MATCH_TOO_LARGE: 'At most {{matchable_amount}} {{currency}}, in minor units, can be matched with this payment.',
    TRANSFER_IN_USE:
      'Of transfer {{id}}, {{allocated_amount}} {{currency}}, in minor units, are matched or paid back, or its record was voided. Undo its matches first.',
    NOTHING_TO_UNMATCH: 'Transfer {{transfer_id}} has no match with payment {{payment_id}} that could be undone.',
    REFUND_PENDING: 'A refund of payment {{payment_id}} is reserved. Settle or withdraw it before you undo the match.',
    CHARGE_NOT_FOUND: 'Charge {{id}} does not exist.',
    CHARGE_NOT_QUARANTINED: 'Charge {{id}} is {{disposition}}; only quarantined money needs a decision.',
    CHARGE_NOT_ACCEPTABLE:
      'Charge {{id}} cannot pay payment {{payment_id}}, which is {{status}}: {{provider}} received {{received}}, expected are {{expected}}, in minor units. Refund it, or settle it elsewhere.',
    TRANSACTION_NOT_PAID: '{{provider}} has not confirmed yet that {{transaction_id}} is paid.',
    TRANSACTION_MISMATCH: 'Transaction {{transaction_id}} does not belong to this payment.',
    PAYMENT_DISPUTED: 'Payment {{id}} is disputed; the bank decides the outcome.',
    PRODUCT_CLOSED: 'Product {{id}} is no longer available.',
    ORDER_NOT_FOUND: 'Order {{id}} does not exist.',
    PROVIDER_REFUSED: 'The payment provider refused this payment. Nothing was charged.',
    STRIPE_REFUSED: 'Stripe refused this payment. Nothing was charged.',
    WEBHOOK_SIGNATURE_INVALID: 'The signature of the webhook is not valid.',
    EVENT_NOT_FOUND: 'Event {{id}} does not exist.',
    DISCREPANCY_NOT_FOUND: 'Discrepancy {{id}} does not exist.',
    DISCREPANCY_RESOLVED: 'Discrepancy {{id}} has already been resolved.',
    EVENT_ALREADY_APPLIED: 'Event {{id}} has already been applied.',
    IDEMPOTENCY_KEY_REUSED: 'This idempotency key was used for another request.',
    IDEMPOTENCY_KEY_MISSING: 'Send an Idempotency-Key header.',
    PAYMENT_IN_PROGRESS: 'Payment is already in progress. Please wait.',
    LAB_BUSY: 'Another attack is still running. Please wait until it ends.',
    LOCK_TIMEOUT: 'The payment request is being processed. Please try again.',
    DATABASE_UNAVAILABLE: 'The service cannot reach its database right now. Please try again: nobody is charged twice.',
    DATABASE_RESTORED: 'The service has just switched to another database. Please try again: nobody is charged twice.',
    STRIPE_NOT_CONFIGURED:
      'Stripe payments are not available here: no Stripe key is configured. Please choose another payment method.',
    PROVIDER_NOT_CONFIGURED: 'This payment method is not set up here. Please choose another one.',
    PROVIDER_UNAVAILABLE: 'The payment provider gives no clear answer right now. Please try again.',
    STRIPE_UNAVAILABLE: 'Stripe gives no clear answer right now. Please try again.',
    IDENTITY_PROVIDER_UNAVAILABLE: 'Your login cannot be checked right now. Please try again.',
    SERVICE_UNAVAILABLE: 'The service is not available right now. Please try again.',
    INTERNAL_ERROR: 'Something went wrong on our side. You can try again: nobody is charged twice.',
  },
  /** Messages for codes that are used in several situations. */
  reasons: {
    already_so: 'Payment {{id}} is already {{from}}.',
    transaction_paid_back: 'Transaction {{transaction_id}} already settled another refund.',
    transaction_paid_in: 'Transaction {{transaction_id}} is incoming money. Enter the reference of the transfer back.',
    confirmed_and_refunded: 'Payment {{id}} was refunded and can’t take more money. Match it with another payment.',
    transfer_recorded: 'Transaction {{transaction_id}} is already recorded as transfer {{transfer_id}}.',
    transfer_by_other_method:
      'Transfer {{id}} uses another method than this payment, so it cannot pay it. Ask the payer to start a payment with that method and match the transfer with it, or pay the transfer back.',
    transfer_in_other_currency:
      'Transfer {{id}} is in {{currency}} and this payment is not, so it cannot pay it. Match it with a payment in {{currency}}, or pay it back.',
    transfer_pays_it_already:
      'Transaction {{transaction_id}} is recorded as transfer {{transfer_id}} and already pays this payment.',
    transfer_allocated:
      'Transaction {{transaction_id}} is recorded as transfer {{transfer_id}}, and all of it is matched or paid back. If more was received, correct its amount; if it was matched with the wrong payment, undo that: POST /transfers/{{transfer_id}}/unmatch.',
    money_left_unmatched:
      'Payment {{id}} is {{status}} and does not take this money. Of transfer {{transfer_id}}, {{unmatched_amount}} {{currency}}, in minor units, are unmatched: match them with another payment, or pay them back.',
    transaction_unknown: '{{provider}} has no payment {{transaction_id}}. Check the id.',
    money_not_stated: '{{provider}} cannot be asked what charge {{id}} received. Refund it, or settle it elsewhere.',
    refund_waits:
      'Stripe has not answered refund {{refund_id}} of {{amount}} {{currency}}, in minor units. It stays reserved and Payonce keeps asking Stripe; do not request it again another way. You can withdraw it.',
    refund_waits_for_balance:
      'Stripe refused refund {{refund_id}} of {{amount}} {{currency}}, in minor units, for now: your Stripe balance is too low. Top it up; Payonce sends it again later. You can withdraw it.',
    refund_not_asked_about:
      'Stripe cannot be reached, so it is not known whether refund {{refund_id}} was made. To withdraw it anyway, send if_stripe_is_unreachable: withdraw.',
    stripe_key_missing:
      'This needs Stripe, and no Stripe key is configured at the moment. Nothing was changed. Set STRIPE_SECRET_KEY and try again.',
    dispute_lost:
      'The dispute of payment {{id}} was lost, and Stripe allows no refund of what is left. If you owe it, pay it back outside Stripe.',
    money_waits:
      'Payment {{id}} is {{from}}. Money that arrived for it does not match and waits for a decision: POST /ops/charges/{{charge_id}}/refund.',
    refund_refused:
      'Stripe refused this refund. Stripe confirms that the money is still here; you can refund it again.',
    refund_failed_at_stripe: 'Stripe could not send this refund. The money is still here; you can refund it again.',
    refund_was_withdrawn: 'Refund {{id}} was withdrawn. To refund again, send the request with a new Idempotency-Key.',
    refund_made_at_stripe: 'Stripe has made refund {{id}} ({{status}}), so it cannot be withdrawn.',
    settled_by_provider:
      'Only {{provider}} settles this refund. Staff can withdraw one that {{provider}} has not answered.',
    product_has_reference:
      'Product {{id}} already has the external reference {{external_reference}}, with other terms.',
  } satisfies Record<Reason, string>,
  payment: {
    created: 'Payment created successfully',
    existing: 'This payment has been created before',
    confirmed: 'Payment confirmed successfully',
    partially_paid:
      'Money received, but not all of it: the payment still needs {{amount_due}} {{currency}}, in minor units, and stays pending',
    confirmed_with_rest:
      'Payment confirmed successfully. More than it needs was received: {{rest}} {{currency}}, in minor units, are unmatched on transfer {{transfer_id}}',
    found: 'OK',
    cancelled: 'Payment cancelled successfully',
    abandoned_unreachable:
      'Payment {{id}} is cancelled without Stripe’s confirmation: Stripe did not answer. If money still arrives, it is refunded automatically once Stripe answers again.',
    abandoned_unknown:
      'Payment {{id}} is cancelled without Stripe’s confirmation: Stripe does not know its session. If money still arrives, it is refunded automatically once Stripe reports it.',
    listed: 'OK',
    timeline: 'OK',
    refunded: 'Refund processed successfully',
    refund_reserved: 'Refund reserved. Settle it once the money has been paid back',
    refund_repeated: 'This refund was already made',
    refund_settled: 'Refund settled successfully',
    refund_withdrawn: 'Refund withdrawn',
    refund_withdrawn_unasked:
      'Refund withdrawn without asking Stripe: it may have been made. Check the Stripe dashboard before you refund again.',
    refund_withdrawn_unanswered:
      'Refund withdrawn. Payonce will not send it again. If Stripe makes it after all, it is booked as a refund.',
    refunds_listed: 'OK',
  },
  transfer: {
    recorded: 'Transfer recorded, and the payment is confirmed',
    recorded_in_part: 'Transfer recorded and matched; the payment needs more and stays pending',
    recorded_with_rest: 'Transfer recorded, and the payment is confirmed. What it did not need is unmatched',
    recorded_unmatched: 'Transfer recorded; it is unmatched',
    listed: 'OK',
    found: 'OK',
    corrected: 'Transfer corrected',
    voided: 'Record voided',
    matched: 'Transfer matched, and the payment is confirmed',
    matched_in_part: 'Transfer matched; the payment needs more and stays pending',
    unmatched: 'Match undone; the money is unmatched again',
    refund_reserved: 'Refund reserved. Settle it once the money has been paid back',
    refunded: 'Refund processed successfully',
  },
  checkout: {
    created: 'Checkout session created successfully',
    order_found: 'OK',
  },
  webhook: {
    received: 'Received',
    listed: 'OK',
    found: 'OK',
    retried: 'Event retried',
  },
  ops: {
    discrepancies: 'OK',
    discrepancy_resolved: 'The discrepancy is resolved',
    charges: 'OK',
    charge_accepted: 'Money accepted; the payment is completed',
    charge_settled_elsewhere: 'Marked as settled elsewhere',
    refunds: 'OK',
    locks: 'OK',
    keys: 'OK',
  },
  consultation: {
    name: 'Consultation {{id}}',
    created: 'Consultation created successfully',
    existing: 'This consultation exists already',
    changed: 'Consultation changed successfully',
    listed: 'OK',
  },
  product: {
    created: 'Product created successfully',
    existing: 'This product exists already',
    changed: 'Product changed successfully',
    listed: 'OK',
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
    unknown: 'is unknown',
    in_body: 'must be sent in the body, not in the URL',
    reserved_name: 'must not have a member named {{name}}',
    not_an_object: 'must be an object',
    integer: 'must be a whole number from {{min}} to {{max}}',
    one_of: 'must be one of: {{values}}',
    text: 'must have {{min}} to {{max}} characters, without control characters',
    email: 'must be an email address',
    https_url: 'must be an http(s) URL of at most {{max}} characters',
    slug: 'must have 1 to {{max}} characters out of a–z, 0–9, - and _, and start with a letter or digit',
    metadata:
      'must be at most {{entries}} pairs of short texts without control characters: names up to {{name}} characters, without brackets, values up to {{value}}',
    key_differs: 'differs from the idempotency key elsewhere in the request',
    idempotency_key:
      'must have 1 to 255 printable ASCII characters, without blanks at its ends; a quoted one is quoted at both ends',
    not_together: 'cannot be sent together with {{other}}',
    at_least_one_of: 'at least one is required: {{values}}',
    transaction_id: 'must have 1 to 255 letters, digits or signs, without spaces',
    cursor: 'is not a valid cursor',
    origin: 'must be an address of: {{origins}}',
    stripe_transaction: 'must be the id of a payment at Stripe (pi_…) or of its session (cs_…)',
    past_time: 'must be a date (2026-03-31) or a time with its zone, not in the future',
    needed_after_a_part: 'is required, because a part of this payment was already received',
    stripe_states_it: 'must not be sent for Stripe, which reports it',
    provider_names_it: 'must not be sent for {{provider}}, which assigns refund ids',
  },
};

export type Catalogue = typeof en;
