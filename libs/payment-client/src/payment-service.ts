import type { Call, PaymentClient, PaymentClientOptions } from './client.js';
import type { FailureFacts } from './errors.js';
import { isFinal } from './intents.js';
import type * as wire from './wire.js';

/**
 * A payment to create. `consultation_id` and `payment_method` are renamed; all other members are spelled as in the
 * API.
 */
export interface PaymentRequest extends Omit<wire.NewPayment, 'consultation_id' | 'payment_method'> {
  readonly consultationId: number;
  readonly paymentMethod: wire.PaymentMethod;
}

/** The API's `data`; below its top level all members are spelled as in the API. */
type Data<T extends { readonly payment_id: number }> = Omit<T, 'payment_id'> & { readonly paymentId: number };

interface Succeeded<Status extends number, T extends { readonly payment_id: number }> {
  readonly success: true;
  readonly status: Status;
  readonly data: Data<T>;
  readonly message: string;
}

type Failure = Error & Partial<FailureFacts>;

interface NotSucceeded {
  readonly success: false;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /**
   * The payment may or may not have been created. Do not report it as failed; the same call again finds out, and
   * creates no second one. `message` says both.
   */
  readonly unclear: boolean;
  /** For the person. */
  readonly message: string;
  /** For programs and logs: the client's PaymentClientError, with `code` and `request_id`. */
  readonly error: Failure;
}

/** 201: created now, 409: the consultation already has this payment. */
export type PaymentResult = Succeeded<201, wire.CreatedPayment> | Succeeded<409, wire.ExistingPayment> | NotSucceeded;

export type PaymentService = ReturnType<typeof createPaymentService>;

/** English and Indonesian. The first is the API's own sentence, which the client does not keep. */
const CREATED = ['Payment created successfully', 'Pembayaran berhasil dibuat'];
const UNCLEAR = [
  'We don’t know yet whether the payment was created. Please don’t pay another way.',
  'Kami belum tahu apakah pembayaran sudah dibuat. Mohon jangan membayar dengan cara lain.',
];

/**
 * One call for code that branches on `success` and `status` instead of catching errors. The client handles keys,
 * shared requests and retries: give both the same options.
 */
export function createPaymentService(
  client: Pick<PaymentClient, 'createPayment'>,
  { language }: Pick<PaymentClientOptions, 'language'> = {},
) {
  /** Consultations whose payment may have been created by a call whose outcome is still unknown. */
  const unclearOutcomes = new Set<number>();
  const inLanguage = (sentences: readonly string[]) => sentences[+/^id/i.test(language?.() ?? '')]!;

  function notSucceeded(consultationId: number, error: Failure, attempts: number): NotSucceeded {
    const { status = 0, message, retryable, request_id } = error;
    // The client refuses an amount that is not in whole minor units, as the API would.
    if (error instanceof RangeError) return { success: false, status: 422, unclear: false, message, error };
    // A refusal before the key was checked says nothing about an earlier attempt or call whose answer was lost.
    const mayExist = attempts > 1 || unclearOutcomes.has(consultationId);
    const unclear = retryable || !request_id || (mayExist && !isFinal(error));
    if (unclear) unclearOutcomes.add(consultationId);
    else if (isFinal(error)) unclearOutcomes.delete(consultationId);
    return { success: false, status, unclear, message: unclear ? `${inLanguage(UNCLEAR)} ${message}` : message, error };
  }

  return {
    /** Does not reject when the call fails. While the same payment is being created, all callers get its answer. */
    async createPayment(
      { consultationId, paymentMethod, ...rest }: PaymentRequest,
      { onProgress, ...call }: Call = {},
    ): Promise<PaymentResult> {
      let attempts = 0;
      try {
        const { payment_id: paymentId, ...data } = await client.createPayment(
          { consultation_id: consultationId, payment_method: paymentMethod, ...rest },
          {
            ...call,
            onProgress: (progress) => {
              attempts = progress.attempt;
              onProgress?.(progress);
            },
          },
        );
        unclearOutcomes.delete(consultationId);
        return data.type === 'existing'
          ? { success: true, status: 409, data: { paymentId, ...data }, message: data.message }
          : { success: true, status: 201, data: { paymentId, ...data }, message: inLanguage(CREATED) };
      } catch (error) {
        return notSucceeded(consultationId, error as Failure, attempts);
      }
    },
  };
}
