/**
 * What goes over the wire: the named schemas of docs/reference/openapi.json, spelled as the API spells them, and the query
 * of each list as `…_query`. Amounts are integer minor units; times are ISO 8601 UTC.
 * Made by `npm run docs`; do not edit.
 */
export interface components {
    schemas: {
        /** @description Amount mismatch */
        readonly AMOUNT_MISMATCH: {
            /** @constant */
            readonly status_code: 422;
            /** @constant */
            readonly code: "AMOUNT_MISMATCH";
            /** @constant */
            readonly error: "Amount mismatch";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly expected: {
                    readonly amount: number;
                    readonly currency: string;
                };
            };
        };
        /** @description Amount out of range */
        readonly AMOUNT_OUT_OF_RANGE: {
            /** @constant */
            readonly status_code: 422;
            /** @constant */
            readonly code: "AMOUNT_OUT_OF_RANGE";
            /** @constant */
            readonly error: "Amount out of range";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly range: {
                    readonly currency: string;
                    readonly minimum: number;
                    readonly maximum: number;
                };
            };
        };
        readonly AbandonPaymentRequest: {
            /** @description Why the payment cannot wait for Stripe. Stored in the audit log. */
            readonly reason: string;
            readonly idempotency_key?: string | null;
        };
        readonly AbandonedPayment: {
            readonly payment_id: number;
            readonly payment: components["schemas"]["Payment"];
            readonly invoice: components["schemas"]["Invoice"];
            readonly tax: components["schemas"]["TaxRecord"];
            /**
             * @description What Stripe said first: it can no longer be paid; it does not know it; it gave no answer. After the last two money may still arrive, and is then refunded automatically.
             * @enum {string}
             */
            readonly provider: "closed" | "unknown" | "unreachable";
        };
        readonly AcceptChargeRequest: {
            readonly idempotency_key?: string | null;
        };
        readonly Alive: {
            /** @constant */
            readonly status: "alive";
            readonly uptime_seconds: number;
        };
        /** @description Charge not acceptable */
        readonly CHARGE_NOT_ACCEPTABLE: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "CHARGE_NOT_ACCEPTABLE";
            /** @constant */
            readonly error: "Charge not acceptable";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly charge_id: number;
                readonly payment_id: number;
                readonly status: string;
                readonly received: {
                    readonly amount: number;
                    readonly currency: string;
                };
                readonly expected: {
                    readonly amount: number;
                    readonly currency: string;
                };
            };
        };
        /** @description Charge not found */
        readonly CHARGE_NOT_FOUND: {
            /** @constant */
            readonly status_code: 404;
            /** @constant */
            readonly code: "CHARGE_NOT_FOUND";
            /** @constant */
            readonly error: "Charge not found";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Charge not quarantined */
        readonly CHARGE_NOT_QUARANTINED: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "CHARGE_NOT_QUARANTINED";
            /** @constant */
            readonly error: "Charge not quarantined";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly charge_id: number;
                /** @enum {string} */
                readonly disposition: "accepted" | "partial" | "reversed" | "returned" | "quarantined" | "foreign" | "settled_elsewhere";
            };
        };
        /** @description Consultation closed */
        readonly CONSULTATION_CLOSED: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "CONSULTATION_CLOSED";
            /** @constant */
            readonly error: "Consultation closed";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Consultation not found */
        readonly CONSULTATION_NOT_FOUND: {
            /** @constant */
            readonly status_code: 404;
            /** @constant */
            readonly code: "CONSULTATION_NOT_FOUND";
            /** @constant */
            readonly error: "Consultation not found";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        readonly CancelPaymentRequest: {
            readonly idempotency_key?: string | null;
        };
        readonly CancelledPayment: {
            readonly payment_id: number;
            readonly payment: components["schemas"]["Payment"];
            readonly invoice: components["schemas"]["Invoice"];
            readonly tax: components["schemas"]["TaxRecord"];
        };
        readonly ChangeConsultationRequest: {
            readonly fee?: number | null;
            /** @enum {string|null} */
            readonly currency?: "idr" | "php" | "usd" | "eur" | "gbp" | "sgd" | "myr" | "aud" | "jpy" | null;
            /** @enum {string|null} */
            readonly status?: "open" | "closed" | null;
            readonly idempotency_key?: string | null;
        } | {
            readonly fee: unknown;
        } | {
            readonly currency: unknown;
        } | {
            readonly status: unknown;
        };
        readonly ChangeProductRequest: {
            readonly name?: string | null;
            readonly price?: number | null;
            /** @enum {string|null} */
            readonly currency?: "idr" | "php" | "usd" | "eur" | "gbp" | "sgd" | "myr" | "aud" | "jpy" | null;
            /** @enum {string|null} */
            readonly status?: "open" | "closed" | null;
            readonly idempotency_key?: string | null;
        } | {
            readonly name: unknown;
        } | {
            readonly price: unknown;
        } | {
            readonly currency: unknown;
        } | {
            readonly status: unknown;
        };
        readonly ChangedConsultation: {
            readonly consultation: components["schemas"]["Consultation"];
            readonly live_payment: components["schemas"]["LivePayment"] | null;
        };
        readonly ChangedProduct: {
            readonly product: components["schemas"]["Product"];
            readonly open_payments: {
                readonly count: number;
                /** @description The oldest 20. */
                readonly payments: readonly components["schemas"]["OpenPayment"][];
            };
        };
        readonly ChangedTransfer: {
            readonly transfer: components["schemas"]["Transfer"];
        };
        readonly Charge: {
            /** @enum {string} */
            readonly payment_method: "stripe" | "gcash" | "bank_transfer";
            readonly transaction_id: string;
            readonly amount_received: number;
            readonly currency: string;
            /** @description As given with the confirmation; else Stripe's own. A link of Stripe's that is older than 30 days asks for the payer's email address. */
            readonly receipt_url: string | null;
        };
        readonly Checkout: {
            readonly session_id: string;
            readonly url: string;
            /** Format: date-time */
            readonly expires_at: string;
        };
        readonly CheckoutRequest: {
            readonly product_id: string;
            readonly quantity?: number | null;
            /**
             * Format: uri
             * @description Must have a configured origin. Defaults to Payonce's own pay page.
             */
            readonly success_url?: string | null;
            /** Format: uri */
            readonly cancel_url?: string | null;
            readonly idempotency_key?: string | null;
        };
        readonly Checks: {
            readonly durability: components["schemas"]["DurabilityCheck"];
            readonly clock: components["schemas"]["ClockCheck"];
            readonly stripe_catch_up: components["schemas"]["StripeCatchUpCheck"];
        };
        readonly ClockCheck: {
            /** @enum {string} */
            readonly status: "ok" | "warning" | "unknown";
            /** @description Negative: behind. Null: Stripe's clock is not known yet. */
            readonly ahead_of_stripe_seconds: number | null;
            readonly ahead_of_postgres_seconds: number | null;
            /** @description A larger difference is a warning. */
            readonly max_seconds: number;
        };
        readonly ConfirmPaymentRequest: {
            readonly transaction_id: string;
            /** Format: uri */
            readonly receipt_url?: string | null;
            /** @description By bank or GCash: what was received, in minor units, when it differs from what the payment still needs. The part that the payment cannot accept stays unmatched on the transfer. For Stripe, the amount comes from Stripe. */
            readonly amount_received?: number | null;
            /**
             * @description By bank or GCash: when it was received; defaults to now.
             * @example 2026-03-31
             */
            readonly received_at?: string | null;
            readonly idempotency_key?: string | null;
        };
        readonly ConfirmedPayment: {
            readonly payment_id: number;
            readonly payment: components["schemas"]["Payment"];
            readonly invoice: components["schemas"]["Invoice"];
            readonly tax: components["schemas"]["TaxRecord"];
            readonly charge: components["schemas"]["Charge"] | components["schemas"]["FoundCharge"];
            /** @description What the payment still needs: it stays pending. 0: it is confirmed. */
            readonly amount_due: number;
            /** @description By bank or GCash: the money as it was recorded. */
            readonly transfer: components["schemas"]["Transfer"] | null;
        };
        readonly Consultation: {
            readonly id: number;
            readonly patient_id: number;
            readonly fee: number;
            readonly currency: string;
            /** @enum {string} */
            readonly status: "open" | "closed";
            /** @description What the system that made it calls it. */
            readonly external_reference: string | null;
            /** @description Money taken after this time is refunded. */
            readonly closed_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
        };
        readonly CorrectTransferRequest: {
            /** @description Minor units; never less than what is matched or paid back. */
            readonly amount?: number | null;
            /** @example 2026-03-31 */
            readonly received_at?: string | null;
            readonly payer?: string | null;
            readonly note?: string | null;
            readonly idempotency_key?: string | null;
        } | {
            readonly amount: unknown;
        } | {
            readonly received_at: unknown;
        } | {
            readonly payer: unknown;
        } | {
            readonly note: unknown;
        };
        readonly CreateConsultationRequest: {
            readonly patient_id?: number | null;
            readonly patient_subject?: string | null;
            readonly fee: number;
            /** @enum {string|null} */
            readonly currency?: "idr" | "php" | "usd" | "eur" | "gbp" | "sgd" | "myr" | "aud" | "jpy" | null;
            /** @description The sender's own id for it, which is unique. A repeated request with the same terms returns the existing one. */
            readonly external_reference?: string | null;
            readonly idempotency_key?: string | null;
        } | {
            readonly patient_id: unknown;
        } | {
            readonly patient_subject: unknown;
        };
        readonly CreateProductRequest: {
            readonly id: string;
            readonly name: string;
            readonly price: number;
            /** @enum {string|null} */
            readonly currency?: "idr" | "php" | "usd" | "eur" | "gbp" | "sgd" | "myr" | "aud" | "jpy" | null;
            /** @description The sender's own id for it, which is unique. A repeated request with the same terms returns the existing one. */
            readonly external_reference?: string | null;
            readonly idempotency_key?: string | null;
        };
        readonly CreditNote: {
            readonly credit_number: string;
            readonly amount: number;
            readonly base_amount: number;
            readonly tax_amount: number;
            /**
             * Format: date-time
             * @description When the money it is about moved.
             */
            readonly effective_at: string;
            /**
             * Format: date-time
             * @description When it was written.
             */
            readonly created_at: string;
        };
        /** @description Database restored */
        readonly DATABASE_RESTORED: {
            /** @constant */
            readonly status_code: 503;
            /** @constant */
            readonly code: "DATABASE_RESTORED";
            /** @constant */
            readonly error: "Database restored";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Database unavailable */
        readonly DATABASE_UNAVAILABLE: {
            /** @constant */
            readonly status_code: 503;
            /** @constant */
            readonly code: "DATABASE_UNAVAILABLE";
            /** @constant */
            readonly error: "Database unavailable";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Discrepancy not found */
        readonly DISCREPANCY_NOT_FOUND: {
            /** @constant */
            readonly status_code: 404;
            /** @constant */
            readonly code: "DISCREPANCY_NOT_FOUND";
            /** @constant */
            readonly error: "Discrepancy not found";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Discrepancy already resolved */
        readonly DISCREPANCY_RESOLVED: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "DISCREPANCY_RESOLVED";
            /** @constant */
            readonly error: "Discrepancy already resolved";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        readonly DecidedCharge: {
            readonly charge: components["schemas"]["ListedCharge"];
            readonly payment_id: number;
            readonly payment: components["schemas"]["Payment"];
            readonly invoice: components["schemas"]["Invoice"];
            readonly tax: components["schemas"]["TaxRecord"];
        };
        readonly DeclinedAttempt: {
            /**
             * Format: date-time
             * @description By Stripe’s clock.
             */
            readonly at: string;
            /** @description Stripe’s error code, such as `card_declined`. */
            readonly code: string | null;
            /** @description The issuer’s reason, such as `insufficient_funds`; for the payer `generic_decline` in place of a few. */
            readonly decline_code: string | null;
            /** @description Stripe’s sentence for the payer. */
            readonly message: string | null;
            readonly card: {
                readonly brand: string;
                readonly last4: string;
            } | null;
        };
        readonly DeclinedAttempts: {
            /** @description Of cards only: a bank debit that failed is no declined card. */
            readonly count: number;
            /** @description Newest first, ten at most. */
            readonly latest: readonly components["schemas"]["DeclinedAttempt"][];
        };
        readonly Dependency: {
            /** @enum {string} */
            readonly status: "up" | "down" | "not_configured";
            /** @description Whether Payonce needs it to be ready. Without the others it is slower, or cannot call Stripe. */
            readonly required: boolean;
            readonly latency_ms?: number;
            readonly reason?: string;
        };
        readonly DescribedEvent: {
            readonly id: number;
            readonly event_id: string;
            readonly type: string;
            readonly livemode: boolean;
            /** @enum {string} */
            readonly source: "webhook" | "poll";
            /** @enum {string} */
            readonly status: "pending" | "applied" | "ignored" | "foreign" | "quarantined" | "dead";
            readonly tries: number;
            /** @description Tries that failed because of the event itself; after twelve it waits for staff. */
            readonly failures: number;
            readonly next_try_at: string | null;
            readonly note: string | null;
            readonly payment_id: number | null;
            /** Format: date-time */
            readonly received_at: string;
            readonly settled_at: string | null;
        };
        readonly Discrepancy: {
            readonly id: number;
            /** @enum {string} */
            readonly kind: "unknown_payment" | "paid_twice";
            /** @description The checkout session at Stripe. */
            readonly stripe_id: string;
            readonly payment_id: number | null;
            readonly amount: number;
            readonly currency: string;
            readonly detail: {
                readonly [key: string]: unknown;
            };
            /** Format: date-time */
            readonly found_at: string;
            readonly resolved_at: string | null;
            readonly resolved_by: number | null;
            readonly note: string | null;
        };
        readonly DurabilityCheck: {
            /** @enum {string} */
            readonly status: "ok" | "warning";
            /** @description What operators should do about it. */
            readonly message: string;
            readonly fsync?: string;
            readonly full_page_writes?: string;
            readonly synchronous_commit?: string;
            /** @description As in pg_settings.source. */
            readonly synchronous_commit_source?: string;
            readonly synchronous_standbys?: boolean;
        };
        /** @description Event already applied */
        readonly EVENT_ALREADY_APPLIED: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "EVENT_ALREADY_APPLIED";
            /** @constant */
            readonly error: "Event already applied";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly id: number;
                readonly event_id: string;
                /** @constant */
                readonly status: "applied";
            };
        };
        /** @description Event not found */
        readonly EVENT_NOT_FOUND: {
            /** @constant */
            readonly status_code: 404;
            /** @constant */
            readonly code: "EVENT_NOT_FOUND";
            /** @constant */
            readonly error: "Event not found";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description External reference used */
        readonly EXTERNAL_REFERENCE_USED: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "EXTERNAL_REFERENCE_USED";
            /** @constant */
            readonly error: "External reference used";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            /** @description Which consultation, or which product, has it. */
            readonly data: {
                readonly external_reference: string;
                readonly consultation_id: number | null;
                readonly product_id: string | null;
            };
        };
        readonly EventWithPayload: {
            readonly id: number;
            readonly event_id: string;
            readonly type: string;
            readonly livemode: boolean;
            /** @enum {string} */
            readonly source: "webhook" | "poll";
            /** @enum {string} */
            readonly status: "pending" | "applied" | "ignored" | "foreign" | "quarantined" | "dead";
            readonly tries: number;
            /** @description Tries that failed because of the event itself; after twelve it waits for staff. */
            readonly failures: number;
            readonly next_try_at: string | null;
            readonly note: string | null;
            readonly payment_id: number | null;
            /** Format: date-time */
            readonly received_at: string;
            readonly settled_at: string | null;
            /** @description As JSON, or as the text that it is. */
            readonly payload: unknown;
        };
        readonly ExistingPayment: {
            /** @constant */
            readonly type: "existing";
            readonly payment_id: number;
            /** @enum {string} */
            readonly status: "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled";
            readonly message: string;
            readonly payment: components["schemas"]["Payment"];
            readonly checkout: components["schemas"]["Checkout"] | null;
            /** @description The money was recorded as this transfer, and is unmatched. */
            readonly transfer_id?: number;
        };
        /** @description Forbidden */
        readonly FORBIDDEN: {
            /** @constant */
            readonly status_code: 403;
            /** @constant */
            readonly code: "FORBIDDEN";
            /** @constant */
            readonly error: "Forbidden";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        readonly FoundCharge: {
            /** @enum {string} */
            readonly payment_method: "stripe" | "gcash" | "bank_transfer";
            readonly transaction_id: string;
            readonly amount_received: number;
            readonly currency: string;
            /** @description As given with the confirmation; else Stripe's own. A link of Stripe's that is older than 30 days asks for the payer's email address. */
            readonly receipt_url: string | null;
            readonly amount_returned: number;
            /**
             * Format: date-time
             * @description When the provider took the money.
             */
            readonly received_at: string;
            /**
             * Format: date-time
             * @description When Payonce learned of it.
             */
            readonly recorded_at: string;
            /** @description The transfer by bank or GCash that it is a part of. */
            readonly transfer_id: number | null;
        };
        readonly FoundPayment: {
            readonly id: number;
            readonly user_id: number;
            readonly consultation_id: number | null;
            readonly product_id: string | null;
            /** @description Its current name. */
            readonly product_name: string | null;
            readonly amount: number;
            readonly currency: string;
            /** @enum {string} */
            readonly payment_method: "stripe" | "gcash" | "bank_transfer";
            /** @description For `gcash` and `bank_transfer`: what the payer writes as the message of the transfer. An ISO 11649 creditor reference with check digits; people are shown it in groups of four. */
            readonly payment_reference: string | null;
            /** @enum {string} */
            readonly status: "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled";
            /** @description The money is on its way: the payment can neither be cancelled nor expire. */
            readonly processing: boolean;
            readonly quantity: number;
            readonly refunded_amount: number;
            /** @description Of `refunded_amount`: a refund failed after it had succeeded, and staff have to pay it back anew. */
            readonly refund_owed: number;
            readonly dispute: components["schemas"]["PaymentDispute"] | null;
            readonly metadata: {
                readonly [key: string]: string;
            };
            readonly expires_at: string | null;
            readonly completed_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
            readonly user_subject: string;
            readonly session_id: string | null;
            /** @description The key of the request that made it. */
            readonly idempotency_key: string | null;
        };
        /** @description Request headers too large */
        readonly HEADERS_TOO_LARGE: {
            /** @constant */
            readonly status_code: 431;
            /** @constant */
            readonly code: "HEADERS_TOO_LARGE";
            /** @constant */
            readonly error: "Request headers too large";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        readonly Health: {
            /** @enum {string} */
            readonly status: "ready" | "degraded" | "unavailable";
            /** @description `stripe` reports the circuit breaker: the check does not call Stripe. Without a key it is `not_configured`. */
            readonly dependencies: {
                readonly [key: string]: components["schemas"]["Dependency"];
            };
            /** @description What operators should check. A warning does not change readiness. */
            readonly checks: components["schemas"]["Checks"];
        };
        readonly HeldLock: {
            readonly lock_key: string;
            /** @description The user whose request holds it; null for the worker and for webhooks. */
            readonly user_id: number | null;
            readonly user_subject: string | null;
            readonly product_id: string | null;
            readonly consultation_id: number | null;
            readonly request_id: string | null;
            /** @description Since when. Null where this Redis node does not say who holds it. */
            readonly created_at: string | null;
            /** @description Until the lease ends, unless its holder extends it. */
            readonly left_ms: number;
        };
        readonly HeldLocks: {
            /**
             * @description Where new locks are stored now.
             * @enum {string}
             */
            readonly backend: "redis" | "postgres";
            readonly postgres: {
                readonly locks: readonly components["schemas"]["HeldLock"][];
                /** @description The list was cut off: there may be more. */
                readonly cut_short: boolean;
            };
            readonly redis: readonly components["schemas"]["RedisNode"][];
        };
        /** @description Idempotency key missing */
        readonly IDEMPOTENCY_KEY_MISSING: {
            /** @constant */
            readonly status_code: 400;
            /** @constant */
            readonly code: "IDEMPOTENCY_KEY_MISSING";
            /** @constant */
            readonly error: "Idempotency key missing";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Idempotency key reused */
        readonly IDEMPOTENCY_KEY_REUSED: {
            /** @constant */
            readonly status_code: 422;
            /** @constant */
            readonly code: "IDEMPOTENCY_KEY_REUSED";
            /** @constant */
            readonly error: "Idempotency key reused";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Identity provider unavailable */
        readonly IDENTITY_PROVIDER_UNAVAILABLE: {
            /** @constant */
            readonly status_code: 503;
            /** @constant */
            readonly code: "IDENTITY_PROVIDER_UNAVAILABLE";
            /** @constant */
            readonly error: "Identity provider unavailable";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Internal error */
        readonly INTERNAL_ERROR: {
            /** @constant */
            readonly status_code: 500;
            /** @constant */
            readonly code: "INTERNAL_ERROR";
            /** @constant */
            readonly error: "Internal error";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Invalid credentials */
        readonly INVALID_CREDENTIALS: {
            /** @constant */
            readonly status_code: 401;
            /** @constant */
            readonly code: "INVALID_CREDENTIALS";
            /** @constant */
            readonly error: "Invalid credentials";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        readonly Invoice: {
            readonly id: number;
            readonly invoice_number: string;
            readonly amount: number;
            readonly currency: string;
            /** @enum {string} */
            readonly status: "pending" | "paid" | "partially_refunded" | "refunded" | "void";
            /** @description Of `amount`: what refunds took back. */
            readonly credited_amount: number;
            readonly paid_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
        };
        readonly KeyInUse: {
            readonly id: number;
            readonly user_id: number;
            readonly user_subject: string | null;
            readonly method: string;
            readonly route: string;
            readonly idempotency_key: string;
            readonly resource: string | null;
            readonly response_status: number | null;
            /** Format: date-time */
            readonly created_at: string;
            readonly finished_at: string | null;
            /** Format: date-time */
            readonly expires_at: string;
            /** Format: date-time */
            readonly lease_expires_at: string;
        };
        /** @description Lock acquisition timeout */
        readonly LOCK_TIMEOUT: {
            /** @constant */
            readonly status_code: 503;
            /** @constant */
            readonly code: "LOCK_TIMEOUT";
            /** @constant */
            readonly error: "Lock acquisition timeout";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        readonly ListOfProducts: {
            readonly products: readonly components["schemas"]["Product"][];
        };
        readonly ListedCharge: {
            /** @enum {string} */
            readonly payment_method: "stripe" | "gcash" | "bank_transfer";
            readonly transaction_id: string;
            readonly amount_received: number;
            readonly currency: string;
            /** @description As given with the confirmation; else Stripe's own. A link of Stripe's that is older than 30 days asks for the payer's email address. */
            readonly receipt_url: string | null;
            readonly amount_returned: number;
            /**
             * Format: date-time
             * @description When the provider took the money.
             */
            readonly received_at: string;
            /**
             * Format: date-time
             * @description When Payonce learned of it.
             */
            readonly recorded_at: string;
            /** @description The transfer by bank or GCash that it is a part of. */
            readonly transfer_id: number | null;
            readonly id: number;
            readonly payment_id: number | null;
            /** @enum {string} */
            readonly disposition: "accepted" | "partial" | "reversed" | "returned" | "quarantined" | "foreign" | "settled_elsewhere";
            readonly amount_reserved: number;
        };
        readonly ListedConsultation: {
            readonly id: number;
            readonly patient_id: number;
            readonly fee: number;
            readonly currency: string;
            /** @enum {string} */
            readonly status: "open" | "closed";
            /** @description What the system that made it calls it. */
            readonly external_reference: string | null;
            /** @description Money taken after this time is refunded. */
            readonly closed_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
            readonly payment_id: number | null;
            readonly payment_status: ("pending" | "completed" | "partially_refunded") | null;
            /** @description Its money is on its way. */
            readonly payment_processing: boolean | null;
            readonly payment_method: ("stripe" | "gcash" | "bank_transfer") | null;
            /** @description Its own: the fee may have changed since. */
            readonly payment_amount: number | null;
            readonly payment_currency: string | null;
        };
        readonly LiveEntry: {
            readonly id: number;
            /** Format: date-time */
            readonly at: string;
            /** @enum {string} */
            readonly lane: "request" | "lock" | "database" | "stripe" | "webhook" | "worker";
            /** @enum {string} */
            readonly action: "request.create" | "request.checkout" | "request.confirm" | "request.cancel" | "request.abandon" | "request.refund" | "request.settle_refund" | "request.withdraw_refund" | "request.repeated" | "request.accept_charge" | "request.refund_charge" | "request.settle_charge_elsewhere" | "request.record_transfer" | "request.match_transfer" | "request.unmatch_transfer" | "request.refund_transfer" | "request.correct_transfer" | "request.void_transfer" | "lock.acquired" | "payment.created" | "payment.duplicate_refused" | "payment.completed" | "payment.partially_paid" | "payment.processing" | "payment.cancelled" | "payment.abandoned" | "payment.expired" | "payment.failed" | "payment.late_money_refused" | "payment.attempt_declined" | "payment.attempt_failed" | "session.attached" | "stripe.session_created" | "stripe.session_looked_up" | "stripe.session_unknown" | "stripe.session_closed" | "stripe.session_refused" | "stripe.session_unclear" | "stripe.refund_made" | "stripe.refund_refused" | "stripe.refund_unclear" | "stripe.refund_looked_for" | "webhook.event" | "webhook.retried" | "webhook.put_off" | "webhook.given_up" | "worker.event" | "worker.looked" | "worker.reviewed_charge" | "money.quarantined" | "money.accepted" | "money.settled_elsewhere" | "money.returned_automatically" | "transfer.recorded" | "transfer.left_unmatched" | "transfer.unmatched" | "transfer.refund_reserved" | "transfer.refunded" | "transfer.refund_withdrawn" | "transfer.corrected" | "transfer.voided" | "refund.reserved" | "refund.succeeded" | "refund.failed" | "refund.needs_decision" | "refund.cancelled" | "refund.on_its_way" | "refund.made_elsewhere" | "refund.failed_after_success" | "dispute.open" | "dispute.inquiry" | "dispute.inquiry_closed" | "dispute.won" | "dispute.lost" | "dispute.counted" | "discrepancy.resolved" | "consultation.created" | "consultation.changed" | "product.created" | "product.changed";
            readonly payment_id: number | null;
            readonly actor_user_id: number | null;
            readonly request_id: string | null;
            readonly detail: {
                readonly [key: string]: unknown;
            };
        };
        readonly LivePayment: {
            readonly id: number;
            /** @enum {string} */
            readonly status: "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled";
            readonly amount: number;
        };
        readonly LoggedIn: {
            readonly token: string;
            /** @constant */
            readonly token_type: "Bearer";
            /** @description Seconds. */
            readonly expires_in: number;
            /** @enum {string} */
            readonly role: "patient" | "staff" | "service";
        };
        readonly LoginRequest: {
            readonly email: string;
            readonly password: string;
        };
        /** @description Malformed request */
        readonly MALFORMED_REQUEST: {
            /** @constant */
            readonly status_code: 400;
            /** @constant */
            readonly code: "MALFORMED_REQUEST";
            /** @constant */
            readonly error: "Malformed request";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Match too large */
        readonly MATCH_TOO_LARGE: {
            /** @constant */
            readonly status_code: 422;
            /** @constant */
            readonly code: "MATCH_TOO_LARGE";
            /** @constant */
            readonly error: "Match too large";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly matchable_amount: number;
                readonly currency: string;
            };
        };
        readonly MadeConsultation: {
            readonly consultation: components["schemas"]["Consultation"];
        };
        readonly MatchTransferRequest: {
            readonly payment_id: number;
            /** @description Minor units; defaults to as much as is unmatched and the payment needs. */
            readonly amount?: number | null;
            readonly idempotency_key?: string | null;
        };
        readonly MatchedTransfer: {
            readonly transfer: components["schemas"]["Transfer"];
            readonly payment_id: number;
            readonly payment: components["schemas"]["Payment"];
            readonly invoice: components["schemas"]["Invoice"];
            readonly tax: components["schemas"]["TaxRecord"];
            readonly charge_id: number;
            /** @description By this request. */
            readonly matched_amount: number;
            /** @description What the payment still needs. */
            readonly amount_due: number;
        };
        /** @description Nothing left to refund */
        readonly NOTHING_LEFT_TO_REFUND: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "NOTHING_LEFT_TO_REFUND";
            /** @constant */
            readonly error: "Nothing left to refund";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly payment_id: number;
                /** @enum {string} */
                readonly status: "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled";
            };
        };
        /** @description Nothing to unmatch */
        readonly NOTHING_TO_UNMATCH: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "NOTHING_TO_UNMATCH";
            /** @constant */
            readonly error: "Nothing to unmatch";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly transfer_id: number;
                readonly payment_id: number;
            };
        };
        /** @description Nothing unmatched */
        readonly NOTHING_UNMATCHED: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "NOTHING_UNMATCHED";
            /** @constant */
            readonly error: "Nothing unmatched";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly transfer_id: number;
            };
        };
        readonly NewPayment: {
            /** @constant */
            readonly type: "new";
            readonly payment_id: number;
            readonly payment: components["schemas"]["Payment"];
            readonly invoice: components["schemas"]["Invoice"];
            readonly tax: components["schemas"]["TaxRecord"];
            readonly checkout: components["schemas"]["Checkout"] | null;
            /** @description Where to send the money of a pending `gcash` or `bank_transfer` payment. Null for `stripe`, which has a `checkout`, and where none are configured. */
            readonly instructions: components["schemas"]["PaymentInstructions"] | null;
        };
        /** @description Order not found */
        readonly ORDER_NOT_FOUND: {
            /** @constant */
            readonly status_code: 404;
            /** @constant */
            readonly code: "ORDER_NOT_FOUND";
            /** @constant */
            readonly error: "Order not found";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        readonly OneProduct: {
            readonly product: components["schemas"]["Product"];
        };
        readonly OpenPayment: {
            readonly id: number;
            readonly user_id: number;
            readonly amount: number;
            readonly currency: string;
            /**
             * @description Closing the product may have ended it.
             * @enum {string}
             */
            readonly status: "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled";
        };
        readonly Order: {
            readonly order_id: string;
            readonly payment: components["schemas"]["Payment"];
            readonly invoice: components["schemas"]["Invoice"];
            readonly tax: components["schemas"]["TaxRecord"];
            /** @description The money that pays it, or the first of it. */
            readonly charge: components["schemas"]["FoundCharge"] | null;
            /** @description All the money that pays it or a part of it: by transfers it may be several. */
            readonly charges: readonly components["schemas"]["FoundCharge"][];
            /** @description While it is pending: what it still needs. */
            readonly amount_due: number;
            /** @description Transfers sent for this payment that are not fully matched: staff match the rest, or pay it back. */
            readonly unmatched_transfers: readonly components["schemas"]["UnmatchedTransfer"][];
            readonly checkout: components["schemas"]["Checkout"] | null;
            /** @description Where to send the money of a pending `gcash` or `bank_transfer` payment. Null for `stripe`, which has a `checkout`, and where none are configured. */
            readonly instructions: components["schemas"]["PaymentInstructions"] | null;
            /** @description A pending page at Stripe that is not given out any more: what it is for has another price, or is closed. */
            readonly outdated?: components["schemas"]["OutdatedPayment"];
            /** @description On its way back. */
            readonly refund_pending_amount: number;
            /** @description What can still be refunded: nothing while a dispute is open, or after it was lost. */
            readonly refundable_amount: number;
            /** @description Of `payment.refunded_amount`: taken by lost disputes, not refunded. */
            readonly charged_back_amount: number;
            /** @description Lost disputes took this much although refunds had already returned it: it was paid out twice. */
            readonly returned_twice_amount: number;
            /** @description Of `payment.refunded_amount`: money of a transfer that was matched with it by mistake. The match was undone, and nothing was paid out. */
            readonly unmatched_amount: number;
            /** @description A refund failed, its money is still here, and no other refund was made in its place. */
            readonly refund_failed: boolean;
            /** @description Where unmatched money of this payment is: it arrived too late, twice, or in another amount. */
            readonly unused_money: ("here" | "on_its_way" | "gone_back") | null;
            /** @description Money that arrived for it in another amount or currency; staff accept it, refund it, or settle it elsewhere. */
            readonly unmatched_money: components["schemas"]["UnmatchedMoney"] | null;
            readonly declined_attempts: components["schemas"]["DeclinedAttempts"];
        };
        readonly OutdatedPayment: {
            /** @enum {string} */
            readonly reason: "price_changed" | "closed";
            readonly amount: number;
            readonly currency: string;
        };
        /** @description Payload too large */
        readonly PAYLOAD_TOO_LARGE: {
            /** @constant */
            readonly status_code: 413;
            /** @constant */
            readonly code: "PAYLOAD_TOO_LARGE";
            /** @constant */
            readonly error: "Payload too large";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Payment already confirmed */
        readonly PAYMENT_ALREADY_CONFIRMED: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "PAYMENT_ALREADY_CONFIRMED";
            /** @constant */
            readonly error: "Payment already confirmed";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly payment_id: number;
                /** @enum {string} */
                readonly status: "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled";
                readonly transaction_id: string | null;
                /** @description The money was recorded as this transfer, and is unmatched. */
                readonly transfer_id?: number;
            };
        };
        /** @description Payment disputed */
        readonly PAYMENT_DISPUTED: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "PAYMENT_DISPUTED";
            /** @constant */
            readonly error: "Payment disputed";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly payment_id: number;
                /** @enum {string} */
                readonly status: "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled";
                readonly dispute: components["schemas"]["PaymentDispute"] | null;
            };
        };
        /** @description Payment already exists */
        readonly PAYMENT_EXISTS: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "PAYMENT_EXISTS";
            /** @constant */
            readonly error: "Payment already exists";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: components["schemas"]["ExistingPayment"];
        };
        /** @description Payment in progress */
        readonly PAYMENT_IN_PROGRESS: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "PAYMENT_IN_PROGRESS";
            /** @constant */
            readonly error: "Payment in progress";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly idempotency_key: string | null;
                readonly retry_after: number;
            };
        };
        /** @description Payment not found */
        readonly PAYMENT_NOT_FOUND: {
            /** @constant */
            readonly status_code: 404;
            /** @constant */
            readonly code: "PAYMENT_NOT_FOUND";
            /** @constant */
            readonly error: "Payment not found";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Payment processing */
        readonly PAYMENT_PROCESSING: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "PAYMENT_PROCESSING";
            /** @constant */
            readonly error: "Payment processing";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly payment_id: number;
                /** @enum {string} */
                readonly status: "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled";
            };
        };
        /** @description Product closed */
        readonly PRODUCT_CLOSED: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "PRODUCT_CLOSED";
            /** @constant */
            readonly error: "Product closed";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Product already exists */
        readonly PRODUCT_EXISTS: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "PRODUCT_EXISTS";
            /** @constant */
            readonly error: "Product already exists";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Product not found */
        readonly PRODUCT_NOT_FOUND: {
            /** @constant */
            readonly status_code: 404;
            /** @constant */
            readonly code: "PRODUCT_NOT_FOUND";
            /** @constant */
            readonly error: "Product not found";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        readonly PageOfAllRefunds: {
            readonly refunds: readonly components["schemas"]["Refund"][];
            readonly next_cursor: string | null;
        };
        readonly PageOfCharges: {
            readonly charges: readonly components["schemas"]["ListedCharge"][];
            readonly next_cursor: string | null;
        };
        readonly PageOfConsultations: {
            readonly consultations: readonly components["schemas"]["ListedConsultation"][];
            readonly next_cursor: string | null;
        };
        readonly PageOfDiscrepancies: {
            readonly discrepancies: readonly components["schemas"]["Discrepancy"][];
            readonly next_cursor: string | null;
        };
        readonly PageOfEvents: {
            readonly events: readonly components["schemas"]["DescribedEvent"][];
            readonly next_cursor: string | null;
        };
        readonly PageOfFoundPayments: {
            readonly payments: readonly components["schemas"]["FoundPayment"][];
            readonly next_cursor: string | null;
        };
        readonly PageOfKeys: {
            readonly keys: readonly components["schemas"]["KeyInUse"][];
            readonly next_cursor: string | null;
        };
        readonly PageOfPayments: {
            readonly payments: readonly components["schemas"]["Payment"][];
            readonly next_cursor: string | null;
        };
        readonly PageOfRefunds: {
            readonly payment_id: number;
            readonly refunds: readonly components["schemas"]["Refund"][];
            readonly refundable_amount: number;
            /**
             * Format: date-time
             * @description When this was read, by the clock that `created_at` is of.
             */
            readonly as_of: string;
            readonly next_cursor: string | null;
        };
        readonly PageOfTransfers: {
            readonly transfers: readonly components["schemas"]["Transfer"][];
            readonly next_cursor: string | null;
        };
        readonly Payment: {
            readonly id: number;
            readonly user_id: number;
            readonly consultation_id: number | null;
            readonly product_id: string | null;
            /** @description Its current name. */
            readonly product_name: string | null;
            readonly amount: number;
            readonly currency: string;
            /** @enum {string} */
            readonly payment_method: "stripe" | "gcash" | "bank_transfer";
            /** @description For `gcash` and `bank_transfer`: what the payer writes as the message of the transfer. An ISO 11649 creditor reference with check digits; people are shown it in groups of four. */
            readonly payment_reference: string | null;
            /** @enum {string} */
            readonly status: "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled";
            /** @description The money is on its way: the payment can neither be cancelled nor expire. */
            readonly processing: boolean;
            readonly quantity: number;
            readonly refunded_amount: number;
            /** @description Of `refunded_amount`: a refund failed after it had succeeded, and staff have to pay it back anew. */
            readonly refund_owed: number;
            readonly dispute: components["schemas"]["PaymentDispute"] | null;
            readonly metadata: {
                readonly [key: string]: string;
            };
            readonly expires_at: string | null;
            readonly completed_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
        };
        readonly PaymentDispute: {
            readonly dispute_id: string;
            /**
             * @description In an inquiry no money has moved. A closed one may still become a dispute.
             * @enum {string}
             */
            readonly state: "inquiry" | "inquiry_closed" | "open" | "won" | "lost";
            readonly amount: number;
            readonly currency: string;
        };
        readonly PaymentInstructions: {
            /** @description Null for `gcash`. */
            readonly bank: string | null;
            readonly holder: string;
            /** @description The account’s number, for `gcash` that of its telephone. */
            readonly account: string;
            /** @description In the language of `Accept-Language`. */
            readonly note: string | null;
        };
        readonly Product: {
            readonly id: string;
            readonly name: string;
            /** @description Minor units, for one piece. */
            readonly price: number;
            readonly currency: string;
            /** @enum {string} */
            readonly status: "open" | "closed";
            /** @description What the system that made it calls it. */
            readonly external_reference: string | null;
            /** @description Money taken after this time is refunded. */
            readonly closed_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
        };
        /** @description Refund already settled */
        readonly REFUND_ALREADY_SETTLED: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "REFUND_ALREADY_SETTLED";
            /** @constant */
            readonly error: "Refund already settled";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly refund_id: number;
                /** @enum {string} */
                readonly status: "pending" | "succeeded" | "failed" | "cancelled";
            };
        };
        /** @description Refund needs a decision */
        readonly REFUND_NEEDS_DECISION: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "REFUND_NEEDS_DECISION";
            /** @constant */
            readonly error: "Refund needs a decision";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly payment_id: number;
                readonly refund_id: number;
                /** @constant */
                readonly status: "pending";
                readonly amount: number;
                readonly currency: string;
                /** @description Stripe's ids of refunds made there since ours was first sent. */
                readonly conflicting_refunds: readonly string[];
            };
        };
        /** @description Refund not found */
        readonly REFUND_NOT_FOUND: {
            /** @constant */
            readonly status_code: 404;
            /** @constant */
            readonly code: "REFUND_NOT_FOUND";
            /** @constant */
            readonly error: "Refund not found";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Refund pending */
        readonly REFUND_PENDING: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "REFUND_PENDING";
            /** @constant */
            readonly error: "Refund pending";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly payment_id: number;
            };
        };
        /** @description Refund too large */
        readonly REFUND_TOO_LARGE: {
            /** @constant */
            readonly status_code: 422;
            /** @constant */
            readonly code: "REFUND_TOO_LARGE";
            /** @constant */
            readonly error: "Refund too large";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly refundable_amount: number;
                readonly currency: string;
            };
        };
        /** @description Request timeout */
        readonly REQUEST_TIMEOUT: {
            /** @constant */
            readonly status_code: 408;
            /** @constant */
            readonly code: "REQUEST_TIMEOUT";
            /** @constant */
            readonly error: "Request timeout";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Route not found */
        readonly ROUTE_NOT_FOUND: {
            /** @constant */
            readonly status_code: 404;
            /** @constant */
            readonly code: "ROUTE_NOT_FOUND";
            /** @constant */
            readonly error: "Route not found";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        readonly ReceivedEvent: {
            /** @constant */
            readonly received: true;
            readonly event_id: string;
            /** @enum {string} */
            readonly status: "pending" | "applied" | "ignored" | "foreign" | "quarantined" | "dead";
        };
        readonly RecordTransferRequest: {
            /** @enum {string} */
            readonly payment_method: "gcash" | "bank_transfer";
            /** @description The bank's reference, as printed on the statement. */
            readonly transaction_id: string;
            /** @description Minor units: what was received, whatever amount was expected. */
            readonly amount: number;
            /** @enum {string|null} */
            readonly currency?: "idr" | "php" | "usd" | "eur" | "gbp" | "sgd" | "myr" | "aud" | "jpy" | null;
            /**
             * @description Defaults to now.
             * @example 2026-03-31
             */
            readonly received_at?: string | null;
            readonly payer?: string | null;
            readonly note?: string | null;
            /** @description The payment it was sent for. It is matched as far as that payment can accept it. */
            readonly payment_id?: number | null;
            /** Format: uri */
            readonly receipt_url?: string | null;
            readonly idempotency_key?: string | null;
        };
        readonly RecordedTransfer: {
            readonly transfer: components["schemas"]["Transfer"];
            /** @description Null: it was recorded for no payment, or the payment could not take it; the money is unmatched. */
            readonly match: {
                readonly payment_id: number;
                readonly payment: components["schemas"]["Payment"];
                readonly charge_id: number;
                readonly matched_amount: number;
                readonly amount_due: number;
            } | null;
        };
        readonly RedisNode: {
            /** @description Index in REDIS_URL. The address is not shown, because it may contain a password. */
            readonly node: number;
            readonly reachable: boolean;
            readonly locks: readonly components["schemas"]["HeldLock"][];
            /** @description The list was cut off: there may be more. */
            readonly cut_short: boolean;
        };
        readonly Refund: {
            readonly id: number;
            readonly payment_id: number | null;
            /** @description Of a transfer that no payment took; or, of kind `unmatch`, the transfer that the money went back to. */
            readonly transfer_id: number | null;
            /**
             * @description `unmatch`: the money was matched with the wrong payment and is on its transfer again; nothing was paid out.
             * @enum {string}
             */
            readonly kind: "refund" | "unmatch";
            /** @enum {string} */
            readonly payment_method: "stripe" | "gcash" | "bank_transfer";
            readonly amount: number;
            readonly currency: string;
            /** @enum {string} */
            readonly status: "pending" | "succeeded" | "failed" | "cancelled";
            /** @description Made automatically by Payonce, for money that could not pay anything. */
            readonly automatic: boolean;
            readonly reason: string;
            /** @description By which it was paid back: a bank's reference, or Stripe's id. */
            readonly transaction_id: string | null;
            /** Format: date-time */
            readonly created_at: string;
            /** @description When Payonce learned how it ended. */
            readonly settled_at: string | null;
            /** @description When the provider sent the money back. */
            readonly refunded_at: string | null;
            /** @description What a pending refund waits for: `staff_settlement` (staff pay it back), `stripe_answer` (Stripe has not said whether it was made), `stripe_settlement` (made, on its way), `provider_answer` and `provider_settlement` (the same of any other provider), `staff_decision` (another refund was made at the provider meanwhile). */
            readonly awaiting: ("staff_settlement" | "stripe_answer" | "stripe_settlement" | "provider_answer" | "provider_settlement" | "staff_decision") | null;
        };
        readonly RefundChargeRequest: {
            readonly amount?: number | null;
            readonly reason: string;
            readonly idempotency_key?: string | null;
        };
        readonly RefundPaymentRequest: {
            readonly amount?: number | null;
            readonly reason: string;
            readonly idempotency_key?: string | null;
            readonly transaction_id?: string | null;
        };
        readonly RefundedPayment: {
            readonly refund_id: number;
            readonly payment_id: number;
            readonly refund: components["schemas"]["Refund"];
            readonly payment: components["schemas"]["Payment"];
            readonly invoice: components["schemas"]["Invoice"];
            readonly tax: components["schemas"]["TaxRecord"];
            readonly credit_note: components["schemas"]["CreditNote"] | null;
            readonly refundable_amount: number;
        };
        readonly RefundedTransfer: {
            readonly transfer: components["schemas"]["Transfer"];
            readonly refund_id: number;
            readonly refund: components["schemas"]["Refund"];
        };
        readonly ResolveDiscrepancyRequest: {
            readonly note: string;
            readonly idempotency_key?: string | null;
        };
        readonly ResolvedDiscrepancy: {
            readonly discrepancy: components["schemas"]["Discrepancy"];
        };
        readonly RetriedEvent: {
            /** @enum {string} */
            readonly was: "pending" | "applied" | "ignored" | "foreign" | "quarantined" | "dead";
            /** @enum {string} */
            readonly status: "pending" | "applied" | "ignored" | "foreign" | "quarantined" | "dead";
            readonly event?: components["schemas"]["DescribedEvent"];
        };
        /** @description Service unavailable */
        readonly SERVICE_UNAVAILABLE: {
            /** @constant */
            readonly status_code: 503;
            /** @constant */
            readonly code: "SERVICE_UNAVAILABLE";
            /** @constant */
            readonly error: "Service unavailable";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Stripe not configured */
        readonly STRIPE_NOT_CONFIGURED: {
            /** @constant */
            readonly status_code: 422;
            /** @constant */
            readonly code: "STRIPE_NOT_CONFIGURED";
            /** @constant */
            readonly error: "Stripe not configured";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Stripe refused */
        readonly STRIPE_REFUSED: {
            /** @constant */
            readonly status_code: 502;
            /** @constant */
            readonly code: "STRIPE_REFUSED";
            /** @constant */
            readonly error: "Stripe refused";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly stripe_code: string;
            };
        };
        /** @description Stripe unavailable */
        readonly STRIPE_UNAVAILABLE: {
            /** @constant */
            readonly status_code: 503;
            /** @constant */
            readonly code: "STRIPE_UNAVAILABLE";
            /** @constant */
            readonly error: "Stripe unavailable";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            /** @description When a refund waits. */
            readonly data?: {
                readonly payment_id: number;
                readonly refund_id: number;
                /** @enum {string} */
                readonly status: "pending" | "succeeded" | "failed" | "cancelled";
                readonly amount: number;
                readonly currency: string;
            };
        };
        readonly SettleChargeElsewhereRequest: {
            /** @description How it was settled: where the money went, and who agreed. */
            readonly note: string;
            readonly idempotency_key?: string | null;
        };
        readonly SettleRefundRequest: {
            readonly transaction_id: string;
            readonly idempotency_key?: string | null;
        };
        readonly SettledRefund: {
            readonly refund_id: number;
            readonly payment_id: number;
            readonly refund: components["schemas"]["Refund"];
            readonly payment: components["schemas"]["Payment"];
            readonly invoice: components["schemas"]["Invoice"];
            readonly tax: components["schemas"]["TaxRecord"];
            readonly credit_note: components["schemas"]["CreditNote"] | null;
        };
        readonly ShownEvent: {
            readonly event: components["schemas"]["EventWithPayload"];
        };
        readonly StartPaymentRequest: {
            readonly consultation_id: number;
            /** @description Minor units; must equal the consultation's fee. */
            readonly amount: number;
            /** @enum {string} */
            readonly payment_method: "stripe" | "gcash" | "bank_transfer";
            /** @enum {string|null} */
            readonly currency?: "idr" | "php" | "usd" | "eur" | "gbp" | "sgd" | "myr" | "aud" | "jpy" | null;
            readonly idempotency_key?: string | null;
            /**
             * @example {
             *       "channel": "front-desk"
             *     }
             */
            readonly metadata?: {
                readonly [key: string]: string;
            } | null;
        };
        readonly StartedCheckout: {
            readonly order_id: string;
            readonly session_id: string | null;
            readonly checkout_url: string | null;
            readonly expires_at: string | null;
            readonly idempotency_key: string | null;
            /** @description An open session existed already. */
            readonly reused: boolean;
            readonly payment: components["schemas"]["Payment"];
        };
        readonly StripeCatchUpCheck: {
            /**
             * @description `waiting`: no worker has run yet.
             * @enum {string}
             */
            readonly status: "ok" | "warning" | "waiting" | "unknown" | "not_configured";
            readonly open_discrepancies: number;
            readonly lists: readonly components["schemas"]["StripeListProgress"][];
        };
        readonly StripeListProgress: {
            /** @enum {string} */
            readonly list: "events" | "sessions" | "refunds" | "disputes";
            /** @enum {string} */
            readonly status: "ok" | "warning";
            /**
             * Format: date-time
             * @description All objects created before this time are known, by Stripe's clock.
             */
            readonly complete_until: string;
            readonly lag_seconds: number;
            /** @description A larger lag is a warning. */
            readonly max_lag_seconds: number;
            readonly pass_in_progress: boolean;
            /** @description Pages read in the current pass. */
            readonly pass_pages: number;
            /** @description Pages read in all passes. */
            readonly pages_done: number;
        };
        /** @description Too many attempts */
        readonly TOO_MANY_ATTEMPTS: {
            /** @constant */
            readonly status_code: 429;
            /** @constant */
            readonly code: "TOO_MANY_ATTEMPTS";
            /** @constant */
            readonly error: "Too many attempts";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Transaction already used */
        readonly TRANSACTION_ALREADY_USED: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "TRANSACTION_ALREADY_USED";
            /** @constant */
            readonly error: "Transaction already used";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            /** @description When a transfer of bank or GCash is recorded by this reference. */
            readonly data?: {
                readonly transfer_id: number;
            };
        };
        /** @description Transaction mismatch */
        readonly TRANSACTION_MISMATCH: {
            /** @constant */
            readonly status_code: 422;
            /** @constant */
            readonly code: "TRANSACTION_MISMATCH";
            /** @constant */
            readonly error: "Transaction mismatch";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Transaction not paid */
        readonly TRANSACTION_NOT_PAID: {
            /** @constant */
            readonly status_code: 402;
            /** @constant */
            readonly code: "TRANSACTION_NOT_PAID";
            /** @constant */
            readonly error: "Transaction not paid";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly transaction_id: string;
                readonly processing: boolean;
                /** @description Whether Stripe knows such a transaction. */
                readonly known: boolean;
            };
        };
        /** @description Transfer in use */
        readonly TRANSFER_IN_USE: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "TRANSFER_IN_USE";
            /** @constant */
            readonly error: "Transfer in use";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly transfer_id: number;
                readonly allocated_amount: number;
                readonly currency: string;
            };
        };
        /** @description Transfer mismatch */
        readonly TRANSFER_MISMATCH: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "TRANSFER_MISMATCH";
            /** @constant */
            readonly error: "Transfer mismatch";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly transfer_id: number;
                readonly amount: number;
                readonly currency: string;
            };
        };
        /** @description Transfer not found */
        readonly TRANSFER_NOT_FOUND: {
            /** @constant */
            readonly status_code: 404;
            /** @constant */
            readonly code: "TRANSFER_NOT_FOUND";
            /** @constant */
            readonly error: "Transfer not found";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Transition not allowed */
        readonly TRANSITION_NOT_ALLOWED: {
            /** @constant */
            readonly status_code: 409;
            /** @constant */
            readonly code: "TRANSITION_NOT_ALLOWED";
            /** @constant */
            readonly error: "Transition not allowed";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                readonly payment_id: number;
                /** @enum {string} */
                readonly status: "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled";
                /** @description The money was recorded as this transfer, and is unmatched. */
                readonly transfer_id?: number;
            };
        };
        readonly TaxRecord: {
            readonly id: number;
            readonly base_amount: number;
            readonly tax_amount: number;
            readonly rate_basis_points: number;
            readonly credited_base_amount: number;
            readonly credited_tax_amount: number;
            /** @enum {string} */
            readonly status: "pending" | "due" | "partially_credited" | "credited" | "void";
        };
        readonly Timeline: {
            readonly payment_id: number;
            readonly payment: components["schemas"]["Payment"];
            readonly entries: readonly components["schemas"]["TimelineEntry"][];
            readonly next_cursor: string | null;
        };
        readonly TimelineEntry: {
            readonly id: number;
            /** Format: date-time */
            readonly at: string;
            /** @description Since the first entry about this payment. */
            readonly ms: number;
            /** @enum {string} */
            readonly lane: "request" | "lock" | "database" | "stripe" | "webhook" | "worker";
            /** @enum {string} */
            readonly action: "request.create" | "request.checkout" | "request.confirm" | "request.cancel" | "request.abandon" | "request.refund" | "request.settle_refund" | "request.withdraw_refund" | "request.repeated" | "request.accept_charge" | "request.refund_charge" | "request.settle_charge_elsewhere" | "request.record_transfer" | "request.match_transfer" | "request.unmatch_transfer" | "request.refund_transfer" | "request.correct_transfer" | "request.void_transfer" | "lock.acquired" | "payment.created" | "payment.duplicate_refused" | "payment.completed" | "payment.partially_paid" | "payment.processing" | "payment.cancelled" | "payment.abandoned" | "payment.expired" | "payment.failed" | "payment.late_money_refused" | "payment.attempt_declined" | "payment.attempt_failed" | "session.attached" | "stripe.session_created" | "stripe.session_looked_up" | "stripe.session_unknown" | "stripe.session_closed" | "stripe.session_refused" | "stripe.session_unclear" | "stripe.refund_made" | "stripe.refund_refused" | "stripe.refund_unclear" | "stripe.refund_looked_for" | "webhook.event" | "webhook.retried" | "webhook.put_off" | "webhook.given_up" | "worker.event" | "worker.looked" | "worker.reviewed_charge" | "money.quarantined" | "money.accepted" | "money.settled_elsewhere" | "money.returned_automatically" | "transfer.recorded" | "transfer.left_unmatched" | "transfer.unmatched" | "transfer.refund_reserved" | "transfer.refunded" | "transfer.refund_withdrawn" | "transfer.corrected" | "transfer.voided" | "refund.reserved" | "refund.succeeded" | "refund.failed" | "refund.needs_decision" | "refund.cancelled" | "refund.on_its_way" | "refund.made_elsewhere" | "refund.failed_after_success" | "dispute.open" | "dispute.inquiry" | "dispute.inquiry_closed" | "dispute.won" | "dispute.lost" | "dispute.counted" | "discrepancy.resolved" | "consultation.created" | "consultation.changed" | "product.created" | "product.changed";
            readonly request_id: string | null;
            readonly detail: {
                readonly [key: string]: unknown;
            };
            /** @enum {string} */
            readonly actor: "system" | "owner" | "staff";
            /** @description Staff only. */
            readonly actor_user_id?: number | null;
        };
        readonly Transfer: {
            readonly id: number;
            /** @enum {string} */
            readonly payment_method: "gcash" | "bank_transfer";
            /** @description The bank's reference. Case makes no difference. */
            readonly transaction_id: string;
            /** @description What was received. */
            readonly amount: number;
            readonly currency: string;
            /** @description The payment it was sent for, as far as known; it need not have been paid by it. */
            readonly payment_id: number | null;
            readonly payer: string | null;
            readonly note: string | null;
            readonly receipt_url: string | null;
            /** @description Pays payments, or parts of them. */
            readonly matched_amount: number;
            /** @description Of what was unmatched: paid back. */
            readonly refunded_amount: number;
            /** @description Of what was unmatched: reserved to be paid back. */
            readonly refund_pending_amount: number;
            /** @description Matched with no payment yet: match it, or pay it back. */
            readonly unmatched_amount: number;
            /**
             * Format: date-time
             * @description When the bank took it in.
             */
            readonly received_at: string;
            /** Format: date-time */
            readonly recorded_at: string;
            /** @description Recorded by mistake: there was no such money. */
            readonly voided_at: string | null;
        };
        readonly TransferMatch: {
            readonly charge_id: number;
            readonly payment_id: number;
            readonly amount: number;
            /** @description Of `amount`: undone since. */
            readonly unmatched_amount: number;
            /**
             * @description `partial` while the payment needs more; `reversed`: undone.
             * @enum {string}
             */
            readonly disposition: "accepted" | "partial" | "reversed" | "returned" | "quarantined" | "foreign" | "settled_elsewhere";
            /** Format: date-time */
            readonly matched_at: string;
        };
        /** @description Unauthenticated */
        readonly UNAUTHENTICATED: {
            /** @constant */
            readonly status_code: 401;
            /** @constant */
            readonly code: "UNAUTHENTICATED";
            /** @constant */
            readonly error: "Unauthenticated";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description Unsupported media type */
        readonly UNSUPPORTED_MEDIA_TYPE: {
            /** @constant */
            readonly status_code: 415;
            /** @constant */
            readonly code: "UNSUPPORTED_MEDIA_TYPE";
            /** @constant */
            readonly error: "Unsupported media type";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        /** @description User not found */
        readonly USER_NOT_FOUND: {
            /** @constant */
            readonly status_code: 404;
            /** @constant */
            readonly code: "USER_NOT_FOUND";
            /** @constant */
            readonly error: "User not found";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        readonly UnmatchTransferRequest: {
            readonly payment_id: number;
            readonly reason: string;
            readonly idempotency_key?: string | null;
        };
        readonly UnmatchedMoney: {
            readonly charge_id: number;
            readonly amount_received: number;
            readonly amount_returned: number;
            readonly currency: string;
            /** Format: date-time */
            readonly received_at: string;
        };
        readonly UnmatchedPayment: {
            readonly transfer: components["schemas"]["Transfer"];
            readonly payment_id: number;
            readonly payment: components["schemas"]["Payment"];
            readonly invoice: components["schemas"]["Invoice"];
            readonly tax: components["schemas"]["TaxRecord"];
            /** @description By this request: it is on the transfer again. */
            readonly unmatched_amount: number;
            /** @description None when the payment was pending. */
            readonly credit_notes: readonly components["schemas"]["CreditNote"][];
        };
        readonly UnmatchedTransfer: {
            readonly transfer_id: number;
            /** @description What was received. */
            readonly amount: number;
            /** @description Of it: matched with no payment. */
            readonly unmatched_amount: number;
            /** @description Of it: reserved to be paid back. */
            readonly refund_pending_amount: number;
            readonly currency: string;
            /** Format: date-time */
            readonly received_at: string;
        };
        /** @description Validation failed */
        readonly VALIDATION_FAILED: {
            /** @constant */
            readonly status_code: 422;
            /** @constant */
            readonly code: "VALIDATION_FAILED";
            /** @constant */
            readonly error: "Validation failed";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
            readonly data: {
                /** @description Every invalid field with its messages. */
                readonly fields: {
                    readonly [key: string]: readonly string[];
                };
            };
        };
        readonly VoidTransferRequest: {
            /** @description Why no such money exists. */
            readonly reason: string;
            readonly idempotency_key?: string | null;
        };
        /** @description Webhook signature invalid */
        readonly WEBHOOK_SIGNATURE_INVALID: {
            /** @constant */
            readonly status_code: 400;
            /** @constant */
            readonly code: "WEBHOOK_SIGNATURE_INVALID";
            /** @constant */
            readonly error: "Webhook signature invalid";
            /** @description A sentence for a person, in the language of `Accept-Language`. */
            readonly message: string;
            readonly request_id: string;
        };
        readonly WholePayment: {
            readonly payment: components["schemas"]["Payment"];
            readonly invoice: components["schemas"]["Invoice"];
            readonly tax: components["schemas"]["TaxRecord"];
            /** @description The money that pays it, or the first of it. */
            readonly charge: components["schemas"]["FoundCharge"] | null;
            /** @description All the money that pays it or a part of it: by transfers it may be several. */
            readonly charges: readonly components["schemas"]["FoundCharge"][];
            /** @description While it is pending: what it still needs. */
            readonly amount_due: number;
            /** @description Transfers sent for this payment that are not fully matched: staff match the rest, or pay it back. */
            readonly unmatched_transfers: readonly components["schemas"]["UnmatchedTransfer"][];
            readonly checkout: components["schemas"]["Checkout"] | null;
            /** @description Where to send the money of a pending `gcash` or `bank_transfer` payment. Null for `stripe`, which has a `checkout`, and where none are configured. */
            readonly instructions: components["schemas"]["PaymentInstructions"] | null;
            /** @description A pending page at Stripe that is not given out any more: what it is for has another price, or is closed. */
            readonly outdated?: components["schemas"]["OutdatedPayment"];
            /** @description On its way back. */
            readonly refund_pending_amount: number;
            /** @description What can still be refunded: nothing while a dispute is open, or after it was lost. */
            readonly refundable_amount: number;
            /** @description Of `payment.refunded_amount`: taken by lost disputes, not refunded. */
            readonly charged_back_amount: number;
            /** @description Lost disputes took this much although refunds had already returned it: it was paid out twice. */
            readonly returned_twice_amount: number;
            /** @description Of `payment.refunded_amount`: money of a transfer that was matched with it by mistake. The match was undone, and nothing was paid out. */
            readonly unmatched_amount: number;
            /** @description A refund failed, its money is still here, and no other refund was made in its place. */
            readonly refund_failed: boolean;
            /** @description Where unmatched money of this payment is: it arrived too late, twice, or in another amount. */
            readonly unused_money: ("here" | "on_its_way" | "gone_back") | null;
            /** @description Money that arrived for it in another amount or currency; staff accept it, refund it, or settle it elsewhere. */
            readonly unmatched_money: components["schemas"]["UnmatchedMoney"] | null;
            readonly declined_attempts: components["schemas"]["DeclinedAttempts"];
        };
        readonly WholeTransfer: {
            readonly transfer: components["schemas"]["Transfer"];
            /** @description Oldest first. */
            readonly matches: readonly components["schemas"]["TransferMatch"][];
            /** @description What was unmatched and is paid back, oldest first. */
            readonly refunds: readonly components["schemas"]["Refund"][];
        };
        readonly WithdrawRefundRequest: {
            /**
             * @description A refund that was sent is looked up at its provider first, whichever that is. When it cannot be asked (a revoked key, a closed account), `withdraw` withdraws the refund anyway, at the risk that the provider makes it after all. Payonce then books it as a refund.
             * @enum {string|null}
             */
            readonly if_stripe_is_unreachable?: "refuse" | "withdraw" | null;
            readonly idempotency_key?: string | null;
        };
        readonly WithdrawTransferRefundRequest: {
            readonly idempotency_key?: string | null;
        };
        readonly Consultations_list_query: {
            readonly limit?: number;
            readonly cursor?: string;
            readonly external_reference?: string;
        };
        readonly OpsPayments_charges_query: {
            readonly limit?: number;
            readonly cursor?: string;
            /** @enum {string} */
            readonly disposition?: "accepted" | "partial" | "reversed" | "returned" | "quarantined" | "foreign" | "settled_elsewhere";
        };
        readonly Discrepancies_list_query: {
            readonly limit?: number;
            readonly cursor?: string;
            /** @enum {string} */
            readonly state?: "open" | "resolved";
        };
        readonly Ops_keys_query: {
            readonly limit?: number;
            readonly cursor?: string;
            /** @enum {string} */
            readonly state?: "running" | "finished";
            readonly user_id?: number;
        };
        readonly Ops_locks_query: {
            readonly lock_key?: string;
        };
        readonly OpsPayments_payments_query: {
            readonly limit?: number;
            readonly cursor?: string;
            readonly search?: string;
            /** @enum {string} */
            readonly status?: "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled";
            /** @enum {string} */
            readonly payment_method?: "stripe" | "gcash" | "bank_transfer";
            /** @enum {string} */
            readonly processing?: "true" | "false";
            readonly consultation_id?: number;
            readonly external_reference?: string;
            /** @enum {string} */
            readonly lab?: "include" | "exclude";
            /** @enum {string} */
            readonly refund_owed?: "true" | "false";
        };
        readonly OpsPayments_refunds_query: {
            readonly limit?: number;
            readonly cursor?: string;
            /** @enum {string} */
            readonly status?: "pending" | "succeeded" | "failed" | "cancelled";
        };
        readonly OpsWebhooks_list_query: {
            readonly limit?: number;
            readonly cursor?: string;
            /** @enum {string} */
            readonly status?: "pending" | "applied" | "ignored" | "foreign" | "quarantined" | "dead";
            readonly type?: string;
            readonly payment_id?: number;
        };
        readonly PaymentHistory_list_query: {
            readonly limit?: number;
            readonly cursor?: string;
            /** @enum {string} */
            readonly status?: "pending" | "completed" | "partially_refunded" | "refunded" | "failed" | "expired" | "cancelled";
            readonly consultation_id?: number;
            readonly external_reference?: string;
        };
        readonly Refunds_list_query: {
            readonly limit?: number;
            readonly cursor?: string;
        };
        readonly PaymentHistory_timeline_query: {
            readonly limit?: number;
            readonly cursor?: string;
        };
        readonly Products_list_query: {
            readonly external_reference?: string;
        };
        readonly Transfers_list_query: {
            readonly limit?: number;
            readonly cursor?: string;
            /**
             * @description `unmatched`: a part of it is neither matched, paid back nor being paid back.
             * @enum {string}
             */
            readonly state?: "unmatched" | "allocated" | "voided";
            /** @enum {string} */
            readonly payment_method?: "gcash" | "bank_transfer";
            /** @description The complete reference, in upper or lower case. */
            readonly search?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
