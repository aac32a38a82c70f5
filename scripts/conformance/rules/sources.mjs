/**
 * Where a rule is written: the name in the table, and a URL or a page relative to docs/.
 * @typedef {{ name: string, url: string }} Source
 */

const DRAFT = 'https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header-07';

/** The duplicate request gets the stored result; a concurrent one is a conflict. */
export const draftReplay = { name: 'draft 2.6', url: `${DRAFT}#section-2.6` };

/** 400 missing, 422 other payload, 409 still running. */
export const draftErrors = { name: 'draft 2.7', url: `${DRAFT}#section-2.7` };

/** Keys of up to 255 characters; requests whose parameters are invalid are not stored. */
export const stripe = { name: 'Stripe', url: 'https://docs.stripe.com/api/idempotent_requests' };

/** `Idempotent-Replayed: true`. */
export const stripeReplayed = { name: 'Stripe', url: 'https://docs.stripe.com/error-low-level#idempotency' };

/** What Payonce promises beyond both. */
export const keys = { name: 'Payonce', url: 'integrate/idempotency.md' };
export const payments = { name: 'Payonce', url: 'integrate/payments.md' };
export const quickStart = { name: 'Payonce', url: 'integrate/quick-start.md' };
export const webhooks = { name: 'Payonce', url: 'integrate/webhooks.md' };
export const errors = { name: 'Payonce', url: '../ERRORS.md' };
export const transfers = { name: 'Payonce', url: 'transfers.md' };
export const operating = { name: 'Payonce', url: 'operating.md' };
export const limits = { name: 'Payonce', url: 'configuration.md' };
export const monitoring = { name: 'Payonce', url: 'monitoring.md' };

/** What each route does. */
export const api = { name: 'Payonce', url: 'reference/openapi.json' };
