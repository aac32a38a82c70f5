import { sendWithRetries, type Progress } from './send-with-retries.js';
import { ownFailure } from './errors.js';
import type { Request } from './exchange.js';
import { canonical, hash, userOf } from './fingerprint.js';
import { createSharedRequests } from './shared-requests.js';
import { openIntents } from './intents.js';
import { KEY_LIVES_MS, PREFIX } from './key-store.js';
import { type Platform, platformOf } from './platform.js';
import type * as wire from './wire.js';

export interface PaymentClientOptions extends Partial<Platform> {
  /** The API's base URL, without `/api/v1`. Default: the page's origin. */
  readonly baseUrl?: string;
  /** Returns the bearer token; called at every try, so that a renewed token is used. */
  readonly token?: () => string | undefined;
  /**
   * Identifies the logged-in person, for tokens that are no JWTs, and for cookies. Default: issuer and subject of the
   * token.
   */
  readonly person?: () => string;
  /** The language of messages: `en` or `id`. */
  readonly language?: () => string | undefined;
}

export interface Call {
  /** Ends the waiting, not the intent: the same call later resumes it with the same key. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface RefundCall extends Call {
  /** Makes a deliberate second refund that equals one made in the last five minutes. */
  readonly again?: boolean;
}

/**
 * A refund of the same amount for the same reason within this time is the same refund, as on the server when there is
 * no key: a double click must not refund twice. All other calls are guarded by their subject.
 */
const REFUND_LASTS_MS = 5 * 60_000;

export type PaymentClient = ReturnType<typeof createPaymentClient>;

/**
 * A client of the API that charges once: see the README for what each call guarantees. All calls throw
 * PaymentClientError.
 */
export function createPaymentClient(options: PaymentClientOptions = {}) {
  const platform = platformOf(options);
  const root = (options.baseUrl ?? '') + '/api/v1';
  const carryOut = openIntents(platform);
  const share = createSharedRequests();
  const currentUser = () => options.person?.() ?? userOf(options.token?.());
  const facts = () => ({ token: options.token?.(), language: options.language?.() });

  function read<T>(path: string, query: object = {}, call: Call = {}): Promise<T> {
    // JSON drops undefined members.
    const asked = new URLSearchParams(JSON.parse(JSON.stringify(query)) as Record<string, string>);
    const url = root + path + '?' + asked.toString();
    return share({}, call, (shared) =>
      sendWithRetries(platform, () => ({ method: 'GET', url, ...facts() }), shared),
    ) as Promise<T>;
  }

  async function write<T>(
    path: string,
    input: object,
    expects: string,
    call: RefundCall = {},
    lasts_ms = 0,
    takesExisting = false,
  ): Promise<T> {
    // A wrongly computed price may be NaN or a fraction; the server would refuse it too.
    if (!Number.isSafeInteger((input as { amount?: number }).amount ?? 0))
      throw new RangeError('amount: whole minor units');
    const person = currentUser();
    const body = canonical(input);
    const url = root + path;
    const id = PREFIX + hash(canonical([person, url, body]));

    return share(id, call, (shared) =>
      carryOut({ id, lasts_ms: call.again ? -1 : lasts_ms }, shared.signal, ({ key, made }, signal) =>
        sendWithRetries(
          platform,
          () => {
            const request: Request = { method: 'POST', url, body, key, expects, takesExisting, ...facts() };
            // Hours may pass between two tries, if the tab was frozen, or another person may have logged in.
            if (currentUser() !== person) throw ownFailure(request, 'PERSON_CHANGED', { retryable: false });
            if (platform.clock.now() - made > KEY_LIVES_MS)
              throw ownFailure(request, 'INTENT_EXPIRED', { retryable: false });
            return request;
          },
          { signal, tell: shared.tell },
        ),
      ),
    ) as Promise<T>;
  }

  return {
    /** Resolves with the existing payment, if there is one, whichever caller created it. */
    createPayment: (input: wire.NewPayment, call?: Call) =>
      write<wire.CreatedPayment | wire.ExistingPayment>('/payments', input, 'payment_id', call, 0, true),
    createCheckout: (input: wire.NewCheckout, call?: Call) =>
      write<wire.CreatedCheckout>('/checkout', input, 'checkout_url', call, 0, true),
    confirm: (payment_id: number, input: wire.Confirmation, call?: Call) =>
      write<wire.ConfirmedPayment>(`/payments/${payment_id}/confirm`, input, 'payment', call),
    /** The whole rest, unless `amount` is less. */
    refund: (payment_id: number, input: wire.NewRefund, call?: RefundCall) =>
      write<wire.RefundedPayment>(`/payments/${payment_id}/refund`, input, '', call, REFUND_LASTS_MS),
    cancel: (payment_id: number, call?: Call) =>
      write<wire.CancelledPayment>(`/payments/${payment_id}/cancel`, {}, '', call),

    get: (payment_id: number, call?: Call) => read<wire.PaymentDetails>(`/payments/${payment_id}`, {}, call),
    list: (query?: wire.PaymentsQuery, call?: Call) => read<wire.PaymentsPage>('/payments', query, call),
    timeline: (payment_id: number, call?: Call) => read<wire.Timeline>(`/payments/${payment_id}/timeline`, {}, call),
    /** Any other GET below /api/v1, with the same retries and errors. */
    read,
    /** Any other POST below /api/v1, under a key of its own: settling a refund, retrying a webhook. */
    send: <T>(path: string, input: object = {}, call?: Call) => write<T>(path, input, '', call),

    /** For a client that is no longer used: it receives no more messages from other tabs. */
    close: () => platform.channel?.close(),
  };
}
