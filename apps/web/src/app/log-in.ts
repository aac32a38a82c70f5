import { PaymentClientError } from '#payment-client';
import { language } from './language.js';
import { begin } from './session.js';

/** @throws PaymentClientError with a sentence for the person, in their language. */
export async function logIn(email: string, password: string): Promise<void> {
  const answer = await fetch('/api/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language.value },
    body: JSON.stringify({ email, password }),
  }).catch(() => undefined);
  const said = (await answer?.json().catch(() => undefined)) as Partial<
    Record<'token' | 'message' | 'code' | 'request_id', string>
  >;
  if (answer?.ok && said?.token) return begin(said.token);
  const unreachable = {
    en: 'The server cannot be reached. Please try again.',
    id: 'Server tidak dapat dihubungi. Silakan coba lagi.',
  };
  throw new PaymentClientError(said?.message ?? unreachable[language.value], {
    code: said?.code ?? 'NETWORK_FAILED',
    status: answer?.status ?? 0,
    retryable: !answer || answer.status >= 500,
    ...(said?.request_id ? { request_id: said.request_id } : {}),
  });
}
