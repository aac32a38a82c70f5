import { createPaymentClient } from '@payonce/payment-client';
import { createPaymentService } from '@payonce/payment-client/payment-service';

/** Where Payonce is, its API and its pay page. Empty: the origin of this page. */
export const PAYONCE_URL = '';

const options = {
  baseUrl: PAYONCE_URL,
  // On its own origin the pay page looks for it there, too.
  token: () => sessionStorage.getItem('payonce-web.token') ?? undefined,
  language: () => document.documentElement.lang,
};

/** One for the whole application: keys and requests on their way are shared through it. */
export const paymentService = createPaymentService(createPaymentClient(options), options);
