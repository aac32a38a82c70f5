import { createPaymentClient } from '#payment-client';
import { language } from './language.js';
import { session } from './session.js';

/** The client of all API requests except the login; it handles keys, retries and errors. */
export const client = createPaymentClient({
  token: () => session.value?.token,
  language: () => language.value,
});
