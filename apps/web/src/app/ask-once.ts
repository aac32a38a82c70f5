import { PaymentClientError } from '#payment-client';
import { language } from './language.js';

interface Envelope {
  readonly token?: string;
  readonly message?: string;
  readonly code?: string;
  readonly request_id?: string;
  readonly data?: unknown;
}

/**
 * One request without idempotency key and retries, for requests that may be sent twice. @throws PaymentClientError
 * with a message in the user's language.
 */
export async function askOnce(
  { method, url, body, token }: { method: 'POST' | 'PATCH'; url: string; body: object; token?: string | undefined },
  { signal }: { signal?: AbortSignal } = {},
): Promise<Envelope> {
  const answer = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      'accept-language': language.value,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  }).catch(() => undefined);
  const said = (await answer?.json().catch(() => undefined)) as Envelope | undefined;
  if (answer?.ok && said) return said;
  const unreachable = {
    en: 'The server cannot be reached. Please try again.',
    id: 'Server tidak dapat dihubungi. Silakan coba lagi.',
  };
  throw new PaymentClientError(said?.message ?? unreachable[language.value], {
    code: said?.code ?? 'NETWORK_FAILED',
    status: answer?.status ?? 0,
    retryable: !answer || answer.status >= 500,
    ...(said?.request_id ? { request_id: said.request_id } : {}),
    ...(said?.data === undefined ? {} : { data: said.data }),
  });
}
