import { z } from 'zod';
import { isHttp } from '../configuration.js';
import { OUTCOMES } from '../checkout/pay-session.js';
import { APPEALS } from '../disputes/decide-dispute.js';
import { KINDS, REASONS } from '../disputes/disputes.js';
import { EVENT_TYPES } from '../events/event-types.js';
import { isCurrency } from '../parameters/shared-rules.js';
import { DECLINE_CODES } from '../payments/outcomes.js';
import { ENDS, SETTLEMENTS } from '../refunds/settle-refund.js';
import { API_KEY_STATES } from '../state/rows.js';

/** Longer than any data is kept, and within the range of dates. */
const MAX_MOVE_SECONDS = 10 * 366 * 86_400;
export const LATEST = Date.UTC(2200, 0, 1) / 1_000;

const ofMoney = (of: { payment_intent?: string | undefined; charge?: string | undefined }) =>
  of.payment_intent !== undefined || of.charge !== undefined;

const amount = z.int().min(1).max(999_999_999_999);

const currency = z.string().refine(isCurrency, 'must be an ISO currency code in lower case, such as idr');

/** https://docs.stripe.com/metadata#data: up to 50 keys, names up to 40 characters, values up to 500. */
const metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((of) => Object.keys(of).length <= 50, 'must have at most 50 keys');

/** Optional members of every dispute step. */
const bankStep = {
  is_charge_refundable: z.boolean().optional(),
  settlement: z.strictObject({ currency, exchange_rate: z.number().positive().max(1_000_000_000) }).optional(),
};

/** Request bodies of the control API; README.md describes them. */
export const requests = {
  pay: z
    .strictObject({
      outcome: z.enum(OUTCOMES).default('paid'),
      decline_code: z.enum(DECLINE_CODES).optional(),
      email: z.string().optional(),
      name: z.string().optional(),
    })
    .refine(
      ({ outcome, decline_code }) => outcome === 'declined' || decline_code === undefined,
      'decline_code is allowed only with declined',
    ),
  settle: z.strictObject({ outcome: z.enum(ENDS), failure_reason: z.string().optional() }),
  comingRefunds: z.strictObject({
    outcome: z.enum([...SETTLEMENTS, 'insufficient_balance', 'insufficient_balance_refused']),
    times: z.int().min(1).max(1_000).default(1),
  }),
  dashboardRefund: z
    .strictObject({
      payment_intent: z.string().optional(),
      charge: z.string().optional(),
      amount: amount.optional(),
      reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
      metadata: metadata.optional(),
      outcome: z.enum([...SETTLEMENTS, 'insufficient_balance']).default('succeeded'),
    })
    .refine(ofMoney, 'payment_intent or charge is missing'),
  dispute: z
    .strictObject({
      payment_intent: z.string().optional(),
      charge: z.string().optional(),
      kind: z.enum(KINDS).default('chargeback'),
      amount: amount.optional(),
      reason: z.enum(REASONS).optional(),
      ...bankStep,
    })
    .refine(ofMoney, 'payment_intent or charge is missing'),
  escalateDispute: z.strictObject(bankStep),
  appealDispute: z.strictObject({ status: z.enum(APPEALS), ...bankStep }),
  closeDispute: z
    .strictObject({ status: z.enum(['won', 'lost']), reinstated: amount.optional(), ...bankStep })
    .refine(
      ({ status, reinstated }) => status === 'lost' || reinstated === undefined,
      'reinstated is allowed only with lost: a won dispute is reinstated in full',
    ),
  foreignPayment: z
    .strictObject({
      amount,
      currency: currency.default('idr'),
      metadata: metadata.default({}),
      with_session: z.boolean().default(false),
      session_metadata: metadata.optional(),
      client_reference_id: z.string().min(1).max(200).optional(),
      outcome: z.enum(OUTCOMES).optional(),
    })
    .refine(
      ({ with_session, session_metadata, client_reference_id, outcome }) =>
        with_session || [session_metadata, client_reference_id, outcome].every((given) => given === undefined),
      'session_metadata, client_reference_id and outcome are allowed only with with_session',
    ),
  release: z.strictObject({ ids: z.array(z.int()).optional() }),
  clock: z
    .strictObject({
      advance_seconds: z.number().min(0).max(MAX_MOVE_SECONDS).optional(),
      now: z.int().max(LATEST).optional(),
    })
    .refine(
      (of) => (of.advance_seconds === undefined) !== (of.now === undefined),
      'send either advance_seconds or now',
    ),
  endpoints: z.strictObject({
    urls: z.array(z.string().refine(isHttp, 'must be an http(s) address')),
    secrets: z.array(z.string().startsWith('whsec_')).optional(),
    enabled_events: z.array(z.enum(['*', ...EVENT_TYPES])).optional(),
  }),
  account: z
    .strictObject({ api_key: z.enum(API_KEY_STATES), webhooks: z.boolean().optional() })
    .transform(({ api_key, webhooks = api_key === 'valid' }) => ({ api_key, webhooks })),
  resend: z.strictObject({ event: z.string(), as_new: z.boolean().default(false) }),
  nothing: z.strictObject({}),
};
