import type { Config } from '#config';
import { type FieldFault, ValidationFailed } from '#errors';
import { isOwnOrigin, publicUrl } from '../stripe/return-addresses.js';
import type { CheckoutRequest } from './checkout-requests.js';

type Addresses = Partial<Pick<CheckoutRequest, 'success_url' | 'cancel_url'>>;

/** Where a client wants its people sent after they paid, or did not. */
export const CheckoutAddresses = {
  /** @throws ValidationFailed: an open redirect would be made of our name. */
  check(config: Config, request: Addresses): void {
    const origins = [publicUrl(config).origin, ...config.CHECKOUT_ORIGINS].join(', ');
    const faults = (['success_url', 'cancel_url'] as const).flatMap((field): FieldFault[] => {
      const address = request[field];
      return address === undefined || isOwnOrigin(config, address)
        ? []
        : [{ field, rule: 'origin', params: { origins } }];
    });
    if (faults.length > 0) throw new ValidationFailed(faults);
  },

  /** Only what was given. */
  of({ success_url, cancel_url }: Addresses): Addresses {
    return {
      ...(success_url === undefined ? {} : { success_url }),
      ...(cancel_url === undefined ? {} : { cancel_url }),
    };
  },
};
