import { PaymentClientError } from '#payment-client';
import { askOnce } from './ask-once.js';
import { begin } from './session.js';

/** @throws PaymentClientError with a message in the user's language. */
export async function logIn(email: string, password: string): Promise<void> {
  const { token, message } = await askOnce({ method: 'POST', url: '/api/login', body: { email, password } });
  if (!token) throw new PaymentClientError(message ?? '', { code: 'BAD_ANSWER', status: 200, retryable: true });
  begin(token);
}
