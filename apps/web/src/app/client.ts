import { createPaymentClient } from '#payment-client';
import { language } from './language.js';
import { session } from './session.js';

/** The one way to the API, login aside: keys, retries and errors are its business. */
export const client = createPaymentClient({
  token: () => session.value?.token,
  language: () => language.value,
});
